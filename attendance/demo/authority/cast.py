"""Scripted families brought to life: names, numbers, addresses, links, rolls and flags.

- The first cast goes to the first schools of each phase, later ones to the schools after them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from attendance.demo.authority.addresses import ADDRESS_COLUMNS, make_addresses
from attendance.demo.authority.characters import (
    Character,
    ScriptedAdult,
    ScriptedChild,
    ScriptedFamily,
    scripted_families,
)
from attendance.demo.authority.households import DISTRICTS, birthdays
from attendance.demo.authority.people import (
    ADULT_SCHEMA,
    ENROLMENT_SCHEMA,
    FLAG_SCHEMA,
    LINK_SCHEMA,
    PUPIL_SCHEMA,
    People,
)
from attendance.demo.authority.places import FAMILY_MAIL_DOMAIN, LA_ADULT_REF, LA_CODE, NEIGHBOUR_LA_CODE
from attendance.demo.authority.rolls import LAST_PRIMARY_YEAR, LAST_YEAR, last_friday_in_june
from attendance.demo.authority.school_years import DayGrid
from attendance.demo.authority.schools import School
from attendance.demo.authority.size import Phase, schools_of_a_cast
from attendance.demo.authority.streams import stream
from attendance.demo.authority.upn import make_upns
from attendance.demo.authority.words import Community, words
from attendance.domain.people import AdultKind, Flag, ParentBasis

FIRST_ADULT: Final = 900_001
FIRST_SERIAL: Final = 900

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Part:
    """A character's roll: who plays, at which school (by place), on which side of a dual registration."""

    child: ScriptedChild
    school: int
    away: int


@dataclass(slots=True)
class Cast:
    """Everything about the scripted families, row by row."""

    pupils: list[Row] = field(default_factory=list)
    adults: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    enrolments: list[Row] = field(default_factory=list)
    flags: list[Row] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    characters: list[Character] = field(default_factory=list)

    def people(self) -> People:
        """Give the rows as tables."""
        return People(
            pupils=pl.DataFrame(self.pupils, schema=PUPIL_SCHEMA),
            adults=pl.DataFrame(self.adults, schema=ADULT_SCHEMA),
            links=pl.DataFrame(self.links, schema=LINK_SCHEMA),
            enrolments=pl.DataFrame(self.enrolments, schema=ENROLMENT_SCHEMA),
            flags=pl.DataFrame(self.flags, schema=FLAG_SCHEMA),
        )


def children_in_casts(casts: int) -> int:
    """Count the pupils that so many casts of the scripted families bring."""
    return casts * sum(len(family.children) for family in scripted_families())


class Casting:
    """Brings scripted families to life, one after the other."""

    def __init__(self, seed: int, schools: Sequence[School], grid: DayGrid, casts: int) -> None:
        self._chance = stream(seed, "cast")
        self._schools = schools
        self._grid = grid
        self._cast = Cast()
        many = casts * sum(1 + len(family.adults) for family in scripted_families())
        self._addresses = {far: self._all_addresses(many, neighbour=far) for far in (False, True)}
        for number in range(casts):
            for family in scripted_families():
                self._add_family(number, family)

    def cast(self) -> Cast:
        """Give everything made so far."""
        return self._cast

    def _add_family(self, number: int, family: ScriptedFamily) -> None:
        community = words().communities[words().community(family.community)]
        surname = self._one_of(community.surnames)
        home = self._address(neighbour=family.neighbour)
        adults = [(self._add_adult(adult, community, surname, home), adult) for adult in family.adults]
        for child in family.children:
            upn = self._add_child(number, child, community, surname, home, neighbour=family.neighbour)
            for reference, adult in adults:
                self._add_link(upn, reference, adult)
            references = tuple(reference for reference, _ in adults)
            urn = self._schools[self._school(number, child.phase, child.place)].urn
            self._cast.characters.append(Character(child.key, number, upn, references, urn, family.story))

    def _one_of(self, names: Sequence[str]) -> str:
        return names[int(self._chance.integers(len(names)))]

    def _address(self, *, neighbour: bool) -> Row:
        return next(self._addresses[neighbour])

    def _all_addresses(self, many: int, *, neighbour: bool) -> Iterator[Row]:
        district = self._chance.integers(DISTRICTS, size=many)
        addresses = make_addresses(self._chance, district, np.full(many, neighbour))
        return addresses.iter_rows(named=True)

    def _add_adult(self, adult: ScriptedAdult, community: Community, surname: str, home: Row) -> str:
        if adult.who == "authority":
            return LA_ADULT_REF
        female = adult.who in {"mother", "carer"}
        number = FIRST_ADULT + len(self._cast.adults)
        address = self._address(neighbour=False) if adult.address == "own" else home
        related = adult.who in {"mother", "father"}
        self._cast.adults.append(
            {
                "adult_ref": f"A-{number}",
                "kind": AdultKind.PERSON.value,
                "title": adult.title or ("Ms" if female else "Mr"),
                "forename": adult.forename or self._one_of(community.women if female else community.men),
                "surname": adult.surname or (surname if related else self._one_of(community.surnames)),
                **address,
                "language": adult.language,
                "email": f"parent{number}@{FAMILY_MAIL_DOMAIN}",
                "email_agreed": adult.email_agreed,
            }
        )
        return f"A-{number}"

    def _add_child(
        self,
        number: int,
        child: ScriptedChild,
        community: Community,
        surname: str,
        home: Row,
        *,
        neighbour: bool,
    ) -> str:
        school = self._school(number, child.phase, child.place)
        upn = self._upn(child, school)
        female = self._chance.random() < 0.5
        self._cast.pupils.append(
            {
                "upn": upn,
                "surname": child.surname or surname,
                "forename": child.forename or self._one_of(community.girls if female else community.boys),
                "date_of_birth": self._born(child),
                **{column: home[column] for column in ADDRESS_COLUMNS},
                "home_la_code": NEIGHBOUR_LA_CODE if neighbour else LA_CODE,
                "language": "",
            }
        )
        self._enrol(number, child, upn, school)
        since = date(self._grid.year.begins, 9, 1)
        self._cast.flags += [
            {"upn": upn, "flag": flag.value, "since": self._flag_since(flag, since), "until": None}
            for flag in child.flags
        ]
        return upn

    def _flag_since(self, flag: Flag, september: date) -> date:
        return september.replace(year=september.year - 2) if flag is Flag.LOOKED_AFTER else september

    def _upn(self, child: ScriptedChild, school: int) -> str:
        entered = (self._grid.year.begins - child.year_group) % 100
        serial = FIRST_SERIAL + sum(part.school == school for part in self._cast.parts)
        body = int(f"{LA_CODE}{self._schools[school].establishment:04}{entered:02}{serial:03}")
        return str(make_upns(np.array([body]), np.array([False]))[0])

    def _born(self, child: ScriptedChild) -> date:
        drawn = birthdays(self._chance, np.array([child.year_group]), self._grid.year.begins)
        if child.born is None:
            return date.fromordinal(int(drawn[0]))
        month, day = child.born
        turns_five = self._grid.year.begins - 5 - child.year_group + (1 if month < 9 else 0)
        return date(turns_five, month, day)

    def _school(self, number: int, phase: Phase, place: int) -> int:
        places = [at for at, school in enumerate(self._schools) if school.phase is phase]
        return places[(number * schools_of_a_cast(phase) + place) % len(places)]

    def _enrol(self, number: int, child: ScriptedChild, upn: str, school: int) -> None:
        begins = self._grid.year.begins
        entered = begins - child.year_group + (LAST_PRIMARY_YEAR + 1 if child.phase is Phase.SECONDARY else 0)
        since = self._day(child.arrives) if child.arrives else date(entered, 9, 1)
        leaves = child.year_group == LAST_YEAR and not child.stays
        until = last_friday_in_june(begins + 1) if leaves else None
        if child.moves is not None:
            until = self._day(child.moves.last_day)
        self._add_roll(child, upn, school, since, until, away=1 if child.dual else 0)
        if child.moves is not None:
            other = self._school(number, child.phase, child.moves.place)
            self._add_roll(child, upn, other, self._day(child.moves.first_day), None, away=0)
        if child.dual:
            unit = self._school(number, Phase.REFERRAL_UNIT, 0)
            self._add_roll(child, upn, unit, since, until, away=2)

    def _day(self, day: tuple[int, int, int]) -> date:
        return self._grid.days[self._grid.place(*day)]

    def _add_roll(
        self, child: ScriptedChild, upn: str, school: int, since: date, until: date | None, *, away: int
    ) -> None:
        self._cast.parts.append(Part(child, school, away))
        self._cast.enrolments.append(
            {
                "school_urn": self._schools[school].urn,
                "upn": upn,
                "since": since,
                "until": until,
                "year_group": str(child.year_group) if child.year_group else "R",
                "status": "subsidiary" if away == 2 else "main",
            }
        )

    def _add_link(self, upn: str, reference: str, adult: ScriptedAdult) -> None:
        born = self._cast.pupils[-1]["date_of_birth"]
        assert isinstance(born, date)
        in_care = reference == LA_ADULT_REF
        later = in_care or adult.basis is not ParentBasis.NATURAL_PARENT
        basis = ParentBasis.PARENTAL_RESPONSIBILITY if in_care else adult.basis
        self._cast.links.append(
            {
                "upn": upn,
                "adult_ref": reference,
                "basis": basis.value,
                "since": date(self._grid.year.begins - 2, 9, 1) if later else born,
                "until": None,
                "lives_with": adult.lives_with and not in_care,
                "day_to_day": adult.day_to_day and not in_care,
            }
        )
