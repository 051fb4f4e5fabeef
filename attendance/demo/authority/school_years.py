"""School years: terms, INSET days, bank holidays, and which school is open on which day.

- 195 days between the first and the last day of term, of which five are INSET days of the school's own
  choice: 190 school days, 380 sessions.
- The terms come from `school_years.yaml`; the shape is that of the dates published in the West Midlands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict

from attendance.demo.authority.streams import Bools, Ints

CALENDAR_SCHEMA = pl.Schema(
    {
        "school_urn": pl.String,
        "kind": pl.String,
        "from": pl.Date,
        "to": pl.Date,
        "name": pl.String,
    }
)

# Which days a school keeps for INSET: the half-term, and the place of the day in it (negative: from its end).
INSET_PATTERNS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((1, 0), (1, 1), (3, 0), (6, 0), (6, -1)),
    ((1, 0), (2, 0), (3, 0), (5, 0), (6, -1)),
    ((1, 0), (1, -1), (3, 0), (4, 0), (6, -1)),
    ((1, 0), (3, 0), (6, -3), (6, -2), (6, -1)),
)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class SchoolYear(BaseModel):
    """The dates of one school year as published. `begins` is the calendar year of its September."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    begins: int
    half_terms: tuple[tuple[date, date], ...]
    bank_holidays: dict[date, str]


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """What one school decides about its year.

    `inset_pattern` indexes `INSET_PATTERNS`. A school that is `shifted` ends the autumn term a day early and
    the summer term a day late.
    """

    urn: str
    inset_pattern: int
    shifted: bool


@cache
def published_years() -> tuple[SchoolYear, ...]:
    """Read the school years there are, earliest first."""
    text = (Path(__file__).parent / "school_years.yaml").read_text(encoding="utf-8")
    return tuple(SchoolYear.model_validate(raw) for raw in yaml.safe_load(text))


def school_year(begins: int) -> SchoolYear:
    """Look up one school year.

    Args:
        begins: The calendar year in which it begins.

    Raises:
        ValueError: No term dates for that year are on file, or none for the year after it.
    """
    known = {year.begins: year for year in published_years()}
    if begins not in known or begins + 1 not in known or begins - 1 not in known:
        offered = ", ".join(str(y) for y in known if y - 1 in known and y + 1 in known)
        raise ValueError(f"the demo has no term dates around {begins}; choose one of {offered}")
    return known[begins]


def weekdays(first: date, last: date) -> list[date]:
    """List the days from Monday to Friday between two days, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY]


def calendar_rows(choices: Sequence[CalendarChoice]) -> pl.DataFrame:
    """Write the calendars of schools for every year on file, in the columns of `calendars.csv`."""
    rows = [
        (choice.urn, *row)
        for choice in choices
        for year in published_years()
        for row in _rows_of_year(choice, year)
    ]
    return pl.DataFrame(rows, schema=CALENDAR_SCHEMA, orient="row")


def _terms(choice: CalendarChoice, year: SchoolYear) -> list[tuple[date, date]]:
    terms = list(year.half_terms)
    if choice.shifted:
        (autumn, ends), (summer, breaks_up) = terms[1], terms[5]
        terms[1] = (autumn, ends - ONE_DAY)
        terms[5] = (summer, breaks_up + ONE_DAY)
    return terms


def _rows_of_year(choice: CalendarChoice, year: SchoolYear) -> Iterator[tuple[str, date, date, str]]:
    seasons = ("Autumn", "Autumn", "Spring", "Spring", "Summer", "Summer")
    terms = _terms(choice, year)
    for number, ((first, last), season) in enumerate(zip(terms, seasons, strict=True)):
        yield (
            "term",
            first,
            last,
            f"{season} term {year.begins}/{(year.begins + 1) % 100}, half {number % 2 + 1}",
        )
    for day, name in year.bank_holidays.items():
        yield "closed", day, day, name
    for half_term, place in INSET_PATTERNS[choice.inset_pattern]:
        day = weekdays(*terms[half_term - 1])[place]
        yield "inset", day, day, "INSET day"


@dataclass(frozen=True, slots=True)
class DayGrid:
    """The weekdays of one school year, side by side, and what each school does on them.

    `open` and `inset` have one row per school, in the order the schools were given, and one column per day.
    """

    year: SchoolYear
    days: tuple[date, ...]
    open: Bools
    inset: Bools

    def column(self, day: date) -> int:
        """Say which column a weekday of the year has.

        Raises:
            ValueError: The day is not a weekday of this school year.
        """
        return self.days.index(day)

    def place(self, half_term: int, week: int, weekday: int) -> int:
        """Find a day by half-term (1 to 6), week in it (from 1) and weekday (Monday is 0): its column."""
        first = self.year.half_terms[half_term - 1][0]
        monday = first - timedelta(days=first.weekday())
        return self.column(monday + timedelta(weeks=week - 1, days=weekday))

    def columns_between(self, first: date, last: date) -> slice:
        """Give the columns of the days from `first` to `last`, both included."""
        ordinals = self.ordinals()
        start, stop = np.searchsorted(ordinals, [first.toordinal(), last.toordinal() + 1])
        return slice(int(start), int(stop))

    def ordinals(self) -> Ints:
        """Give the days as ordinal numbers."""
        return np.array([day.toordinal() for day in self.days], dtype=np.int64)


def day_grid(calendars: pl.DataFrame, choices: Sequence[CalendarChoice], year: SchoolYear) -> DayGrid:
    """Lay the calendars of schools over the weekdays of one year."""
    first = year.half_terms[0][0]
    monday = first - timedelta(days=first.weekday())
    days = tuple(weekdays(monday, year.half_terms[-1][1] + ONE_DAY))
    column = {day: number for number, day in enumerate(days)}
    row = {choice.urn: number for number, choice in enumerate(choices)}
    kinds = {
        kind: np.zeros((len(choices), len(days)), dtype=np.bool_) for kind in ("term", "closed", "inset")
    }
    inside = calendars.filter(pl.col("from").is_between(days[0], days[-1]))
    for urn, kind, begins, ends, _ in inside.iter_rows():
        kinds[kind][row[urn], column[begins] : column[ends] + 1] = True
    return DayGrid(
        year=year,
        days=days,
        open=kinds["term"] & ~kinds["closed"] & ~kinds["inset"],
        inset=kinds["inset"],
    )
