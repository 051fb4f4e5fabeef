"""Money that comes in for penalty notices, and money that goes back.

- Only the full sum due on the day it is received discharges a notice; nothing else marks one paid.
- Money that cannot be matched stays unmatched until a person matches or settles it. The same transaction is
  recorded once.
- Money beyond what was due, late or for a discharged notice, is for an officer to decide about.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import TABLE, PenaltyNoticeState
from attendance.services import duties, subjects
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import ActInput, Line, OfMatter, Reference, Words
from attendance.services.letters import about_penalty, common
from attendance.services.letters.common import Parties
from attendance.services.notices.penalty.clocks import (
    MATCHED,
    NOT_STANDING,
    SETTLED,
    UNMATCHED,
    ask_what_becomes_of_money,
    payment_facts,
)
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import PenaltyNoticeRow
from letters.contexts import LetterContext
from rules.steps.payment import Judgement, Paid, PaymentKind, discharged_on, judge_payment, may_discharge

NOT_TO_PAY = frozenset({PenaltyNoticeState.WITHDRAWN, PenaltyNoticeState.RETURNED})
TELL_LEGAL = (
    "The papers are with Legal Services: tell them today that the notice is paid. Nothing may follow."
)
Pence = Annotated[int, Field(gt=0)]


class ReceivePayment(ActInput):
    """Money as it arrived: pence, the day, the reference the payer gave and the bank's own transaction."""

    pence: Pence
    received_on: date
    paid_with_reference: Line
    transaction: Line


class MatchPayment(OfMatter):
    """The notice that unmatched money was meant for."""

    notice: Reference


class SettlePayment(OfMatter):
    """What was decided about money that discharges nothing: refund so much, or keep towards what is owed."""

    refund_pence: Annotated[int, Field(ge=0)]
    how: Words


class RefundPayment(OfMatter):
    """Money given back: pence and the day."""

    pence: Pence
    paid_on: date


@dataclass(frozen=True, slots=True)
class Received:
    """A payment with its notice and what it was judged to be."""

    payment: PaymentRow
    notice: PenaltyNoticeRow
    judgement: Judgement


def receive_payment(work: Work, given: ReceivePayment) -> Done:
    """Record money; matched to the notice whose number the payer gave, else unmatched."""
    if given.received_on > work.on:
        raise BadInput("Money is recorded once it has arrived. Check the day.")
    if work.matters.one(PaymentRow, transaction=given.transaction) is not None:
        raise BadInput("This transaction is recorded already. Nothing was recorded twice.")
    payment = work.matters.add(
        PaymentRow(
            reference=work.reference("PY"),
            received_on=given.received_on,
            pence=given.pence,
            paid_with_reference=given.paid_with_reference,
            transaction=given.transaction,
            state=UNMATCHED,
            state_since=work.on,
            judged=UNMATCHED,
            recorded_on=work.on,
            recorded_by=work.actor.account,
        )
    )
    notice = work.matters.by_reference(PenaltyNoticeRow, given.paid_with_reference.strip().upper())
    if notice is None or notice.issued_on is None:
        duties.refresh_payment(work, payment)
        sentence = "The reference given is no issued notice; the money is unmatched."
        return _finish(work, payment, None, "received", (sentence,), None)
    return _matched(work, payment, notice, "received")


def match_payment(work: Work, given: MatchPayment) -> Done:
    """Match unmatched money to the notice it was meant for."""
    payment = _payment(work, given.reference)
    notice = work.matter(PenaltyNoticeRow, given.notice)
    if payment.state != UNMATCHED or notice.issued_on is None:
        raise BadInput("Only unmatched money is matched, and only to a notice that was issued.")
    return _matched(work, payment, notice, "matched")


def _matched(work: Work, payment: PaymentRow, notice: PenaltyNoticeRow, event: str) -> Done:
    before = payment_facts(work, notice)
    payment.penalty_notice_id = notice.id
    payment.state, payment.state_since = MATCHED, work.on
    if before is None or PenaltyNoticeState(notice.state) in NOT_TO_PAY:
        payment.judged, payment.refund_due_pence = NOT_STANDING, payment.pence
        duties.refresh_payment(work, payment)
        sentence = "The notice is not one to pay now; the money is for an officer to decide about."
        return _finish(work, payment, notice, event, (sentence,), None)
    judgement = judge_payment(before.payments, Paid(payment.pence, payment.received_on), before.clock)
    payment.judged = judgement.kind.value
    sentences = judgement.sentences
    if judgement.discharges:
        sentences = (*sentences, *_discharge(work, notice))
    letter = _letter(work, Received(payment, notice, judgement))
    duties.refresh_penalty_notice(work, notice)
    for row in ask_what_becomes_of_money(work, notice):
        duties.refresh_payment(work, row)
    return _finish(work, payment, notice, event, sentences, letter)


def _discharge(work: Work, notice: PenaltyNoticeRow) -> tuple[str, ...]:
    asked = payment_facts(work, notice)
    assert asked is not None
    before = PenaltyNoticeState(notice.state)
    work.advance(TABLE, notice, "discharge", finding=may_discharge(asked, work.book, work.on))
    notice.paid_on = notice.ended_on = discharged_on(asked.payments, asked.clock)
    return (TELL_LEGAL,) if before is PenaltyNoticeState.HANDED_OVER else ()


def _letter(work: Work, received: Received) -> LetterRow:
    notice = received.notice
    parties = common.parties(work, notice.adult_id, notice.pupil_id, notice.school_urn)
    name, context = _says(work, received, parties)
    return about_penalty.prepare(work, notice, name, context)


def _says(work: Work, received: Received, parties: Parties) -> tuple[str, LetterContext]:
    payment, notice, judged = received.payment, received.notice, received.judgement
    pence, on = payment.pence, payment.received_on
    if judged.discharges:
        return "payment_received", about_penalty.payment_received(work, notice, parties, pence, on)
    if judged.kind is PaymentKind.PART and judged.owing:
        paid = Paid(pence, on)
        return "part_payment", about_penalty.part_payment(work, notice, parties, paid, judged)
    return "late_payment", about_penalty.late_payment(work, notice, parties, pence, on)


def settle_payment(work: Work, given: SettlePayment) -> Done:
    """Decide about money that discharges nothing, or that nobody could match."""
    payment = _payment(work, given.reference)
    if payment.state == SETTLED or given.refund_pence > payment.pence:
        raise BadInput("Money is settled once, and no more goes back than came. Check the sum.")
    payment.state, payment.state_since = SETTLED, work.on
    payment.refund_due_pence = given.refund_pence
    _must_stay_paid(work, payment)
    payment.settled_on, payment.settled_how = work.on, given.how
    work.because("settled", given.how)
    return _after(work, payment, "settled", "It is decided what becomes of the money.")


def _must_stay_paid(work: Work, payment: PaymentRow) -> None:
    notice = _notice_of(work, payment)
    if notice is None or PenaltyNoticeState(notice.state) is not PenaltyNoticeState.PAID:
        return
    asked = payment_facts(work, notice)
    if asked is not None and discharged_on(asked.payments, asked.clock) is None:
        raise BadInput("This money discharged the notice. Only what came beyond the sum due goes back.")


def refund_payment(work: Work, given: RefundPayment) -> Done:
    """Record that money went back; a refund that is due is then paid."""
    payment = _payment(work, given.reference)
    back = sum(refund.pence for refund in work.matters.find(RefundRow, payment_id=payment.id))
    if (
        given.paid_on > work.on
        or given.pence > payment.refund_due_pence
        or back + given.pence > payment.pence
    ):
        raise BadInput(
            f"{payment.refund_due_pence} pence are due back; no more goes back, and not in the future."
        )
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
    return _after(work, payment, "refunded", "The refund is recorded.")


def _payment(work: Work, reference: str) -> PaymentRow:
    row = work.matters.by_reference(PaymentRow, reference)
    if row is None:
        raise NotFound("payment", reference)
    return row


def _notice_of(work: Work, payment: PaymentRow) -> PenaltyNoticeRow | None:
    key = payment.penalty_notice_id
    return work.matters.get(PenaltyNoticeRow, key) if key else None


def _after(work: Work, payment: PaymentRow, event: str, sentence: str) -> Done:
    notice = _notice_of(work, payment)
    if notice is not None:
        duties.refresh_penalty_notice(work, notice)
    duties.refresh_payment(work, payment)
    return _finish(work, payment, notice, event, (sentence,), None)


def _finish(
    work: Work,
    payment: PaymentRow,
    notice: PenaltyNoticeRow | None,
    event: str,
    sentences: tuple[str, ...],
    letter: LetterRow | None,
) -> Done:
    said: dict[str, PayloadValue] = {
        "pence": payment.pence,
        "received_on": payment.received_on,
        "judged": payment.judged,
    }
    if notice is not None:
        said |= {"notice": notice.reference, "notice_state": notice.state}
    if letter is not None:
        said |= {"letters": (letter.reference,), "documents": (letter.pdf_sha256, letter.html_sha256)}
    subject = subjects.of_notice(notice) if notice else Subject(step="payment", step_id=payment.id)
    letters = (letter.reference,) if letter else ()
    return work.finish(payment, Outcome(f"payment.{event}", subject, sentences, said, letters))


ACTS = (
    act("payment.receive", "Record money that arrived", OFFICERS, ReceivePayment, receive_payment),
    act("payment.match", "Match money to the notice it was meant for", OFFICERS, MatchPayment, match_payment),
    act(
        "payment.settle",
        "Decide about money that discharges nothing",
        OFFICERS,
        SettlePayment,
        settle_payment,
    ),
    act("payment.refund", "Record money given back", OFFICERS, RefundPayment, refund_payment),
)
