"""What the letters around a Penalty Notice say."""

from dataclasses import dataclass
from datetime import date

from attendance.services.letters import common, preparing
from attendance.services.letters.common import Parties
from attendance.services.notices import facts
from attendance.services.work import Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow
from letters.contexts import (
    ChildHome,
    IssuingOfficer,
    LatePayment,
    LetterContext,
    LowerSum,
    NonPaymentToSchool,
    PartPayment,
    PaymentReceived,
    PenaltyNotice,
    PenaltySum,
    RepresentationsAnswered,
    Service,
    SevenDayMessage,
    Withdrawal,
)
from letters.glyphs import quoted
from letters.quoting import quote, quote_entry, quote_texts
from rules.clocks import PaymentClock, ServedBy
from rules.ladder import Position
from rules.steps.authority import ISSUERS
from rules.steps.facts import AbsenceKind
from rules.steps.payment import Judgement, Paid


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to representations; `clock` is there while the notice is still to be paid.

    `told_by` is who wrote for the parent, where somebody did.
    """

    received_on: date
    told_by: str
    asked: tuple[str, ...]
    withdrawn: bool
    reasons: tuple[str, ...]
    clock: PaymentClock | None


def notice(
    work: Work,
    row: PenaltyNoticeRow,
    parties: Parties,
    clock: PaymentClock,
    method: ServedBy,
    posting_on: date,
) -> PenaltyNotice:
    """Return what the notice itself says."""
    law = work.book.law
    marks = facts.sessions_of(work, row)
    with_recipient = common.child_lives_with(work, parties, posting_on)
    return PenaltyNotice(
        **common.usual(work, parties, row.reference, posting_on),
        issued_by=issuing_officer(work, row),
        child_home=ChildHome.WITH_RECIPIENT if with_recipient else ChildHome.NOT_PRINTED,
        is_leave_of_absence=row.absence_kind == AbsenceKind.LEAVE_OF_ABSENCE.value,
        is_second=row.rung == Position.SECOND.value,
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        sessions=len(marks),
        absences=common.absences(work, marks),
        penalty=penalty_sum(work, row, clock, posting_on),
        second_pence=quote(law("penalty_notice.second_amount_pence", posting_on)),
        look_back_years=quote(law("penalty_notice.limit_years", posting_on)),
        ways_to_pay=common.ways_to_pay(work, row.reference),
        service=Service(
            posted_on=posting_on,
            received_on=clock.received_on,
            working_days=quote(law("penalty_notice.deemed_receipt_working_days", posting_on)),
            by_hand=method is not ServedBy.FIRST_CLASS_POST,
        ),
        withdrawal_grounds=quote_texts(law("penalty_notice.withdrawal_grounds", posting_on)),
    )


def issuing_officer(work: Work, row: PenaltyNoticeRow) -> IssuingOfficer:
    """Return who issues the notice and on what authority."""
    member = work.people.staff_member(row.issuer_staff_id)
    issuers = work.book.law("penalty_notice.issuers", work.on)
    return IssuingOfficer(
        name=member.name,
        job_title=member.role.value.replace("_", " "),
        authority=str(quote_entry(issuers, ISSUERS[member.role.value])),
    )


def penalty_sum(work: Work, row: PenaltyNoticeRow, clock: PaymentClock, on: date) -> PenaltySum:
    """Return what is to pay and by when."""
    law = work.book.law
    second = row.rung == Position.SECOND.value
    full = law("penalty_notice.second_amount_pence" if second else "penalty_notice.first_amount_pence", on)
    lower = None
    if clock.reduced_until is not None:
        lower = LowerSum(
            pence=quote(law("penalty_notice.first_reduced_pence", on)),
            days=quote(law("penalty_notice.reduced_days", on)),
            last_day=clock.reduced_until,
        )
    return PenaltySum(
        pence=quote(full),
        days=quote(law("penalty_notice.payment_days", on)),
        last_day=clock.payable_until,
        lower=lower,
    )


def payment_received(
    work: Work, row: PenaltyNoticeRow, parties: Parties, pence: int, on: date
) -> PaymentReceived:
    """Return what the letter says when the full sum arrived in time."""
    return PaymentReceived(
        **common.usual(work, parties, row.reference, work.on),
        notice_date=_issued(row),
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        paid_pence=pence,
        paid_on=on,
    )


def part_payment(
    work: Work, row: PenaltyNoticeRow, parties: Parties, payment: Paid, judged: Judgement
) -> PartPayment:
    """Return what the letter says when less than the sum due has arrived."""
    on, still = payment.received_on, judged.owing[0]
    too_late = row.reduced_until if row.reduced_until and on > row.reduced_until else None
    return PartPayment(
        **common.usual(work, parties, row.reference, work.on),
        notice_date=_issued(row),
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        paid_pence=payment.pence,
        paid_on=on,
        due_pence=judged.total_pence + still.pence,
        owing_pence=still.pence,
        earlier_pence=judged.total_pence - payment.pence,
        pay_by=still.by,
        ways_to_pay=common.ways_to_pay(work, row.reference),
        lower_sum_ended_on=too_late,
    )


def late_payment(work: Work, row: PenaltyNoticeRow, parties: Parties, pence: int, on: date) -> LatePayment:
    """Return what the letter says when money arrived after the time to pay."""
    assert row.payable_until is not None
    return LatePayment(
        **common.usual(work, parties, row.reference, work.on),
        notice_date=_issued(row),
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        paid_pence=pence,
        paid_on=on,
        period_ended_on=row.payable_until,
    )


def withdrawal(
    work: Work, row: PenaltyNoticeRow, parties: Parties, why: tuple[str, ...], refund: int
) -> Withdrawal:
    """Return what the letter says when the notice is withdrawn."""
    grounds = work.book.law("penalty_notice.withdrawal_grounds", work.on)
    return Withdrawal(
        **common.usual(work, parties, row.reference, work.on),
        notice_date=_issued(row),
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        ground=quote_entry(grounds, row.withdrawal_ground),
        why=why,
        refund_pence=refund or None,
        refund_how="We pay it back the way that you paid it." if refund else "",
    )


def representations_answered(
    work: Work, row: PenaltyNoticeRow, parties: Parties, said: Answered
) -> RepresentationsAnswered:
    """Return what the answer to a parent's representations says."""
    still_to_pay = said.clock is not None
    return RepresentationsAnswered(
        **common.usual(work, parties, row.reference, work.on),
        notice_date=_issued(row),
        received_on=said.received_on,
        told_by=said.told_by,
        asked=tuple(quoted(one) for one in said.asked),
        withdrawn=said.withdrawn,
        reasons=said.reasons,
        penalty=penalty_sum(work, row, said.clock, _issued(row)) if said.clock else None,
        ways_to_pay=common.ways_to_pay(work, row.reference) if still_to_pay else None,
    )


def non_payment_to_school(
    work: Work, row: PenaltyNoticeRow, parties: Parties, answer_by: date
) -> NonPaymentToSchool:
    """Return what the message to the school says when a notice was not paid."""
    assert row.payable_until is not None
    usual = common.usual(work, parties, row.reference, work.on)
    usual["recipient"] = common.school_recipient(parties.school)
    policy = work.book.policy
    return NonPaymentToSchool(
        **usual,
        parent_name=parties.adult.name,
        notice_date=_issued(row),
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        is_leave_of_absence=row.absence_kind == AbsenceKind.LEAVE_OF_ABSENCE.value,
        period_ended_on=row.payable_until,
        answer_by=answer_by,
        answer_days=quote(policy("unpaid.school_answer_days", work.on)),
        reply_days=quote(policy("unpaid.parent_reply_days", work.on)),
    )


def seven_day_message(work: Work, row: PenaltyNoticeRow, parties: Parties, reply_by: date) -> SevenDayMessage:
    """Return what the school's message to the parent says after a notice was not paid."""
    assert row.payable_until is not None
    usual = common.usual(work, parties, row.reference, work.on)
    usual["sender"] = common.school_sender(work, parties.school)
    usual["signatory"] = common.school_signatory(work, parties.school)
    return SevenDayMessage(
        **usual,
        council=common.council(work),
        notice_date=_issued(row),
        offence_first_day=row.offence_from,
        offence_last_day=row.offence_until,
        is_leave_of_absence=row.absence_kind == AbsenceKind.LEAVE_OF_ABSENCE.value,
        period_ended_on=row.payable_until,
        reply_by=reply_by,
        reply_days=quote(work.book.policy("unpaid.parent_reply_days", work.on)),
    )


def _issued(row: PenaltyNoticeRow) -> date:
    assert row.issued_on is not None
    return row.issued_on


def prepare(
    work: Work, row: PenaltyNoticeRow, name: str, context: LetterContext, tells_of_id: int | None = None
) -> LetterRow:
    """Prepare a letter to the parent about a notice, to go today.

    `tells_of_id` is the payment or the representations that it tells of.
    """
    wanted = preparing.Wanted(
        name=name,
        context=context,
        case_id=row.case_id,
        subject_kind=row.__tablename__,
        subject_id=row.id,
        school_urn=row.school_urn,
        adult_id=row.adult_id,
        posting_on=work.on,
        method=ServedBy.FIRST_CLASS_POST,
        tells_of_id=tells_of_id,
    )
    return preparing.prepare(work, wanted)
