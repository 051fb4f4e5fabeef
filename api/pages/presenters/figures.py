"""Figures in words and tables; every number leads to the pupils behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.presenters.charts import BarChart, KeyEntry, LineChart, Said, bar_chart, line_chart
from api.pages.presenters.standings import COLOURS
from api.pages.words import day, plain, share
from attendance.services.reading.figures import (
    PERSISTENT,
    SEVERE,
    Attended,
    Figures,
    MonthFigures,
    Pupils,
    PupilsBehind,
    SchoolFigures,
)
from letters.formats import counted
from rules.stages import NO_STAGE, Stage

SHOWN_STAGES = tuple(stage.value for stage in Stage)
_KEY_OF_STAGES = tuple(KeyEntry(stage, plain(stage)) for stage in SHOWN_STAGES)
_LOWEST = 12
_LONGEST_LABEL, _LABEL_OF_SCHOOLS = 20, 144


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that stands out: what it is, what it is made of, and where its pupils are listed."""

    name: str
    number: str
    of: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart with its table and where the table is had as CSV."""

    heading: str
    chart: BarChart | LineChart | None
    lines: bool
    table: Table
    csv: Link


def month_name(month: date) -> str:
    """Write a month as `March 2025`."""
    return day(month).partition(" ")[2]


def pupils_path(month: date, school: str = "", **which: str) -> str:
    """Return the list of the pupils behind a number."""
    return paths.with_query("/figures/pupils", month=f"{month:%Y-%m}", school=school, **which)


def tiles(found: Figures, school: str) -> tuple[Tile, ...]:
    """Return the year's three numbers."""
    pupils, sessions = found.pupils, found.sessions
    whole = counted(pupils.counted, "pupil")

    def of_pupils(name: str, number: int, absence: str) -> Tile:
        link = Link(f"{number:,} of {whole}", pupils_path(found.chosen, school, absence=absence))
        return Tile(name, share(number, pupils.counted), "", link)

    attended = f"{sessions.attended:,} of {counted(sessions.possible, 'session')}"
    return (
        Tile("Attendance", share(sessions.attended, sessions.possible), attended),
        of_pupils("Persistently absent", pupils.persistent, PERSISTENT),
        of_pupils("Severely absent", pupils.severe, SEVERE),
    )


def shown(found: Figures, school: str) -> tuple[Shown, ...]:
    """Return every chart with its table, the city's with the schools last."""
    over_the_year = (_attendance(found, school), _absence(found, school), _stages(found, school))
    return over_the_year if school else (*over_the_year, _schools(found))


def _csv(table: str, found: Figures, school: str) -> Link:
    query = paths.with_query("/figures.csv", table=table, school=school, month=f"{found.chosen:%Y-%m}")
    return Link("Download this table (CSV)", query, hidden=f"by {table.removesuffix('s')}")


def _attendance(found: Figures, school: str) -> Shown:
    rows = tuple(
        (
            Cell(_short_month(one.month)),
            Cell(share(one.sessions.attended, one.sessions.possible), numeric=True),
            Cell(f"{one.sessions.attended:,}", numeric=True),
            Cell(f"{one.sessions.possible:,}", numeric=True),
        )
        for one in found.months
    )
    table = Table(
        "Attendance by month", ("Month", "Attendance", "Attended", "Possible"), rows, "", hidden_caption=True
    )
    shares = [(one.sessions.attended, one.sessions.possible) for one in found.months]
    said = Said(
        "attendance",
        "Attendance in each month",
        f"{_range(found, shares)} The scale does not begin at nothing.",
    )
    chart = line_chart(said, (KeyEntry("first", "Attendance"),), _across(found), [shares], from_nothing=False)
    return Shown("Attendance over the year", chart, True, table, _csv("months", found, school))


def _absence(found: Figures, school: str) -> Shown:
    rows = tuple(
        (
            Cell(_short_month(one.month)),
            _counted(one.pupils.persistent, one, school, PERSISTENT),
            _counted(one.pupils.severe, one, school, SEVERE),
            Cell(f"{one.pupils.counted:,}", numeric=True, href=pupils_path(one.month, school)),
        )
        for one in found.months
    )
    columns = ("By the end of", "Persistent", "Severe", "Pupils")
    table = Table("Persistent and severe absence by month", columns, rows, "", hidden_caption=True)
    persistent = [(one.pupils.persistent, one.pupils.counted) for one in found.months]
    severe = [(one.pupils.severe, one.pupils.counted) for one in found.months]
    said = Said(
        "absence",
        "Persistently and severely absent pupils by the end of each month",
        f"Persistent absence: {_range(found, persistent)} Severe absence: {_range(found, severe)}",
    )
    key = (KeyEntry("first", "Persistently absent"), KeyEntry("second", "Severely absent"))
    chart = line_chart(said, key, _across(found), [persistent, severe], from_nothing=True)
    return Shown("Persistent and severe absence", chart, True, table, _csv("months", found, school))


def _counted(number: int, one: MonthFigures, school: str, absence: str) -> Cell:
    said = f"{number:,} ({share(number, one.pupils.counted)})"
    return Cell(said, numeric=True, href=pupils_path(one.month, school, absence=absence))


def _stages(found: Figures, school: str) -> Shown:
    rows = tuple(
        (Cell(_short_month(one.month)), *_stage_cells(one.pupils, one.month, school)) for one in found.months
    )
    columns = ("By the end of", *(plain(stage) for stage in SHOWN_STAGES), "No stage yet")
    table = Table("Pupils by stage by month", columns, rows, "", hidden_caption=True)
    bars = [(_short_month(one.month), _by_stage(one.pupils)) for one in found.months]
    last = found.months[-1].pupils
    parts = ", ".join(f"{plain(stage).lower()} {last.by_stage[stage]:,}" for stage in SHOWN_STAGES)
    words = f"At the end of {month_name(found.months[-1].month)}: {parts}."
    said = Said("stages", "Pupils by stage at the end of each month", words)
    chart = bar_chart(said, _KEY_OF_STAGES, bars)
    return Shown("Pupils by stage", chart, False, table, _csv("months", found, school))


def _schools(found: Figures) -> Shown:
    rows = tuple(_school_row(one, found) for one in found.schools)
    columns = ("School", "Attendance", "Persistent", "Severe", *map(plain, SHOWN_STAGES), "Register up to")
    caption = f"Schools, from the first day of the year to {month_name(found.chosen)}"
    table = Table(caption, columns, rows, "")
    lowest = sorted(found.schools, key=_share_attended)[:_LOWEST]
    bars = [(_short(one.name), _by_stage(one.pupils)) for one in lowest]
    said = Said(
        "schools",
        "Pupils by stage at each school"
        if len(lowest) == len(found.schools)
        else f"Pupils by stage at the {len(lowest)} schools with the lowest attendance",
        f"From the lowest: {', '.join(one.name for one in lowest)}. Every school is in the table.",
    )
    chart = bar_chart(said, _KEY_OF_STAGES, bars, label=_LABEL_OF_SCHOOLS)
    return Shown(said.title, chart, False, table, _csv("schools", found, ""))


def _school_row(one: SchoolFigures, found: Figures) -> tuple[Cell, ...]:
    def to(number: int, **which: str) -> Cell:
        return Cell(f"{number:,}", numeric=True, href=pupils_path(found.chosen, one.urn, **which))

    behind = Tag("Behind", "orange") if one.last_day < found.until else None
    return (
        Cell(one.name, href=paths.with_query("/figures", school=one.urn, month=f"{found.chosen:%Y-%m}")),
        Cell(share(one.sessions.attended, one.sessions.possible), numeric=True),
        to(one.pupils.persistent, absence=PERSISTENT),
        to(one.pupils.severe, absence=SEVERE),
        *(to(one.pupils.by_stage[stage], stage=stage) for stage in SHOWN_STAGES),
        Cell(day(one.last_day), tag=behind),
    )


def _stage_cells(pupils: Pupils, month: date, school: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"{pupils.by_stage[stage]:,}", numeric=True, href=pupils_path(month, school, stage=stage))
        for stage in (*SHOWN_STAGES, NO_STAGE)
    )


def behind_table(found: PupilsBehind, school: str, more: Link | None) -> Table:
    """Return the pupils behind a number."""
    rows = tuple(
        (
            Cell(one.name, href=paths.pupil(one.pupil_id), below="" if school else one.school),
            Cell(share(one.sessions.attended, one.sessions.possible), numeric=True),
            Cell(f"{one.sessions.attended:,} of {one.sessions.possible:,}", numeric=True),
            Cell(f"{one.sessions.authorised:,}", numeric=True),
            Cell(f"{one.sessions.unauthorised:,}", numeric=True),
            Cell(tag=_stage_tag(one.stage)),
        )
        for one in found.page.items
    )
    columns = ("Pupil", "Attendance", "Sessions", "Authorised absence", "Unauthorised absence", "Stage")
    caption = f"{counted(found.total, 'pupil')}, the lowest attendance first"
    return Table(caption, columns, rows, "Nobody stands here.", more=more)


def csv_rows(found: Figures, table: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and rows of a table as plain numbers."""
    if table == "schools":
        head: tuple[str, ...] = ("school_urn", "school", "register_until")
        rows = [
            (one.urn, one.name, one.last_day.isoformat(), *_numbers(one.sessions, one.pupils))
            for one in found.schools
        ]
    else:
        head = ("month", "register_until")
        rows = [
            (f"{one.month:%Y-%m}", one.last_day.isoformat(), *_numbers(one.sessions, one.pupils))
            for one in found.months
        ]
    numbers = ("sessions_attended", "sessions_authorised", "sessions_unauthorised", "sessions_possible")
    pupils = ("pupils", "persistently_absent", "severely_absent", *SHOWN_STAGES, NO_STAGE)
    return (*head, *numbers, *pupils), rows


def behind_rows(found: PupilsBehind) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and rows of a list of pupils."""
    columns = ("school_urn", "school", "pupil", "attended", "authorised", "unauthorised", "possible", "stage")
    rows: list[tuple[str, ...]] = [
        (
            one.school_urn,
            one.school,
            one.name,
            str(one.sessions.attended),
            str(one.sessions.authorised),
            str(one.sessions.unauthorised),
            str(one.sessions.possible),
            one.stage,
        )
        for one in found.page.items
    ]
    return columns, rows


def _numbers(sessions: Attended, pupils: Pupils) -> tuple[str, ...]:
    counted = (sessions.attended, sessions.authorised, sessions.unauthorised, sessions.possible)
    standing = (pupils.counted, pupils.persistent, pupils.severe, *pupils.by_stage.values())
    return tuple(str(number) for number in (*counted, *standing))


def _stage_tag(stage: str) -> Tag:
    return Tag("No stage yet", "grey") if stage == NO_STAGE else Tag(plain(stage), COLOURS[Stage(stage)])


def _by_stage(pupils: Pupils) -> tuple[int, ...]:
    return tuple(pupils.by_stage[stage] for stage in SHOWN_STAGES)


def _across(found: Figures) -> list[str]:
    return [f"{one.month:%b}" for one in found.months]


def _short_month(month: date) -> str:
    return f"{month:%b} {month.year}"


def _range(found: Figures, shares: Sequence[tuple[int, int]]) -> str:
    said = [f"{month_name(one.month)} {share(*each)}" for one, each in zip(found.months, shares, strict=True)]
    return f"{said[0]}." if len(said) == 1 else f"from {said[0]} to {said[-1]}."


def _share_attended(one: SchoolFigures) -> tuple[bool, Fraction]:
    possible = one.sessions.possible
    return not possible, Fraction(one.sessions.attended, possible) if possible else Fraction(0)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1].rstrip()}…"
