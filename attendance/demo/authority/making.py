"""Making a made-up authority: people first, then the year's marks, with the scripted families among them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from attendance.demo.authority.absence import Wanted, paint_year
from attendance.demo.authority.authority import SyntheticAuthority
from attendance.demo.authority.cast import Cast, Casting, children_in_casts
from attendance.demo.authority.corrections import REASONS, Changes, as_first_taken, corrections_frame, joined
from attendance.demo.authority.families import make_families
from attendance.demo.authority.flags import make_flags
from attendance.demo.authority.frame_of_year import YearFrame, lay_frame, unexpected_closures
from attendance.demo.authority.habits import make_habits
from attendance.demo.authority.holidays import study_leave, with_holidays
from attendance.demo.authority.households import Children, make_households
from attendance.demo.authority.numbers import upns_of
from attendance.demo.authority.people import ENROLMENT_SCHEMA, People
from attendance.demo.authority.propensity import make_propensity, strain, target
from attendance.demo.authority.rolls import FOREVER, Rolls, make_rolls
from attendance.demo.authority.school_years import DayGrid, calendar_rows, day_grid, school_year
from attendance.demo.authority.schools import School, gias_frame, make_schools
from attendance.demo.authority.scripts import changes_of, play, scripted_reasons
from attendance.demo.authority.size import SHAPES, Phase, Size
from attendance.demo.authority.staff import make_staff
from attendance.demo.authority.streams import Bools, Ints, stream
from attendance.demo.authority.symbols import Marks, tallies
from attendance.domain.people import Flag


@dataclass(frozen=True, slots=True)
class Population:
    """The ordinary people: their children and rolls, their tables, and who has which flag."""

    children: Children
    rolls: Rolls
    people: People
    has: dict[Flag, Bools]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when it all happens."""

    seed: int
    schools: tuple[School, ...]
    grid: DayGrid
    closures: pl.DataFrame


def make(size: Size, seed: int, academic_year: int) -> SyntheticAuthority:
    """Make an authority up (see `make_authority`)."""
    shape = SHAPES[size]
    schools = make_schools(seed, shape)
    choices = [school.calendar for school in schools]
    calendars = calendar_rows(choices)
    grid = day_grid(calendars, choices, school_year(academic_year))
    setting = Setting(seed, schools, grid, unexpected_closures(seed, schools, grid))
    cast = Casting(seed, schools, grid, shape.casts).cast()
    ordinary = shape.pupils - children_in_casts(shape.casts)
    population = _populate(setting, size, ordinary)
    people = population.people + cast.people()
    final, first, changes = _year(setting, population, cast)
    reasons = (*REASONS, *scripted_reasons(cast.parts))
    urns, upns = people.enrolments["school_urn"], people.enrolments["upn"]
    return SyntheticAuthority(
        size=size,
        seed=seed,
        academic_year=academic_year,
        schools=gias_frame(schools, dict(urns.value_counts().iter_rows())),
        people=people,
        staff=make_staff(seed, schools, shape.officers, academic_year),
        calendars=calendars,
        closures=setting.closures,
        corrections=corrections_frame(changes, urns=urns, upns=upns, grid=grid, reasons=reasons),
        characters=tuple(cast.characters),
        grid=grid,
        marks=first,
        final_marks=final,
    )


def _populate(setting: Setting, size: Size, pupils: int) -> Population:
    begins = setting.grid.year.begins
    households, children = make_households(setting.seed, pupils, begins)
    rolls = make_rolls(setting.seed, SHAPES[size], setting.schools, children, setting.grid)
    upns = upns_of(setting.seed, setting.schools, children, rolls, begins)
    families = make_families(setting.seed, households, children, upns)
    special = np.array([school.phase is Phase.SPECIAL for school in setting.schools])
    at_special = rolls.pupil[special[rolls.school]]
    flags, has = make_flags(setting.seed, households, children, at_special, families, begins)
    enrolments = _enrolments(setting.schools, rolls, upns)
    people = People(families.pupils, families.adults, families.links, enrolments, flags)
    return Population(children, rolls, people, has)


def _enrolments(schools: Sequence[School], rolls: Rolls, upns: pl.Series) -> pl.DataFrame:
    urns = pl.Series([school.urn for school in schools])
    years = pl.Series(["R", *(str(year) for year in range(1, 12))])
    until = [None if day == FOREVER else date.fromordinal(day) for day in rolls.until.tolist()]
    return pl.DataFrame(
        {
            "school_urn": urns[rolls.school],
            "upn": upns[rolls.pupil],
            "since": [date.fromordinal(day) for day in rolls.since.tolist()],
            "until": until,
            "year_group": years[rolls.year_group],
            "status": pl.Series(["main", "subsidiary"])[rolls.subsidiary.astype(np.int64)],
        },
        schema=ENROLMENT_SCHEMA,
    )


def _year(setting: Setting, population: Population, cast: Cast) -> tuple[Marks, Marks, Changes]:
    """Make the year's marks: as they stand in the end, as first taken, and what changed in between."""
    scripted, changed = _scripted_year(setting, cast)
    painted = _ordinary_year(setting, population, tallies(scripted))
    first, changes = as_first_taken(setting.seed, painted, population.rolls.school, setting.grid.open)
    ends = scripted.copy()
    ends[changed.roll, changed.column, changed.session] = changed.after
    moved = Changes(
        roll=changed.roll + len(painted),
        column=changed.column,
        session=changed.session,
        after=changed.after,
        known=changed.known,
        why=changed.why,
    )
    return np.concatenate([painted, ends]), np.concatenate([first, scripted]), joined([changes, moved])


def _rolls_of(cast: Cast) -> Rolls:
    days = cast.people().enrolments
    none = pl.lit(date.max)
    year_group = np.array([part.child.year_group for part in cast.parts])
    ordinal = pl.col("since", "until").fill_null(none).map_batches(_ordinals, return_dtype=pl.Int64)
    since, until = days.select(ordinal).to_numpy().T
    return Rolls(
        pupil=np.arange(len(cast.parts)),
        school=np.array([part.school for part in cast.parts]),
        since=since,
        until=until,
        year_group=year_group,
        subsidiary=np.array([part.away == 2 for part in cast.parts]),
        away=np.array([part.away for part in cast.parts]),
    )


def _ordinals(days: pl.Series) -> pl.Series:
    return pl.Series([day.toordinal() for day in days], dtype=pl.Int64)


def _scripted_year(setting: Setting, cast: Cast) -> tuple[Marks, Changes]:
    frame = lay_frame(None, setting.schools, _rolls_of(cast), setting.grid, setting.closures)
    marks = frame.marks
    play(cast.parts, marks, frame.eligible, setting.grid)
    reasons = (*REASONS, *scripted_reasons(cast.parts))
    return marks, changes_of(cast.parts, frame.eligible, setting.grid, reasons)


def _ordinary_year(setting: Setting, population: Population, others: tuple[Ints, Ints]) -> Marks:
    seed, schools, grid = setting.seed, setting.schools, setting.grid
    children, rolls = population.children, population.rolls
    frame: YearFrame = lay_frame(stream(seed, "frame"), schools, rolls, grid, setting.closures)
    possible, _ = tallies(frame.marks)
    secondary = np.array([school.phase is Phase.SECONDARY for school in schools])[rolls.school]
    leave = study_leave(rolls, grid, secondary, frame.eligible)
    score = strain(seed, schools, rolls, children.household, population.has)
    propensity = make_propensity(seed, score, possible, leave.sessions(), target(possible, *others))
    absent = np.minimum(propensity.absent, 2 * frame.eligible.sum(axis=1))
    settled = with_holidays(
        seed, grid, children.household[rolls.pupil], eligible=frame.eligible, settled=leave, absent=absent
    )
    habits = make_habits(seed, propensity, rolls.year_group)
    wanted = Wanted(frame.marks, frame.eligible, settled.codes, absent, habits)
    return paint_year(seed, grid.days, wanted)
