"""How much each pupil is away: few a great deal, most very little.

- The published figures are kept exactly, not on average: so many pupils miss 10% or more, so many 50% or
  more, and all together miss the published share. Pupils are ranked by what makes absence likelier (the
  school, the year, the family, needs), and the ranks are given shares of absence whose distribution has a
  heavy tail.
- Attendance and persistent absence: Coventry, autumn and spring 2023/24 (School Attendance Duties,
  briefing note of 15 January 2025, Appendix B). Severe absence: the national figure's order of magnitude.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from attendance.demo.authority.rolls import Rolls
from attendance.demo.authority.schools import School
from attendance.demo.authority.size import Phase
from attendance.demo.authority.streams import Bools, Floats, Ints, stream
from attendance.domain.people import Flag

ATTENDANCE_SHARE: Final = 0.930
PERSISTENT_SHARE: Final = 0.202
SEVERE_SHARE: Final = 0.020

PHASE_STRAIN = {
    Phase.PRIMARY: 0.0,
    Phase.SECONDARY: 0.28,
    Phase.SPECIAL: 0.05,
    Phase.REFERRAL_UNIT: 2.2,
    Phase.INDEPENDENT: -1.0,
}
FLAG_STRAIN = {
    Flag.EHCP: 0.5,
    Flag.SEND: 0.35,
    Flag.HEALTH: 1.6,
    Flag.CHILD_IN_NEED: 0.7,
    Flag.CHILD_PROTECTION_PLAN: 0.9,
    Flag.YOUNG_CARER: 0.5,
    Flag.PART_TIME_TIMETABLE: 1.8,
    Flag.LOOKED_AFTER: -0.3,
}
NEVER_SEEN_SHARE = 0.04
BODY_BELOW = 0.0995


@dataclass(frozen=True, slots=True)
class Target:
    """How many pupils shall miss 10% and 50% or more, and how many sessions all shall miss together."""

    persistent: int
    severe: int
    absent_sessions: int


@dataclass(frozen=True, slots=True)
class Propensity:
    """One entry per pupil and school: the sessions to be missed, and 0 ordinary, 1 persistent or 2 severe."""

    absent: Ints
    band: Ints


def target(possible: Ints, other_possible: Ints, other_absent: Ints) -> Target:
    """Work out what is left to be missed, where other pupils' absence is already given.

    Args:
        possible: The possible sessions of the pupils whose absence is wanted.
        other_possible: Those of the others.
        other_absent: The sessions that the others miss.
    """
    counted = int((possible > 0).sum() + (other_possible > 0).sum())
    shares_of_others = other_absent / np.maximum(other_possible, 1)
    everything = int(possible.sum() + other_possible.sum())
    return Target(
        persistent=round(PERSISTENT_SHARE * counted) - int((shares_of_others >= 0.1).sum()),
        severe=round(SEVERE_SHARE * counted) - int((shares_of_others >= 0.5).sum()),
        absent_sessions=round((1 - ATTENDANCE_SHARE) * everything) - int(other_absent.sum()),
    )


def strain(
    seed: int, schools: Sequence[School], rolls: Rolls, household: Ints, has: dict[Flag, Bools]
) -> Floats:
    """Score how likely absence is: the school, the year, the needs, the family, and the pupil's own luck.

    Args:
        seed: The seed of the authority.
        schools: The schools.
        rolls: Who is on which roll.
        household: The household of each pupil.
        has: Who has which flag.
    """
    chance = stream(seed, "strain")
    pupil = rolls.pupil
    family = chance.normal(size=int(household.max()) + 1)[household]
    own = chance.normal(size=len(household))
    of_school = np.array([PHASE_STRAIN[school.phase] + 0.3 * school.strain for school in schools])
    needs = sum(weight * has[flag] for flag, weight in FLAG_STRAIN.items())
    teenage = 0.07 * np.maximum(rolls.year_group - 7, 0)
    return np.asarray(of_school[rolls.school] + teenage + (0.6 * family + 0.8 * own + needs)[pupil])


def make_propensity(seed: int, score: Floats, possible: Ints, forced: Ints, aim: Target) -> Propensity:
    """Share absence out among pupils.

    Args:
        seed: The seed of the authority.
        score: Who is likelier to be absent.
        possible: The possible sessions of each.
        forced: Sessions that each misses anyway (study leave).
        aim: What the figures shall come to.
    """
    chance = stream(seed, "propensity")
    counted = np.flatnonzero(possible > 0)
    ranked = counted[np.argsort(score[counted], kind="stable")]
    ordinary, persistent, severe = np.split(ranked, [len(ranked) - aim.persistent, len(ranked) - aim.severe])
    absent, band = np.zeros(len(score), dtype=np.int64), np.zeros(len(score), dtype=np.int64)
    band[persistent], band[severe] = 1, 2
    often = possible[severe]
    absent[severe] = np.maximum(np.ceil(_severe_shares(chance, len(severe)) * often), (often + 1) // 2)
    some = possible[persistent]
    shares = 0.1 + 0.4 * np.sort(chance.beta(0.9, 4.6, size=len(some)))
    absent[persistent] = np.minimum(np.maximum(np.ceil(shares * some), -(-some // 10)), (some - 1) // 2)
    rest = aim.absent_sessions - int(absent.sum())
    body = np.sort(chance.beta(1.1, 2.2, size=len(ordinary)))
    absent[ordinary] = _fit(body, possible[ordinary], forced[ordinary], rest)
    return Propensity(absent=absent, band=band)


def _severe_shares(chance: np.random.Generator, many: int) -> Floats:
    shares: Floats = 0.5 + 0.5 * np.sort(chance.beta(1.0, 1.5, size=many))
    shares[many - round(many * NEVER_SEEN_SHARE) :] = 1.0
    return shares


def _fit(body: Floats, possible: Ints, forced: Ints, wanted: int) -> Ints:
    """Bend the distribution of the ordinary pupils until they miss as many sessions as are left."""
    low, high = 0.2, 8.0
    for _ in range(40):
        bend = (low + high) / 2
        if int(_bent(body, bend, possible, forced).sum()) > wanted:
            low = bend
        else:
            high = bend
    return _bent(body, high, possible, forced)


def _bent(body: Floats, bend: float, possible: Ints, forced: Ints) -> Ints:
    missed: Ints = np.floor(BODY_BELOW * body**bend * possible).astype(np.int64)
    return np.maximum(missed, forced)
