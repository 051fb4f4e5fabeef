"""Households and their children, before anyone has a name.

- Children of one household are at least two school years apart, so that no two are born closer than nature
  allows; households lie in a row through the city, neighbours next to each other.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

from attendance.demo.authority.streams import Bools, Ints, stream
from attendance.demo.authority.words import words

YEAR_GROUPS = 12  # Reception and Years 1 to 11
CHILDREN_SHARES = (0.47, 0.37, 0.12, 0.04)
MEAN_CHILDREN = 1.7
NEIGHBOUR_SHARE = 0.03
DISTRICTS = 12


class Home(IntEnum):
    """Who brings the children of a household up."""

    TOGETHER = 0
    APART = 1
    MOTHER_ALONE = 2
    FATHER_ALONE = 3
    STEP = 4
    GRANDPARENT = 5
    LOOKED_AFTER = 6


HOME_SHARES = (0.60, 0.195, 0.13, 0.02, 0.025, 0.018, 0.012)


@dataclass(frozen=True, slots=True)
class Households:
    """One entry per household: its community, who brings the children up, and where it lies."""

    community: Ints
    home: Ints
    district: Ints
    neighbour: Bools

    def __len__(self) -> int:
        return len(self.home)


@dataclass(frozen=True, slots=True)
class Children:
    """One entry per child: household (rising), year group (0 is Reception), sex, day of birth (ordinal)."""

    household: Ints
    year_group: Ints
    female: Bools
    born: Ints

    def __len__(self) -> int:
        return len(self.household)


def make_households(seed: int, pupils: int, academic_year: int) -> tuple[Households, Children]:
    """Make up the households that send so many pupils to school.

    Args:
        seed: The seed of the authority.
        pupils: How many children there are in all.
        academic_year: The calendar year in which the school year begins.
    """
    chance = stream(seed, "households")
    household = _children_of_households(chance, pupils)
    many = int(household[-1]) + 1
    shares = np.array([community.share for community in words().communities], dtype=np.float64)
    households = Households(
        community=chance.choice(len(shares), size=many, p=shares / shares.sum()),
        home=chance.choice(len(Home), size=many, p=HOME_SHARES),
        district=np.arange(many) * DISTRICTS // many,
        neighbour=chance.random(many) < NEIGHBOUR_SHARE,
    )
    year_group = _year_groups(chance, household)
    return households, Children(
        household=household,
        year_group=year_group,
        female=chance.random(pupils) < 0.49,
        born=birthdays(chance, year_group, academic_year),
    )


def _children_of_households(chance: np.random.Generator, pupils: int) -> Ints:
    sizes = 1 + chance.choice(len(CHILDREN_SHARES), size=pupils, p=CHILDREN_SHARES)
    return np.repeat(np.arange(pupils), sizes)[:pupils]


def _year_groups(chance: np.random.Generator, household: Ints) -> Ints:
    first = np.searchsorted(household, household)
    gaps = chance.integers(2, 4, size=len(household))
    gaps[first == np.arange(len(household))] = 0
    walked = np.cumsum(gaps)
    oldest = chance.integers(YEAR_GROUPS, size=len(household))[first]
    return (oldest - (walked - walked[first])) % YEAR_GROUPS


def birthdays(chance: np.random.Generator, year_group: Ints, academic_year: int) -> Ints:
    """Draw days of birth that put children in their year groups.

    A child who enters Reception in September turns five between that September and the next August.
    """
    september = np.array([date(academic_year - 5 - back, 9, 1).toordinal() for back in range(YEAR_GROUPS)])
    first, last = (
        september[year_group],
        np.array([date(academic_year - 4 - back, 8, 31).toordinal() for back in range(YEAR_GROUPS)])[
            year_group
        ],
    )
    born: Ints = first + np.floor(chance.random(len(year_group)) * (last - first + 1)).astype(np.int64)
    return born
