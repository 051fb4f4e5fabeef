"""Days away that are settled before chance has its say: family holidays in term time and study leave.

- Holidays cluster in the weeks beside the school holidays, and the children of a household go together.
- A pupil goes on holiday only if the year's absence has room for it, so that the figures stay as they are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from attendance.demo.authority.rolls import LAST_YEAR, Rolls
from attendance.demo.authority.school_years import DayGrid
from attendance.demo.authority.streams import Bools, Floats, Ints, stream
from attendance.demo.authority.symbols import Marks, number_of

# The half-term and week of the holidays, how often, and whether they end or begin with the week.
SEASONS: Final[tuple[tuple[int, int, float, bool], ...]] = (
    (1, 2, 0.07, False),
    (1, 8, 0.18, True),
    (2, 1, 0.07, False),
    (2, 7, 0.10, True),
    (3, 1, 0.04, False),
    (3, 6, 0.11, True),
    (4, 1, 0.05, False),
    (4, 5, 0.08, True),
    (5, 4, 0.12, True),
    (6, 1, 0.08, False),
    (6, 6, 0.10, True),
)
LENGTHS: Final = (1, 2, 3, 4, 5, 6, 10)
LENGTH_SHARES: Final = (0.10, 0.18, 0.18, 0.16, 0.28, 0.04, 0.06)
TRAVELS: Final = 0.3
STUDY_WEEKS: Final = ((2, 1), (3, 3), (4, 2))  # weeks of the second half of the summer term, and days in each


@dataclass(frozen=True, slots=True)
class Settled:
    """For each pupil and day: the code settled, or 0."""

    codes: Marks

    def sessions(self) -> Ints:
        """Count the sessions settled for each pupil."""
        sessions: Ints = 2 * (self.codes > 0).sum(axis=1)
        return sessions


def study_leave(rolls: Rolls, grid: DayGrid, secondary: Bools, eligible: Bools) -> Settled:
    """Give the oldest pupils of secondary schools study leave between their examinations.

    Args:
        rolls: Who is on which roll.
        grid: The days of the year.
        secondary: Which rolls are those of a secondary school.
        eligible: On which days each pupil may be absent.
    """
    codes: Marks = np.zeros(eligible.shape, dtype=np.uint8)
    oldest = (rolls.year_group == LAST_YEAR) & secondary & (eligible.sum(axis=1) > 100)
    for week, days in STUDY_WEEKS:
        for weekday in range(days):
            column = grid.place(6, week, weekday)
            codes[oldest & eligible[:, column], column] = number_of("S")
    return Settled(codes)


def with_holidays(
    seed: int,
    grid: DayGrid,
    household: Ints,
    *,
    eligible: Bools,
    settled: Settled,
    absent: Ints,
) -> Settled:
    """Send families on holiday in term time.

    Args:
        seed: The seed of the authority.
        grid: The days of the year.
        household: The household of each roll's pupil.
        eligible: On which days each pupil may be absent.
        settled: What was settled before.
        absent: The sessions that each pupil misses in the year, all told.
    """
    chance = stream(seed, "holidays")
    first, last = _trips(chance, int(household.max()) + 1, grid)
    column = np.arange(len(grid.days))
    away: Bools = (column >= first[household][:, None]) & (column < last[household][:, None])
    away &= eligible & (settled.codes == 0)
    room = absent - settled.sessions() >= 2 * away.sum(axis=1)
    codes = settled.codes.copy()
    codes[away & room[:, None]] = number_of("G")
    return Settled(codes)


def _trips(chance: np.random.Generator, households: int, grid: DayGrid) -> tuple[Ints, Ints]:
    """Draw a trip for each household: its first column and the column after its last (equal for no trip)."""
    shares: Floats = np.array([season[2] for season in SEASONS])
    season = chance.choice(len(SEASONS), size=households, p=shares / shares.sum())
    length = np.array(LENGTHS)[chance.choice(len(LENGTHS), size=households, p=LENGTH_SHARES)]
    mondays = np.array([grid.place(half_term, week, 0) for half_term, week, _, _ in SEASONS])[season]
    ends = np.array([ends_with_week for _, _, _, ends_with_week in SEASONS])[season]
    first = np.where(ends, mondays + 5 - length, mondays)
    travels = chance.random(households) < TRAVELS
    return first, np.where(travels, first + length, first)
