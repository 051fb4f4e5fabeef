"""The pupils of a school by stage, in words."""

from collections import Counter

from api.pages import paths
from api.pages.parts import Cell, Link, Tab, Table, Tag
from api.pages.words import day, plain, share
from attendance.services.reading.standings import PupilStanding
from rules.stages import Stage

COLOURS = {Stage.PREVENTION: "green", Stage.EARLY_INTERVENTION: "yellow", Stage.TARGETED: "red"}


def tabs_of(found: tuple[PupilStanding, ...], urn: str, asked: str) -> tuple[Tab, ...]:
    """Return one tab for each stage with how many pupils are in it."""
    counts = Counter(one.stage for one in found)
    here = f"/schools/{urn}"
    whole = Tab(f"All ({len(found)})", here, current=not asked)
    stages = (
        Tab(
            f"{plain(stage.value)} ({counts[stage]})",
            paths.with_query(here, stage=stage.value),
            current=asked == stage.value,
        )
        for stage in reversed(Stage)
    )
    return (whole, *stages)


def standings_table(found: tuple[PupilStanding, ...], more: Link | None) -> Table:
    """Return pupils as a list, in the order given."""
    columns = ("Pupil", "Year", "Attendance", "Unauthorised, in the window", "Threshold", "Stage")
    empty = "Nobody stands here today. Registers that come in may change it."
    rows = tuple(_row(one) for one in found)
    return Table("Pupils, the lowest attendance first", columns, rows, empty, more=more)


def _row(one: PupilStanding) -> tuple[Cell, ...]:
    stage = Tag(plain(one.stage.value), COLOURS[one.stage]) if one.stage else Tag("No stage yet", "grey")
    met = f"First met {day(one.threshold_met_on)}" if one.threshold_met_on else "Not met"
    return (
        Cell(one.name, href=paths.pupil(one.pupil_id)),
        Cell(one.year_group),
        Cell(share(one.attended, one.possible), numeric=True),
        Cell(f"{one.unauthorised_in_window}", numeric=True),
        Cell(met),
        Cell(tag=stage),
    )
