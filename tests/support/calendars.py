"""Calendars for tests: England's bank holidays, and one made-up school from September 2024 to July 2027."""

from datetime import date, timedelta
from functools import cache

import holidays

from rules.calendar import SchoolCalendar, Term, WorkingDays, days_between

HALF_TERMS = (
    "2024-10-28",
    "2025-02-17",
    "2025-05-26",
    "2025-10-27",
    "2026-02-16",
    "2026-05-25",
    "2026-10-26",
)
TERMS = (
    ("2024-09-03", "2024-12-20"),
    ("2025-01-06", "2025-04-11"),
    ("2025-04-28", "2025-07-21"),
    ("2025-09-02", "2025-12-19"),
    ("2026-01-05", "2026-03-27"),
    ("2026-04-13", "2026-07-20"),
    ("2026-09-02", "2026-12-18"),
)


@cache
def english_working_days() -> WorkingDays:
    """Return the working days of England, 2024 to 2032."""
    return WorkingDays(frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2033))))


@cache
def school_calendar() -> SchoolCalendar:
    """Return a school with half-terms, the May bank holidays and one INSET day."""
    weeks = [date.fromisoformat(monday) for monday in HALF_TERMS]
    half_terms = {day for monday in weeks for day in days_between(monday, monday + timedelta(days=4))}
    single = {date(2025, 5, 5), date(2026, 5, 4), date(2025, 1, 6)}
    terms = tuple(Term(date.fromisoformat(first), date.fromisoformat(last)) for first, last in TERMS)
    return SchoolCalendar(terms=terms, closed=frozenset(half_terms | single))
