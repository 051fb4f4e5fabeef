"""Counted sessions by school, month and pupil, packed: what figures of a city are read from.

- Counts are whole numbers in columns; a school's month takes a few kilobytes.
- A month is written anew as a whole; nothing is added to a count that stands.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from attendance.store.tables.figures import MonthCountRow

COUNTS = ("attended", "authorised", "unauthorised")
PUPIL_AND_COUNTS = ("pupil_id", *COUNTS)
_NUMBER = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class MonthCount:
    """The sessions of one school in one month: one column a pupil, with the rows of `PUPIL_AND_COUNTS`."""

    school_urn: str
    month: date
    last_day: date
    pupils: NDArray[np.int32]


class MonthCounts:
    """Reads and writes counted months in one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(self, month: date, schools: Sequence[str], counts: Iterable[MonthCount]) -> None:
        """Write a month of some schools anew; a school that is not among the counts has none left."""
        table = MonthCountRow
        self._session.execute(delete(table).where(table.month == month, table.school_urn.in_(schools)))
        rows = [
            {
                "month": one.month,
                "school_urn": one.school_urn,
                "last_day": one.last_day,
                "pupils": _packed(one.pupils),
            }
            for one in counts
        ]
        if rows:
            self._session.execute(insert(table), rows)

    def between(self, first: date, last: date, schools: Sequence[str] | None) -> tuple[MonthCount, ...]:
        """Return the counted months between two days, by month and school; of all schools where None."""
        table = MonthCountRow
        query = select(table.school_urn, table.month, table.last_day, table.pupils).where(
            table.month.between(first, last)
        )
        if schools is not None:
            query = query.where(table.school_urn.in_(schools))
        rows = self._session.execute(query.order_by(table.month, table.school_urn))
        return tuple(MonthCount(urn, month, last, _opened(packed)) for urn, month, last, packed in rows)

    def latest_month(self, until: date) -> date | None:
        """Return the latest month counted that begins by a day, or None."""
        return self._session.scalar(select(func.max(MonthCountRow.month)).where(MonthCountRow.month <= until))


def _packed(pupils: NDArray[np.int32]) -> bytes:
    return zlib.compress(pupils.astype(_NUMBER).tobytes(), level=1)


def _opened(packed: bytes) -> NDArray[np.int32]:
    numbers = np.frombuffer(zlib.decompress(packed), dtype=_NUMBER)
    return numbers.reshape(len(PUPIL_AND_COUNTS), -1)
