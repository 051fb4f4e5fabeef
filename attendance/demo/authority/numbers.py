"""Unique pupil numbers for the children on the rolls.

- A number tells the authority and school that gave it out and the year: mostly a primary school of the
  city, sometimes elsewhere. Children who arrived lately may still have a temporary one.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from attendance.demo.authority.households import Children
from attendance.demo.authority.places import LA_CODE, NEIGHBOUR_LA_CODE
from attendance.demo.authority.rolls import Rolls
from attendance.demo.authority.schools import PHASE_NAMES, School
from attendance.demo.authority.size import Phase
from attendance.demo.authority.streams import Ints, stream
from attendance.demo.authority.upn import make_upns

FROM_ELSEWHERE = 0.08
SCHOOLS_ELSEWHERE = 100
TEMPORARY, TEMPORARY_IF_NEW = 0.006, 0.3


def upns_of(seed: int, schools: Sequence[School], children: Children, rolls: Rolls, begins: int) -> pl.Series:
    """Give out numbers, one for each child.

    Args:
        seed: The seed of the authority.
        schools: The schools.
        children: The children, in their order through the city.
        rolls: Their rolls; the first entries are the children's own, in their order.
        begins: The calendar year in which the school year begins.
    """
    chance = stream(seed, "numbers")
    many = len(children)
    primaries = sum(school.phase is Phase.PRIMARY for school in schools)
    near = PHASE_NAMES[Phase.PRIMARY][4] + 1 + np.arange(many) * primaries // many
    far = PHASE_NAMES[Phase.PRIMARY][4] + 1 + chance.integers(SCHOOLS_ELSEWHERE, size=many)
    elsewhere = chance.random(many) < FROM_ELSEWHERE
    authority = np.where(elsewhere, int(NEIGHBOUR_LA_CODE), int(LA_CODE))
    school = np.where(elsewhere, far, near)
    entered = (begins - children.year_group) % 100
    issuer = (authority * 10_000 + school) * 100 + entered
    new = rolls.since[:many] > date(begins, 9, 1).toordinal()
    temporary = chance.random(many) < np.where(new, TEMPORARY_IF_NEW, TEMPORARY)
    return make_upns(issuer * 1000 + _serials(issuer), temporary)


def _serials(issuer: Ints) -> Ints:
    """Number the children of each issuer and year from 1."""
    ordered = pl.DataFrame({"issuer": issuer}).select(pl.int_range(1, pl.len() + 1).over("issuer"))
    return ordered.to_series().to_numpy()
