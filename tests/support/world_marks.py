"""The invented world's school calendar and marks of attendance for it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import numpy as np

from attendance.domain.registers import Session
from attendance.store.register_codec import Cells, code_number, days

Marks = Mapping[tuple[date, Session], str]

TERMS = (
    (date(2024, 9, 2), date(2024, 10, 25)),
    (date(2024, 11, 4), date(2024, 12, 20)),
    (date(2025, 1, 6), date(2025, 2, 14)),
    (date(2025, 2, 24), date(2025, 4, 11)),
    (date(2025, 4, 28), date(2025, 5, 23)),
    (date(2025, 6, 2), date(2025, 7, 18)),
    (date(2025, 9, 1), date(2025, 10, 24)),
    (date(2025, 11, 3), date(2025, 12, 19)),
    (date(2026, 1, 5), date(2026, 7, 17)),
    (date(2026, 9, 1), date(2027, 7, 16)),
    (date(2027, 9, 1), date(2028, 7, 21)),
    (date(2028, 9, 1), date(2029, 7, 20)),
    (date(2029, 9, 3), date(2030, 7, 19)),
    (date(2030, 9, 2), date(2031, 7, 18)),
)
CLOSED = (date(2025, 5, 5),)


def is_school_day(day: date) -> bool:
    """Say whether the world's schools are open on a day."""
    in_term = any(first <= day <= last for first, last in TERMS)
    return in_term and day.weekday() < 5 and day not in CLOSED


def _from(day: date, step: int = 1) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=step)


def school_days(first: date, count: int) -> tuple[date, ...]:
    """Return so many days of school from a day on."""
    open_days = (day for day in _from(first) if is_school_day(day))
    return tuple(next(open_days) for _ in range(count))


def school_days_before(last: date, count: int) -> tuple[date, ...]:
    """Return so many days of school before a day, in order."""
    open_days = (day for day in _from(last - timedelta(days=1), -1) if is_school_day(day))
    return tuple(sorted(next(open_days) for _ in range(count)))


def absent(days_: Iterable[date], code: str = "O", sessions: Iterable[Session] = tuple(Session)) -> Marks:
    """Return marks of absence for whole days."""
    return {(day, session): code for day in days_ for session in sessions}


def present(first: date, last: date, *, but: Marks) -> Marks:
    """Return marks for every school day from first to last: present, except those given."""
    marks = {}
    for day in _from(first):
        if day > last:
            break
        if is_school_day(day):
            marks |= {(day, Session.AM): "/", (day, Session.PM): "\\"}
    return {**marks, **{key: code for key, code in but.items() if first <= key[0] <= last}}


def cells(pupil: int, marks: Marks) -> Cells:
    """Return marks as the register keeps them."""
    keys = sorted(marks)
    return Cells(
        np.array([pupil] * len(keys), dtype=np.int32),
        np.array([days(day) for day, _ in keys], dtype=np.uint16),
        np.array([0 if session is Session.AM else 1 for _, session in keys], dtype=np.uint8),
        np.array([code_number(marks[key]) for key in keys], dtype=np.uint16),
    ).sorted()
