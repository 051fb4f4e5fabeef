"""Reading and adding the rows of the casework.

- Finding is by equality on named columns, in order of entry; anything finer is a query of its own.
- References count up per kind and year, under the lock that every act holds.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from attendance.store.asked_once import asked_once
from attendance.store.tables.base import Base
from attendance.store.tables.references import ReferenceRow

Row = TypeVar("Row", bound=Base)
Plain = str | int | bool | date | None


class Matters:
    """The rows of the casework within one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, kind: type[Row], key: int) -> Row:
        """Return the row with that key; raises LookupError where a stored key leads nowhere."""
        row = self._session.get(kind, key)
        if row is None:
            raise LookupError(f"{kind.__name__} {key} is gone")
        return row

    def by_reference(self, kind: type[Row], reference: str) -> Row | None:
        """Return the row with that reference, or None."""
        return self.one(kind, reference=reference)

    @asked_once()
    def find(self, kind: type[Row], **equals: Plain) -> tuple[Row, ...]:
        """Return the rows whose columns equal what is given, in order of entry."""
        return tuple(self._session.scalars(_query(kind, *_names(equals)), equals))

    @asked_once()
    def one(self, kind: type[Row], **equals: Plain) -> Row | None:
        """Return the only row whose columns equal what is given, or None."""
        return self._session.scalars(_query(kind, *_names(equals)), equals).one_or_none()

    def add(self, row: Row) -> Row:
        """Add a row and return it with its key."""
        self._session.add(row)
        self._session.flush()
        return row

    def next_reference(self, prefix: str, year: int) -> str:
        """Return the next reference of that prefix and year, such as `PN-2025-000012`."""
        counter = self._session.get(ReferenceRow, (prefix, year))
        if counter is None:
            counter = ReferenceRow(prefix=prefix, year=year, last=0)
            self._session.add(counter)
        counter.last += 1
        return f"{prefix}-{year}-{counter.last:06d}"


def _names(equals: Mapping[str, Plain]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the columns that equal a value, and of those that are null."""
    given = tuple(name for name, value in equals.items() if value is not None)
    return given, tuple(name for name in equals if name not in given)


@cache
def _query(kind: type[Base], given: tuple[str, ...], null: tuple[str, ...]) -> Select[Any]:
    """Return the query for these columns; built once, since every act asks the same few dozen questions."""
    query = select(kind).order_by(kind.__mapper__.primary_key[0])
    for name in given:
        query = query.where(getattr(kind, name) == bindparam(name))
    return query.where(*(getattr(kind, name).is_(None) for name in null))
