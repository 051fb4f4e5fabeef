"""School days, school weeks and working days.

- A school's days are the weekdays of its terms less the days on which it is closed. They come from the
  school's own calendar, never from bank holidays and never from one pupil's marks.
- A school week runs from Monday to Sunday and holds at least one school day of that school.
- Nothing is guessed beyond the term dates or the bank holidays that are known: asking there raises.
- A working day is a weekday that is not a bank holiday (Good Friday and Christmas Day are bank holidays in
  the set that comes in).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from rules.errors import BankHolidaysNotKnown, TermDatesNotKnown
from rules.law import RuleBook

ONE_DAY = timedelta(days=1)
WEEKDAYS_IN_A_WEEK = 5


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A run of days in which the school is open on weekdays, first and last day included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the term ends on {self.last} before it begins on {self.first}")


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every calendar day from first to last, both included; none where last is before first."""
    for step in range((last - first).days + 1):
        yield first + step * ONE_DAY


def monday_of(day: date) -> date:
    """Return the Monday of the week, Monday to Sunday, that the day lies in."""
    return day - timedelta(days=day.weekday())


def is_weekday(day: date) -> bool:
    """Say whether the day is one of Monday to Friday."""
    return day.weekday() < WEEKDAYS_IN_A_WEEK


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The days on which one school is open, as far as its term dates are known.

    Takes the terms (in any order, not overlapping) and the closed days within them: half-terms, INSET days,
    bank holidays, closures.
    """

    terms: tuple[Term, ...]
    closed: frozenset[date] = frozenset()
    _days: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        terms = tuple(sorted(self.terms))
        for earlier, later in pairwise(terms):
            if later.first <= earlier.last:
                raise ValueError(f"the term from {later.first} overlaps the term to {earlier.last}")
        days = tuple(
            day
            for term in terms
            for day in days_between(term.first, term.last)
            if is_weekday(day) and day not in self.closed
        )
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "_days", days)

    @property
    def known_from(self) -> date | None:
        """The first day of the first term known, or None where no term is known."""
        return self.terms[0].first if self.terms else None

    @property
    def known_until(self) -> date | None:
        """The last day of the last term known, or None where no term is known."""
        return self.terms[-1].last if self.terms else None

    def is_school_day(self, day: date) -> bool:
        """Say whether the school is open on that day; raises `TermDatesNotKnown` outside what is known."""
        self._must_know(day, day)
        return bool(self.school_days(day, day))

    def school_days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the school days from first to last, both included.

        Raises `TermDatesNotKnown` where the span reaches outside the term dates known.
        """
        self._must_know(first, last)
        return self._days[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def nth_school_day(self, start: date, number: int) -> date:
        """Return the school day that is number `number`, counting the first one on or after `start` as 1.

        Raises `TermDatesNotKnown` where the term dates known do not reach that far, ValueError where the
        number is below 1.
        """
        if number < 1:
            raise ValueError("school days are counted from 1")
        self._must_know(start, start)
        place = bisect_left(self._days, start) + number - 1
        if place >= len(self._days):
            raise TermDatesNotKnown(
                f"{number} school days from {start.isoformat()}", self.known_from, self.known_until
            )
        return self._days[place]

    def school_weeks(self, first: date, last: date) -> tuple[date, ...]:
        """Return the Mondays of the school weeks that have a school day from first to last, both included."""
        return tuple(sorted({monday_of(day) for day in self.school_days(first, last)}))

    def _must_know(self, first: date, last: date) -> None:
        known_from, known_until = self.known_from, self.known_until
        if known_from is None or known_until is None or first < known_from or last > known_until:
            asked = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
            raise TermDatesNotKnown(asked, known_from, known_until)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Weekdays that are not bank holidays. The bank holidays of England come in as a value."""

    bank_holidays: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Say whether it is a working day; raises `BankHolidaysNotKnown` for a year without a known one."""
        if not is_weekday(day):
            return False
        if not any(holiday.year == day.year for holiday in self.bank_holidays):
            raise BankHolidaysNotKnown(day.year)
        return day not in self.bank_holidays

    def on_or_after(self, day: date) -> date:
        """Return the day itself where it is a working day, else the next one."""
        return day if self.is_working_day(day) else self.nth_after(day, 1)

    def nth_after(self, day: date, number: int) -> date:
        """Return the working day that is number `number` after the day, the day itself not counted."""
        found = day
        for _ in range(number):
            found += ONE_DAY
            while not self.is_working_day(found):
                found += ONE_DAY
        return found


@dataclass(frozen=True, slots=True)
class AcademicYear:
    """An academic year: its first and last day, both included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """The year as it is written: `2024/25`."""
        return f"{self.first.year}/{self.last.year % 100:02}"


def academic_year(book: RuleBook, day: date) -> AcademicYear:
    """Return the academic year that the day lies in; its first day is the law's data (`MM-DD`)."""
    month_and_day = book.law("academic_year.starts", day).text
    begins = date.fromisoformat(f"{day.year}-{month_and_day}")
    if day < begins:
        begins = begins.replace(year=day.year - 1)
    return AcademicYear(first=begins, last=begins.replace(year=begins.year + 1) - ONE_DAY)
