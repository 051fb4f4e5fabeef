"""The clocks of a penalty notice that was issued, the money held for it, and what is undecided about it.

- Money that went back, or that an officer decided is to go back, no longer counts towards the sum; nor does
  money that came while the notice was not one to pay.
"""

from attendance.domain.errors import BadInput
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.domain.steps.representation import RepresentationState
from attendance.domain.steps.review import ReviewState
from attendance.services.notices.penalty.issuing import clock_of
from attendance.services.work import Work
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow
from rules.steps.payment import Paid, PaymentFacts, UnpaidFacts, judge_payment, money_to_decide
from rules.time_limits import TimeLimit, time_limit

UNMATCHED, MATCHED, SETTLED = "unmatched", "matched", "settled"
NOT_STANDING = "notice_not_standing"
NOT_DELIVERED = (
    "The notice went by hand and its delivery is not recorded: no day to pay runs yet. "
    "Record the delivery first."
)


def payment_facts(work: Work, row: PenaltyNoticeRow, *, but: int | None = None) -> PaymentFacts | None:
    """Return the payment clock and the money held towards the sum; None where no clock runs.

    `but` is the key of a payment that is left out.
    """
    if row.received_on is None or row.issued_on is None:
        return None
    return PaymentFacts(
        clock=clock_of(work, row, row.received_on, row.issued_on),
        payments=tuple(
            Paid(pence, payment.received_on) for payment, pence in _held(work, row) if payment.id != but
        ),
    )


def _held(work: Work, row: PenaltyNoticeRow) -> list[tuple[PaymentRow, int]]:
    payments = [
        (payment, kept(work, payment)) for payment in work.matters.find(PaymentRow, penalty_notice_id=row.id)
    ]
    return [(payment, pence) for payment, pence in payments if pence and payment.judged != NOT_STANDING]


def kept(work: Work, payment: PaymentRow) -> int:
    """Return the pence of a payment that neither went back nor are to go back by an officer's decision."""
    back = sum(refund.pence for refund in work.matters.find(RefundRow, payment_id=payment.id))
    return payment.pence - back - (payment.refund_due_pence if payment.state == SETTLED else 0)


def ask_what_becomes_of_money(work: Work, row: PenaltyNoticeRow) -> tuple[PaymentRow, ...]:
    """Put what discharges nothing before an officer, the money that came last first; return all payments.

    Money from before the issue comes before any other. What an officer has settled stays as it was settled.
    """
    facts = payment_facts(work, row)
    held = _held(work, row)
    if facts is not None:
        left = money_to_decide(facts.payments, work.on, facts.clock)
        issued_on = facts.clock.issued_on
        last_first = sorted(
            held,
            key=lambda one: (one[0].received_on < issued_on, one[0].received_on, one[0].id),
            reverse=True,
        )
        for payment, pence in last_first:
            if payment.state == MATCHED:
                payment.refund_due_pence = min(pence, left)
                left -= payment.refund_due_pence
    return tuple(payment for payment, _ in held)


def judge_anew(work: Work, row: PenaltyNoticeRow) -> PaymentFacts | None:
    """Judge the money held for a notice anew, in the order of recording, once some was taken away.

    Returns what it was judged by; None where no clock runs. What an officer has settled keeps its judgement.
    """
    facts = payment_facts(work, row)
    earlier: tuple[Paid, ...] = ()
    for payment, pence in sorted(_held(work, row), key=lambda one: one[0].id):
        paid = Paid(pence, payment.received_on)
        if facts is not None and payment.state == MATCHED:
            payment.judged = judge_payment(earlier, paid, facts.clock).kind.value
        earlier = (*earlier, paid)
    return facts


def running_clock(work: Work, row: PenaltyNoticeRow) -> PaymentFacts:
    """Return the payment clock of a notice that was issued; raises `BadInput` while none runs."""
    found = payment_facts(work, row)
    if found is None:
        raise BadInput(NOT_DELIVERED)
    return found


def waits_for_delivery(row: PenaltyNoticeRow) -> bool:
    """Say whether a notice was given out for delivery by hand and its delivery is not recorded."""
    return row.state == PenaltyNoticeState.ISSUED.value and row.received_on is None


def unpaid_facts(work: Work, row: PenaltyNoticeRow) -> UnpaidFacts:
    """Return what was paid towards a notice that was issued, and what is still to be decided about it."""
    return UnpaidFacts(running_clock(work, row), review_open(work, row), representations_open(work, row))


def review_open(work: Work, row: PenaltyNoticeRow) -> bool:
    """Say whether a mark that the notice rests on was corrected, and nobody has decided what follows."""
    reviews = work.matters.find(ReviewRow, notice_kind=row.__tablename__, notice_id=row.id)
    return any(review.state == ReviewState.OPEN.value for review in reviews)


def representations_open(work: Work, row: PenaltyNoticeRow) -> bool:
    """Say whether representations about the notice wait for an answer."""
    said = work.matters.find(RepresentationRow, penalty_notice_id=row.id)
    return any(one.state == RepresentationState.RECEIVED.value for one in said)


def limit_of(work: Work, row: PenaltyNoticeRow) -> TimeLimit:
    """Return the time limits of prosecution for the notice's offence."""
    return time_limit(row.offence_from, row.offence_until, work.book)
