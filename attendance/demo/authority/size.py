"""How large the made-up authority is.

- The city has the published shape of Coventry: 116 schools, 58,400 pupils (School Attendance Duties,
  briefing note to the Education and Children's Services Scrutiny Board (2), 15 January 2025; published
  school data).
- The small one is for a laptop, a first look and the tests: every kind of school, a fraction of the
  pupils.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Size(StrEnum):
    """The sizes the demo comes in."""

    SMALL = "small"
    CITY = "city"


class Phase(StrEnum):
    """The kinds of school that the made-up authority has."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SPECIAL = "special"
    REFERRAL_UNIT = "referral_unit"
    INDEPENDENT = "independent"


def schools_of_a_cast(phase: Phase) -> int:
    """Say over how many schools of a kind one cast of the scripted families spreads."""
    return 3 if phase is Phase.PRIMARY else 1


@dataclass(frozen=True, slots=True)
class Shape:
    """What one size holds.

    `fixed_rolls` are the pupils of the kinds of school that do not grow with the city; the rest of `pupils`
    goes to primary and secondary schools by age. `casts` says how often the scripted families occur.
    """

    schools: Mapping[Phase, int]
    pupils: int
    fixed_rolls: Mapping[Phase, int]
    casts: int
    officers: int


SHAPES: Mapping[Size, Shape] = MappingProxyType(
    {
        Size.SMALL: Shape(
            schools={
                Phase.PRIMARY: 3,
                Phase.SECONDARY: 1,
                Phase.SPECIAL: 1,
                Phase.REFERRAL_UNIT: 1,
                Phase.INDEPENDENT: 1,
            },
            pupils=1_500,
            fixed_rolls={Phase.SPECIAL: 60, Phase.REFERRAL_UNIT: 20, Phase.INDEPENDENT: 60},
            casts=1,
            officers=3,
        ),
        Size.CITY: Shape(
            schools={
                Phase.PRIMARY: 83,
                Phase.SECONDARY: 19,
                Phase.SPECIAL: 9,
                Phase.REFERRAL_UNIT: 3,
                Phase.INDEPENDENT: 2,
            },
            pupils=58_400,
            fixed_rolls={Phase.SPECIAL: 1_300, Phase.REFERRAL_UNIT: 180, Phase.INDEPENDENT: 700},
            casts=12,
            officers=14,
        ),
    }
)
