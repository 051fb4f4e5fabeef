"""The clocks of a notice: receipt, payment, improvement, the parent's and the school's time to reply.

- A notice posted first class is taken as received on the second working day after posting, unless the
  contrary is shown; delivered or left at the address, on that day. E-mail counts only where the recipient
  agreed to it, and then on the day on which receipt is shown.
- Returned mail shows the contrary: nothing was received and no clock runs.
- Payment days begin with the day of receipt as day 1. Every other clock leaves out the day it starts from.
- Every clock says in sentences how it was counted.
- Days to pay and to reply are counted as the law and the local code say and may end on any day of the week;
  the day of a review is ours to set, and is a working day.

Sources: EA 1996 s.572; SI 2007/1867 as amended; the authority's code of conduct.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.calendar import ONE_DAY, SchoolCalendar, WorkingDays, days_between, is_weekday
from rules.errors import NotReceived, TermDatesNotKnown
from rules.law import RuleBook, Value
from rules.wording import said_count, said_day, said_pence


class ServedBy(StrEnum):
    """How a letter reached the recipient."""

    FIRST_CLASS_POST = "first_class_post"
    HAND_DELIVERY = "hand_delivery"
    LEFT_AT_ADDRESS = "left_at_address"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Service:
    """What is known of how and when a letter was served.

    `on` is the day of posting, delivery or sending. `email_agreed` says that the recipient's agreement to
    e-mail is on file. `receipt_shown_on` is the day on which receipt is shown by evidence, where it is.
    `returned_on` is the day on which the letter came back, where it did.
    """

    how: ServedBy
    on: date
    email_agreed: bool = False
    receipt_shown_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day on which a letter counts as received, and whether that is presumed or shown."""

    on: date
    presumed: bool
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]


def receipt_of(service: Service, working_days: WorkingDays, book: RuleBook) -> Receipt:
    """Return the day on which the letter counts as received.

    Raises `NotReceived` where it came back, or was sent by e-mail without agreement or without receipt shown.
    """
    if service.returned_on is not None:
        raise NotReceived(f"The letter came back on {said_day(service.returned_on)}: nothing was received.")
    if service.how is ServedBy.EMAIL and not service.email_agreed:
        raise NotReceived(
            "E-mail is service only where the recipient agreed to it, and no agreement is on file."
        )
    if service.receipt_shown_on is not None:
        return _shown(service.receipt_shown_on)
    if service.how is ServedBy.EMAIL:
        raise NotReceived("No day of receipt is presumed for e-mail. Record the evidence of receipt.")
    if service.how is ServedBy.FIRST_CLASS_POST:
        return _presumed_from_post(service.on, working_days, book)
    how = "Delivered by hand" if service.how is ServedBy.HAND_DELIVERY else "Left at the address"
    sentence = f"{how} on {said_day(service.on)}: received that day."
    return Receipt(on=service.on, presumed=False, sentences=(sentence,), parameters=())


def _shown(on: date) -> Receipt:
    return Receipt(on, False, (f"Receipt on {said_day(on)} is shown by the evidence on file.",), ())


def _presumed_from_post(posted_on: date, working_days: WorkingDays, book: RuleBook) -> Receipt:
    days = book.law("penalty_notice.deemed_receipt_working_days", posted_on)
    on = working_days.nth_after(posted_on, days.whole)
    skipped = [
        day
        for day in days_between(posted_on + ONE_DAY, on)
        if is_weekday(day) and day in working_days.bank_holidays
    ]
    sentences = [
        (
            f"Posted first class on {said_day(posted_on)}; taken as received after "
            f"{said_count(days.whole, 'working day')}, on {said_day(on)}, unless the contrary is shown."
        )
    ]
    if skipped:
        sentences.append(f"Not working days: {', '.join(said_day(day) for day in skipped)}.")
    return Receipt(on, True, tuple(sentences), (days,))


@dataclass(frozen=True, slots=True)
class PaymentClock:
    """Until when which sum discharges a notice: the last days on which it may be received, sums in pence.

    Money that arrived before `issued_on` is not for this notice. `reduced_until` and `reduced_pence` are
    None where no lower sum is offered. `proceedings_from` is the first day on which the notice has ended
    unpaid.
    """

    issued_on: date
    received_on: date
    reduced_until: date | None
    reduced_pence: int | None
    payable_until: date
    full_pence: int
    proceedings_from: date
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]


def payment_clock(
    received_on: date, *, full: Value, reduced: Value | None, book: RuleBook, issued_on: date
) -> PaymentClock:
    """Return the payment clock of a notice received on that day.

    Takes the sums as the dated values they come from (see `rules.ladder`), and the day of issue, whose law
    governs the days. The day of receipt is day 1.
    """
    counts = book.law("penalty_notice.receipt_day_counts", issued_on)
    payment_days = book.law("penalty_notice.payment_days", issued_on)
    reduced_days = book.law("penalty_notice.reduced_days", issued_on)
    wait = book.law("penalty_notice.proceedings_after_days", issued_on)
    day_zero = received_on - ONE_DAY if counts.flag else received_on
    payable_until = day_zero + timedelta(days=payment_days.whole)
    proceedings_from = day_zero + timedelta(days=wait.whole) + ONE_DAY
    sentences = [f"Received on {said_day(received_on)}; {said_day(day_zero + ONE_DAY)} is day 1."]
    reduced_until = None
    if reduced is not None:
        reduced_until = day_zero + timedelta(days=reduced_days.whole)
        sentences.append(_discharges(reduced, reduced_days, reduced_until))
    sentences += [
        _discharges(full, payment_days, payable_until),
        f"Nothing about non-payment may be done before {said_day(proceedings_from)}.",
    ]
    lower = () if reduced is None else (reduced_days, reduced)
    return PaymentClock(
        issued_on=issued_on,
        received_on=received_on,
        reduced_until=reduced_until,
        reduced_pence=None if reduced is None else reduced.whole,
        payable_until=payable_until,
        full_pence=full.whole,
        proceedings_from=proceedings_from,
        sentences=tuple(sentences),
        parameters=(counts, payment_days, wait, full, *lower),
    )


def _discharges(sum_due: Value, days: Value, until: date) -> str:
    return f"{said_pence(sum_due.whole)} discharges if received by day {days.whole}, {said_day(until)}."


@dataclass(frozen=True, slots=True)
class ImprovementPeriod:
    """The period of a notice to improve: its first and last day, the review day, and how it was counted."""

    begins_on: date
    ends_on: date
    review_on: date
    school_days: int
    calendar_days: int
    warnings: tuple[str, ...]
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]


def improvement_period(
    received_on: date,
    school_days: int,
    calendar: SchoolCalendar,
    book: RuleBook,
    *,
    working_days: WorkingDays,
) -> ImprovementPeriod:
    """Return the period of a notice to improve that was received on that day.

    It begins on the first school day after receipt and is so many of the school's own days long, so that a
    half-term does not shorten it; the review is due on the next working day after it ends.
    Raises `TermDatesNotKnown` where the term dates known do not reach the end.
    """
    warn_over = book.policy("notice_to_improve.warn_calendar_days", received_on)
    begins = calendar.nth_school_day(received_on + ONE_DAY, 1)
    ends = calendar.nth_school_day(begins, school_days)
    review_on = working_days.nth_after(ends, 1)
    length = (ends - begins).days + 1
    stretched = f"Holidays stretch the period to {length} calendar days, more than {warn_over.whole}."
    return ImprovementPeriod(
        begins_on=begins,
        ends_on=ends,
        review_on=review_on,
        school_days=school_days,
        calendar_days=length,
        warnings=(stretched,) if length > warn_over.whole else (),
        sentences=(
            (
                f"Received on {said_day(received_on)}; the period begins on the school's next day,"
                f" {said_day(begins)}."
            ),
            f"It is {said_count(school_days, 'school day')} of the school long and ends on {said_day(ends)}.",
            f"The review by the register is due on {said_day(review_on)}.",
        ),
        parameters=(warn_over,),
    )


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """The last day of a time to reply, the day it starts from not counted, with what is to be warned of."""

    starts_from: date
    last_day: date
    warnings: tuple[str, ...]
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]


def parent_reply_clock(asked_on: date, book: RuleBook) -> ReplyClock:
    """Return the parent's time to answer the school's question after non-payment."""
    days = book.policy("unpaid.parent_reply_days", asked_on)
    last = asked_on + timedelta(days=days.whole)
    said = (
        f"Asked on {said_day(asked_on)}; the parent has {said_count(days.whole, 'day')}, to {said_day(last)}."
    )
    return ReplyClock(asked_on, last, (), (said,), (days,))


def school_answer_clock(
    received_on: date, book: RuleBook, calendar: SchoolCalendar, extended_to: date | None = None
) -> ReplyClock:
    """Return the school's time to say whether it supports prosecution.

    The day on which the message was received is not counted; the parent's own days run inside. Where weekdays
    of that time are no school days the clock warns; `extended_to` is a later last day that an officer set.
    """
    days = book.policy("unpaid.school_answer_days", received_on)
    last = received_on + timedelta(days=days.whole)
    sentences = [
        (
            f"Message received on {said_day(received_on)}, a day not counted; the school has "
            f"{said_count(days.whole, 'calendar day')}, to {said_day(last)}."
        )
    ]
    warnings = _holiday_warnings(received_on + ONE_DAY, last, calendar)
    if extended_to is not None and extended_to > last:
        last = extended_to
        sentences.append(f"An officer extended the time to {said_day(last)}.")
    return ReplyClock(received_on, last, warnings, tuple(sentences), (days,))


def _holiday_warnings(first: date, last: date, calendar: SchoolCalendar) -> tuple[str, ...]:
    weekdays = [day for day in days_between(first, last) if is_weekday(day)]
    try:
        open_days = calendar.school_days(first, last)
    except TermDatesNotKnown:
        return ("The school's term dates are not known for all of this time.",)
    if len(open_days) == len(weekdays):
        return ()
    return (f"Only {len(open_days)} of the {len(weekdays)} weekdays of this time are days of the school.",)
