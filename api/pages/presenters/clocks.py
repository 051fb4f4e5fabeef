"""A notice's clock as points on a line: what is done, what is next, and how each day was counted."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from api.pages.presenters.refusals import source_shown
from api.pages.words import day, money, until
from attendance.services.reading.notices import Counted, PaymentClockShown
from attendance.store.queries.notices import NoticeToImproveLine, PenaltyNoticeLine


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
        ("First day on which proceedings may begin", clock.proceedings_from),
        ("Proceedings for the first session must have begun", line.first_limit_on),
    )
    return _clock(days, clock.counted, on)


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


def _clock(days: tuple[tuple[str, date | None], ...], counted: Counted, on: date) -> Clock:
    known = [(what, when) for what, when in days if when is not None]
    points = tuple(
        Point(what, day(when), when.isoformat(), until(when, on) if when >= on else "", passed=when < on)
        for what, when in sorted(known, key=itemgetter(1))
    )
    return Clock(points, counted.sentences, tuple(source_shown(one) for one in counted.sources))
