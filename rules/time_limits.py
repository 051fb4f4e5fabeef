"""Anniversaries, calendar months and the time limit of prosecution.

- Months are calendar months; where the last month has no such day, its last day ends the time.
- Years end on the same day; where a year has none, on the day after, which is the cautious one.
- The day of the offence is not counted. Whether the first or the last absence starts the limit is contested:
  both are computed, the earlier warns and the later bars.

Sources: MCA 1980 s.127; the authority's code of conduct.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rules.clocks import PaymentClock
from rules.law import RuleBook, Value
from rules.wording import said_day

MONTHS_IN_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """Return the same day so many calendar months later, or the last day of that month where it has none."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def anniversary(day: date, years: int) -> date:
    """Return the same day so many years later; where there is none, the day after that month ends."""
    months = MONTHS_IN_A_YEAR * years
    same = months_after(day, months)
    return same if same.day == day.day else same + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The last days on which proceedings may begin, for the earliest and the latest day of an offence."""

    earliest_offence: date
    latest_offence: date
    earliest_limit: date
    latest_limit: date
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]


def time_limit(first_offence: date, last_offence: date, book: RuleBook) -> TimeLimit:
    """Return the limits of prosecution for an offence from its first to its last day.

    The day of the offence is not counted. Whether the first or the last absence counts is contested, so both
    stand here.
    """
    months = book.law("prosecution.time_limit_months", last_offence)
    earliest, latest = (months_after(day, months.whole) for day in (first_offence, last_offence))
    return TimeLimit(
        earliest_offence=first_offence,
        latest_offence=last_offence,
        earliest_limit=earliest,
        latest_limit=latest,
        sentences=(
            f"For the absence of {said_day(first_offence)} proceedings may begin up to {said_day(earliest)}.",
            f"For the absence of {said_day(last_offence)} proceedings may begin up to {said_day(latest)}.",
            "Which of the two counts is contested; work to the earlier.",
        ),
        parameters=(months,),
    )


@dataclass(frozen=True, slots=True)
class TimeToProsecute:
    """Whether payment, the school's answer and preparation, which end on `ready_on`, fit before a limit."""

    ready_on: date
    limit: date
    fits: bool
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]


def time_to_prosecute(clock: PaymentClock, limit: TimeLimit, book: RuleBook, on: date) -> TimeToProsecute:
    """Return whether the unpaid path still fits before the earlier limit, and else whether before the later.

    Counted from the first day after the payment time: the school's days to answer, then preparation.
    """
    answer = book.policy("unpaid.school_answer_days", on)
    preparation = book.policy("prosecution.preparation_days", on)
    ready = clock.proceedings_from + timedelta(days=answer.whole + preparation.whole)
    fits = ready <= limit.earliest_limit
    place = "not later than" if fits else "after"
    return TimeToProsecute(
        ready_on=ready,
        limit=limit.earliest_limit,
        fits=fits,
        sentences=(
            f"The notice ends unpaid on {said_day(clock.proceedings_from)}.",
            (
                f"{answer.whole} days for the school's answer and {preparation.whole} to prepare then end on"
                f" {said_day(ready)}, {place} the earlier limit of {said_day(limit.earliest_limit)}."
            ),
            *(() if fits else _by_the_later(ready, limit)),
        ),
        parameters=(answer, preparation, *limit.parameters),
    )


def _by_the_later(ready: date, limit: TimeLimit) -> tuple[str, ...]:
    """Return the sentence on the later limit, for what does not fit before the earlier one."""
    if limit.latest_limit == limit.earliest_limit:
        return ()
    later = said_day(limit.latest_limit)
    if ready <= limit.latest_limit:
        return (f"That is not later than the later limit of {later}; which of the two counts is contested.",)
    return (f"It is after the later limit of {later} too: unpaid, the notice may not come to court in time.",)
