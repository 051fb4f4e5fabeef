"""Figures of the city and its schools over the year, and the pupils behind every one of them.

- Every share comes with its numerator and denominator; nothing is rounded here.
- A school sees its own figures and no others.
- Pupils stand by what was counted since the first day of the academic year, at each school apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from attendance.domain.errors import BadInput, NotFound
from attendance.services.reading.asking import seen_by
from attendance.services.reading.year_counts import (
    ALONE,
    FLAGS,
    PUPIL,
    STAGES,
    CountedMonth,
    CountedYear,
    counted_year,
)
from attendance.services.work import Work
from attendance.store.month_counts import COUNTS
from attendance.store.queries import people
from attendance.store.queries.made import Page, Part
from rules.calendar import AcademicYear
from rules.weeks import SCHOOL

PERSISTENT, SEVERE = "persistent", "severe"
_FLAGS = dict(zip((PERSISTENT, SEVERE), FLAGS, strict=True))


@dataclass(frozen=True, slots=True)
class Attended:
    """Sessions: how many were possible, and what became of them."""

    attended: int
    authorised: int
    unauthorised: int

    @property
    def possible(self) -> int:
        """Sessions that could have been attended."""
        return self.attended + self.authorised + self.unauthorised


@dataclass(frozen=True, slots=True)
class Pupils:
    """How many pupils stand where. `counted` had a possible session and are the whole of each share."""

    counted: int
    persistent: int
    severe: int
    by_stage: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month: its own sessions, and where the pupils stand at its end."""

    month: date
    last_day: date
    sessions: Attended
    pupils: Pupils


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """One school from the first day of the academic year to the end of a month."""

    urn: str
    name: str
    last_day: date
    sessions: Attended
    pupils: Pupils


@dataclass(frozen=True, slots=True)
class Figures:
    """The year's figures: of one school, or of every school that may be seen.

    `chosen` is the month at whose end the schools stand; `until` the latest day that anything is counted to.
    """

    year: AcademicYear
    chosen: date
    until: date
    months: tuple[MonthFigures, ...]
    sessions: Attended
    pupils: Pupils
    schools: tuple[SchoolFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which pupils a number stands for; empty fields ask for all."""

    month: date | None = None
    school: str = ""
    stage: str = ""
    absence: str = ""


@dataclass(frozen=True, slots=True)
class PupilFigures:
    """One pupil at one school since the first day of the academic year."""

    pupil_id: int
    name: str
    school_urn: str
    school: str
    sessions: Attended
    stage: str


@dataclass(frozen=True, slots=True)
class PupilsBehind:
    """A part of the pupils behind a number, the lowest attendance first."""

    until: date
    total: int
    page: Page[PupilFigures]


def figures(work: Work, *, school: str = "", month: date | None = None) -> Figures | None:
    """Return the figures of a school, or of all that may be seen; None where nothing is counted yet.

    Raises `NotFound` for a school that may not be seen or a month that is not counted.
    """
    names = _names(work, school)
    year = counted_year(work)
    if year is None or not names.keys() & year.last_days.keys():
        return None
    wanted = pl.col(SCHOOL).is_in(list(names))
    chosen = _chosen(year, month)
    schools = chosen.schools.filter(wanted)
    total = _summed(schools)
    return Figures(
        year=year.year,
        chosen=chosen.month,
        until=max(day for urn, day in year.last_days.items() if urn in names),
        months=tuple(_month(one, wanted) for one in year.months),
        sessions=_sessions(total, COUNTS),
        pupils=_pupils(total),
        schools=tuple(_schools(schools, names, year.last_days)),
    )


def pupils_behind(work: Work, wanted: Behind, part: Part) -> PupilsBehind:
    """Return the pupils behind a number; raises `NotFound` where there is no such number to be seen."""
    names = _names(work, wanted.school)
    year = counted_year(work)
    if year is None:
        raise NotFound("figure", wanted.stage or wanted.absence or "pupils")
    chosen = _chosen(year, wanted.month)
    found = chosen.pupils.filter(pl.col(SCHOOL).is_in(list(names)), _who(wanted))
    return PupilsBehind(chosen.last_day, found.height, _part(work, found, names, part))


def _names(work: Work, school: str) -> dict[str, str]:
    seen = seen_by(work.actor)
    names = {one.urn: one.name for one in work.people.schools() if seen is None or one.urn in seen}
    if not school:
        return names
    if school not in names:
        raise NotFound("school", school)
    return {school: names[school]}


def _chosen(year: CountedYear, month: date | None) -> CountedMonth:
    if month is None:
        return year.months[-1]
    for one in year.months:
        if one.month == month:
            return one
    raise NotFound("month", f"{month:%Y-%m}")


def _who(wanted: Behind) -> pl.Expr:
    if wanted.stage and wanted.stage not in STAGES:
        raise BadInput(f"There is no stage {wanted.stage}.")
    if wanted.absence and wanted.absence not in _FLAGS:
        raise BadInput(f"There is no absence called {wanted.absence}.")
    who = pl.lit(value=True)
    if wanted.stage:
        who = pl.col("stage") == wanted.stage
    return who & pl.col(_FLAGS[wanted.absence]) if wanted.absence else who


def _part(work: Work, found: pl.DataFrame, names: dict[str, str], part: Part) -> Page[PupilFigures]:
    """Return a part in order of the share attended; the quotient orders a list and decides nothing."""
    begins = part.after_id or 0
    ordered = found.sort(
        pl.col("possible") == 0, pl.col("attended") / pl.col("possible"), pl.col(PUPIL), pl.col(SCHOOL)
    )
    shown = list(ordered.slice(begins, part.limit).iter_rows(named=True))
    names_of = people.pupil_names(work.opened.session, {row[PUPIL] for row in shown})
    items = tuple(
        PupilFigures(
            pupil_id=row[PUPIL],
            name=names_of[row[PUPIL]],
            school_urn=row[SCHOOL],
            school=names[row[SCHOOL]],
            sessions=_sessions(row, COUNTS),
            stage=row["stage"],
        )
        for row in shown
    )
    ends = begins + len(shown)
    return Page(items, str(ends) if ends < found.height else None)


def _month(one: CountedMonth, wanted: pl.Expr) -> MonthFigures:
    total = _summed(one.schools.filter(wanted))
    return MonthFigures(one.month, one.last_day, _sessions(total, ALONE), _pupils(total))


def _schools(
    schools: pl.DataFrame, names: dict[str, str], last_days: Mapping[str, date]
) -> list[SchoolFigures]:
    found = [
        SchoolFigures(
            row[SCHOOL], names[row[SCHOOL]], last_days[row[SCHOOL]], _sessions(row, COUNTS), _pupils(row)
        )
        for row in schools.iter_rows(named=True)
    ]
    return sorted(found, key=lambda one: one.name)


def _summed(schools: pl.DataFrame) -> Mapping[str, int]:
    return schools.drop(SCHOOL).sum().row(0, named=True)


def _sessions(counts: Mapping[str, int], columns: tuple[str, ...]) -> Attended:
    return Attended(*(counts[name] for name in columns))


def _pupils(counts: Mapping[str, int]) -> Pupils:
    return Pupils(
        counted=counts["counted"],
        persistent=counts[_FLAGS[PERSISTENT]],
        severe=counts[_FLAGS[SEVERE]],
        by_stage={stage: counts[stage] for stage in STAGES},
    )
