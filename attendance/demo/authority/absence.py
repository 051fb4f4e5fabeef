"""The marks of a year: absence in spells, with reasons, and everything else a register holds.

- Each pupil misses exactly the number of sessions set for the pupil. Which days is a matter of spells
  (several days for one reason), season, weekday and the pupil's course through the year.
- Work goes through blocks of pupils, each with a stream of its own, so that two of them can be worked on
  at once and the result is the same.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from os import cpu_count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from attendance.demo.authority.habits import Habits
from attendance.demo.authority.streams import Bools, Ints, stream
from attendance.demo.authority.symbols import Marks, number_of, numbers_of

BLOCK: Final = 4096
NEW_SPELL: Final = 0.45  # so that a spell lasts a little over two days
HALF_DAYS: Final = 0.12
MONTHS: Final = {
    9: 0.75,
    10: 0.95,
    11: 1.1,
    12: 1.3,
    1: 1.2,
    2: 1.05,
    3: 1.0,
    4: 1.0,
    5: 1.0,
    6: 1.05,
    7: 1.2,
}
WEEKDAYS: Final = (1.03, 0.97, 0.95, 0.99, 1.10)

# Reasons of whole days that are authorised, with their shares: for most pupils, and for those who are ill.
AUTHORISED: Final = numbers_of("I C R T J1 M E")
USUAL: Final = (0.84, 0.05, 0.025, 0.01, 0.01, 0.065)
ILL: Final = (0.93, 0.01, 0.0, 0.0, 0.0, 0.06)
# Reasons of half days: mornings and afternoons.
MORNING: Final = numbers_of("U M I O")
MORNING_SHARES: Final = (0.34, 0.42, 0.14, 0.10)
AFTERNOON: Final = numbers_of("M I O")
AFTERNOON_SHARES: Final = (0.66, 0.22, 0.12)
# Elsewhere with the school's approval, as shares of the days at school.
ELSEWHERE: Final = numbers_of("V P B")
ELSEWHERE_SHARES: Final = (0.004, 0.002, 0.0015)

Reals = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What each pupil's year shall hold: where absence may lie, how much, and what is settled already."""

    marks: Marks
    eligible: Bools
    settled: Marks
    absent: Ints
    habits: Habits


def paint_year(seed: int, days: Sequence[date], wanted: Wanted) -> Marks:
    """Fill in a year of marks.

    Args:
        seed: The seed of the authority.
        days: The weekdays of the year.
        wanted: What it shall hold. `wanted.marks` is left as it is.

    Returns:
        Marks by pupil, day and session.
    """
    marks = wanted.marks.copy()
    starts = range(0, len(marks), BLOCK)

    def paint(start: int) -> None:
        rows = slice(start, start + BLOCK)
        _paint_block(stream(seed, "absence", start), days, wanted, rows, marks[rows])

    with ThreadPoolExecutor(cpu_count()) as pool:
        list(pool.map(paint, starts))
    return marks


def _paint_block(
    chance: np.random.Generator, days: Sequence[date], wanted: Wanted, rows: slice, marks: Marks
) -> None:
    settled, eligible = wanted.settled[rows], wanted.eligible[rows]
    starts = _spell_starts(chance, eligible.shape)
    order = _days_in_order(chance, days, wanted, rows, starts)
    limit = np.minimum(
        2 * eligible.sum(axis=1) - wanted.absent[rows], wanted.absent[rows] - 2 * (settled > 0).sum(axis=1)
    )
    whole, half = _choose_days(chance, order, wanted.absent[rows], limit)
    reasons = _reasons(chance, wanted.habits, rows, starts)
    reasons = np.where(settled > 0, settled, reasons)
    _elsewhere(chance, marks, eligible & ~whole & ~half)
    _late(chance, wanted.habits.late[rows], marks, eligible & ~whole)
    marks[whole] = reasons[whole][:, None]
    _half_days(chance, marks, half)


def _spell_starts(chance: np.random.Generator, shape: tuple[int, ...]) -> Ints:
    """Give for each day the column in which its spell begins."""
    begins = chance.random(shape, dtype=np.float32) < NEW_SPELL
    begins[:, 0] = True
    return np.maximum.accumulate(np.where(begins, np.arange(shape[1]), 0), axis=1)


def _days_in_order(
    chance: np.random.Generator, days: Sequence[date], wanted: Wanted, rows: slice, starts: Ints
) -> Ints:
    """Order each pupil's days by how likely absence is; settled days come first, impossible ones last."""
    weekday = np.array([day.weekday() for day in days])
    likely = np.array([MONTHS[day.month] * WEEKDAYS[day.weekday()] for day in days], dtype=np.float32)
    draws: Reals = chance.random(starts.shape, dtype=np.float32)
    key = np.take_along_axis(draws, starts, axis=1) / likely
    course = np.linspace(-0.5, 0.5, len(days), dtype=np.float32)
    key += wanted.habits.slope[rows, None].astype(np.float32) * course
    key[wanted.habits.weekday[rows, None] == weekday] -= np.float32(0.3)
    key[wanted.settled[rows] > 0] = -10.0
    key[~wanted.eligible[rows]] = 10.0
    return np.argsort(key, axis=1, kind="stable")


def _choose_days(chance: np.random.Generator, order: Ints, absent: Ints, limit: Ints) -> tuple[Bools, Bools]:
    """Choose whole and half days of absence, at most `limit` half ones, to make exactly what is wanted."""
    half = np.minimum(chance.binomial(absent, HALF_DAYS), limit)
    half += (absent - half) % 2 * np.where(half < limit, 1, -1)
    whole = (absent - half) // 2
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.broadcast_to(np.arange(order.shape[1]), order.shape), axis=1)
    is_whole: Bools = place < whole[:, None]
    is_half: Bools = (place >= whole[:, None]) & (place < (whole + half)[:, None])
    return is_whole, is_half


def _reasons(chance: np.random.Generator, habits: Habits, rows: slice, starts: Ints) -> Marks:
    """Choose a reason for each spell."""
    draws: Reals = chance.random(starts.shape, dtype=np.float32)
    draw = np.take_along_axis(draws, starts, axis=1)
    share = habits.unauthorised[rows, None].astype(np.float32)
    left = (draw - share) / np.maximum(1 - share, np.float32(1e-6))
    shares = np.where(habits.ill[rows, None], np.array(ILL), np.array(USUAL))
    shares = shares * (1 - habits.excluded[rows, None])
    limits = np.cumsum(shares, axis=1).astype(np.float32)
    place = np.zeros(starts.shape, dtype=np.uint8)
    for column in range(limits.shape[1]):
        place += left >= limits[:, column, None]
    return np.where(draw < share, np.uint8(number_of("O")), AUTHORISED[place])


def _elsewhere(chance: np.random.Generator, marks: Marks, at_school: Bools) -> None:
    draw: Reals = chance.random(at_school.shape, dtype=np.float32)
    low = 0.0
    for code, share in zip(ELSEWHERE, ELSEWHERE_SHARES, strict=True):
        marks[at_school & (draw >= low) & (draw < low + share)] = code
        low += share


def _late(chance: np.random.Generator, late: NDArray[np.float64], marks: Marks, at_school: Bools) -> None:
    draw: Reals = chance.random(at_school.shape, dtype=np.float32)
    mornings = marks[:, :, 0]
    comes_late = at_school & (draw < late[:, None].astype(np.float32)) & (mornings == number_of("/"))
    mornings[comes_late] = number_of("L")


def _half_days(chance: np.random.Generator, marks: Marks, half: Bools) -> None:
    row, column = np.nonzero(half)
    session = (chance.random(len(row)) < 0.45).astype(np.int64)
    morning = MORNING[chance.choice(len(MORNING), size=len(row), p=MORNING_SHARES)]
    afternoon = AFTERNOON[chance.choice(len(AFTERNOON), size=len(row), p=AFTERNOON_SHARES)]
    marks[row, column, session] = np.where(session == 0, morning, afternoon)
