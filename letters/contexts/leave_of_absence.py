"""Wording for schools about leave in term time.

A penalty notice for leave of absence needs the school's letter that declined the leave, or that called the
absence unauthorised, and one that says that a notice will be requested and that exceptional circumstances
were considered (local code, Leave of Absence). The school is the sender.
"""

from dataclasses import dataclass
from datetime import date

from letters.contexts.common import Council, LetterContext, PenaltyAmounts
from letters.quoting import Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class _LeaveOfAbsence(LetterContext):
    """`considered` are the sentences that say what the school looked at and why it was not exceptional."""

    council: Council
    first_day: date
    last_day: date
    considered: tuple[str, ...]
    amounts: PenaltyAmounts
    threshold_sessions: Quoted
    threshold_weeks: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOfAbsenceDeclined(_LeaveOfAbsence):
    """The school declines an application for leave made on `applied_on`."""

    applied_on: date

    def __post_init__(self) -> None:
        if self.applied_on > self.letter_date:
            raise ValueError("leave is declined once it was applied for")

    @property
    def asked_first(self) -> bool:
        """Whether the parent asked before the first day of the leave."""
        return self.applied_on < self.first_day

    @property
    def still_to_come(self) -> bool:
        """Whether the leave has not begun on the day of the letter."""
        return self.letter_date < self.first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOfAbsenceWarning(_LeaveOfAbsence):
    """The school says that an absence is unauthorised and that a penalty notice will be requested.

    `asked_for_leave` says whether leave was asked for; `sessions_missed` counts the unauthorised sessions of
    its days, and `reaches_threshold` says whether they alone reach the threshold.
    """

    asked_for_leave: bool
    sessions_missed: int
    reaches_threshold: bool

    def __post_init__(self) -> None:
        if not self.sessions_missed or self.last_day > self.letter_date:
            raise ValueError("a letter warns of a notice for sessions that were missed")
