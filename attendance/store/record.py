"""Reads and extends the record's tables.

- Only an act appends, while it holds the lock on the record's end.
- What is read for verification is read as stored, however damaged.
"""

from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from attendance.domain.record.chain import End, Expected, Verdict, verify
from attendance.domain.record.entry import COLUMNS, Entry
from attendance.domain.record.seal import Seal
from attendance.store.errors import RecordEndMissing
from attendance.store.tables.base import table_of
from attendance.store.tables.record import RecordCheckpointRow, RecordEntryRow, RecordTailRow

_ENTRY = table_of(RecordEntryRow)
_CHECKPOINT = table_of(RecordCheckpointRow)
_TAIL = table_of(RecordTailRow)
_BATCH = 1000

_ALL_ENTRIES = select(_ENTRY).order_by(_ENTRY.c.seq)
_READ_END = select(_TAIL.c.seq, _TAIL.c.hash)
_LOCK_END = select(_TAIL.c.id).with_for_update()
_ADD_ENTRY = insert(_ENTRY)
_MOVE_END = update(_TAIL).values(seq=bindparam("last_seq"), hash=bindparam("last_hash"))


def begin_record(connection: Connection, end: End) -> None:
    """Store the end of a record that has no entry yet, unless one is stored."""
    if connection.execute(select(_TAIL.c.seq)).first() is None:
        connection.execute(insert(_TAIL).values(id=1, seq=end.seq, hash=end.hash))


def lock_end(session: Session) -> End:
    """Return the stored end of the record, locked until the transaction ends; raises `RecordEndMissing`.

    SQLite locks the whole database as the transaction begins.
    """
    session.execute(_LOCK_END)
    return stored_end(session)


def append(session: Session, entry: Entry) -> None:
    """Add the entry and move the end of the record to it."""
    session.execute(_ADD_ENTRY, asdict(entry))
    session.execute(_MOVE_END, {"last_seq": entry.seq, "last_hash": entry.hash})


def add_checkpoint(session: Session, seal: Seal) -> None:
    """Keep a signed checkpoint."""
    session.execute(insert(_CHECKPOINT), asdict(seal))


def has_checkpoint(session: Session, seq: int) -> bool:
    """Say whether a checkpoint is kept at this number."""
    return session.execute(select(_CHECKPOINT.c.seq).where(_CHECKPOINT.c.seq == seq)).first() is not None


def stored_end(session: Session) -> End:
    """Return the stored end of the record; raises `RecordEndMissing`."""
    end = _end(session)
    if end is None:
        raise RecordEndMissing
    return end


def entries(session: Session) -> Generator[Entry]:
    """Yield every entry in order of its number, as stored; close it when leaving early."""
    with session.execute(_ALL_ENTRIES, execution_options={"yield_per": _BATCH}) as result:
        for row in result.mappings():
            yield Entry(**{column: row[column] for column in COLUMNS})


def checkpoints(session: Session) -> tuple[Seal, ...]:
    """Return the signed checkpoints in order of their number."""
    rows = session.execute(select(_CHECKPOINT).order_by(_CHECKPOINT.c.seq))
    return tuple(
        Seal(
            seq=row.seq, hash=row.hash, at_utc=row.at_utc, public_key=row.public_key, signature=row.signature
        )
        for row in rows
    )


def verify_record(session: Session, *, head: Seal | None, public_key: str) -> Verdict:
    """Check the whole record against its stored end, its checkpoints and the head from outside, if any."""
    tail, signed = _end(session), checkpoints(session)
    expected = Expected(tail=tail, checkpoints=signed, head=head, public_key=public_key)
    with closing(entries(session)) as stored:
        return verify(stored, expected)


def _end(session: Session) -> End | None:
    row = session.execute(_READ_END).first()
    return End(row.seq, row.hash) if row else None
