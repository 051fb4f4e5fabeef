"""Money that comes in for penalty notices, and money that goes back.

- Only the full sum due on the day it is received discharges a notice; nothing else marks one paid.
- Money that cannot be matched stays unmatched until a person matches or settles it. The same transaction is
  recorded once.
- Money beyond what was due, late or for a discharged notice, is for an officer to decide about, and only
  then goes back.
- Money matched to the wrong notice is moved to the right one (see `rematching`); what becomes of money that
  discharges nothing is decided in `settling_money`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import TABLE, PenaltyNoticeState
from attendance.services import duties, subjects
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import ActInput, Amount, Line, OfMatter, Reference
from attendance.services.letters import about_penalty, common
from attendance.services.letters.common import Parties
from attendance.services.letters.overtaken import stop_for_payment
from attendance.services.notices.penalty.clocks import (
    MATCHED,
    NOT_DELIVERED,
    NOT_STANDING,
    SETTLED,
    UNMATCHED,
    ask_what_becomes_of_money,
    kept,
    payment_facts,
    waits_for_delivery,
)
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import PenaltyNoticeRow
from letters.contexts import LetterContext
from rules.steps.payment import (
    Judgement,
    Paid,
    PaymentKind,
    discharged_on,
    judge_payment,
    may_discharge,
)

NOT_TO_PAY = frozenset({PenaltyNoticeState.WITHDRAWN, PenaltyNoticeState.RETURNED})
TELL_LEGAL = (
    "The papers are with Legal Services: tell them today that the notice is paid. Nothing may follow."
)
NO_LETTER = "No letter is prepared; the officer who decides about the money writes to the parent."


class ReceivePayment(ActInput):
    """Money as it arrived: pence, the day, the reference the payer gave and the bank's own transaction."""

    pence: Amount
    received_on: date
    paid_with_reference: Line
    transaction: Line


class MatchPayment(OfMatter):
    """The notice that unmatched money was meant for."""

    notice: Reference


@dataclass(frozen=True, slots=True)
class Received:
    """A payment with its notice and what it was judged to be."""

    payment: PaymentRow
    notice: PenaltyNoticeRow
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Told:
    """What an act on money did: in sentences, with letters, and what its entry says besides."""

    sentences: tuple[str, ...]
    letters: tuple[LetterRow, ...] = ()
    further: Mapping[str, PayloadValue] = field(default_factory=dict)


def receive_payment(work: Work, given: ReceivePayment) -> Done:
    """Record money; matched to the notice whose number the payer gave, else unmatched."""
    if given.received_on > work.on:
        raise BadInput("Money is recorded once it has arrived. Check the day.", field="received_on")
    if work.matters.one(PaymentRow, transaction=given.transaction) is not None:
        raise BadInput(
            "This transaction is recorded already. Nothing was recorded twice.", field="transaction"
        )
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
    if notice is None or notice.issued_on is None or waits_for_delivery(notice):
        duties.refresh_payment(work, payment)
        known = notice is not None and notice.issued_on is not None
        why = NOT_DELIVERED if known else "The reference given is no issued notice; the money is unmatched."
        return finish(work, payment, None, "received", Told((why,), further=_came_with(work, payment)))
    told = match(work, payment, notice)
    further = {**told.further, **_came_with(work, payment)}
    return finish(work, payment, notice, "received", replace(told, further=further))


def _came_with(work: Work, payment: PaymentRow) -> dict[str, PayloadValue]:
    """Return what the payer and the bank gave with the money, kept outside the record by salted hashes."""
    keep = work.opened.reasons.keep
    return {
        "given": keep("paid_with_reference", payment.paid_with_reference),
        "transaction": keep("transaction", payment.transaction),
    }


def match_payment(work: Work, given: MatchPayment) -> Done:
    """Match unmatched money to the notice it was meant for."""
    payment = payment_of(work, given.reference)
    notice = work.matter(PenaltyNoticeRow, given.notice)
    if payment.state != UNMATCHED or notice.issued_on is None:
        raise BadInput(
            "Only unmatched money is matched, and only to a notice that was issued.", field="notice"
        )
    must_take_money(notice)
    return finish(work, payment, notice, "matched", match(work, payment, notice))


def must_take_money(notice: PenaltyNoticeRow) -> None:
    """Raise `BadInput` while nobody knows from which day on the notice is to be paid."""
    if waits_for_delivery(notice):
        raise BadInput(NOT_DELIVERED)


def match(work: Work, payment: PaymentRow, notice: PenaltyNoticeRow) -> Told:
    """Match money to an issued notice, judge it, and return what that did."""
    before = payment_facts(work, notice)
    payment.penalty_notice_id = notice.id
    payment.state, payment.state_since = MATCHED, work.on
    if before is None or PenaltyNoticeState(notice.state) in NOT_TO_PAY:
        payment.judged, payment.refund_due_pence = NOT_STANDING, payment.pence
        duties.refresh_payment(work, payment)
        sentence = "The notice is not one to pay now; the money is for an officer to decide about."
        return Told((sentence,))
    paid = Paid(payment.pence, payment.received_on)
    judgement = judge_payment(before.payments, paid, before.clock, recorded_on=work.on)
    payment.judged = judgement.kind.value
    discharged = _discharge(work, notice) if judgement.discharges else Told(())
    sentences = (*judgement.sentences, *discharged.sentences)
    letter = _letter(work, Received(payment, notice, judgement))
    duties.refresh_penalty_notice(work, notice)
    for row in ask_what_becomes_of_money(work, notice):
        duties.refresh_payment(work, row)
    further = dict(discharged.further)
    if judgement.owing:
        further["owing"] = judgement.owing[0].pence
    if letter is None:
        return Told((*sentences, NO_LETTER), further=further)
    return Told(sentences, (letter,), further)


def _discharge(work: Work, notice: PenaltyNoticeRow) -> Told:
    asked = payment_facts(work, notice)
    assert asked is not None
    before = PenaltyNoticeState(notice.state)
    work.advance(TABLE, notice, "discharge", finding=may_discharge(asked, work.book, work.on))
    notice.paid_on = notice.ended_on = discharged_on(asked.payments, asked.clock)
    stopped = stop_for_payment(work, notice)
    legal = (TELL_LEGAL,) if before is PenaltyNoticeState.HANDED_OVER else ()
    return Told((*legal, *stopped.sentences), further=stopped.said)


def _letter(work: Work, received: Received) -> LetterRow | None:
    notice = received.notice
    parties = common.parties(work, notice.adult_id, notice.pupil_id, notice.school_urn)
    says = _says(work, received, parties)
    return about_penalty.prepare(work, notice, *says, received.payment.id) if says else None


def says_anew(work: Work, payment: PaymentRow, on: date) -> tuple[str, LetterContext] | None:
    """Return the letter that fits money as it stands now, for a letter of that day; None where none does.

    Once some of it is to go back, only the thanks for the full sum still say what is so.
    """
    notice, still = notice_of(work, payment), kept(work, payment)
    facts = payment_facts(work, notice, but=payment.id) if notice else None
    if notice is None or facts is None or not still or payment.judged == NOT_STANDING:
        return None
    paid = Paid(still, payment.received_on)
    judgement = judge_payment(facts.payments, paid, facts.clock, recorded_on=on)
    if still < payment.pence and not judgement.discharges:
        return None
    parties = common.parties(work, notice.adult_id, notice.pupil_id, notice.school_urn)
    return _says(work, Received(payment, notice, judgement), parties)


def _says(work: Work, received: Received, parties: Parties) -> tuple[str, LetterContext] | None:
    """Return the letter that fits; None for money that no letter's words are true of."""
    payment, notice, judged = received.payment, received.notice, received.judgement
    pence, on = payment.pence, payment.received_on
    if judged.discharges:
        return "payment_received", about_penalty.payment_received(work, notice, parties, pence, on)
    if judged.owing:
        paid = Paid(pence, on)
        return "part_payment", about_penalty.part_payment(work, notice, parties, paid, judged)
    if judged.kind is PaymentKind.LATE:
        return "late_payment", about_penalty.late_payment(work, notice, parties, pence, on)
    return None


def given_back(work: Work, payment: PaymentRow) -> int:
    """Return the pence of a payment that went back."""
    return sum(refund.pence for refund in work.matters.find(RefundRow, payment_id=payment.id))


def payment_of(work: Work, reference: str) -> PaymentRow:
    """Return the payment of that reference, or raise `NotFound`."""
    row = work.matters.by_reference(PaymentRow, reference)
    if row is None:
        raise NotFound("payment", reference)
    return row


def notice_of(work: Work, payment: PaymentRow) -> PenaltyNoticeRow | None:
    """Return the notice that money is matched to, if it is."""
    key = payment.penalty_notice_id
    return work.matters.get(PenaltyNoticeRow, key) if key else None


def finish(work: Work, payment: PaymentRow, notice: PenaltyNoticeRow | None, event: str, told: Told) -> Done:
    """Finish an act on money. `event` is what happened to it."""
    said: dict[str, PayloadValue] = {
        **told.further,
        "pence": payment.pence,
        "received_on": payment.received_on,
        "judged": payment.judged,
        "to_decide": _to_decide(payment),
    }
    if notice is not None:
        said |= {"notice": notice.reference, "notice_state": notice.state}
    letters = tuple(letter.reference for letter in told.letters)
    if letters:
        said["letters"] = letters
        said["documents"] = tuple(
            digest for letter in told.letters for digest in (letter.pdf_sha256, letter.html_sha256)
        )
    subject = subjects.of_notice(notice) if notice else Subject(step="payment", step_id=payment.id)
    return work.finish(payment, Outcome(f"payment.{event}", subject, told.sentences, said, letters))


def _to_decide(payment: PaymentRow) -> int:
    """Return the pence that an officer has to decide about."""
    if payment.state == SETTLED:
        return 0
    return payment.pence if payment.state == UNMATCHED else payment.refund_due_pence


ACTS = (
    act("payment.receive", "Record money that arrived", OFFICERS, ReceivePayment, receive_payment),
    act("payment.match", "Match money to the notice it was meant for", OFFICERS, MatchPayment, match_payment),
)
