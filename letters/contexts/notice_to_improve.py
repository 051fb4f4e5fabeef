"""A Notice to Improve and what becomes of it (national framework for penalty notices)."""

from dataclasses import dataclass
from datetime import date

from letters.contexts.absence import AbsenceDay, AttendanceRecord, must_add_up
from letters.contexts.common import LetterContext, PenaltyAmounts
from letters.quoting import Quoted, QuotedText


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportLine:
    """One support: the day, what it was, and what became of it, such as `taken up` or `declined`."""

    on: date
    what: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The time in which attendance should improve; `school_days` counts the school's own days."""

    first_day: date
    last_day: date
    school_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeToImprove(LetterContext):
    """The notice itself.

    `attendance` is the register as it was known when the notice was decided; `sessions` are those that the
    notice rests on, and `absences` lists them. `target` is what sufficient improvement looks like for this
    child, in sentences. `refused_before` is the support that was offered and not taken, and is open still.
    `posted_on` and `received_on` are the day of posting and the day of deemed receipt, from which the period
    follows.
    """

    attendance: AttendanceRecord
    sessions: int
    absences: tuple[AbsenceDay, ...]
    threshold_sessions: Quoted
    threshold_weeks: Quoted
    support_so_far: tuple[SupportLine, ...]
    further_support: tuple[str, ...]
    refused_before: tuple[str, ...] = ()
    period: Period
    review_on: date
    target: tuple[str, ...]
    early_end_grounds: tuple[QuotedText, ...]
    amounts: PenaltyAmounts
    posted_on: date
    received_on: date

    def __post_init__(self) -> None:
        must_add_up(self.sessions, self.absences)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome(LetterContext):
    """What every outcome says: which notice of which day, its period, and attendance within it."""

    notice_date: date
    period: Period
    attendance: AttendanceRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeToImproveImproved(_Outcome):
    """Attendance improved; the notice ends with thanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeToImproveNotImproved(_Outcome):
    """Attendance did not improve; `reply_by` is the day by which the parent may tell us more."""

    target: tuple[str, ...]
    absences: tuple[AbsenceDay, ...] = ()
    reply_by: date

    def __post_init__(self) -> None:
        must_add_up(self.attendance.unauthorised, self.absences)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeToImproveEndedEarly(_Outcome):
    """The parent is told, before it happens, that the notice ends early on `ends_on`, and on what ground.

    `why` are the officer's own sentences about what happened.
    """

    ground: QuotedText
    why: tuple[str, ...] = ()
    absences: tuple[AbsenceDay, ...] = ()
    ends_on: date

    def __post_init__(self) -> None:
        must_add_up(self.attendance.unauthorised, self.absences)
