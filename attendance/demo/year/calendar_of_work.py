"""The rhythm of a day in the demo: what comes in the morning, who works when, what is returned at night.

- The office works on working days; a school on its own school days.
- Nothing here decides anything: it says in which order people get to their work.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from rules.calendar import WorkingDays

ONE_DAY = timedelta(days=1)


class Work(Protocol):
    """Something that is done on each working day."""

    def day(self) -> None:
        """Do the day's part of it."""


def working_days_of(working_days: WorkingDays, first: date, last: date) -> Iterator[date]:
    """Yield the office's working days from first to last, both included."""
    day = first
    while day <= last:
        if working_days.is_working_day(day):
            yield day
        day += ONE_DAY
