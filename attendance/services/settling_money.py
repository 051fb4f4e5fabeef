"""Deciding about money that discharges nothing, and recording what went back.

- Money beyond what was due, late or for a discharged notice goes back only once an officer decided so.
- All that was paid for a withdrawn notice goes back (SI 2007/1867 reg. 8); what discharged one stays.
"""

from collections.abc import Mapping
from datetime import date

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services import duties, payments
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import Amount, AmountOrNone, OfMatter, Words
from attendance.services.notices.penalty.clocks import SETTLED, kept, payment_facts
from attendance.services.work import Done, Work
from attendance.store.tables.money import PaymentRow, RefundRow
from rules.steps.payment import discharged_on
from rules.wording import said_pence


class SettlePayment(OfMatter):
    """What was decided about money that discharges nothing: refund so much, or keep towards what is owed."""

    refund_pence: AmountOrNone
    how: Words


class RefundPayment(OfMatter):
    """Money given back: pence and the day."""

    pence: Amount
    paid_on: date


def settle_payment(work: Work, given: SettlePayment) -> Done:
    """Decide about money that discharges nothing, or that nobody could match."""
    payment = payments.payment_of(work, given.reference)
    if payment.state == SETTLED:
        raise BadInput("It is decided already what becomes of this money.")
    if given.refund_pence > payment.pence - payments.given_back(work, payment):
        raise BadInput("No more goes back than came. Check the sum.", field="refund_pence")
    payment.state, payment.state_since = SETTLED, work.on
    payment.refund_due_pence = given.refund_pence
    _must_be_lawful(work, payment)
    payment.settled_on, payment.settled_how = work.on, given.how
    work.because("settled", given.how)
    said: dict[str, PayloadValue] = {"refund": given.refund_pence}
    return _after(work, payment, "settled", "It is decided what becomes of the money.", said)


def _must_be_lawful(work: Work, payment: PaymentRow) -> None:
    notice = payments.notice_of(work, payment)
    state = PenaltyNoticeState(notice.state) if notice else None
    if state is PenaltyNoticeState.WITHDRAWN and kept(work, payment):
        raise BadInput("The notice is withdrawn: all that was paid for it goes back (SI 2007/1867 reg. 8).")
    if notice is None or state is not PenaltyNoticeState.PAID:
        return
    asked = payment_facts(work, notice)
    if asked is not None and discharged_on(asked.payments, asked.clock) is None:
        raise BadInput("This money discharged the notice. Only what came beyond the sum due goes back.")


def refund_payment(work: Work, given: RefundPayment) -> Done:
    """Record that money went back; a refund that is due is then paid."""
    payment = payments.payment_of(work, given.reference)
    if payment.state != SETTLED:
        raise BadInput("Nobody has decided yet what becomes of this money. Settle it first.")
    if given.pence > payment.refund_due_pence:
        due = said_pence(payment.refund_due_pence)
        raise BadInput(f"{due} is due back, and no more goes back. Check the sum.", field="pence")
    if given.paid_on > work.on:
        raise BadInput("It is recorded once the money has gone back. Check the day.", field="paid_on")
    work.matters.add(
        RefundRow(
            payment_id=payment.id,
            pence=given.pence,
            paid_on=given.paid_on,
            why=payment.judged,
            recorded_by=work.actor.account,
        )
    )
    payment.refund_due_pence -= given.pence
    said: dict[str, PayloadValue] = {"refund": given.pence, "refunded_on": given.paid_on}
    return _after(work, payment, "refunded", "The refund is recorded.", said)


def _after(
    work: Work, payment: PaymentRow, event: str, sentence: str, said: Mapping[str, PayloadValue]
) -> Done:
    notice = payments.notice_of(work, payment)
    if notice is not None:
        duties.refresh_penalty_notice(work, notice)
    duties.refresh_payment(work, payment)
    return payments.finish(work, payment, notice, event, payments.Told((sentence,), further=said))


ACTS = (
    act(
        "payment.settle",
        "Decide about money that discharges nothing",
        OFFICERS,
        SettlePayment,
        settle_payment,
    ),
    act("payment.refund", "Record money given back", OFFICERS, RefundPayment, refund_payment),
)
