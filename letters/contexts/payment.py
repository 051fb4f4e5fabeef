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
    """Less than the sum due arrived. `earlier_pence` came before, and the lines add up to the sum due.

    `lower_sum_ended_on` is set where the lower sum was paid too late. Raises ValueError where they do not.
    """

    due_pence: int
    owing_pence: int
    pay_by: date
    ways_to_pay: WaysToPay
    earlier_pence: int = 0
    lower_sum_ended_on: date | None = None

    def __post_init__(self) -> None:
        if self.due_pence != self.earlier_pence + self.paid_pence + self.owing_pence:
            raise ValueError("what came and what is owed do not make up the sum due")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCorrected(_Payment):
    """Money that a letter dated `told_on` told of was not for this notice after all.

    `still_settled` says that other money settles it. `owing_pence`, `pay_by` and `ways_to_pay` are there
    together, while the sum can still be paid.
    """

    told_on: date
    still_settled: bool
    owing_pence: int | None = None
    pay_by: date | None = None
    ways_to_pay: WaysToPay | None = None

    def __post_init__(self) -> None:
        owed = {self.owing_pence is None, self.pay_by is None, self.ways_to_pay is None}
        if len(owed) > 1:
            raise ValueError("the sum, its day and how to pay it go together")
        if self.still_settled and self.pay_by is not None:
            raise ValueError("nothing is to pay on a notice that is settled")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePayment(_Payment):
    """Money arrived after the payment period, which ended on `period_ended_on`; an officer decides."""

    period_ended_on: date
