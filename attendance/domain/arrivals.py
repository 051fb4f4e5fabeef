"""People as files bring them, before the store has given them numbers.

- Pupils are named by UPN, adults by their reference, schools by URN.
"""

from dataclasses import dataclass
from datetime import date

from attendance.domain.people import Address, AdultKind, Flag, ParentBasis, StaffRole


@dataclass(frozen=True, slots=True)
class PupilArrival:
    """A pupil in a file."""

    upn: str
    forename: str
    surname: str
    date_of_birth: date
    address: Address | None
    home_la_code: str | None
    language: str


@dataclass(frozen=True, slots=True)
class AdultArrival:
    """An adult, or an authority, in a file; `address_since` is None where the file gives no day."""

    ref: str
    kind: AdultKind
    title: str
    forename: str
    surname: str
    address: Address | None
    address_since: date | None
    language: str
    email: str
    email_agreed: bool


@dataclass(frozen=True, slots=True)
class LinkArrival:
    """What makes an adult a parent of a pupil, in a file."""

    upn: str
    adult_ref: str
    basis: ParentBasis
    since: date
    until: date | None
    lives_with: bool
    day_to_day: bool


@dataclass(frozen=True, slots=True)
class EnrolmentArrival:
    """A pupil's days on the roll of a school, in a file."""

    upn: str
    school_urn: str
    since: date
    until: date | None
    year_group: str
    main: bool


@dataclass(frozen=True, slots=True)
class FlagArrival:
    """A flag of a pupil, in a file."""

    upn: str
    flag: Flag
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class StaffArrival:
    """A named person in a dated part, in a file."""

    school_urn: str | None
    name: str
    role: StaffRole
    since: date
    until: date | None
    email: str
    authorised_by: str
