"""Pupils, their parents, their schools and the staff around them, as the casework reads them.

- "Parent" is s.576: natural parents whether married or not, and anyone with parental responsibility or care
  of the child. A local authority with care is held, and is never one to be fined.
- Everything that changes is dated.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Lasting(Protocol):
    """What holds from `since` to `until`, both included; `until` is None while it lasts."""

    @property
    def since(self) -> date:
        """The first day."""

    @property
    def until(self) -> date | None:
        """The last day, where it has one."""


def holds_on(one: Lasting, day: date) -> bool:
    """Say whether something holds on a day."""
    return one.since <= day and (one.until is None or day <= one.until)


class ParentBasis(StrEnum):
    """Why an adult counts as a parent under s.576; `none` where nothing is recorded."""

    NATURAL_PARENT = "natural_parent"
    PARENTAL_RESPONSIBILITY = "parental_responsibility"
    CARE_OF_CHILD = "care_of_child"
    NONE = "none"


class AdultKind(StrEnum):
    """A person, or the local authority that has a child in its care."""

    PERSON = "person"
    LOCAL_AUTHORITY = "local_authority"


class Flag(StrEnum):
    """What changes the right way to deal with a pupil."""

    LOOKED_AFTER = "looked_after"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    CHILD_IN_NEED = "child_in_need"
    EHCP = "ehcp"
    SEND = "send"
    HEALTH = "health"
    YOUNG_CARER = "young_carer"
    LANGUAGE = "language"
    SAFE_CONTACT = "safe_contact"
    PROTECTED_ADDRESS = "protected_address"
    HOME_EDUCATED = "home_educated"
    MISSING_EDUCATION = "missing_education"
    PART_TIME_TIMETABLE = "part_time_timetable"


class StaffRole(StrEnum):
    """Dated parts that named people play for a school or for the authority.

    The last four carry authority to issue a penalty notice (s.444B(4)); a deputy or assistant only with the
    head's written authorisation.
    """

    SENIOR_ATTENDANCE_CHAMPION = "senior_attendance_champion"
    ATTENDANCE_LEAD = "attendance_lead"
    LAAO = "laao"
    EHAC = "ehac"
    HEAD = "head"
    AUTHORISED_DEPUTY = "authorised_deputy"
    AUTHORISED_ASSISTANT = "authorised_assistant"
    AUTHORISED_OFFICER = "authorised_officer"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address, as many lines as it has, the postcode last and apart."""

    lines: tuple[str, ...]
    postcode: str


@dataclass(frozen=True, slots=True)
class School:
    """A school as the published register of schools (GIAS) names it."""

    urn: str
    name: str
    establishment_type: str
    la_code: str
    address: Address
    opened_on: date | None = None
    closed_on: date | None = None
    establishment_number: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil. `home_la_code` is the authority the home lies in, where known."""

    id: int
    upn: str
    forename: str
    surname: str
    date_of_birth: date
    address: Address | None
    home_la_code: str | None = None
    language: str = ""

    @property
    def name(self) -> str:
        """Forename and surname, as a letter says them."""
        return f"{self.forename} {self.surname}"


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult, or an authority, who may be a parent of a pupil."""

    id: int
    ref: str
    kind: AdultKind
    title: str
    forename: str
    surname: str
    address: Address | None
    language: str = ""
    email: str = ""
    email_agreed: bool = False

    @property
    def name(self) -> str:
        """Title, forename and surname, as an envelope says them."""
        return " ".join(part for part in (self.title, self.forename, self.surname) if part)


@dataclass(frozen=True, slots=True)
class ParentLink:
    """What makes an adult a parent of a pupil, between which days.

    `day_to_day` marks who has day-to-day responsibility for attendance.
    """

    pupil_id: int
    adult_id: int
    basis: ParentBasis
    since: date
    until: date | None
    lives_with: bool
    day_to_day: bool


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A pupil's days on the roll of a school; `until` is the last day on roll, None while it lasts.

    `main` is false at the subsidiary school of a pupil registered at two.
    """

    pupil_id: int
    school_urn: str
    since: date
    until: date | None
    year_group: str = ""
    main: bool = True


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A named person in a dated part.

    `authorised_by_document` is the SHA-256 of the head's written authorisation, where one is needed.
    """

    id: int
    name: str
    role: StaffRole
    school_urn: str | None
    since: date
    until: date | None
    email: str = ""
    authorised_by_document: str = ""
