"""The people of the invented world, as files would bring them.

Every child has two parents in two homes; beside them stand the authority that may have a child in its care
and a stranger without any basis as a parent.
"""

from datetime import date

from attendance.domain.arrivals import AdultArrival, LinkArrival, StaffArrival
from attendance.domain.people import Address, AdultKind, ParentBasis, School, StaffRole
from attendance.intake.upn import check_letter

URN, OTHER_URN, LA, OTHER_LA = "900001", "900002", "399", "398"
HOME = Address(("1 Mill Lane", "Aldermere"), "AM1 1AA")
AWAY = Address(("Flat 2", "9 Quarry Road", "Aldermere"), "AM2 2BB")
BORN = date(2012, 5, 6)
COUNCIL, STRANGER = "LA-399", "A-0"
ENDED = date(2025, 1, 31)

STAFF = {
    "head": ("Ruth Lane", StaffRole.HEAD, URN, None, ""),
    "deputy": ("Ben Hale", StaffRole.AUTHORISED_DEPUTY, URN, ENDED, "AUTH-900001-1"),
    "unwritten": ("Una Moss", StaffRole.AUTHORISED_ASSISTANT, URN, None, ""),
    "lead": ("Pia Wells", StaffRole.ATTENDANCE_LEAD, URN, None, ""),
    "laao": ("Omar Reed", StaffRole.LAAO, URN, None, ""),
    "other_head": ("Ivo Stone", StaffRole.HEAD, OTHER_URN, None, ""),
    "officer": ("Omar Reed", StaffRole.AUTHORISED_OFFICER, None, None, ""),
    "former_officer": ("Nell Ward", StaffRole.AUTHORISED_OFFICER, None, ENDED, ""),
}


def upn(number: int) -> str:
    """Return a valid UPN that is not in use."""
    rest = f"{LA}{number:09}"
    return check_letter(rest) + rest


def mother_of(child: int) -> str:
    """Return the reference of a child's mother."""
    return f"M-{child}"


def father_of(child: int) -> str:
    """Return the reference of a child's father."""
    return f"F-{child}"


def schools(school_type: str) -> list[School]:
    """Return the two schools, the first of a type."""
    names = ((URN, "Mill Lane School", school_type), (OTHER_URN, "Quarry School", "Community school"))
    return [School(urn, name, kind, LA, HOME, establishment_number=urn[2:]) for urn, name, kind in names]


def adults(children: range) -> list[AdultArrival]:
    """Return the parents of the children, the stranger and the authority."""
    parents = [
        parent
        for child in children
        for parent in (
            _adult(mother_of(child), "Ms", "Jo", HOME),
            _adult(father_of(child), "Mr", "Sam", AWAY, email_agreed=True),
        )
    ]
    return [*parents, _adult(STRANGER, "Mr", "Kit", AWAY), _authority()]


def _adult(ref: str, title: str, forename: str, address: Address, *, email_agreed: bool = False):
    email = "sam@marsh.example" if email_agreed else ""
    return AdultArrival(
        ref, AdultKind.PERSON, title, forename, "Marsh", address, None, "", email, email_agreed=email_agreed
    )


def _authority() -> AdultArrival:
    kind, name = AdultKind.LOCAL_AUTHORITY, "Aldermere City Council"
    return AdultArrival(COUNCIL, kind, "", "", name, HOME, None, "", "", email_agreed=False)


def links(children: range) -> list[LinkArrival]:
    """Return what makes each adult a parent of each child, or not."""
    return [
        LinkArrival(upn(child), ref, basis, BORN, None, lives_with=lives_with, day_to_day=lives_with)
        for child in children
        for ref, basis, lives_with in (
            (mother_of(child), ParentBasis.NATURAL_PARENT, True),
            (father_of(child), ParentBasis.NATURAL_PARENT, False),
            (COUNCIL, ParentBasis.PARENTAL_RESPONSIBILITY, False),
            (STRANGER, ParentBasis.NONE, False),
        )
    ]


def staff() -> list[StaffArrival]:
    """Return the named people of the schools and of the authority."""
    return [
        StaffArrival(urn, name, role, date(2023, 9, 1), until, "", document)
        for name, role, urn, until, document in STAFF.values()
    ]
