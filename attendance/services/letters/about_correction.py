"""What the letter says that corrects one about money which was not for the parent's notice."""

from datetime import date

from attendance.domain.steps.letter import LetterState
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services.letters import common
from attendance.services.notices.penalty.clocks import payment_facts
from attendance.services.work import Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from letters.contexts import PaymentCorrected
from rules.steps.payment import discharged_on, still_owing

NAME = "payment_corrected"
DONE = "payment_received"
ABOUT_MONEY = frozenset({DONE, "part_payment", "late_payment"})
TO_BE_PAID = frozenset({PenaltyNoticeState.ISSUED, PenaltyNoticeState.PAID})
NOT_STANDING = frozenset({PenaltyNoticeState.WITHDRAWN, PenaltyNoticeState.RETURNED})


def correction(
    work: Work, notice: PenaltyNoticeRow, payment: PaymentRow, on: date
) -> PaymentCorrected | None:
    """Return what the correction says in a letter of that day.

    None where no letter about money has gone, or where nothing is to be paid on the notice any more.
    """
    told, facts = letters_gone(work, notice), payment_facts(work, notice)
    if not told or facts is None or notice.issued_on is None:
        return None
    if PenaltyNoticeState(notice.state) in NOT_STANDING:
        return None
    settled = discharged_on(facts.payments, facts.clock) is not None
    running = PenaltyNoticeState(notice.state) in TO_BE_PAID and not settled
    owing = still_owing(facts.payments, on, facts.clock) if running else ()
    parties = common.parties(work, notice.adult_id, notice.pupil_id, notice.school_urn)
    return PaymentCorrected(
        **common.usual(work, parties, notice.reference, on),
        notice_date=notice.issued_on,
        offence_first_day=notice.offence_from,
        offence_last_day=notice.offence_until,
        paid_pence=payment.pence,
        paid_on=payment.received_on,
        told_on=max(letter.for_posting_on for letter in told),
        still_settled=settled,
        owing_pence=owing[0].pence if owing else None,
        pay_by=owing[0].by if owing else None,
        ways_to_pay=common.ways_to_pay(work, notice.reference) if owing else None,
    )


def letters_gone(work: Work, notice: PenaltyNoticeRow) -> tuple[LetterRow, ...]:
    """Return the letters about money for a notice that have gone."""
    sent = work.matters.find(
        LetterRow,
        subject_kind=notice.__tablename__,
        subject_id=notice.id,
        state=LetterState.RELEASED.value,
    )
    return tuple(letter for letter in sent if letter.name in ABOUT_MONEY)
