"""The register read from the store: marks as they stand now, or as they were known at any instant.

- The register at an instant is the first marks known by then, with the corrections known by then in place,
  the last one winning. Nothing else decides what a mark is.
- A day for which no mark was ever given is a day without a register, not a day without absence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session as DatabaseSession

from attendance.domain.errors import BrokenIntegrity
from attendance.domain.registers import BatchKind, Mark, MarkChange, Session
from attendance.store.asked_once import answers_of, asked_once
from attendance.store.register_codec import (
    Cells,
    join,
    open_packed,
    override,
)
from attendance.store.tables.registers import (
    MarkChangeRow,
    RegisterBatchRow,
    RegisterDayRow,
    RegisterImportRow,
)

NOTHING_READ: tuple[date, date, tuple[Mark, ...]] = (date.max, date.min, ())


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file that was received before: its hash, when, by whom and what it did."""

    id: int
    kind: str
    sha256: str
    received_at_utc: datetime
    received_by: str
    rows: int
    added: int
    corrected: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch as it stands in the store, unopened."""

    school_urn: str
    kind: BatchKind
    first_day: date
    last_day: date
    known_at_utc: datetime
    count: int
    marks: bytes


class Registers:
    """Reads registers in one database session."""

    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    def marks_of(
        self,
        pupil_id: int,
        school_urn: str,
        since: date,
        until: date,
        known_at: datetime | None = None,
    ) -> tuple[Mark, ...]:
        """Return a pupil's marks at a school from `since` to `until`, in order of day and session.

        As they stand now, or as they were known at an instant; each with the instant it became known.
        """
        answers, asked = answers_of(self._session), ("marks", pupil_id, school_urn, known_at)
        first, last, marks = (answers or {}).get(asked, NOTHING_READ)
        if first <= since and until <= last:
            return tuple(mark for mark in marks if since <= mark.day <= until)
        batches = self.batches((school_urn,), since, until, known_at, pupil_id=pupil_id)
        marks = _marks_in(batches, pupil_id, since, until)
        if answers is not None:
            answers[asked] = (since, until, marks)  # of a year's marks, what is asked next is a part
        return marks

    def read_ahead(self, pupil_id: int, school_urns: Sequence[str], since: date, until: date) -> None:
        """Put one question for a pupil's marks at several schools, where a reading will ask for each."""
        answers = answers_of(self._session)
        if answers is None:
            return
        found = self.batches_by_school(school_urns, since, until, pupil_id=pupil_id)
        for urn in school_urns:
            marks = _marks_in(found.get(urn, ()), pupil_id, since, until)
            answers["marks", pupil_id, urn, None] = (since, until, marks)

    def history_of(
        self, pupil_id: int, school_urn: str, day: date, session: Session
    ) -> tuple[MarkChange, ...]:
        """Return what happened to one mark: how it came in (`before` empty), then each correction.

        Empty where the session never had a mark.
        """
        query = (
            _batches((school_urn,), day, day, None)
            .where(RegisterBatchRow.kind == BatchKind.FIRST)
            .add_columns(RegisterImportRow.received_by, RegisterImportRow.reason)
            .join(RegisterImportRow, RegisterImportRow.id == RegisterBatchRow.import_id)
        )
        for row in self._session.execute(query):
            marks = open_packed(row.marks).marks_of(pupil_id)
            for after in (code for *when, code in marks if when == [day, session]):
                came = (row.known_at_utc, row.received_by, row.reason)
                first = MarkChange(pupil_id, school_urn, day, session, "", after, *came)
                later = _changes(pupil_id, school_urn).where(
                    MarkChangeRow.day == day, MarkChangeRow.session == session
                )
                return (first, *self._changes(later))
        return ()

    @asked_once()
    def changes_of(self, pupil_id: int, school_urn: str) -> tuple[MarkChange, ...]:
        """Return every corrected mark of a pupil at a school, in the order in which they became known."""
        return self._changes(_changes(pupil_id, school_urn))

    def changes_after(self, pupil_id: int, school_urn: str, known_after: datetime) -> tuple[MarkChange, ...]:
        """Return the corrected marks of a pupil at a school that became known later than an instant."""
        return self._changes(_changes(pupil_id, school_urn).where(MarkChangeRow.known_at_utc > known_after))

    @asked_once()
    def days_given(self, school_urn: str) -> tuple[date, ...]:
        """Return the days for which a school has given a register, in order."""
        query = select(RegisterDayRow.day).where(RegisterDayRow.school_urn == school_urn)
        return tuple(sorted(self._session.scalars(query)))

    def weeks_given(self, school_urn: str) -> tuple[date, ...]:
        """Return the Mondays of the weeks for which a school has given a register, in order."""
        weeks = {day - timedelta(days=day.weekday()) for day in self.days_given(school_urn)}
        return tuple(sorted(weeks))

    def received(self, kind: str, sha256: str) -> ReceivedFile | None:
        """Return the latest import of a file of this kind with these bytes, or None."""
        row = self._session.scalar(
            select(RegisterImportRow)
            .where(RegisterImportRow.kind == kind, RegisterImportRow.sha256 == sha256)
            .order_by(RegisterImportRow.id.desc())
            .limit(1)
        )
        if row is None:
            return None
        return ReceivedFile(
            id=row.id,
            kind=row.kind,
            sha256=row.sha256,
            received_at_utc=row.received_at_utc,
            received_by=row.received_by,
            rows=row.rows,
            added=row.added,
            corrected=row.corrected,
        )

    def latest_known_at(self) -> datetime | None:
        """Return the instant of the latest import, or None before the first."""
        return self._session.scalar(select(func.max(RegisterImportRow.received_at_utc)))

    def cells_of_school(
        self, school_urn: str, since: date, until: date, known_at: datetime | None = None
    ) -> Cells:
        """Return the marks of a school as sorted columns, as they stand now or were known at an instant."""
        return cells_in(self.batches((school_urn,), since, until, known_at), since, until)

    def batches(
        self,
        school_urns: Sequence[str] | None,
        since: date,
        until: date,
        known_at: datetime | None = None,
        *,
        pupil_id: int | None = None,
    ) -> list[Batch]:
        """Return the batches that touch these days, by school, in the order in which they came in.

        For one pupil, corrections by imports that changed none of the pupil's marks are left out.
        """
        query = _batches(school_urns, since, until, known_at)
        if pupil_id is not None:
            changed = select(MarkChangeRow.import_id).where(MarkChangeRow.pupil_id == pupil_id)
            first = RegisterBatchRow.kind == BatchKind.FIRST
            query = query.where(or_(first, RegisterBatchRow.import_id.in_(changed)))
        return [Batch(*row) for row in self._session.execute(query)]

    def batches_by_school(
        self, school_urns: Sequence[str], since: date, until: date, *, pupil_id: int | None = None
    ) -> dict[str, tuple[Batch, ...]]:
        """Return the batches of these schools that touch these days, by school, as they came in."""
        batches = self.batches(school_urns, since, until, pupil_id=pupil_id)
        found = groupby(batches, key=lambda batch: batch.school_urn)
        return {urn: tuple(batches) for urn, batches in found}

    def _changes(self, query: Select[MarkChangeRow]) -> tuple[MarkChange, ...]:
        return tuple(
            MarkChange(
                pupil_id=row.pupil_id,
                school_urn=row.school_urn,
                day=row.day,
                session=row.session,
                before=row.before,
                after=row.after,
                known_at_utc=row.known_at_utc,
                changed_by=row.changed_by,
                reason=row.reason,
            )
            for row in self._session.scalars(query)
        )


def _marks_in(batches: Iterable[Batch], pupil_id: int, since: date, until: date) -> tuple[Mark, ...]:
    """Return the marks of a pupil that the batches of one school make up, in order of day and session."""
    marks: dict[tuple[date, Session], Mark] = {}
    for batch in batches:
        for day, session, code in open_packed(batch.marks).marks_of(pupil_id):
            if since <= day <= until:
                marks[day, session] = Mark(day, session, code, batch.known_at_utc)
    return tuple(marks[key] for key in sorted(marks))


def cells_in(batches: Iterable[Batch], since: date, until: date) -> Cells:
    """Return the sorted marks that the batches of one school make up between two days."""
    return join(corrected(batches, since, until)).sorted()


def corrected(batches: Iterable[Batch], since: date, until: date) -> Iterator[Cells]:
    """Yield the first marks of each batch of one school, with the corrections of all batches in place.

    Raises `BrokenIntegrity` where a correction stands for a session that has no mark.
    """
    firsts: list[Batch] = []
    later: list[tuple[Batch, Cells]] = []
    for batch in batches:
        if batch.last_day < since or until < batch.first_day:
            continue
        if batch.kind is BatchKind.FIRST:
            firsts.append(batch)
        else:
            later.append((batch, _opened(batch, since, until)))
    left = sum(len(cells) for _, cells in later)
    for batch in firsts:
        touching = (
            cells
            for one, cells in later
            if one.first_day <= batch.last_day and batch.first_day <= one.last_day
        )
        cells, found = override(_opened(batch, since, until), touching)
        left -= found
        yield cells
    if left:
        raise BrokenIntegrity(
            "A correction stands for a session that has no mark. Restore the database from a backup."
        )


def _opened(batch: Batch, since: date, until: date) -> Cells:
    cells = open_packed(batch.marks).cells()
    within = since <= batch.first_day and batch.last_day <= until
    return cells if within else cells.between(since, until)


def _batches(
    school_urns: Sequence[str] | None, since: date, until: date, known_at: datetime | None
) -> Select[str, BatchKind, date, date, datetime, int, bytes]:
    table = RegisterBatchRow
    columns = (table.kind, table.first_day, table.last_day, table.known_at_utc, table.count, table.marks)
    query = (
        select(table.school_urn, *columns)
        .where(table.first_day <= until, table.last_day >= since)
        .order_by(table.school_urn, table.id)
    )
    if school_urns is not None:
        query = query.where(table.school_urn.in_(school_urns))
    if known_at is not None:
        query = query.where(table.known_at_utc <= known_at)
    return query


def _changes(pupil_id: int, school_urn: str) -> Select[MarkChangeRow]:
    table = MarkChangeRow
    return select(table).where(table.pupil_id == pupil_id, table.school_urn == school_urn).order_by(table.id)
