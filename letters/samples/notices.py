"""Made-up penalty notices, and letters about money, representations, withdrawal and non-payment."""

from datetime import date, timedelta

from letters import contexts as c
from letters.quoting import quote, quote_entry, quote_texts
from letters.samples.people import (
    COUNCIL,
    HOLIDAY,
    ISSUED,
    OFFENCE,
    OFFICER,
    PARENT,
    RECEIVED,
    SCHOOL,
    WAYS,
    absences,
    amounts,
    common,
    penalty,
    scattered_absences,
)
from rules.law import RuleBook


def penalty_notice(book: RuleBook, *, leave: bool, second: bool) -> c.PenaltyNotice:
    """Return a made-up penalty notice letter."""
    return c.PenaltyNotice(
        **common(book, "PN-2024-000012"),
        issued_by=c.IssuingOfficer(
            name=OFFICER.name,
            job_title=OFFICER.job_title,
            authority="An officer whom the council has authorised to issue notices",
        ),
        child_home=c.ChildHome.NOT_PRINTED if leave and second else c.ChildHome.WITH_RECIPIENT,
        is_leave_of_absence=leave,
        is_second=second,
        offence_first_day=HOLIDAY[0] if leave else date(2024, 9, 17),
        offence_last_day=HOLIDAY[1] if leave else date(2024, 10, 21),
        sessions=10,
        absences=absences("G", *HOLIDAY) if leave else scattered_absences(),
        penalty=penalty(book, second=second),
        second_pence=amounts(book, ISSUED).second_pence,
        look_back_years=amounts(book, ISSUED).look_back_years,
        ways_to_pay=WAYS,
        service=c.Service(
            posted_on=ISSUED,
            received_on=RECEIVED,
            working_days=quote(book.law("penalty_notice.deemed_receipt_working_days", ISSUED)),
        ),
        withdrawal_grounds=quote_texts(book.law("penalty_notice.withdrawal_grounds", ISSUED)),
    )


def payment_received(book: RuleBook) -> c.PaymentReceived:
    """Return a made-up payment received letter."""
    on = date(2024, 11, 20)
    sum_due = amounts(book, ISSUED).lower_pence
    return c.PaymentReceived(
        **common(book, "PN-2024-000012", on), **OFFENCE, paid_pence=sum_due, paid_on=date(2024, 11, 19)
    )


def part_payment(book: RuleBook, *, again: bool) -> c.PartPayment:
    """Return a made-up part payment letter; `again` where a part came before."""
    due = penalty(book, second=False)
    paid = amounts(book, ISSUED).lower_pence
    earlier = paid // 4 if again else 0
    return c.PartPayment(
        **common(book, "PN-2024-000012", date(2024, 11, 28)),
        **OFFENCE,
        paid_pence=paid,
        paid_on=date(2024, 11, 27),
        due_pence=due.pence,
        earlier_pence=earlier,
        owing_pence=due.pence - paid - earlier,
        pay_by=due.last_day,
        ways_to_pay=WAYS,
        lower_sum_ended_on=due.lower.last_day if due.lower else None,
    )


def late_payment(book: RuleBook) -> c.LatePayment:
    """Return a made-up late payment letter."""
    due = penalty(book, second=False)
    return c.LatePayment(
        **common(book, "PN-2024-000012", date(2024, 12, 6)),
        **OFFENCE,
        paid_pence=due.pence,
        paid_on=date(2024, 12, 5),
        period_ended_on=due.last_day,
    )


def payment_corrected(book: RuleBook, *, day: int, settled: bool = False) -> c.PaymentCorrected:
    """Return a made-up letter, so many days after the notice, that corrects one about money."""
    due, on = penalty(book, second=False), ISSUED + timedelta(days=day)
    to_pay = not settled and on <= due.last_day
    return c.PaymentCorrected(
        **common(book, "PN-2024-000012", on),
        **OFFENCE,
        paid_pence=amounts(book, ISSUED).lower_pence,
        paid_on=date(2024, 11, 19),
        told_on=date(2024, 11, 20),
        still_settled=settled,
        owing_pence=due.pence if to_pay else None,
        pay_by=due.last_day if to_pay else None,
        ways_to_pay=WAYS if to_pay else None,
    )


def representations(book: RuleBook, *, withdrawn: bool) -> c.RepresentationsAnswered:
    """Return a made-up representations letter."""
    found = "was ill on two of the days" if withdrawn else "was not ill on those days"
    return c.RepresentationsAnswered(
        **common(book, "PN-2024-000012", date(2024, 11, 21)),
        notice_date=ISSUED,
        received_on=date(2024, 11, 13),
        asked=("You told us that Adam was ill on two of the days.",),
        withdrawn=withdrawn,
        reasons=(f"The school has looked at its register again. It says that Adam {found}.",),
        penalty=None if withdrawn else penalty(book, second=False),
        ways_to_pay=None if withdrawn else WAYS,
        told_by="Mx Sky Lorne of the Fairwater Advice Centre" if withdrawn else "",
    )


def withdrawal(book: RuleBook, ground: str, *, refund: bool) -> c.Withdrawal:
    """Return a made-up withdrawal letter."""
    on = date(2024, 12, 20)
    return c.Withdrawal(
        **common(book, "PN-2024-000012", on),
        **OFFENCE,
        ground=quote_entry(book.law("penalty_notice.withdrawal_grounds", on), ground),
        why=("The school has put right two marks. Adam was ill on those days.",) if refund else (),
        refund_pence=amounts(book, ISSUED).lower_pence if refund else None,
        refund_how="It goes back to the card that you paid with, within two weeks" if refund else "",
    )


def non_payment(book: RuleBook, *, leave: bool) -> c.NonPaymentToSchool:
    """Return a made-up non payment letter."""
    on = date(2024, 12, 5)
    shared = common(book, "PN-2024-000012", on)
    shared["recipient"] = SCHOOL
    return c.NonPaymentToSchool(
        **shared,
        **OFFENCE,
        parent_name=PARENT.name,
        is_leave_of_absence=leave,
        period_ended_on=penalty(book, second=False).last_day,
        answer_by=date(2024, 12, 19),
        answer_days=quote(book.policy("unpaid.school_answer_days", on)),
        reply_days=quote(book.policy("unpaid.parent_reply_days", on)),
    )


def seven_days(book: RuleBook) -> c.SevenDayMessage:
    """Return a made-up seven days letter."""
    on = date(2024, 12, 6)
    return c.SevenDayMessage(
        **common(book, "PN-2024-000012", on, school=True),
        **OFFENCE,
        council=COUNCIL,
        is_leave_of_absence=True,
        period_ended_on=penalty(book, second=False).last_day,
        reply_by=date(2024, 12, 13),
        reply_days=quote(book.policy("unpaid.parent_reply_days", on)),
    )
