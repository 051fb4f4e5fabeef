"""Names drawn for many people at once, each from the lists of its community."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from attendance.demo.authority.streams import Bools, Ints
from attendance.demo.authority.words import words


@dataclass(frozen=True, slots=True)
class NameList:
    """The lists of all communities, one after the other, and where each begins."""

    names: pl.Series
    starts: Ints
    lengths: Ints

    def draw(self, chance: np.random.Generator, community: Ints) -> Ints:
        """Draw the place of a name for each person from the list of the person's community."""
        return self.starts[community] + np.floor(
            chance.random(len(community)) * self.lengths[community]
        ).astype(np.int64)


def _joined(lists: Sequence[Sequence[str]]) -> NameList:
    lengths = np.array([len(names) for names in lists], dtype=np.int64)
    return NameList(
        names=pl.Series([name for names in lists for name in names], dtype=pl.String),
        starts=np.concatenate([[0], np.cumsum(lengths)[:-1]]),
        lengths=lengths,
    )


@cache
def name_lists() -> dict[str, NameList]:
    """Join the name lists of all communities, by kind: girls, boys, women, men, surnames and in script."""
    people = words().communities
    return {
        "girls": _joined([one.girls for one in people]),
        "boys": _joined([one.boys for one in people]),
        "women": _joined([one.women for one in people]),
        "men": _joined([one.men for one in people]),
        "surnames": _joined([one.surnames for one in people]),
        "women_in_script": _joined([one.women_in_script or one.women for one in people]),
        "men_in_script": _joined([one.men_in_script or one.men for one in people]),
        "surnames_in_script": _joined([one.surnames_in_script or one.surnames for one in people]),
    }


def draw_forenames(
    chance: np.random.Generator, community: Ints, female: Bools, *, children: bool
) -> tuple[pl.Series, pl.Series]:
    """Draw forenames.

    Returns:
        The forenames as written in Latin letters, and as in the community's script where it has one.
    """
    women, men = ("girls", "boys") if children else ("women", "men")
    lists = name_lists()
    hers, his = lists[women].draw(chance, community), lists[men].draw(chance, community)
    is_female = pl.Series(female)
    latin = lists[women].names[hers].zip_with(is_female, lists[men].names[his])
    if children:
        return latin, latin
    script = lists["women_in_script"].names[hers].zip_with(is_female, lists["men_in_script"].names[his])
    return latin, script


def draw_surnames(chance: np.random.Generator, community: Ints) -> Ints:
    """Draw surnames, as places in the joined list of surnames (see `surnames_at`)."""
    return name_lists()["surnames"].draw(chance, community)


def surnames_at(places: Ints, *, in_script: Bools | None = None) -> pl.Series:
    """Read surnames off, those of `in_script` in the community's own script."""
    lists = name_lists()
    latin = lists["surnames"].names[places]
    if in_script is None:
        return latin
    return lists["surnames_in_script"].names[places].zip_with(pl.Series(in_script), latin)
