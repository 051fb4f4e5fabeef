"""The facts that the guards of the legal steps are given: plain and frozen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AbsenceKind(StrEnum):
    """What a notice is about."""

    IRREGULAR = "irregular"
    LEAVE_OF_ABSENCE = "leave_of_absence"
    EXCLUDED_IN_PUBLIC_PLACE = "excluded_in_public_place"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `since` to `until`, both included; `until` is None while it lasts."""

    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the day lies in the span."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, order=True)
class SessionMark:
    """The code of one session (`AM` or `PM`) as the register has it."""

    day: date
    session: str
    code: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """When the threshold was first met with marks not used before, and the marks that met it.

    `met_on` is None where it was not met; `marks` are then the marks of the best window there is.
    """

    met_on: date | None
    marks: tuple[SessionMark, ...]


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """The school: its number, its type and its authority as the published register of schools names them.

    `authority_la_code` is the code of the authority that acts.
    """

    urn: str
    establishment_type: str
    la_code: str
    authority_la_code: str


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """The child: birth, days on this school's roll, flags, and whose area the home is in.

    `schooled_elsewhere` says that in the look-back the child was at a school of another authority.
    """

    date_of_birth: date
    enrolments: tuple[Span, ...]
    flags: frozenset[str] = frozenset()
    home_la_code: str | None = None
    schooled_elsewhere: bool = False

    def on_roll(self, day: date) -> bool:
        """Say whether the child was on the school's roll on that day."""
        return any(enrolment.holds_on(day) for enrolment in self.enrolments)


@dataclass(frozen=True, slots=True)
class Basis:
    """A recorded basis on which an adult is a parent (s.576), with its days."""

    basis: str
    days: Span


@dataclass(frozen=True, slots=True)
class ParentFacts:
    """The adult whom a notice is for."""

    bases: tuple[Basis, ...]
    is_local_authority: bool = False
    address_known: bool = True


@dataclass(frozen=True, slots=True)
class AuthorityPart:
    """A dated part that may carry authority to issue; an officer of the authority has no `school_urn`."""

    role: str
    days: Span
    school_urn: str | None = None
    authorised_by_document: str = ""


@dataclass(frozen=True, slots=True)
class IssuingPerson:
    """The named person who issues, with every part that the person ever held."""

    name: str
    parts: tuple[AuthorityPart, ...]


@dataclass(frozen=True, slots=True)
class Consideration:
    """A question that is put before a notice, and its answer; None where nobody has answered."""

    question: str
    yes: bool | None
