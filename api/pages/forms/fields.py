"""What kind of field each input of an act is asked with, read from its type."""

import types
from datetime import date
from enum import StrEnum
from typing import Annotated, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic.fields import FieldInfo

from attendance.services.inputs import Words

HIDDEN = frozenset({"reference", "pupil_id"})


class Kind(StrEnum):
    """How a field is asked for."""

    HIDDEN = "hidden"
    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    ANY_OF = "any_of"
    LINES = "lines"
    FILE = "file"
    PARENTS = "parents"
    QUESTIONS = "questions"


_SPECIAL = {
    "parents": Kind.PARENTS,
    "considerations": Kind.QUESTIONS,
    "document": Kind.FILE,
    "consulted": Kind.ANY_OF,
}
_PLAIN = {date: Kind.DAY, bool: Kind.YES_NO, int: Kind.NUMBER}
_LONG = 400


def kind_of(name: str, field: FieldInfo) -> Kind:
    """Return how a field is asked for."""
    bare = bare_type(field)
    if name in HIDDEN:
        return Kind.HIDDEN
    if name in _SPECIAL:
        return _SPECIAL[name]
    if get_origin(bare) is tuple:
        return Kind.LINES
    if options_of(field):
        return Kind.ONE_OF
    if name.endswith("pence"):
        return Kind.MONEY
    if isinstance(bare, type) and bare in _PLAIN:
        return _PLAIN[bare]
    return Kind.TEXT if _is_long(field) else Kind.LINE


def options_of(field: FieldInfo) -> tuple[str, ...]:
    """Return the values of an enumeration, or nothing."""
    bare = bare_type(field)
    return tuple(member.value for member in bare) if _is_enum(bare) else ()  # type: ignore[attr-defined]


def bare_type(field: FieldInfo) -> object:
    """Return the type of a field without None and without what it is annotated with."""
    found: object = field.annotation
    while get_origin(found) in {Annotated, Union, types.UnionType}:
        found = next(part for part in get_args(found) if part is not types.NoneType)
    return found


def _is_enum(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, StrEnum)


def _is_long(field: FieldInfo) -> bool:
    declared = (*field.metadata, *get_args(field.annotation), *get_args(Words)[1:2])
    own = [part for part in declared[: len(field.metadata)] if part is not None]
    for part in own:
        longest = part.max_length if isinstance(part, MaxLen) else getattr(part, "max_length", None)
        if longest is not None and longest > _LONG:
            return True
    return False
