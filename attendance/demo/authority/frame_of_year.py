"""Where marks can be: each pupil's days at each school, before anyone is absent.

- Codes that come from the calendar and the roll rather than from the pupil are laid down first: `D` where
  the other school of a dual registration has the pupil, `X` for the afternoons of the first weeks of
  Reception, `Y4` where a school could not open, other `Y` codes and `Q` here and there, and `#` for INSET
  days where a school's system sends them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from attendance.demo.authority.rolls import Rolls
from attendance.demo.authority.school_years import CALENDAR_SCHEMA, DayGrid
from attendance.demo.authority.schools import School
from attendance.demo.authority.size import Phase
from attendance.demo.authority.streams import Bools, Ints, stream
from attendance.demo.authority.symbols import Marks, number_of, numbers_of

PRESENT = numbers_of("/ \\")
RECEPTION_HALF_DAYS = 10
UNUSUAL_SHARE = 0.0002
UNUSUAL = numbers_of("Y1 Y2 Y6 Y7 Y5 Q")
UNUSUAL_SHARES = (0.34, 0.24, 0.2, 0.17, 0.02, 0.03)
CLOSED_ONE_IN = 12
CLOSURES = ("Heating failure", "Burst water main", "Snow", "Power cut")


@dataclass(frozen=True, slots=True)
class YearFrame:
    """Marks of full attendance with the structural codes, and the days on which a pupil may be absent."""

    marks: Marks
    eligible: Bools


def unexpected_closures(seed: int, schools: Sequence[School], grid: DayGrid) -> pl.DataFrame:
    """Close some schools for a day that nobody planned, in the columns of `calendars.csv`."""
    chance = stream(seed, "closures")
    rows = []
    winter = grid.columns_between(*(grid.days[grid.place(3, 1, 1)], grid.days[grid.place(3, 5, 4)]))
    for place, school in enumerate(schools):
        column = int(chance.integers(winter.start, winter.stop))
        why = CLOSURES[int(chance.integers(len(CLOSURES)))]
        if place % CLOSED_ONE_IN == 2 and grid.open[place, column]:
            rows.append(
                (school.urn, "closed", grid.days[column], grid.days[column], f"Unexpected closure: {why}")
            )
    return pl.DataFrame(rows, schema=CALENDAR_SCHEMA, orient="row")


def lay_frame(
    chance: np.random.Generator | None,
    schools: Sequence[School],
    rolls: Rolls,
    grid: DayGrid,
    closures: pl.DataFrame,
) -> YearFrame:
    """Lay down the year of every pupil at every school.

    Args:
        chance: Where the unusual days are drawn from; none for pupils who shall have none.
        schools: The schools.
        rolls: Who is on which roll when.
        grid: The days of the year and when schools are open.
        closures: The unexpected closures.
    """
    days = grid.ordinals()
    enrolled = (days >= rolls.since[:, None]) & (days <= rolls.until[:, None])
    expected = grid.open[rolls.school] & enrolled
    marks: Marks = np.where(expected[:, :, None], PRESENT, np.uint8(0))
    closed = _closed_days(schools, grid, closures)[rolls.school] & expected
    marks[closed] = number_of("Y4")
    away = _away_days(rolls, grid) & expected & ~closed
    marks[away] = number_of("D")
    settling = _settling_days(rolls, schools, expected) & ~closed & ~away
    marks[:, :, 1][settling] = number_of("X")
    eligible = expected & ~closed & ~away & ~settling
    if chance is not None:
        eligible &= ~_unusual_days(chance, marks, eligible)
    sends = np.array([school.exports_inset for school in schools])
    marks[(grid.inset & sends[:, None])[rolls.school] & enrolled] = number_of("#")
    return YearFrame(marks=marks, eligible=eligible)


def _unusual_days(chance: np.random.Generator, marks: Marks, eligible: Bools) -> Bools:
    unusual: Bools = eligible & (chance.random(eligible.shape, dtype=np.float32) < UNUSUAL_SHARE)
    many = int(unusual.sum())
    marks[unusual] = UNUSUAL[chance.choice(len(UNUSUAL), size=many, p=UNUSUAL_SHARES)][:, None]
    return unusual


def _closed_days(schools: Sequence[School], grid: DayGrid, closures: pl.DataFrame) -> Bools:
    row = {school.urn: place for place, school in enumerate(schools)}
    closed = np.zeros(grid.open.shape, dtype=np.bool_)
    for urn, _, first, last, _ in closures.iter_rows():
        closed[row[urn], grid.columns_between(first, last)] = True
    return closed


def _away_days(rolls: Rolls, grid: DayGrid) -> Bools:
    weekday: Ints = np.array([day.weekday() for day in grid.days])
    early, late = rolls.away[:, None] == 1, rolls.away[:, None] == 2
    away: Bools = (early & (weekday < 3)) | (late & (weekday >= 3))
    return away


def _settling_days(rolls: Rolls, schools: Sequence[School], expected: Bools) -> Bools:
    primary = np.array([school.phase is Phase.PRIMARY for school in schools])[rolls.school]
    settles = (rolls.year_group == 0) & primary
    settling = np.zeros_like(expected)
    settling[settles] = expected[settles] & (np.cumsum(expected[settles], axis=1) <= RECEPTION_HALF_DAYS)
    return settling
