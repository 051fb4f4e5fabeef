"""After the payment period ended unpaid: the message to the school, and the school's to the parent.

The school asks the parent for information and says within the days of the local code whether it supports
prosecution (local code, Legal framework and court preparation).
"""

from dataclasses import dataclass
from datetime import date

from letters.contexts.common import Council, LetterContext
from letters.quoting import Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class NonPaymentToSchool(LetterContext):
    """The authority's message to the school. `recipient` is the school, `parent_name` whose notice it is.

    It holds the wording of the seven-day message, for the school to send.
    """

    parent_name: str
    notice_date: date
    offence_first_day: date
    offence_last_day: date
    is_leave_of_absence: bool
    period_ended_on: date
    answer_by: date
    answer_days: Quoted
    reply_days: Quoted

    @property
    def council(self) -> Council:
        """The sender, as the wording for the parent names it."""
        return Council(name=self.sender.organisation, team=self.sender.team)


@dataclass(frozen=True, slots=True, kw_only=True)
class SevenDayMessage(LetterContext):
    """The school's message to the parent, who may answer by `reply_by`."""

    council: Council
    notice_date: date
    offence_first_day: date
    offence_last_day: date
    is_leave_of_absence: bool
    period_ended_on: date
    reply_by: date
    reply_days: Quoted
