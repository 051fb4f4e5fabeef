"""Whether the tables still hold what the entries of the record say that acts left there.

- The last entry that tells of a column of a row says what stands in it now. A row that no entry tells of,
  and a row that is gone without an entry, are differences, too.
- The record is the measure: it is compared only where it is intact itself.
- A difference names the matter by its reference, and the entry; it never shows what stands there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from attendance.store.tables import metadata
from attendance.store.tables.base import table_of
from attendance.store.tables.record import RecordEntryRow
from attendance.store.wrote import Said, columns_of, compared, rows_as_stored, whole_digest

_ENTRY = table_of(RecordEntryRow)
_WROTE = select(_ENTRY.c.seq, _ENTRY.c.wrote).where(_ENTRY.c.wrote.is_not(None)).order_by(_ENTRY.c.seq)
_NAMED_BY = {"account": "name", "document": "sha256"}


@dataclass(slots=True)
class _Told:
    """What the entries say of one row: each column's value with the entry, and the first and last entry."""

    since: int
    last: int
    values: dict[str, tuple[Said, int]] = field(default_factory=dict)
    gone: bool = False


@dataclass(slots=True)
class _Record:
    """What all entries say: by table and key, and one hash with its entry for a table told of as a whole."""

    rows: dict[str, dict[str, _Told]] = field(default_factory=dict)
    whole: dict[str, tuple[str, int]] = field(default_factory=dict)


def differences(session: Session, secret: bytes) -> Iterator[str]:
    """Yield a sentence for everything in the tables that is not what an intact record says.

    Args:
        session: a reading session of the store.
        secret: what the hashes of texts in entries were made with.
    """
    record = _told(session)
    for name in compared():
        yield from _of_rows(session, name, record.rows.get(name, {}), secret)
    for name, (digest, seq) in sorted(record.whole.items()):
        if whole_digest(session, name, secret) != digest:
            yield f"{_spoken(name)}: what stands in the table is not what entry {seq} left there."


def _told(session: Session) -> _Record:
    record = _Record()
    for seq, text in session.execute(_WROTE.execution_options(yield_per=1000)):
        for name, said in json.loads(text).items():
            if isinstance(said, str):
                record.whole[name] = (said, seq)
                continue
            rows = record.rows.setdefault(name, {})
            for key, values in said.items():
                told = rows.get(key)
                if told is None or told.gone:
                    told = rows[key] = _Told(seq, seq)
                told.last, told.gone = seq, values is None
                for column, value in (values or {}).items():
                    told.values[column] = (value, seq)
    return record


def _of_rows(session: Session, name: str, told: dict[str, _Told], secret: bytes) -> Iterator[str]:
    columns = columns_of(name)
    met = set()
    for key, values in rows_as_stored(session, name, secret):
        met.add(key)
        one = told.get(key)
        if one is None or one.gone:
            yield f"{_named(session, name, key)}: no entry tells of it."
            continue
        for column, value in zip(columns, values, strict=True):
            expected, seq = one.values.get(column, (None, one.since))
            if value != expected:
                yield f"{_named(session, name, key)}: {column} is not what entry {seq} says."
    for key, one in told.items():
        if key not in met and not one.gone:
            yield f"{_spoken(name)} {key}: it is gone, and entry {one.last} tells of it."


def _named(session: Session, name: str, key: str) -> str:
    """Return the reference of a row, or its table and key where it has none."""
    table = metadata.tables[name]
    by = _NAMED_BY.get(name, "reference")
    if by not in table.columns:
        return f"{_spoken(name)} {key}"
    [own] = table.primary_key.columns
    found = session.scalar(select(table.columns[by]).where(own == (key if by == "sha256" else int(key))))
    return str(found) if by == "reference" else f"{_spoken(name)} {found}"


def _spoken(name: str) -> str:
    return name.replace("_", " ")
