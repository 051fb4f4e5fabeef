"""What each pupil's absence is like: reasons, weekdays, the course through the year, late mornings.

- Absence that is mostly illness and absence that is mostly unauthorised are different pupils' stories;
  both occur among those who miss half of school and more.
"""

from dataclasses import dataclass

import numpy as np

from attendance.demo.authority.propensity import Propensity
from attendance.demo.authority.streams import Bools, Floats, Ints, stream

ILL_AMONG_SEVERE, ILL_AMONG_PERSISTENT = 0.35, 0.25
HAS_A_WEEKDAY = 0.06
NO_WEEKDAY = -1


@dataclass(frozen=True, slots=True)
class Habits:
    """One entry per pupil and school.

    Attributes:
        unauthorised: The share of absence that is unauthorised.
        ill: Whether the rest is nearly all illness.
        excluded: How much of the rest is suspension, for older pupils.
        slope: How absence moves through the year; negative grows.
        weekday: A weekday the pupil is absent more often, or `NO_WEEKDAY`.
        late: The share of present mornings on which the pupil is late.
    """

    unauthorised: Floats
    ill: Bools
    excluded: Floats
    slope: Floats
    weekday: Ints
    late: Floats


def make_habits(seed: int, propensity: Propensity, year_group: Ints) -> Habits:
    """Draw habits that fit how much each pupil is absent.

    Args:
        seed: The seed of the authority.
        propensity: How much each is absent.
        year_group: The year group of each (0 is Reception).
    """
    chance = stream(seed, "habits")
    band, many = propensity.band, len(propensity.band)
    ill_share = np.choose(band, [0.0, ILL_AMONG_PERSISTENT, ILL_AMONG_SEVERE])
    ill = chance.random(many) < ill_share
    usual = np.choose(
        band,
        [
            chance.beta(0.5, 3.0, size=many),
            chance.beta(1.3, 1.9, size=many),
            chance.beta(6.0, 1.8, size=many),
        ],
    )
    has_weekday = chance.random(many) < HAS_A_WEEKDAY
    older = year_group >= 7
    return Habits(
        unauthorised=np.where(ill, chance.beta(0.5, 9.0, size=many), usual),
        ill=ill,
        excluded=np.where(older & ~ill, 0.12, 0.012),
        slope=chance.normal(0.0, np.choose(band, [0.15, 0.3, 0.5])),
        weekday=np.where(has_weekday, chance.choice([0, 4, 4, 0, 2], size=many), NO_WEEKDAY),
        late=chance.beta(0.5, np.where(older, 18.0, 30.0)),
    )
