"""Marks in a register, as the casework reads them.

- A mark is never overwritten: a correction is a further mark of the same session, known from later on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Session(StrEnum):
    """The two sessions of a school day."""

    AM = "AM"
    PM = "PM"


SESSIONS_A_DAY = len(Session)


class BatchKind(StrEnum):
    """Whether marks that came in are for sessions without a mark before, or replace marks."""

    FIRST = "first"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """The code of one pupil for one session at one school, and when it became known."""

    day: date
    session: Session
    code: str
    known_at_utc: datetime


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A corrected mark: what stood before, what stands now, when it became known, by whom and why."""

    pupil_id: int
    school_urn: str
    day: date
    session: Session
    before: str
    after: str
    known_at_utc: datetime
    changed_by: str
    reason: str
