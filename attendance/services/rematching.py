"""Moving money that was matched to the wrong notice to the right one.

- A number that was mis-keyed must not discharge another parent's notice for good: where nothing else
  discharges that notice, its discharge is taken back by a step of its own, and it stands as issued.
- A letter that thanks the wrong parent is cancelled if it has not gone. One that has gone is named, and a
  letter to that parent that corrects it is prepared.
"""

from collections.abc import Callable
from dataclasses import dataclass

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.case import CaseState
from attendance.domain.steps.letter import TABLE as LETTER_TABLE
from attendance.domain.steps.machine import plain
from attendance.domain.steps.penalty_notice import TABLE, PenaltyNoticeState
from attendance.services import duties, payments
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import Words
from attendance.services.letters import about_correction, about_penalty, preparing
from attendance.services.notices.penalty.clocks import MATCHED, ask_what_becomes_of_money, judge_anew
from attendance.services.payments import Told
from attendance.services.work import Done, Work
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from rules.steps.payment import discharged_on

NOT_CORRECTED = "No letter says it now: write to that parent."


class RematchPayment(payments.MatchPayment):
    """The notice that the money was meant for, and why it is moved there."""

    why: Words


def rematch_payment(work: Work, given: RematchPayment) -> Done:
    """Move matched money to another notice, and take back a discharge that rested on it."""
    payment = payments.payment_of(work, given.reference)
    wrong, right = payments.notice_of(work, payment), work.matter(PenaltyNoticeRow, given.notice)
    if wrong is None or wrong.id == right.id or right.issued_on is None:
        raise BadInput(
            "Money is moved from the notice it is matched to, to another one that was issued.", field="notice"
        )
    payments.must_take_money(right)
    if payments.given_back(work, payment):
        raise BadInput("Some of this money has gone back already. It stays where it is.")
    work.because("rematched", given.why)
    payment.penalty_notice_id, payment.state, payment.refund_due_pence = None, MATCHED, 0
    payment.settled_on, payment.settled_how = None, ""
    taken = _taken_away(work, wrong, payment)
    corrected = _corrected(work, wrong, payment)
    told = payments.match(work, payment, right)
    before: dict[str, PayloadValue] = {
        "notice_before": wrong.reference,
        "notice_before_state": wrong.state,
        "letters_gone": corrected.gone,
    }
    told = Told(
        sentences=(*taken, *corrected.sentences, *told.sentences),
        letters=(*corrected.letters, *told.letters),
        further={**told.further, **before},
    )
    return payments.finish(work, payment, right, "rematched", told)


@dataclass(frozen=True, slots=True)
class _Corrected:
    gone: tuple[str, ...] = ()
    letters: tuple[LetterRow, ...] = ()
    sentences: tuple[str, ...] = ()


def _corrected(work: Work, notice: PenaltyNoticeRow, payment: PaymentRow) -> _Corrected:
    """Prepare a letter to the first parent where one that is untrue now has gone."""
    untrue = _untrue(work, notice, payment)
    gone = tuple(letter.reference for letter in about_correction.letters_gone(work, notice) if untrue(letter))
    if not gone:
        return _Corrected()
    said = f"{', '.join(gone)} has gone to the first parent and is wrong now."
    context = about_correction.correction(work, notice, payment, work.on)
    if context is None:
        return _Corrected(gone, (), (f"{said} {NOT_CORRECTED}",))
    letter = about_penalty.prepare(work, notice, about_correction.NAME, context, payment.id)
    return _Corrected(gone, (letter,), (f"{said} {letter.reference} corrects it: let it go today.",))


def _taken_away(work: Work, notice: PenaltyNoticeRow, payment: PaymentRow) -> tuple[str, ...]:
    facts = judge_anew(work, notice)
    before = PenaltyNoticeState(notice.state)
    if before is PenaltyNoticeState.PAID and facts is not None:
        notice.paid_on = notice.ended_on = discharged_on(facts.payments, facts.clock)
        if notice.paid_on is None:
            _must_be_open(work, notice)
            work.advance(TABLE, notice, "reinstate")
    cancelled = _cancel_letters(work, notice, payment)
    duties.refresh_penalty_notice(work, notice)
    for row in ask_what_becomes_of_money(work, notice):
        duties.refresh_payment(work, row)
    stands = f"Penalty Notice {notice.reference} is {plain(notice.state)}."
    return (stands, *(f"Letter {reference} is cancelled." for reference in cancelled))


def _must_be_open(work: Work, notice: PenaltyNoticeRow) -> None:
    case = work.matters.get(CaseRow, notice.case_id)
    if case.state == CaseState.CLOSED.value:
        raise BadInput(f"Case {case.reference} is closed and its notice is unpaid again. Re-open it first.")


def _untrue(work: Work, notice: PenaltyNoticeRow, payment: PaymentRow) -> Callable[[LetterRow], bool]:
    """Return what tells whether a letter to the first parent is untrue now."""
    others = work.matters.find(PaymentRow, penalty_notice_id=notice.id)
    discharge = set() if notice.paid_on else {about_correction.DONE}
    names = discharge if others else about_correction.ABOUT_MONEY

    def untrue(letter: LetterRow) -> bool:
        of_this = letter.tells_of_id == payment.id and letter.name in about_correction.ABOUT_MONEY
        return letter.name in names or of_this

    return untrue


def _cancel_letters(work: Work, notice: PenaltyNoticeRow, payment: PaymentRow) -> tuple[str, ...]:
    """Cancel what was to tell the parent of money that was not theirs."""
    untrue = _untrue(work, notice, payment)
    may_go = LETTER_TABLE.row("cancel", LETTER_TABLE.initial).sources
    found = [
        row
        for row in work.matters.find(LetterRow, subject_kind=notice.__tablename__, subject_id=notice.id)
        if untrue(row) and LETTER_TABLE.states(row.state) in may_go
    ]
    for row in found:
        preparing.cancel(work, row.id)
    return tuple(row.reference for row in found)


ACTS = (
    act(
        "payment.rematch",
        "Move money that was matched to the wrong notice",
        OFFICERS,
        RematchPayment,
        rematch_payment,
    ),
)
