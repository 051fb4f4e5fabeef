"""What changes the right way to deal with a pupil: plans, needs, care, language, safe contact.

- Every pupil of a special school has an education, health and care plan; a child looked after is flagged
  from the day the authority's order began.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from attendance.demo.authority.families import Families
from attendance.demo.authority.households import Children, Home, Households
from attendance.demo.authority.people import FLAG_SCHEMA
from attendance.demo.authority.places import LA_ADULT_REF
from attendance.demo.authority.streams import Bools, Ints, stream
from attendance.domain.people import Flag

SHARES: dict[Flag, float] = {
    Flag.EHCP: 0.028,
    Flag.SEND: 0.13,
    Flag.HEALTH: 0.015,
    Flag.YOUNG_CARER: 0.01,
    Flag.CHILD_IN_NEED: 0.023,
    Flag.CHILD_PROTECTION_PLAN: 0.006,
    Flag.PART_TIME_TIMETABLE: 0.003,
    Flag.MISSING_EDUCATION: 0.001,
}
LANGUAGE_NEEDS_HELP = 0.4
SAFE_CONTACT, PROTECTED_ADDRESS = 0.03, 0.012
BEGINS_THIS_YEAR, ENDS = 0.2, 0.15
MAY_END = frozenset({Flag.CHILD_IN_NEED, Flag.CHILD_PROTECTION_PLAN, Flag.PART_TIME_TIMETABLE, Flag.HEALTH})


def make_flags(
    seed: int,
    households: Households,
    children: Children,
    at_special: Ints,
    families: Families,
    academic_year: int,
) -> tuple[pl.DataFrame, dict[Flag, Bools]]:
    """Flag pupils.

    Args:
        seed: The seed of the authority.
        households: The households.
        children: Their children.
        at_special: The places of the children who go to special schools.
        families: Their names and links.
        academic_year: The calendar year in which the school year begins.

    Returns:
        The flags in the columns of `flags.csv`, and who has each flag at any time, child by child.
    """
    chance = stream(seed, "flags")
    has = {flag: chance.random(len(children)) < share for flag, share in SHARES.items()}
    has[Flag.EHCP][at_special] = True
    has[Flag.SEND] |= has[Flag.EHCP]
    foreign = (families.pupils["language"] != "").to_numpy()
    has[Flag.LANGUAGE] = foreign & (chance.random(len(children)) < LANGUAGE_NEEDS_HELP)
    apart = households.home == Home.APART
    for flag, share in ((Flag.SAFE_CONTACT, SAFE_CONTACT), (Flag.PROTECTED_ADDRESS, PROTECTED_ADDRESS)):
        has[flag] = (apart & (chance.random(len(households)) < share))[children.household]
    upns = families.pupils["upn"]
    frames = [_dated(chance, flag, upns.filter(pl.Series(who)), academic_year) for flag, who in has.items()]
    in_care = families.links.filter(pl.col("adult_ref") == LA_ADULT_REF)
    looked_after = in_care.select(
        "upn", flag=pl.lit(Flag.LOOKED_AFTER.value), since="since", until=pl.lit(None, dtype=pl.Date)
    )
    has[Flag.LOOKED_AFTER] = upns.is_in(in_care["upn"].implode()).to_numpy()
    return pl.concat([*frames, looked_after]).sort("upn", "flag", "since"), has


def _dated(chance: np.random.Generator, flag: Flag, upns: pl.Series, academic_year: int) -> pl.DataFrame:
    many = len(upns)
    september = date(academic_year, 9, 1)
    back, on = chance.integers(1, 300, size=many), chance.integers(1, 280, size=many)
    offset = np.where(chance.random(many) < BEGINS_THIS_YEAR, on, -back)
    since = [september + timedelta(days=int(days)) for days in offset]
    lasts = chance.integers(42, 200, size=many)
    ends = (chance.random(many) < ENDS) & (flag in MAY_END)
    until = [
        begun + timedelta(days=int(days)) if end else None
        for begun, days, end in zip(since, lasts, ends, strict=True)
    ]
    return pl.DataFrame(
        {"upn": upns, "flag": [flag.value] * many, "since": since, "until": until}, schema=FLAG_SCHEMA
    )
