"""Rows of people turned into the values that the casework reads."""

from attendance.domain.people import (
    Address,
    Adult,
    Enrolment,
    ParentLink,
    Pupil,
    School,
    StaffMember,
)
from attendance.store.tables.people import (
    AdultRow,
    EnrolmentRow,
    ParentLinkRow,
    PupilRow,
    SchoolRow,
    StaffMemberRow,
)


def address_in(lines: str, postcode: str) -> Address:
    """Return the address whose lines stand one under the other in a row."""
    return Address(tuple(lines.split("\n")), postcode)


def school_in(row: SchoolRow) -> School:
    """Return the school in a row."""
    return School(
        urn=row.urn,
        name=row.name,
        establishment_type=row.establishment_type,
        la_code=row.la_code,
        address=address_in(row.address_lines, row.postcode),
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        establishment_number=row.establishment_number,
        telephone=row.telephone,
    )


def pupil_in(row: PupilRow) -> Pupil:
    """Return the pupil in a row."""
    return Pupil(
        id=row.id,
        upn=row.upn,
        forename=row.forename,
        surname=row.surname,
        date_of_birth=row.date_of_birth,
        address=address_in(row.address_lines, row.postcode) if row.address_lines else None,
        home_la_code=row.home_la_code,
        language=row.language,
    )


def adult_in(row: AdultRow, address: Address | None) -> Adult:
    """Return the adult in a row, living at the address."""
    return Adult(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        title=row.title,
        forename=row.forename,
        surname=row.surname,
        address=address,
        language=row.language,
        email=row.email,
        email_agreed=row.email_agreed,
    )


def link_in(row: ParentLinkRow) -> ParentLink:
    """Return the parental link in a row."""
    return ParentLink(
        pupil_id=row.pupil_id,
        adult_id=row.adult_id,
        basis=row.basis,
        since=row.since,
        until=row.until,
        lives_with=row.lives_with,
        day_to_day=row.day_to_day,
    )


def enrolment_in(row: EnrolmentRow) -> Enrolment:
    """Return the enrolment in a row."""
    return Enrolment(row.pupil_id, row.school_urn, row.since, row.until, row.year_group, main=row.main)


def staff_member_in(row: StaffMemberRow) -> StaffMember:
    """Return the staff member in a row."""
    return StaffMember(
        id=row.id,
        name=row.name,
        role=row.role,
        school_urn=row.school_urn,
        since=row.since,
        until=row.until,
        email=row.email,
        authorised_by_document=row.authorised_by_document,
    )
