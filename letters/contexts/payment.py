"""Letters about money received for a Penalty Notice. Sums are whole pence."""

from dataclasses import dataclass
from datetime import date

from letters.contexts.common import LetterContext, WaysToPay


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment(LetterContext):
    """The notice's date and offence period, and the money that came."""

    notice_date: date
    offence_first_day: date
    offence_last_day: date
    paid_pence: int
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived(_Payment):
    """The full sum due arrived in time: the matter is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPayment(_Payment):
    """Less than the sum due arrived. `lower_sum_ended_on` is set where the lower sum was paid too late."""

    due_pence: int
    owing_pence: int
    pay_by: date
    ways_to_pay: WaysToPay
    lower_sum_ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePayment(_Payment):
    """Money arrived after the payment period, which ended on `period_ended_on`; an officer decides."""

    period_ended_on: date
