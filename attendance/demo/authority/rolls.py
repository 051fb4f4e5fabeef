"""Who is on the roll of which school, from when until when.

- Siblings mostly go to the same school, because households and schools lie in the same order through the
  city.
- A few pupils arrive during the year, leave the city, or move from one school to another; some of the
  pupils of a referral unit stay on the roll of their own school too (dual registration).
- Pupils of Year 11 leave on the last Friday in June.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from attendance.demo.authority.households import YEAR_GROUPS, Children
from attendance.demo.authority.school_years import DayGrid
from attendance.demo.authority.schools import School
from attendance.demo.authority.size import Phase, Shape
from attendance.demo.authority.streams import Bools, Floats, Ints, apportion, stream

LAST_PRIMARY_YEAR = 6
LAST_YEAR = 11
ARRIVES, LEAVES, MOVES = 0.02, 0.018, 0.008
DUAL = 0.6
DAYS_BETWEEN_SCHOOLS = 7
FOREVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Rolls:
    """One entry per pupil and school: pupil and school by their place, days by ordinal, and how they share.

    `until` is `FOREVER` while it lasts. `away` is 1 where the other school of a dual registration has the
    pupil from Monday to Wednesday, 2 where it has the pupil on Thursday and Friday, else 0.
    """

    pupil: Ints
    school: Ints
    since: Ints
    until: Ints
    year_group: Ints
    subsidiary: Bools
    away: Ints

    def __len__(self) -> int:
        return len(self.pupil)


def last_friday_in_june(year: int) -> date:
    """Give the last Friday in June, the day on which compulsory school age ends."""
    thirtieth = date(year, 6, 30)
    return thirtieth - timedelta(days=(thirtieth.weekday() - 4) % 7)


def make_rolls(
    seed: int, shape: Shape, schools: Sequence[School], children: Children, grid: DayGrid
) -> Rolls:
    """Put every child on a roll, some on two.

    Args:
        seed: The seed of the authority.
        shape: How many pupils the special schools, referral units and independent schools have.
        schools: The schools, in their order through the city.
        children: The children, in their order through the city.
        grid: The days of the school year.
    """
    chance = stream(seed, "rolls")
    school = _first_school(chance, shape, schools, children)
    since = _joined_on(chance, school, schools, children, grid)
    until = np.full(len(children), FOREVER)
    until[children.year_group == LAST_YEAR] = last_friday_in_june(grid.year.begins + 1).toordinal()
    first = Rolls(
        pupil=np.arange(len(children)),
        school=school,
        since=since,
        until=until,
        year_group=children.year_group,
        subsidiary=np.zeros(len(children), dtype=np.bool_),
        away=np.zeros(len(children), dtype=np.int64),
    )
    return _with_dual(chance, schools, _with_movers(chance, schools, first, grid))


def _of_phase(schools: Sequence[School], *phases: Phase) -> Ints:
    return np.array([place for place, school in enumerate(schools) if school.phase in phases])


def _first_school(
    chance: np.random.Generator, shape: Shape, schools: Sequence[School], children: Children
) -> Ints:
    school = np.full(len(children), -1)
    year = children.year_group
    older = year > LAST_PRIMARY_YEAR
    for phase, roll in shape.fixed_rolls.items():
        may = (school < 0) & (older | (phase is not Phase.REFERRAL_UNIT))
        taken = np.sort(chance.choice(np.flatnonzero(may), size=roll, replace=False))
        places = _of_phase(schools, phase)
        school[taken] = np.repeat(places, apportion(roll, _weights(schools, places)))
    for group in range(YEAR_GROUPS):
        places = _of_phase(schools, Phase.SECONDARY if group > LAST_PRIMARY_YEAR else Phase.PRIMARY)
        taken = np.flatnonzero((school < 0) & (year == group))
        school[taken] = np.repeat(places, apportion(len(taken), _weights(schools, places)))
    return school


def _weights(schools: Sequence[School], places: Ints) -> Floats:
    return np.array([schools[place].weight for place in places], dtype=np.float64)


def _joined_on(
    chance: np.random.Generator, school: Ints, schools: Sequence[School], children: Children, grid: DayGrid
) -> Ints:
    starts_at_seven = np.isin(school, _of_phase(schools, Phase.SECONDARY, Phase.REFERRAL_UNIT))
    years_ago = children.year_group - np.where(starts_at_seven, LAST_PRIMARY_YEAR + 1, 0)
    years_ago -= np.floor(np.maximum(years_ago, 0) * chance.random(len(school)) ** 4).astype(np.int64)
    septembers = np.array([date(grid.year.begins - ago, 9, 1).toordinal() for ago in range(YEAR_GROUPS)])
    since = septembers[np.maximum(years_ago, 0)]
    arrives = (chance.random(len(school)) < ARRIVES) & (children.year_group < LAST_YEAR)
    column = chance.integers(10, len(grid.days) - 40, size=len(school))
    return np.where(arrives, grid.ordinals()[column], since)


def _with_movers(
    chance: np.random.Generator, schools: Sequence[School], rolls: Rolls, grid: DayGrid
) -> Rolls:
    ordinals = grid.ordinals()
    draw = chance.random(len(rolls))
    settled = (rolls.since < ordinals[0]) & (rolls.year_group < LAST_YEAR)
    ordinary = np.isin(rolls.school, _of_phase(schools, Phase.PRIMARY, Phase.SECONDARY))
    moves = np.flatnonzero(settled & ordinary & (draw < MOVES) & (_schools_of_kind(schools, rolls) > 1))
    leaves = settled & (draw >= MOVES) & (draw < MOVES + LEAVES)
    last_day = ordinals[chance.integers(20, len(grid.days) - 30, size=len(rolls))]
    until = np.where(leaves, last_day, rolls.until)
    until[moves] = last_day[moves]
    return Rolls(
        pupil=np.concatenate([rolls.pupil, rolls.pupil[moves]]),
        school=np.concatenate([rolls.school, _another_school(chance, schools, rolls.school[moves])]),
        since=np.concatenate([rolls.since, last_day[moves] + DAYS_BETWEEN_SCHOOLS]),
        until=np.concatenate([until, np.full(len(moves), FOREVER)]),
        year_group=np.concatenate([rolls.year_group, rolls.year_group[moves]]),
        subsidiary=np.concatenate([rolls.subsidiary, np.zeros(len(moves), dtype=np.bool_)]),
        away=np.concatenate([rolls.away, np.zeros(len(moves), dtype=np.int64)]),
    )


def _schools_of_kind(schools: Sequence[School], rolls: Rolls) -> Ints:
    many = {phase: sum(school.phase is phase for school in schools) for phase in Phase}
    return np.array([many[school.phase] for school in schools])[rolls.school]


def _another_school(chance: np.random.Generator, schools: Sequence[School], school: Ints) -> Ints:
    """Pick the school of the same kind that lies a few places further."""
    other = school.copy()
    for phase in (Phase.PRIMARY, Phase.SECONDARY):
        places = _of_phase(schools, phase)
        here = np.isin(school, places)
        if len(places) > 1:
            steps = chance.integers(1, min(len(places), 6), size=int(here.sum()))
            other[here] = places[(school[here] - places[0] + steps) % len(places)]
    return other


def _with_dual(chance: np.random.Generator, schools: Sequence[School], rolls: Rolls) -> Rolls:
    unit = np.flatnonzero(np.isin(rolls.school, _of_phase(schools, Phase.REFERRAL_UNIT)))
    dual = unit[chance.random(len(unit)) < DUAL]
    mains = _of_phase(schools, Phase.SECONDARY)
    subsidiary, away = rolls.subsidiary.copy(), rolls.away.copy()
    subsidiary[dual], away[dual] = True, 2
    return Rolls(
        pupil=np.concatenate([rolls.pupil, rolls.pupil[dual]]),
        school=np.concatenate([rolls.school, mains[chance.integers(len(mains), size=len(dual))]]),
        since=np.concatenate([rolls.since, rolls.since[dual]]),
        until=np.concatenate([rolls.until, rolls.until[dual]]),
        year_group=np.concatenate([rolls.year_group, rolls.year_group[dual]]),
        subsidiary=np.concatenate([subsidiary, np.zeros(len(dual), dtype=np.bool_)]),
        away=np.concatenate([away, np.ones(len(dual), dtype=np.int64)]),
    )
