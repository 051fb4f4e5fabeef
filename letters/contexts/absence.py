"""Attendance and absences as a letter shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Literal

Session = Literal["AM", "PM"]
SESSIONS: dict[Session, str] = {"AM": "Morning", "PM": "Afternoon"}
WHOLE_DAY = "Whole day"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecord:
    """Sessions of one pupil at one school, from day to day, both included."""

    since: date
    until: date
    possible: int
    attended: int
    authorised: int
    unauthorised: int

    def __post_init__(self) -> None:
        if self.attended + self.authorised + self.unauthorised != self.possible:
            raise ValueError("sessions attended, authorised and unauthorised must add up to those possible")
        if not self.possible:
            raise ValueError("a letter cannot speak of attendance where no session was possible")

    @property
    def share(self) -> Fraction:
        """The exact share attended."""
        return Fraction(self.attended, self.possible)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """One session's mark: its code and what the code means."""

    on: date
    session: Session
    code: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceDay:
    """A line of the list of absences: a day, which part of it, and what the register says."""

    on: date
    part: str
    code: str
    meaning: str


def sessions_in(absences: Iterable[AbsenceDay]) -> int:
    """Return how many sessions a list of absences shows."""
    return sum(len(SESSIONS) if absence.part == WHOLE_DAY else 1 for absence in absences)


def must_add_up(said: int, absences: Iterable[AbsenceDay]) -> None:
    """Raise ValueError where a letter's number of sessions differs from the list that it stands beside."""
    listed = sessions_in(absences)
    if said != listed:
        raise ValueError(f"the letter says {said} sessions and lists {listed}")


def days_of(marks: Iterable[MarkLine]) -> tuple[AbsenceDay, ...]:
    """Return the marks in order of day; both sessions of a day with the same mark become one line."""
    lines: list[AbsenceDay] = []
    ordered = sorted(marks, key=lambda mark: (mark.on, mark.session))
    for _, found in groupby(ordered, key=lambda mark: mark.on):
        day = tuple(found)
        alike = len(day) == len(SESSIONS) and day[0].code == day[1].code
        lines.extend(
            AbsenceDay(
                on=mark.on,
                part=WHOLE_DAY if alike else SESSIONS[mark.session],
                code=mark.code,
                meaning=mark.meaning,
            )
            for mark in (day[:1] if alike else day)
        )
    return tuple(lines)
