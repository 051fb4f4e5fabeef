"""What money received does to a penalty notice.

- Only the full sum due on the day it is received discharges: the lower sum while it is offered, then the
  whole. Sums received in time add up.
- Money that arrived before the notice was issued cannot be for it: it does not count towards its sum.
- Money after the last day neither discharges nor marks the notice paid. A person decides what becomes of it,
  of money beyond what was due, and of money after discharge.
- Sums are integer pence.

Source: SI 2007/1867 as amended, regs 4 and 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rules.clocks import PaymentClock
from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.contested import nothing_undecided
from rules.steps.guard import Check, Condition, InForce, bar, judge, met
from rules.wording import said_day, said_list, said_pence


class PaymentKind(StrEnum):
    """What one payment is."""

    FULL = "full"
    OVER = "over"
    PART = "part"
    LATE = "late"
    DUPLICATE = "duplicate"
    BEFORE_ISSUE = "before_issue"


@dataclass(frozen=True, slots=True)
class Paid:
    """Money received: pence, and the day on which it arrived."""

    pence: int
    received_on: date

    def __post_init__(self) -> None:
        if self.pence <= 0:
            raise ValueError("a payment is a positive sum of pence; a refund is recorded as a refund")


@dataclass(frozen=True, slots=True)
class Owing:
    """A sum in pence that would discharge the notice if it arrives by that day."""

    pence: int
    by: date


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one payment is and does.

    `total_pence` is what has arrived in time, this payment included; `owing` what would still discharge the
    notice; `to_decide_pence` the money that an officer has to decide about (refund it, as a rule).
    """

    kind: PaymentKind
    discharges: bool
    total_pence: int
    owing: tuple[Owing, ...]
    to_decide_pence: int
    sentences: tuple[str, ...]


def judge_payment(
    earlier: tuple[Paid, ...], payment: Paid, clock: PaymentClock, *, recorded_on: date | None = None
) -> Judgement:
    """Return what a payment is and does, given the payments recorded before it, in whichever order they came.

    Money recorded late discharges together with money that arrived after it, on the day that completed the
    sum. What is still owing is told as from `recorded_on`, the day of receipt where None, so that nobody is
    asked to pay by a day that has passed.
    """
    found = _judge(earlier, payment, clock)
    asked_on = max(payment.received_on, recorded_on or payment.received_on)
    owing = still_owing((*earlier, payment), asked_on, clock) if found.kind is PaymentKind.PART else ()
    return replace(found, owing=owing, sentences=_told(found, payment, owing, clock))


def _judge(earlier: tuple[Paid, ...], payment: Paid, clock: PaymentClock) -> Judgement:
    every = (*earlier, payment)
    if payment.received_on < clock.issued_on:
        return _judged(PaymentKind.BEFORE_ISSUE, every, clock, payment.pence)
    if discharged_on(earlier, clock) is not None:
        return _judged(PaymentKind.DUPLICATE, every, clock, payment.pence)
    if payment.received_on > clock.payable_until:
        return _judged(PaymentKind.LATE, every, clock, payment.pence)
    day = discharged_on(every, clock)
    if day is None:
        return _judged(PaymentKind.PART, every, clock, 0)
    kind = PaymentKind.OVER if _arrived(every, day, clock) > sum_due(day, clock) else PaymentKind.FULL
    return _judged(kind, every, clock, money_to_decide(every, day, clock))


def discharged_on(payments: tuple[Paid, ...], clock: PaymentClock) -> date | None:
    """Return the day on which the payments discharged the notice, or None."""
    total = 0
    for payment in sorted(_since_issue(payments, clock), key=lambda p: p.received_on):
        total += payment.pence
        if payment.received_on <= clock.payable_until and total >= sum_due(payment.received_on, clock):
            return payment.received_on
    return None


def sum_due(on: date, clock: PaymentClock) -> int:
    """Return the sum in pence that discharges on a day of the payment time."""
    if clock.reduced_until is not None and clock.reduced_pence is not None and on <= clock.reduced_until:
        return clock.reduced_pence
    return clock.full_pence


def still_owing(payments: tuple[Paid, ...], on: date, clock: PaymentClock) -> tuple[Owing, ...]:
    """Return what would still discharge the notice, given what arrived and the day."""
    chances = [(clock.reduced_pence, clock.reduced_until), (clock.full_pence, clock.payable_until)]
    return tuple(
        Owing(pence - _arrived(payments, by, clock), by)
        for pence, by in chances
        if pence is not None and by is not None and on <= by and pence > _arrived(payments, by, clock)
    )


def money_to_decide(payments: tuple[Paid, ...], on: date, clock: PaymentClock) -> int:
    """Return the pence received that discharge nothing, for an officer to decide about on that day.

    While the payment time runs, part payments are not counted: the rest may still arrive. Money from before
    the issue is decided about in any case.
    """
    total = sum(payment.pence for payment in payments)
    day = discharged_on(payments, clock)
    if day is not None:
        return total - sum_due(day, clock)
    if on > clock.payable_until:
        return total
    return total - sum(payment.pence for payment in _since_issue(payments, clock))


def _since_issue(payments: tuple[Paid, ...], clock: PaymentClock) -> tuple[Paid, ...]:
    return tuple(payment for payment in payments if payment.received_on >= clock.issued_on)


def _arrived(payments: tuple[Paid, ...], by: date, clock: PaymentClock) -> int:
    return sum(payment.pence for payment in _since_issue(payments, clock) if payment.received_on <= by)


def _judged(kind: PaymentKind, every: tuple[Paid, ...], clock: PaymentClock, to_decide: int) -> Judgement:
    discharges = kind in {PaymentKind.FULL, PaymentKind.OVER}
    return Judgement(kind, discharges, _arrived(every, clock.payable_until, clock), (), to_decide, ())


def _told(found: Judgement, payment: Paid, owing: tuple[Owing, ...], clock: PaymentClock) -> tuple[str, ...]:
    said = {
        PaymentKind.FULL: "The full sum due that day has arrived; the notice is discharged.",
        PaymentKind.OVER: "More than the sum due that day has arrived; the notice is discharged.",
        PaymentKind.PART: "The sum due that day has not arrived in full; the notice stands.",
        PaymentKind.LATE: f"The last day was {said_day(clock.payable_until)}; the notice is not discharged.",
        PaymentKind.DUPLICATE: "The notice had already been discharged.",
        PaymentKind.BEFORE_ISSUE: f"The notice was issued later, on {said_day(clock.issued_on)}; "
        "the money is not for this notice.",
    }
    sentences = [
        f"{said_pence(payment.pence)} received on {said_day(payment.received_on)}. {said[found.kind]}"
    ]
    if owing:
        chances = said_list(tuple(f"{said_pence(sum_.pence)} by {said_day(sum_.by)}" for sum_ in owing))
        sentences.append(f"Still owing: {chances.replace(' and ', ', or ')}.")
    if found.to_decide_pence:
        sentences.append(f"{said_pence(found.to_decide_pence)} is for an officer to decide about.")
    return tuple(sentences)


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """The clock of a notice and all that was paid towards it."""

    clock: PaymentClock
    payments: tuple[Paid, ...]


@dataclass(frozen=True, slots=True)
class UnpaidFacts:
    """A notice whose payment time may be over: what was paid, and what is still to be decided about it."""

    payment: PaymentFacts
    review_open: bool = False
    representations_open: bool = False


def may_discharge(facts: PaymentFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the notice counts as paid."""
    return judge(facts, InForce(book, on), (full_sum_in_time,), _said(facts))


def may_end_unpaid(facts: UnpaidFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the notice has ended unpaid on that day, with nothing left to decide about it."""
    return judge(facts, InForce(book, on), UNPAID, _said(facts.payment))


def _said(facts: PaymentFacts) -> dict[str, int | date | None]:
    return {
        "paid_pence": sum(payment.pence for payment in facts.payments),
        "discharged_on": discharged_on(facts.payments, facts.clock),
        "payable_until": facts.clock.payable_until,
    }


def full_sum_in_time(facts: PaymentFacts, rules: InForce) -> Iterator[Check]:
    """The full sum due on a day has arrived by that day."""
    whole = rules.law("penalty_notice.full_sum_discharges")
    day = discharged_on(facts.payments, facts.clock)
    if day is not None:
        yield met(f"Discharged by payment on {said_day(day)}.", whole, *facts.clock.parameters)
    else:
        yield bar(
            "full_sum_not_received",
            Aspect.EVIDENCED,
            "The full sum due has not arrived in time.",
            "Part payments and late money do not discharge; decide about the money.",
            whole,
            *facts.clock.parameters,
        )


def not_discharged(facts: PaymentFacts, rules: InForce) -> Iterator[Check]:
    """The notice has not been discharged by payment."""
    day = discharged_on(facts.payments, facts.clock)
    if day is not None:
        yield bar(
            "notice_is_paid",
            Aspect.AVAILABLE,
            f"The notice was discharged by payment on {said_day(day)}.",
            "Nothing further is done about the offence.",
            rules.law("penalty_notice.full_sum_discharges"),
        )


def payment_time_over(facts: PaymentFacts, rules: InForce) -> Iterator[Check]:
    """The payment time has ended."""
    wait = rules.law("penalty_notice.proceedings_after_days")
    if rules.on >= facts.clock.proceedings_from:
        yield met(f"The payment time ended with {said_day(facts.clock.payable_until)}.", wait)
    else:
        yield bar(
            "payment_time_not_over",
            Aspect.PERMITTED,
            f"The notice may be paid until {said_day(facts.clock.payable_until)}.",
            f"Wait until {said_day(facts.clock.proceedings_from)}.",
            wait,
        )


def unpaid_in_its_time(facts: UnpaidFacts, rules: InForce) -> Iterator[Check]:
    """The payment time has ended and the notice has not been discharged."""
    yield from not_discharged(facts.payment, rules)
    yield from payment_time_over(facts.payment, rules)


UNPAID: tuple[Condition[UnpaidFacts], ...] = (unpaid_in_its_time, nothing_undecided)
