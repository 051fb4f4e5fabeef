"""Entries of the record about one matter, each checked against its own hash and the one before it."""

import json
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from attendance.domain.record.chain import START
from attendance.domain.record.entry import COLUMNS, Entry
from attendance.store.queries.made import Page, Part, page
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.record import RecordEntryRow


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One act as the record keeps it.

    `intact` says that the entry has the hash it states and follows the hash of the entry before it. Whether
    the whole record is intact is for the verification of the record to say.
    """

    seq: int
    at_utc: str
    on_day: str
    actor: str
    role: str
    event: str
    school_urn: str | None
    step: str | None
    step_id: int | None
    payload: JsonValue
    previous_hash: str
    hash: str
    intact: bool


def entries_of_case(session: Session, case_id: int, part: Part) -> Page[EntryLine]:
    """Return the entries of a case in order."""
    return _entries(session, RecordEntryRow.case_id == case_id, part)


def latest_of_case(session: Session, case_id: int, part: Part) -> tuple[EntryLine, ...]:
    """Return the latest entries of a case, in order."""
    found = _entries(session, RecordEntryRow.case_id == case_id, part, newest_first=True)
    return found.items[::-1]


def entries_of_pupil(session: Session, pupil_id: int, part: Part) -> Page[EntryLine]:
    """Return the entries about a pupil and about the pupil's cases, the newest first."""
    cases = select(CaseRow.id).where(CaseRow.pupil_id == pupil_id)
    # an entry about a letter names the case, and no pupil
    about = or_(RecordEntryRow.pupil_id == pupil_id, RecordEntryRow.case_id.in_(cases))
    return _entries(session, about, part, newest_first=True)


def _entries(
    session: Session, about: ColumnElement[bool], part: Part, *, newest_first: bool = False
) -> Page[EntryLine]:
    before, seq = aliased(RecordEntryRow), RecordEntryRow.seq
    query = select(RecordEntryRow, before.hash).outerjoin(before, before.seq == seq - 1).where(about)
    if part.after_id is not None:
        query = query.where(seq < part.after_id if newest_first else seq > part.after_id)
    in_order = query.order_by(seq.desc() if newest_first else seq)
    rows = session.execute(in_order.limit(part.limit + 1)).all()
    return page(rows, part, lambda row: _line(row[0], row[1]), lambda row: str(row[0].seq))


def _line(row: RecordEntryRow, before: str | None) -> EntryLine:
    entry = Entry(**{column: getattr(row, column) for column in COLUMNS})
    follows = entry.previous_hash == (before if entry.seq > 1 else START.hash)
    return EntryLine(
        seq=entry.seq,
        at_utc=entry.at_utc,
        on_day=entry.on_day,
        actor=entry.actor,
        role=entry.role,
        event=entry.event,
        school_urn=entry.school_urn,
        step=entry.step,
        step_id=entry.step_id,
        payload=json.loads(entry.payload),
        previous_hash=entry.previous_hash,
        hash=entry.hash,
        intact=follows and entry.computed_hash() == entry.hash,
    )
