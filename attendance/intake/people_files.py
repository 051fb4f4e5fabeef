"""The files of pupils, adults, parental links, enrolments, flags and staff.

- UTF-8 CSV, or a workbook; columns in any order; days as YYYY-MM-DD; empty where not known or not ended.
- A parental link is of a pupil and an adult; the basis is what makes the adult a parent (s.576 Education Act
  1996).
"""

from datetime import date
from typing import Self

from pydantic import model_validator

from attendance.domain.arrivals import (
    AdultArrival,
    EnrolmentArrival,
    FlagArrival,
    LinkArrival,
    PupilArrival,
    StaffArrival,
)
from attendance.domain.people import Address, AdultKind, ParentBasis, StaffRole
from attendance.domain.people import Flag as PupilFlag
from attendance.intake.cells import (
    Day,
    Flag,
    FullName,
    Name,
    OptionalDay,
    OptionalEmail,
    OptionalLaCode,
    OptionalPostcode,
    OptionalUrn,
    OptionalYearGroup,
    Reference,
    Text,
    Upn,
    Urn,
)
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.rows import FileRow, Reading, read_rows
from attendance.intake.sheets import read_sheet

_WITH_AUTHORISATION = frozenset({StaffRole.AUTHORISED_DEPUTY, StaffRole.AUTHORISED_ASSISTANT})


class _Addressed(FileRow):
    address_line_1: Name = ""
    address_line_2: Name = ""
    address_line_3: Name = ""
    town: Name = ""
    postcode: OptionalPostcode = None

    @model_validator(mode="after")
    def _whole_address(self) -> Self:
        if bool(self._lines()) != bool(self.postcode):
            raise ValueError("An address needs at least one line and a postcode, or neither.")
        return self

    def _lines(self) -> tuple[str, ...]:
        lines = (self.address_line_1, self.address_line_2, self.address_line_3, self.town)
        return tuple(line for line in lines if line)

    @property
    def address(self) -> Address | None:
        """The address, or None where none is given."""
        return Address(self._lines(), self.postcode) if self.postcode else None


class _Lasting(FileRow):
    since: Day
    until: OptionalDay

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError("The last day (until) lies before the first (since).")
        return self


class _PupilRow(_Addressed):
    upn: Upn
    surname: FullName
    forename: FullName
    date_of_birth: Day
    home_la_code: OptionalLaCode = None
    language: Name = ""


class _AdultRow(_Addressed):
    adult_ref: Reference
    kind: AdultKind
    title: Name
    forename: Name
    surname: FullName
    address_since: OptionalDay = None
    language: Name = ""
    email: OptionalEmail = None
    email_agreed: Flag = False


class _LinkRow(_Lasting):
    upn: Upn
    adult_ref: Reference
    basis: ParentBasis
    lives_with: Flag
    day_to_day: Flag


class _EnrolmentRow(_Lasting):
    school_urn: Urn
    upn: Upn
    year_group: OptionalYearGroup = None
    status: Text = "main"

    @model_validator(mode="after")
    def _known_status(self) -> Self:
        if self.status not in {"main", "subsidiary"}:
            raise ValueError("The status is main or subsidiary.")
        return self


class _FlagRow(_Lasting):
    upn: Upn
    flag: PupilFlag


class _StaffRow(_Lasting):
    school_urn: OptionalUrn
    name: FullName
    role: StaffRole
    email: OptionalEmail = None
    authorised_by: Text = ""

    @model_validator(mode="after")
    def _authorised(self) -> Self:
        if (self.role in _WITH_AUTHORISATION) != bool(self.authorised_by):
            raise ValueError(
                "authorised_by names the head's written authorisation of a deputy or assistant only."
            )
        if (self.role is StaffRole.AUTHORISED_OFFICER) and self.school_urn is not None:
            raise ValueError("An authorised officer belongs to the authority: leave school_urn empty.")
        return self


def read_pupils(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[PupilArrival]:
    """Read a file of pupils; raises `FilesRefused`."""
    return read_rows(read_sheet(file, data, limits=limits), _PupilRow, _pupil, lambda pupil: pupil.upn)


def read_adults(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[AdultArrival]:
    """Read a file of adults and authorities; raises `FilesRefused`."""
    return read_rows(read_sheet(file, data, limits=limits), _AdultRow, _adult, lambda adult: adult.ref)


def read_links(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[LinkArrival]:
    """Read a file of parental links; raises `FilesRefused`."""
    return read_rows(read_sheet(file, data, limits=limits), _LinkRow, _link, _link_key)


def read_enrolments(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[EnrolmentArrival]:
    """Read a file of enrolments; raises `FilesRefused`."""
    sheet = read_sheet(file, data, limits=limits)
    return read_rows(sheet, _EnrolmentRow, _enrolment, lambda one: (one.upn, one.school_urn, one.since))


def read_flags(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[FlagArrival]:
    """Read a file of pupils' flags; raises `FilesRefused`."""
    sheet = read_sheet(file, data, limits=limits)
    return read_rows(sheet, _FlagRow, _flag, lambda one: (one.upn, one.flag, one.since))


def read_staff(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[StaffArrival]:
    """Read a file of the staff of schools and of the authority; raises `FilesRefused`."""
    return read_rows(read_sheet(file, data, limits=limits), _StaffRow, _staff_member, _staff_key)


def _pupil(row: _PupilRow) -> PupilArrival:
    return PupilArrival(
        upn=row.upn,
        forename=row.forename,
        surname=row.surname,
        date_of_birth=row.date_of_birth,
        address=row.address,
        home_la_code=row.home_la_code,
        language=row.language,
    )


def _adult(row: _AdultRow) -> AdultArrival:
    return AdultArrival(
        ref=row.adult_ref,
        kind=row.kind,
        title=row.title,
        forename=row.forename,
        surname=row.surname,
        address=row.address,
        address_since=row.address_since,
        language=row.language,
        email=row.email or "",
        email_agreed=row.email_agreed,
    )


def _link(row: _LinkRow) -> LinkArrival:
    return LinkArrival(
        upn=row.upn,
        adult_ref=row.adult_ref,
        basis=row.basis,
        since=row.since,
        until=row.until,
        lives_with=row.lives_with,
        day_to_day=row.day_to_day,
    )


def _link_key(link: LinkArrival) -> tuple[str, str, ParentBasis, date]:
    return link.upn, link.adult_ref, link.basis, link.since


def _enrolment(row: _EnrolmentRow) -> EnrolmentArrival:
    return EnrolmentArrival(
        upn=row.upn,
        school_urn=row.school_urn,
        since=row.since,
        until=row.until,
        year_group=row.year_group or "",
        main=row.status == "main",
    )


def _flag(row: _FlagRow) -> FlagArrival:
    return FlagArrival(upn=row.upn, flag=row.flag, since=row.since, until=row.until)


def _staff_member(row: _StaffRow) -> StaffArrival:
    return StaffArrival(
        school_urn=row.school_urn,
        name=row.name,
        role=row.role,
        since=row.since,
        until=row.until,
        email=row.email or "",
        authorised_by=row.authorised_by,
    )


def _staff_key(member: StaffArrival) -> tuple[str | None, str, StaffRole, date]:
    return member.school_urn, member.name, member.role, member.since
