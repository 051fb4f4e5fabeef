"""Compulsory school age, from the date of birth (EA 1996 s.8).

- It begins when five is reached on a prescribed day, otherwise at the prescribed day next following.
- It ends with the school leaving date, the last Friday in June, of the school year in which sixteen is
  reached.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.law import RuleBook, Value
from rules.time_limits import anniversary
from rules.wording import WEEKDAYS, said_day


@dataclass(frozen=True, slots=True)
class SchoolAge:
    """The first and the last day of a person's compulsory school age, and how they were found."""

    first: date
    last: date
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]

    def holds_on(self, day: date) -> bool:
        """Say whether the person is of compulsory school age on that day."""
        return self.first <= day <= self.last


def school_age(date_of_birth: date, book: RuleBook, on: date) -> SchoolAge:
    """Return the days of compulsory school age under the law of the day `on`."""
    begins_at = book.law("school_age.starts_at_age_years", on)
    prescribed = book.law("school_age.starts_on_prescribed_days", on)
    ends = book.law("school_age.ends", on)
    fifth = anniversary(date_of_birth, begins_at.whole)
    first = min(day for day in _days_of_years(prescribed, fifth.year) if day >= fifth)
    sixteenth = anniversary(date_of_birth, _whole(ends, "age_years"))
    leaving_year = _year_in_which_the_school_year_ends(sixteenth, str(ends.table["turned_before"]))
    last = _last_of_month(str(ends.table["weekday"]), _whole(ends, "month"), leaving_year)
    return SchoolAge(
        first=first,
        last=last,
        sentences=(
            f"Five on {said_day(fifth)}: of compulsory school age from {said_day(first)}, a prescribed day.",
            f"Sixteen on {said_day(sixteenth)}: until {said_day(last)}, the leaving date of that year.",
        ),
        parameters=(begins_at, prescribed, ends),
    )


def _whole(value: Value, key: str) -> int:
    return int(str(value.table[key]))


def _days_of_years(prescribed: Value, year: int) -> list[date]:
    return [date.fromisoformat(f"{y}-{day}") for y in (year, year + 1) for day in prescribed.items]


def _year_in_which_the_school_year_ends(day: date, starts: str) -> int:
    begins = date.fromisoformat(f"{day.year}-{starts}")
    return day.year + 1 if day >= begins else day.year


def _last_of_month(weekday: str, month: int, year: int) -> date:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - WEEKDAYS.index(weekday.capitalize())) % len(WEEKDAYS))
