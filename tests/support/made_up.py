"""A made-up authority read plainly: its marks as rows, its people as dicts."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from attendance.demo.authority import Size, make_authority
from tests.support.oracle import NEW, Row, monday

COUNTED = NEW["attended"] | NEW["authorised"] | NEW["unauthorised"]
ABSENT = NEW["authorised"] | NEW["unauthorised"]
UNAUTHORISED = NEW["unauthorised"]


@cache
def small():
    """The small authority of the default seed, made once in a process."""
    return make_authority(Size.SMALL)


@dataclass
class Told:
    """A scripted child's year as the files tell it."""

    first: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    final: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    links: list[dict] = field(default_factory=list)
    adults: dict[str, dict] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    pupil: dict = field(default_factory=dict)
    enrolments: list[dict] = field(default_factory=list)
    corrections: list[dict] = field(default_factory=list)
    weeks: dict[str, list] = field(default_factory=dict)

    def unauthorised(self, urn):
        """The unauthorised marks at a school as first taken, in order."""
        return [row for row in self.first[urn] if row.code in UNAUTHORISED]


def tell(authority):
    """Tell every scripted child's year, by key and cast."""
    people = authority.people
    upns = {character.upn for character in authority.characters}
    told = {upn: Told() for upn in upns}
    _marks(authority, told)
    for name, table in (("links", people.links), ("enrolments", people.enrolments)):
        for row in table.filter(pl.col("upn").is_in(list(upns))).iter_rows(named=True):
            getattr(told[row["upn"]], name).append(row)
    for row in people.pupils.filter(pl.col("upn").is_in(list(upns))).iter_rows(named=True):
        told[row["upn"]].pupil = row
    for row in people.flags.filter(pl.col("upn").is_in(list(upns))).iter_rows(named=True):
        told[row["upn"]].flags.add(row["flag"])
    for row in authority.corrections.filter(pl.col("upn").is_in(list(upns))).iter_rows(named=True):
        told[row["upn"]].corrections.append(row)
    adults = {row["adult_ref"]: row for row in people.adults.iter_rows(named=True)}
    for one in told.values():
        one.adults = {link["adult_ref"]: adults[link["adult_ref"]] for link in one.links}
    return {(one.key, one.cast): (one, told[one.upn]) for one in authority.characters}


def _marks(authority, told):
    places = authority.people.enrolments["upn"].is_in(list(told)).arg_true().to_numpy()
    weeks = open_weeks(authority)
    for name in ("first", "final"):
        source = authority.marks if name == "first" else authority.final_marks
        for urn, upn, day, session, code in authority._frame(source[places], places, 0).iter_rows():
            getattr(told[upn], name)[urn].append(Row(urn, upn, day, session, code))
            told[upn].weeks[urn] = weeks[urn]


def open_weeks(authority):
    """The weeks in which each school was open, from its calendar."""
    return {
        urn: sorted({monday(day) for day, there in zip(authority.days, is_open, strict=True) if there})
        for urn, is_open in zip(authority.schools["URN"], authority.grid.open, strict=True)
    }
