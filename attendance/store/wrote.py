"""What an act left in the tables, said in its entry of the record.

- Each row that an act adds, changes or takes away is said by its table and key: every column of a new row
  that is not empty, the changed ones of an old row.
- Numbers, days and instants stand as they are; a text stands as a hash that only the store's key can make,
  so that nobody can guess a name from it.
- Tables that files fill stand as one such hash over all their rows.
- `NOT_COMPARED` says of every other table why nothing is said of it.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

from sqlalchemy import Column, Date, LargeBinary, Table, event, inspect, select, type_coerce
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.types import NullType

from attendance.domain.moment import utc_text
from attendance.store.tables import metadata
from attendance.store.tables.base import Base, UtcDateTime, table_of

if TYPE_CHECKING:
    from sqlalchemy.orm.unitofwork import UOWTransaction
    from sqlalchemy.sql.elements import ColumnElement

Said = int | str | None
Rows = Mapping[str, "str | Mapping[str, Mapping[str, Said] | None]"]
"""By table: one hash over all rows, or by key what a row holds in columns; None for a row taken away."""

WHOLE = frozenset(
    {
        "account_school",
        "adult",
        "adult_address",
        "attendance_total",
        "calendar_period",
        "enrolment",
        "parent_link",
        "pupil",
        "pupil_flag",
        "school",
        "staff_member",
    }
)
"""Tables that files fill, many rows at a time."""

NOT_COMPARED: Mapping[str, str] = {
    "access_log": "no act: who read what",
    "duty": "written anew by each act from what it is about",
    "mark_change": "checked by the hash of its import",
    "month_count": "counted from the marks",
    "outbox": "what waits to be sent changes as it goes",
    "reason": "checked by its own salted hash; its text may be erased",
    "record_checkpoint": "the record itself",
    "record_entry": "the record itself",
    "record_tail": "the record itself",
    "reference": "a counter",
    "register_batch": "checked by the hash of its import",
    "register_day": "follows from the marks",
    "schema_revision": "compared when the store is opened",
    "sign_in": "no act: who signed in",
    "web_session": "no act: who is signed in",
}
_HASH_LENGTH = 32
_KEY_MARK = "|"


class Wrote:
    """Watches what one act does to the rows of its session."""

    def __init__(self, session: Session, secret: bytes) -> None:
        self._session = session
        self._secret = secret
        self._changed: dict[Base, set[str]] = {}
        self._new: set[Base] = set()
        self._gone: list[tuple[str, str]] = []
        self._whole: set[str] = set()
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "do_orm_execute", self._before_statement)

    def text(self) -> str | None:
        """Return what is in the rows written since the last call as canonical JSON; None for no such row."""
        said: dict[str, str | dict[str, dict[str, Said] | None]] = {
            name: whole_digest(self._session, name, self._secret) for name in self._whole
        }
        for name, row, values in self._rows():
            of_table = said.setdefault(name, {})
            assert isinstance(of_table, dict)
            of_table[row] = values
        self._changed, self._new, self._gone, self._whole = {}, set(), [], set()
        return json.dumps(said, sort_keys=True, separators=(",", ":")) if said else None

    @property
    def anything(self) -> bool:
        """Whether rows that the record tells of were written since `text` was asked."""
        return bool(self._changed or self._gone or self._whole)

    def _rows(self) -> Iterator[tuple[str, str, dict[str, Said] | None]]:
        for row, names in self._changed.items():
            table = table_of(type(row))
            held = {name: _said(getattr(row, name), self._secret) for name in names}
            if row in self._new:
                held = {name: value for name, value in held.items() if value is not None}
            yield table.name, _key_of(table, row), held
        for name, key in self._gone:
            yield name, key, None

    def _before_flush(self, session: Session, _flush: "UOWTransaction", _rows: object) -> None:
        for row in session.new:
            self._note(row, new=True)
        for row in session.dirty:
            self._note(row, new=False)
        for row in session.deleted:
            table = table_of(type(row))
            if table.name in WHOLE:
                self._whole.add(table.name)
            elif table.name not in NOT_COMPARED:
                self._changed.pop(row, None)
                self._gone.append((table.name, _key_of(table, row)))

    def _note(self, row: Base, *, new: bool) -> None:
        table = table_of(type(row))
        if table.name in NOT_COMPARED:
            return
        attributes = inspect(row).attrs
        names = {name for name in columns_of(table.name) if new or attributes[name].history.has_changes()}
        if table.name in WHOLE and names:
            self._whole.add(table.name)
        elif names:
            self._changed.setdefault(row, set()).update(names)
            self._new |= {row} if new else set()

    def _before_statement(self, state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            table = getattr(state.statement, "table", None)
            name = table.name if isinstance(table, Table) else ""
            if name in WHOLE:
                self._whole.add(name)
            elif name not in NOT_COMPARED:
                raise UnwatchedWriting(name)


class UnwatchedWriting(RuntimeError):  # noqa: N818 - reads as what happened
    """Many rows at once were written in a table whose rows the record tells of one by one: a bug."""

    def __init__(self, table: str) -> None:
        super().__init__(f"Rows of {table} are written through the session's objects, one by one.")


@cache
def compared() -> tuple[str, ...]:
    """Return the tables whose rows entries tell of one by one."""
    return tuple(
        table.name
        for table in metadata.sorted_tables
        if table.name not in WHOLE and table.name not in NOT_COMPARED
    )


@cache
def columns_of(name: str) -> tuple[str, ...]:
    """Return the columns of a table that entries tell of: all but the bytes of documents."""
    columns = metadata.tables[name].columns
    return tuple(column.name for column in columns if not isinstance(column.type, LargeBinary))


def rows_as_stored(session: Session, name: str, secret: bytes) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """Yield the key and the values of every row of a table, however damaged, as an entry says them."""
    table = metadata.tables[name]
    keys = tuple(table.primary_key.columns)
    wanted = [_raw(table.columns[column]) for column in columns_of(name)]
    query = select(*map(_raw, keys), *wanted).order_by(*keys).execution_options(yield_per=1000)
    count, days = len(keys), [_is_day(column) for column in map(table.columns.__getitem__, columns_of(name))]
    for row in session.execute(query):
        values = tuple(row)
        yield (
            _KEY_MARK.join(map(str, values[:count])),
            tuple(map(_said, values[count:], repeat(secret), days)),
        )


def whole_digest(session: Session, name: str, secret: bytes) -> str:
    """Return the hash over every row of a table as it stands."""
    digest = hmac.new(secret, name.encode(), "sha256")
    for key, values in rows_as_stored(session, name, secret):
        digest.update(json.dumps([key, values]).encode() + b"\n")
    return digest.hexdigest()


def _said(value: object, secret: bytes, is_day: bool = False) -> Said:  # noqa: FBT001, FBT002
    """Return what an entry says of a value; `is_day` where the database may hold a day or instant as text."""
    if value is None or (is_day and isinstance(value, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    content = value.encode(errors="surrogateescape") if isinstance(value, str) else repr(value).encode()
    return hmac.digest(secret, content, "sha256").hex()[:_HASH_LENGTH]


def _is_day(column: "Column[object]") -> bool:
    return isinstance(column.type, Date | UtcDateTime)


def _raw(column: "Column[object]") -> "ColumnElement[object]":
    """Return the column to be read without its type, which could refuse what somebody put there."""
    return type_coerce(column, NullType())


def _key_of(table: Table, row: Base) -> str:
    return _KEY_MARK.join(str(getattr(row, column.name)) for column in table.primary_key.columns)
