"""What ties the marks to the record: one hash over everything that an import added.

- The entry of an import holds the hash; the marks themselves are not in the record.
- `altered` names the imports whose marks, notes or corrections are not what their entry says, and imports
  that no entry tells of.
"""

import json
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from attendance.domain.moment import utc_text
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.registers import MarkChangeRow, RegisterBatchRow, RegisterImportRow

KIND = "register"
EVENT = "register.imported"


def digest_of(session: Session, import_id: int) -> str:
    """Return the SHA-256, in hexadecimal, over the batches and corrected marks of an import as they stand."""
    digest = sha256()
    batches = select(RegisterBatchRow).where(RegisterBatchRow.import_id == import_id)
    for batch in session.scalars(batches.order_by(RegisterBatchRow.id)):
        digest.update(
            _line(
                batch.school_urn,
                batch.kind.value,
                batch.first_day.isoformat(),
                batch.last_day.isoformat(),
                utc_text(batch.known_at_utc),
                str(batch.count),
                sha256(batch.marks).hexdigest(),
                sha256(batch.details or b"").hexdigest(),
            )
        )
        session.expunge(batch)
    changes = select(MarkChangeRow).where(MarkChangeRow.import_id == import_id)
    for change in session.scalars(changes.order_by(MarkChangeRow.id)):
        digest.update(
            _line(
                str(change.pupil_id),
                change.school_urn,
                change.day.isoformat(),
                change.session.value,
                change.before,
                change.after,
                utc_text(change.known_at_utc),
                change.changed_by,
                change.reason,
            )
        )
    return digest.hexdigest()


def altered(session: Session) -> tuple[int, ...]:
    """Return the imports of registers that are not as the record says, by id."""
    said = {}
    for text in session.scalars(select(RecordEntryRow.payload).where(RecordEntryRow.event == EVENT)):
        try:
            payload = json.loads(text)
            said[payload["import"]] = payload["marks"]
        except (ValueError, KeyError, TypeError):  # an altered entry; the chain names it
            continue
    there = session.scalars(select(RegisterImportRow.id).where(RegisterImportRow.kind == KIND)).all()
    faults = {number for number in there if said.get(number) != _digest_or_none(session, number)}
    return tuple(sorted(faults | (said.keys() - set(there))))


def _digest_or_none(session: Session, import_id: int) -> str | None:
    try:
        return digest_of(session, import_id)
    except (ValueError, LookupError, TypeError):  # what stands there cannot be what was written
        return None


def _line(*parts: str) -> bytes:
    return (json.dumps(parts, ensure_ascii=False) + "\n").encode()
