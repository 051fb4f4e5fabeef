"""Additions to the register: imports, batches, corrected marks and the days given.

- Only ever adds. Nothing here changes or deletes what stands.
- A batch holds the marks of one school in one calendar month, so that a day is found without opening a year.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert, select
from sqlalchemy.orm import Session as DatabaseSession

from attendance.domain.registers import BatchKind, MarkChange
from attendance.store.register_codec import Cells, Detail, day_of, pack, pack_details
from attendance.store.tables.registers import (
    MarkChangeRow,
    RegisterBatchRow,
    RegisterDayRow,
    RegisterImportRow,
)

_CHANGES_AT_A_TIME = 5000


@dataclass(frozen=True, slots=True)
class NewImport:
    """A file that changes something: its kind and hash, when, by whom and why it came, and what it does."""

    kind: str
    sha256: str
    received_at_utc: datetime
    received_by: str
    reason: str
    rows: int
    added: int
    corrected: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class NewMarks:
    """Sorted marks of one school to be added, and what was noted beside them, by place."""

    school_urn: str
    kind: BatchKind
    cells: Cells
    details: dict[int, Detail] = field(default_factory=dict)


class RegisterWriting:
    """Adds to the register in one database session."""

    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    def add_import(self, new: NewImport) -> int:
        """Add a received file and return its id."""
        row = RegisterImportRow(
            kind=new.kind,
            sha256=new.sha256,
            received_at_utc=new.received_at_utc,
            received_by=new.received_by,
            reason=new.reason,
            rows=new.rows,
            added=new.added,
            corrected=new.corrected,
            unchanged=new.unchanged,
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def add_marks(self, import_id: int, known_at: datetime, marks: Iterable[NewMarks]) -> None:
        """Add marks as batches that are known from this instant on, and note the days they make known."""
        rows = []
        given: dict[str, set[date]] = {}
        for new in marks:
            rows += [
                {
                    "import_id": import_id,
                    "school_urn": new.school_urn,
                    "kind": new.kind,
                    "first_day": day_of(int(part.cells.day.min())),
                    "last_day": day_of(int(part.cells.day.max())),
                    "known_at_utc": known_at,
                    "count": len(part.cells),
                    "marks": pack(part.cells),
                    "details": pack_details(part.details),
                }
                for part in _by_month(new)
            ]
            if new.kind is BatchKind.FIRST:
                given.setdefault(new.school_urn, set()).update(_days_in(new.cells.day))
        if rows:
            self._session.execute(insert(RegisterBatchRow), rows)
        if given:
            self._add_days(given, known_at)

    def add_changes(self, import_id: int, changes: Iterable[MarkChange]) -> None:
        """Add corrected marks."""
        rows = [
            {
                "import_id": import_id,
                "pupil_id": change.pupil_id,
                "school_urn": change.school_urn,
                "day": change.day,
                "session": change.session,
                "before": change.before,
                "after": change.after,
                "known_at_utc": change.known_at_utc,
                "changed_by": change.changed_by,
                "reason": change.reason,
            }
            for change in changes
        ]
        for start in range(0, len(rows), _CHANGES_AT_A_TIME):
            self._session.execute(insert(MarkChangeRow), rows[start : start + _CHANGES_AT_A_TIME])

    def _add_days(self, given: Mapping[str, set[date]], known_at: datetime) -> None:
        table = RegisterDayRow
        first, last = min(map(min, given.values())), max(map(max, given.values()))
        there = select(table.school_urn, table.day).where(
            table.school_urn.in_(given), table.day.between(first, last)
        )
        known = {(urn, day) for urn, day in self._session.execute(there)}
        rows = [
            {"school_urn": urn, "day": day, "known_at_utc": known_at}
            for urn in sorted(given)
            for day in sorted(given[urn])
            if (urn, day) not in known
        ]
        if rows:
            self._session.execute(insert(table), rows)


def _days_in(numbers: NDArray[np.uint16]) -> set[date]:
    return {day_of(number) for number in np.flatnonzero(np.bincount(numbers)).tolist()}


def _by_month(new: NewMarks) -> Iterator[NewMarks]:
    present = np.flatnonzero(np.bincount(new.cells.day))
    months = sorted({_month(day_of(number)) for number in present.tolist()})
    if len(months) == 1:
        yield new
        return
    month_of = np.zeros(int(present[-1]) + 1, dtype=np.int32)
    for number in present.tolist():
        month_of[number] = months.index(_month(day_of(number)))
    month_of_cell = month_of[new.cells.day]
    for index in range(len(months)):
        places = np.flatnonzero(month_of_cell == index)
        yield NewMarks(new.school_urn, new.kind, new.cells.take(places), _details_at(new.details, places))


def _details_at(details: dict[int, Detail], places: NDArray[np.int64]) -> dict[int, Detail]:
    if not details:
        return {}
    new_place = {old: new for new, old in enumerate(places.tolist())}
    return {new_place[old]: detail for old, detail in details.items() if old in new_place}


def _month(day: date) -> date:
    return day.replace(day=1)
