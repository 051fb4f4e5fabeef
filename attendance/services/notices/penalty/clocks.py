"""The clocks of a penalty notice that was issued, read from what stands on it."""

from attendance.services.notices.penalty.issuing import clock_of
from attendance.services.work import Work
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from rules.steps.payment import Paid, PaymentFacts
from rules.time_limits import TimeLimit, time_limit


def payment_facts(work: Work, row: PenaltyNoticeRow) -> PaymentFacts | None:
    """Return the payment clock and what was paid; None where no clock runs."""
    if row.received_on is None or row.issued_on is None:
        return None
    payments = work.matters.find(PaymentRow, penalty_notice_id=row.id)
    return PaymentFacts(
        clock=clock_of(work, row, row.received_on, row.issued_on),
        payments=tuple(Paid(payment.pence, payment.received_on) for payment in payments),
    )


def running_clock(work: Work, row: PenaltyNoticeRow) -> PaymentFacts:
    """Return the payment clock of a notice whose state says that one runs or ran."""
    found = payment_facts(work, row)
    if found is None:
        raise LookupError(f"{row.reference} has no clock")
    return found


def limit_of(work: Work, row: PenaltyNoticeRow) -> TimeLimit:
    """Return the time limits of prosecution for the notice's offence."""
    return time_limit(row.offence_from, row.offence_until, work.book)
