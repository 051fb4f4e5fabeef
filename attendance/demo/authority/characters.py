"""Scripted families as written in `characters.yaml`, and who they are in one made-up authority."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from attendance.demo.authority.size import Phase
from attendance.domain.people import Flag, ParentBasis

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri")
_DAY = re.compile(r"([1-6])\.([1-9])\.(mon|tue|wed|thu|fri)")

Weekday = Literal["mon", "tue", "wed", "thu", "fri"]


def _read_day(raw: object) -> tuple[int, int, int]:
    found = _DAY.fullmatch(str(raw))
    if found is None:
        raise ValueError(f"{raw!r} is not a day: write half-term.week.weekday, for example 1.3.mon")
    half_term, week, weekday = found.groups()
    return int(half_term), int(week), WEEKDAYS.index(weekday)


ScriptDay = Annotated[tuple[int, int, int], BeforeValidator(_read_day)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Run(_Entry):
    """So many open sessions one after the other. `session` is the one it begins with."""

    run: int
    code: str
    begins: ScriptDay = Field(alias="from")
    session: Literal["AM", "PM"] = "AM"


class Weekly(_Entry):
    """The same weekdays of each week; both sessions unless one is named."""

    weekly: tuple[Weekday, ...]
    code: str
    begins: ScriptDay = Field(alias="from")
    ends: ScriptDay = Field(alias="to")
    session: Literal["AM", "PM", "both"] = "both"


class Correction(Run):
    """Marks that become something else, on the day on which it became known, and why."""

    known: ScriptDay
    why: str


class Move(_Entry):
    """A change to another school of the same phase."""

    place: int
    last_day: ScriptDay
    first_day: ScriptDay


class ScriptedAdult(_Entry):
    """An adult of a scripted family. Names that are not given are drawn from the community."""

    who: Literal["mother", "father", "carer", "partner", "authority"]
    basis: ParentBasis = ParentBasis.NATURAL_PARENT
    address: Literal["shared", "own"] = "shared"
    lives_with: bool = True
    day_to_day: bool = True
    title: str = ""
    forename: str = ""
    surname: str = ""
    language: str = ""
    email_agreed: bool = False


class ScriptedChild(_Entry):
    """A child of a scripted family, and what happens at school."""

    key: str
    phase: Phase
    place: int = 0
    year_group: int
    forename: str = ""
    surname: str = ""
    flags: tuple[Flag, ...] = ()
    born: tuple[int, int] | None = None
    arrives: ScriptDay | None = None
    moves: Move | None = None
    stays: bool = False
    dual: bool = False
    marks: tuple[Run | Weekly, ...] = ()
    corrections: tuple[Correction, ...] = ()


class ScriptedFamily(_Entry):
    """A family and the situation that it forces."""

    story: str
    community: str
    neighbour: bool = False
    adults: tuple[ScriptedAdult, ...]
    children: tuple[ScriptedChild, ...]


@cache
def scripted_families() -> tuple[ScriptedFamily, ...]:
    """Read the scripted families."""
    text = (Path(__file__).parent / "characters.yaml").read_text(encoding="utf-8")
    return tuple(ScriptedFamily.model_validate(raw) for raw in yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class Character:
    """A scripted child in one made-up authority.

    Attributes:
        key: The situation, as in `characters.yaml`.
        cast: Which time the situation occurs: 0 for the first. A city has several of each.
        upn: The child's unique pupil number.
        adult_refs: The adults in the order of the script.
        school_urn: The school of the story; where the child moves, the first.
        story: One sentence that says what the situation is.
    """

    key: str
    cast: int
    upn: str
    adult_refs: tuple[str, ...]
    school_urn: str
    story: str
