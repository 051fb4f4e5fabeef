"""Names, addresses, parents and links for households and their children.

- Parents who live apart have addresses of their own; some absent parents' addresses nobody knows.
- A child looked after lives with a carer; the local authority is one of its adults, and never one to be
  fined.
- An adult's basis as parent is s.576's: natural parent, parental responsibility, or care of the child.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from attendance.demo.authority.addresses import ADDRESS_COLUMNS, make_addresses, no_address
from attendance.demo.authority.households import DISTRICTS, Children, Home, Households
from attendance.demo.authority.names import draw_forenames, draw_surnames, surnames_at
from attendance.demo.authority.people import ADULT_SCHEMA, LINK_SCHEMA, PUPIL_SCHEMA
from attendance.demo.authority.places import (
    CITY,
    COUNCIL,
    COUNCIL_ADDRESS,
    COUNCIL_POSTCODE,
    FAMILY_MAIL_DOMAIN,
    LA_ADULT_REF,
    LA_CODE,
    NEIGHBOUR_LA_CODE,
)
from attendance.demo.authority.streams import Bools, Floats, Ints, stream
from attendance.demo.authority.words import words
from attendance.domain.people import AdultKind, ParentBasis

FIRST_ADULT = 100_001
SAME_SURNAME = {Home.TOGETHER: 0.8}
SAME_SURNAME_OTHERWISE = 0.45
ADDRESS_UNKNOWN = 0.15
HAS_EMAIL, AGREED_TO_EMAIL = 0.7, 0.35


@dataclass(frozen=True, slots=True)
class Part:
    """One part that an adult plays in the kinds of home that have it."""

    homes: tuple[Home, ...]
    female: bool
    basis: ParentBasis
    lives_with: bool
    day_to_day: bool


TOGETHER_MOTHER = Part(
    (Home.TOGETHER, Home.APART, Home.MOTHER_ALONE, Home.STEP),
    female=True,
    basis=ParentBasis.NATURAL_PARENT,
    lives_with=True,
    day_to_day=True,
)
PARTS: tuple[Part, ...] = (
    TOGETHER_MOTHER,
    Part(
        (Home.TOGETHER, Home.FATHER_ALONE),
        female=False,
        basis=ParentBasis.NATURAL_PARENT,
        lives_with=True,
        day_to_day=True,
    ),
    Part(
        (Home.APART, Home.STEP),
        female=False,
        basis=ParentBasis.NATURAL_PARENT,
        lives_with=False,
        day_to_day=False,
    ),
    Part((Home.STEP,), female=False, basis=ParentBasis.CARE_OF_CHILD, lives_with=True, day_to_day=True),
    Part(
        (Home.GRANDPARENT, Home.LOOKED_AFTER),
        female=True,
        basis=ParentBasis.CARE_OF_CHILD,
        lives_with=True,
        day_to_day=True,
    ),
    Part(
        (Home.GRANDPARENT, Home.LOOKED_AFTER),
        female=True,
        basis=ParentBasis.NATURAL_PARENT,
        lives_with=False,
        day_to_day=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Families:
    """Pupils, adults and links, as tables in the order of the children and households."""

    pupils: pl.DataFrame
    adults: pl.DataFrame
    links: pl.DataFrame


def make_families(seed: int, households: Households, children: Children, upns: pl.Series) -> Families:
    """Give names, addresses and parents to households and their children.

    Args:
        seed: The seed of the authority.
        households: The households.
        children: Their children.
        upns: The children's unique pupil numbers, in the same order.
    """
    chance = stream(seed, "families")
    surname = draw_surnames(chance, households.community)
    homes = make_addresses(chance, households.district, households.neighbour)
    pupils = _pupils(chance, households, children, upns, surname, homes)
    adults = _adults(chance, households, surname, homes)
    links = _links(children, upns, adults)
    return Families(
        pupils=pupils,
        adults=pl.concat([adults.select(ADULT_SCHEMA.names()), council_as_adult()]),
        links=pl.concat([links, _care_links(chance, households, children, upns)]),
    )


def _pupils(
    chance: np.random.Generator,
    households: Households,
    children: Children,
    upns: pl.Series,
    surname: Ints,
    homes: pl.DataFrame,
) -> pl.DataFrame:
    home = children.household
    community = households.community[home]
    forename, _ = draw_forenames(chance, community, children.female, children=True)
    speaks = np.array([one.foreign_language_percent for one in words().communities])[community] * 1.5
    spoken = pl.Series([one.language for one in words().communities])[community]
    names = pl.DataFrame(
        {
            "upn": upns,
            "surname": surnames_at(surname[home]),
            "forename": forename,
            "date_of_birth": _days(children.born),
        }
    )
    codes = np.where(households.neighbour[home], NEIGHBOUR_LA_CODE, LA_CODE)
    other = pl.DataFrame(
        {
            "home_la_code": pl.Series(codes.tolist(), dtype=pl.String),
            "language": spoken.zip_with(
                pl.Series(chance.random(len(children)) * 100 < speaks), pl.Series([""] * len(children))
            ),
        }
    )
    return pl.concat([names, homes[home], other], how="horizontal").select(PUPIL_SCHEMA.names())


def _days(ordinals: Ints) -> pl.Series:
    return pl.Series(ordinals - date(1970, 1, 1).toordinal(), dtype=pl.Int32).cast(pl.Date)


def _adults(
    chance: np.random.Generator, households: Households, surname: Ints, homes: pl.DataFrame
) -> pl.DataFrame:
    """Make the adults of all parts, household by household; extra columns say the part each plays."""
    frames = [_adults_of(chance, households, surname, homes, number) for number in range(len(PARTS))]
    together = pl.concat(frames).sort("household", "part", maintain_order=True).with_row_index("place")
    reference = (pl.col("place") + FIRST_ADULT).cast(pl.String)
    has_mail = pl.lit(chance.random(together.height) < HAS_EMAIL)
    agreed = pl.lit(chance.random(together.height) < AGREED_TO_EMAIL)
    return together.with_columns(
        adult_ref=pl.lit("A-") + reference,
        kind=pl.lit(AdultKind.PERSON.value),
        email=pl.when(has_mail)
        .then(pl.lit("parent") + reference + pl.lit(f"@{FAMILY_MAIL_DOMAIN}"))
        .otherwise(pl.lit("")),
        email_agreed=has_mail & agreed,
    )


def _adults_of(
    chance: np.random.Generator, households: Households, surname: Ints, homes: pl.DataFrame, number: int
) -> pl.DataFrame:
    part = PARTS[number]
    household = np.flatnonzero(np.isin(households.home, part.homes))
    many = len(household)
    community = households.community[household]
    female = np.full(many, part.female)
    in_script = chance.random(many) * 100 < _percents("script_percent")[community]
    latin, script = draw_forenames(chance, community, female, children=False)
    same = chance.random(many) < _same_surname(households.home[household], part)
    own = np.where(same, surname[household], draw_surnames(chance, community))
    foreign = chance.random(many) * 100 < _percents("foreign_language_percent")[community]
    spoken = pl.Series([one.language for one in words().communities])[community]
    names = pl.DataFrame(
        {
            "household": household,
            "part": np.full(many, number),
            "title": _titles(chance, many, female=part.female),
            "forename": script.zip_with(pl.Series(in_script), latin),
            "surname": surnames_at(own, in_script=in_script),
            "language": spoken.zip_with(pl.Series(foreign), pl.Series([""] * many)),
        }
    )
    return pl.concat([names, _addresses_of(chance, part, homes[household])], how="horizontal")


def _percents(field: str) -> Ints:
    return np.array([getattr(one, field) for one in words().communities], dtype=np.int64)


def _same_surname(home: Ints, part: Part) -> Floats:
    if part.basis is ParentBasis.CARE_OF_CHILD:
        return np.where(home == Home.GRANDPARENT, 0.6, 0.0)
    return np.where(home == Home.TOGETHER, SAME_SURNAME[Home.TOGETHER], SAME_SURNAME_OTHERWISE)


def _titles(chance: np.random.Generator, many: int, *, female: bool) -> pl.Series:
    offered: Sequence[str] = ("Mrs", "Ms", "Miss", "Mrs", "Dr") if female else ("Mr", "Mr", "Mr", "Mr", "Dr")
    shares = (0.4, 0.3, 0.2, 0.085, 0.015)
    return pl.Series(offered)[chance.choice(len(offered), size=many, p=shares)]


def _addresses_of(chance: np.random.Generator, part: Part, home: pl.DataFrame) -> pl.DataFrame:
    if part.lives_with:
        return home
    many = home.height
    elsewhere = make_addresses(chance, chance.integers(DISTRICTS, size=many), np.zeros(many, dtype=np.bool_))
    return no_address(elsewhere, chance.random(many) < ADDRESS_UNKNOWN)


def _links(children: Children, upns: pl.Series, adults: pl.DataFrame) -> pl.DataFrame:
    parts = pl.DataFrame(
        {
            "part": range(len(PARTS)),
            "basis": [part.basis.value for part in PARTS],
            "lives_with": [part.lives_with for part in PARTS],
            "day_to_day": [part.day_to_day for part in PARTS],
        }
    )
    born = pl.DataFrame({"household": children.household, "upn": upns, "born": _days(children.born)})
    cares = pl.col("basis") == ParentBasis.CARE_OF_CHILD.value
    return (
        born.join(
            adults.select("household", "part", "adult_ref"), on="household", maintain_order="left_right"
        )
        .join(parts, on="part", maintain_order="left")
        .with_columns(
            since=pl.when(cares).then(pl.col("born").dt.offset_by("3y")).otherwise("born"),
            until=pl.lit(None, dtype=pl.Date),
        )
        .select(LINK_SCHEMA.names())
    )


def _care_links(
    chance: np.random.Generator, households: Households, children: Children, upns: pl.Series
) -> pl.DataFrame:
    """Link the children looked after to the authority, which has parental responsibility under its order."""
    in_care: Bools = households.home[children.household] == Home.LOOKED_AFTER
    since = children.born[in_care] + chance.integers(365, 1400, size=int(in_care.sum()))
    return pl.DataFrame({"upn": upns.filter(pl.Series(in_care)), "since": _days(since)}).select(
        "upn",
        adult_ref=pl.lit(LA_ADULT_REF),
        basis=pl.lit(ParentBasis.PARENTAL_RESPONSIBILITY.value),
        since="since",
        until=pl.lit(None, dtype=pl.Date),
        lives_with=pl.lit(False),
        day_to_day=pl.lit(False),
    )


def council_as_adult() -> pl.DataFrame:
    """Write the authority down as the adult of the children in its care."""
    address = dict(zip(ADDRESS_COLUMNS, (*COUNCIL_ADDRESS, CITY, COUNCIL_POSTCODE), strict=True))
    row = {
        "adult_ref": LA_ADULT_REF,
        "kind": AdultKind.LOCAL_AUTHORITY.value,
        "title": "",
        "forename": "",
        "surname": COUNCIL,
        **address,
        "language": "",
        "email": "",
        "email_agreed": False,
    }
    return pl.DataFrame([row], schema=ADULT_SCHEMA)
