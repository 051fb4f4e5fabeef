"""Reading one pupil's register: every mark of the academic year with what it means, and a mark's history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from attendance.domain.registers import Mark, Session
from attendance.services import register_facts
from attendance.services.work import Work
from attendance.store.asked_once import asked_once
from rules.calendar import academic_year
from rules.codes import RegisterCodes, Statistics
from rules.counting import counted
from rules.errors import RulesError
from rules.stages import Counts


@dataclass(frozen=True, slots=True)
class MarkRead:
    """One mark, what its code meant on that day, what it counts as, and whether it was corrected."""

    day: date
    session: Session
    code: str
    meaning: str
    counts_as: Statistics
    corrected: bool


@dataclass(frozen=True, slots=True)
class MonthCounted:
    """The counts of one month; `first` is its first day."""

    first: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class RegisterYear:
    """The marks of the academic year up to a day, in order, and the counts of each month with marks."""

    since: date
    on: date
    marks: tuple[MarkRead, ...]
    months: tuple[MonthCounted, ...]


@dataclass(frozen=True, slots=True)
class MarkHistory:
    """What happened to one mark: how it came in, then each correction."""

    session: Session
    before: str
    after: str
    known_at_utc: datetime
    by: str
    why: str


def register_year(work: Work, pupil_id: int, school_urn: str) -> RegisterYear:
    """Return a pupil's marks at a school in this academic year; who may see them is asked before."""
    since = academic_year(work.book, work.on).first
    marks = work.registers.marks_of(pupil_id, school_urn, since, work.on)
    corrected = {(one.day, one.session) for one in work.registers.changes_of(pupil_id, school_urn)}
    codes = register_facts.codes_of(work.book)
    return RegisterYear(
        since=since,
        on=work.on,
        marks=tuple(_read(mark, codes, corrected) for mark in marks),
        months=tuple(_months(marks, codes, since, work.on)),
    )


@asked_once("opened.session")
def months_counted(work: Work, pupil_id: int, school_urn: str) -> tuple[MonthCounted, ...]:
    """Return the counts of each month of this academic year that has marks, the first month first.

    Who may see them is asked before. Where the year's marks were read already, nothing further is asked.
    """
    since = academic_year(work.book, work.on).first
    marks = work.registers.marks_of(pupil_id, school_urn, since, work.on)
    return tuple(_months(marks, register_facts.codes_of(work.book), since, work.on))


def mark_history(work: Work, pupil_id: int, school_urn: str, day: date) -> tuple[MarkHistory, ...]:
    """Return what happened to the marks of one day, morning first."""
    return tuple(
        MarkHistory(session, one.before, one.after, one.known_at_utc, one.changed_by, one.reason)
        for session in Session
        for one in work.registers.history_of(pupil_id, school_urn, day, session)
    )


def _read(mark: Mark, codes: RegisterCodes, corrected: set[tuple[date, Session]]) -> MarkRead:
    try:
        known = codes.code(mark.code, mark.day)
        meaning, counts_as = known.meaning, known.statistics
    except RulesError as error:  # a code that was taken out of the data since
        meaning, counts_as = str(error), Statistics.NOT_COUNTED
    changed = (mark.day, mark.session) in corrected
    return MarkRead(mark.day, mark.session, mark.code, meaning, counts_as, changed)


def _months(marks: tuple[Mark, ...], codes: RegisterCodes, since: date, on: date) -> Iterable[MonthCounted]:
    """Count the months at once: to the counting, each month is a pupil by the number of its first day."""
    rows = [("", _first(mark.day).toordinal(), mark.day, mark.session.value, mark.code) for mark in marks]
    table = counted(register_facts.frame_of(rows), codes, since=since, on=on, pupil=register_facts.PUPIL)
    for row in table.sort(register_facts.PUPIL).iter_rows(named=True):
        first = date.fromordinal(row[register_facts.PUPIL])
        yield MonthCounted(first, Counts(row["attended"], row["authorised"], row["unauthorised"]))


def _first(day: date) -> date:
    return day.replace(day=1)
