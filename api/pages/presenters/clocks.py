"""A notice's clock as points on a line: what is done, what is next, and how each day was counted.

- The line of a notice that has ended, as by payment, ends with that day: nothing is to come after it.
- Both limits of proceedings stand on the line of an open one: from which absence they run is contested. Once
  the later has passed, nothing may begin any more.
"""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from api.pages.presenters.refusals import source_shown
from api.pages.words import day, money, until
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services.reading.notices import Counted, PaymentClockShown
from attendance.store.queries.notices import NoticeToImproveLine, PenaltyNoticeLine

ENDED = {
    PenaltyNoticeState.PAID: "Paid in full: nothing more is to pay",
    PenaltyNoticeState.WITHDRAWN: "Withdrawn: it counts no more",
    PenaltyNoticeState.CANCELLED: "Cancelled",
}
"""How a notice ended after which nothing is to be paid and nothing may begin, by its state."""
_FIRST_LIMIT = "Proceedings must have begun, if the first absence counts"
_LAST_LIMIT = "Proceedings must have begun, if the last absence counts"
_ONE_LIMIT = "Proceedings must have begun"

Days = tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One day on the line; `passed` days lie behind."""

    what: str
    when: str
    machine_when: str
    off: str
    passed: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The line, and how it was counted."""

    points: tuple[Point, ...]
    sentences: tuple[str, ...]
    sources: tuple[str, ...]


def payment_clock(line: PenaltyNoticeLine, clock: PaymentClockShown | None, on: date) -> Clock | None:
    """Return the days of a penalty notice, None before it is issued."""
    if clock is None:
        return None
    early = ("", None) if clock.reduced_pence is None else _last_day(clock.reduced_pence, clock.reduced_until)
    days = (
        ("Issued", line.issued_on),
        ("Counts as received", clock.received_on),
        early,
        _last_day(clock.full_pence, clock.payable_until),
        *_proceedings(line, clock, on),
    )
    ended = ENDED.get(PenaltyNoticeState(line.state))
    if ended is not None:
        end = line.ended_on or line.state_since
        days = (*((what, when) for what, when in days if when and when <= end), (ended, end))
    return _clock(days, clock.counted, on)


def _proceedings(line: PenaltyNoticeLine, clock: PaymentClockShown, on: date) -> Days:
    """Return the days of proceedings: the first while one can still be met, the limits, the hand-over."""
    first, last, begins = line.first_limit_on, line.last_limit_on, clock.proceedings_from
    handed = line.ended_on if PenaltyNoticeState(line.state) is PenaltyNoticeState.HANDED_OVER else None
    limits: Days = ((_ONE_LIMIT, last),) if first == last else ((_FIRST_LIMIT, first), (_LAST_LIMIT, last))
    return (
        ("First day on which proceedings may begin", begins if max(begins, on) <= last else None),
        ("Handed over to legal services", handed),
        *limits,
    )


def improvement_clock(line: NoticeToImproveLine, period: Counted | None, on: date) -> Clock | None:
    """Return the days of a notice to improve, None before it is issued."""
    if period is None:
        return None
    days = (
        ("Issued", line.issued_on),
        ("Counts as received", line.received_on),
        ("Period begins", line.period_from),
        ("Period ends", line.period_until),
        ("Review by the register", line.review_on),
    )
    return _clock(days, period, on)


def _last_day(pence: int, on: date | None) -> tuple[str, date | None]:
    return f"Last day to pay {money(pence)}", on


def _clock(days: Days, counted: Counted, on: date) -> Clock:
    known = [(what, when) for what, when in days if when is not None]
    points = tuple(
        Point(what, day(when), when.isoformat(), until(when, on) if when >= on else "", passed=when < on)
        for what, when in sorted(known, key=itemgetter(1))
    )
    return Clock(points, counted.sentences, tuple(source_shown(one) for one in counted.sources))
