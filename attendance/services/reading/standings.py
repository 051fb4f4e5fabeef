"""Where each pupil of one school stands today, the lowest attendance first."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from attendance.domain.errors import NotFound
from attendance.services import register_facts
from attendance.services.reading.kept import Kept
from attendance.services.standing import standing
from attendance.services.work import Work
from attendance.store.calendars import Calendars
from attendance.store.queries import people
from attendance.store.queries.registers import counted_from
from rules.stages import Stage

URN, PUPIL = "school_urn", "pupil_id"
_kept: Kept[pl.DataFrame] = Kept(maxsize=256)
"""Some 50 kB a school."""


@dataclass(frozen=True, slots=True)
class PupilStanding:
    """One pupil's counts of this academic year and what follows from them; `stage` None without sessions."""

    pupil_id: int
    name: str
    year_group: str
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    stage: Stage | None
    unauthorised_in_window: int
    threshold_met_on: date | None


def standings_of(work: Work, school_urn: str) -> tuple[PupilStanding, ...]:
    """Return the pupils who are on the roll of a school today; raises `NotFound` where it may not be seen."""
    if not work.actor.may_see(school_urn):
        raise NotFound("school", school_urn)
    work.people.school(school_urn)
    roll = {one.pupil_id: one for one in people.on_roll(work.opened.session, school_urn, work.on)}
    rows = _staged(work, school_urn).iter_rows(named=True)
    found = [
        PupilStanding(
            pupil_id=row[PUPIL],
            name=roll[row[PUPIL]].name,
            year_group=roll[row[PUPIL]].year_group,
            possible=row["possible"],
            attended=row["attended"],
            authorised=row["authorised"],
            unauthorised=row["unauthorised"],
            stage=Stage(row["stage"]) if row["stage"] else None,
            unauthorised_in_window=row["unauthorised_in_window"],
            threshold_met_on=row["threshold_met_on"],
        )
        for row in rows
        if row[PUPIL] in roll
    ]
    return tuple(sorted(found, key=_lowest_first))


def count_ahead(work: Work) -> None:
    """Count every school at once, so that nobody waits when they look at one for the first time."""
    by_school = standing(work.office, work.on).partition_by(URN, as_dict=True)
    tables = {str(urn): table for (urn,), table in by_school.items()}
    Calendars(work.opened.session).read_ahead(tuple(tables))
    for urn, table in tables.items():
        _kept.keep(_key(work, urn), table)
        register_facts.numbered_weeks_of(work, urn, work.on)


def _staged(work: Work, school_urn: str) -> pl.DataFrame:
    """Return where the school's pupils stand, counted once until its register or calendar changes."""
    return _kept.get(_key(work, school_urn), lambda: standing(work.office, work.on, schools=(school_urn,)))


def _key(work: Work, school_urn: str) -> Hashable:
    rests_on = counted_from(work.opened.session, school_urn)
    return (str(work.office.store.folder), school_urn, work.on, rests_on)


def _lowest_first(one: PupilStanding) -> tuple[bool, Fraction, str]:
    """Order by attendance, pupils without sessions last."""
    share = Fraction(one.attended, one.possible) if one.possible else Fraction(0)
    return (not one.possible, share, one.name)
