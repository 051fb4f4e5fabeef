"""Making values out of rows, and lists out of queries, a part at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Row, Select

from attendance.domain.bounds import LARGEST_NUMBER
from attendance.domain.errors import BadInput
from attendance.store.tables.base import Base

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Value = TypeVar("Value", bound=DataclassInstance)
else:
    Value = TypeVar("Value")

Item = TypeVar("Item")
Found = TypeVar("Found")

AnySelect = Select[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]

Schools = frozenset[str] | None
"""The schools an actor may see, by URN; None where it sees all."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list. `next` is where the rest begins: give it as `after`; null where there is no more."""

    items: tuple[Item, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for: at most so many, after the place where the last part ended."""

    limit: int
    after: str = ""

    @property
    def after_id(self) -> int | None:
        """The place as a row's key, None at the beginning; raises `BadInput` where it is no such place."""
        if not self.after:
            return None
        if not self.after.isdecimal() or int(self.after) > LARGEST_NUMBER:
            raise BadInput("`after` is not a place in this list. Give what `next` said.")
        return int(self.after)


LINES, MOST_LINES = 50, 200
"""How much of a list is shown where nothing else is asked for, and at most."""

AT_A_TIME = 500
"""How many keys one query is asked for."""

WHOLE = Part(limit=MOST_LINES)
"""What one matter shows of each kind; lists show the rest."""


def made(kind: type[Value], row: Base, **more: object) -> Value:
    """Return a value whose fields come from `more`, or else from the row's columns of the same name."""
    return kind(**{f.name: more[f.name] if f.name in more else getattr(row, f.name) for f in fields(kind)})


def page(
    rows: Sequence[Found], part: Part, item: Callable[[Found], Item], place: Callable[[Found], str]
) -> Page[Item]:
    """Return a part of a list out of one row more than was asked for."""
    shown = rows[: part.limit]
    more = place(shown[-1]) if len(rows) > part.limit else None
    return Page(tuple(item(row) for row in shown), more)


def full_name(*parts: str) -> str:
    """Return the parts of a name that there are, as they are said."""
    return " ".join(part for part in parts if part)
