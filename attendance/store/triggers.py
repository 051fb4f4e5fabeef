"""Triggers that hold the record and every append-only table to what they are.

- An entry's number is the last one plus one, and its previous hash is the last one's hash.
- No row of an append-only table is changed, deleted, truncated or replaced; the end of the record moves only
  to its last entry.
- They are written anew after every migration, because a migration that re-creates a table drops its triggers,
  and compared, text by text, whenever a store is opened or verified.
- SQLite's `INSERT OR REPLACE` fires no delete trigger on a connection that does not ask for it, so a row
  whose key is already there is refused before it is inserted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, UniqueConstraint, text

from attendance.domain.record.entry import GENESIS
from attendance.store.errors import TriggersMissing
from attendance.store.tables import metadata  # noqa: F401 - every table must be known
from attendance.store.tables.base import append_only_tables


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger: its name, its table and the statement that creates it."""

    name: str
    table: str
    statement: str


_LAST_SEQ = "(SELECT coalesce(max(seq), 0) FROM record_entry)"
_LAST_HASH = f"coalesce((SELECT hash FROM record_entry ORDER BY seq DESC LIMIT 1), '{GENESIS}')"  # noqa: S608
_CHAIN_MESSAGE = "an entry of the record must follow on the last one"
_TAIL_MESSAGE = "the end of the record is its last entry"


def install(connection: Connection) -> None:
    """Create every trigger anew in the current transaction."""
    if connection.dialect.name == "sqlite":
        for trigger in sqlite_triggers():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name}")
            connection.exec_driver_sql(trigger.statement)
        return
    for name, body in _FUNCTIONS.items():
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
        )
    for trigger in postgresql_triggers():
        connection.exec_driver_sql(
            trigger.statement.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER", 1)
        )
        connection.exec_driver_sql(f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}")


def check(connection: Connection) -> None:
    """Raise `TriggersMissing` naming every trigger that is missing, switched off or altered."""
    missing = faults(connection)
    if missing:
        raise TriggersMissing(missing)


def faults(connection: Connection) -> tuple[str, ...]:
    """Return the name of every trigger that is missing, switched off or altered."""
    on_sqlite = connection.dialect.name == "sqlite"
    return tuple(_sqlite_faults(connection) if on_sqlite else _postgresql_faults(connection))


def expected_names(dialect: str) -> tuple[str, ...]:
    """Return the names of the triggers that a database of this kind must have."""
    triggers = sqlite_triggers() if dialect == "sqlite" else postgresql_triggers()
    return tuple(trigger.name for trigger in triggers)


# SQLite


def sqlite_triggers() -> list[Trigger]:
    """Return the triggers of an SQLite store."""
    triggers = [
        _refuse(
            "record_entry_chain",
            "BEFORE INSERT ON record_entry",
            f"WHERE NEW.seq IS NOT {_LAST_SEQ} + 1 OR NEW.previous_hash IS NOT {_LAST_HASH}",
            _CHAIN_MESSAGE,
        ),
        _refuse(
            "record_tail_single",
            "BEFORE INSERT ON record_tail",
            "WHERE EXISTS (SELECT 1 FROM record_tail)",
            _TAIL_MESSAGE,
        ),
        _refuse(
            "record_tail_moves",
            "BEFORE UPDATE ON record_tail",
            f"WHERE NEW.seq IS NOT {_LAST_SEQ} OR NEW.hash IS NOT {_LAST_HASH}",
            _TAIL_MESSAGE,
        ),
        _refuse("record_tail_stays", "BEFORE DELETE ON record_tail", "", _TAIL_MESSAGE),
    ]
    for table in append_only_tables():
        message = f"{table.name} is append-only"
        triggers += [
            _refuse(f"{table.name}_no_update", f"BEFORE UPDATE ON {table.name}", "", message),
            _refuse(f"{table.name}_no_delete", f"BEFORE DELETE ON {table.name}", "", message),
            _refuse(
                f"{table.name}_no_replace", f"BEFORE INSERT ON {table.name}", _already_there(table), message
            ),
        ]
    return triggers


def _refuse(name: str, when: str, condition: str, message: str) -> Trigger:
    select = f"SELECT RAISE(ABORT, '{message}') {condition}".rstrip()
    table = when.rsplit(" ", 1)[1]
    return Trigger(name, table, f"CREATE TRIGGER {name} {when} BEGIN {select}; END")


def _already_there(table: Table) -> str:
    keys = [list(table.primary_key.columns)]
    keys += [list(rule.columns) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    keys += [list(index.columns) for index in table.indexes if index.unique]
    found = sorted(" AND ".join(f"{column.name} = NEW.{column.name}" for column in key) for key in keys)
    rows = [f"SELECT 1 FROM {table.name} WHERE {condition}" for condition in found]  # noqa: S608 - our own names
    return "WHERE " + " OR ".join(f"EXISTS ({row})" for row in rows)


def _sqlite_faults(connection: Connection) -> list[str]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = {row.name: row.sql for row in rows}
    return [trigger.name for trigger in sqlite_triggers() if there.get(trigger.name) != trigger.statement]


# PostgreSQL

_FUNCTIONS = {
    "refuse_change": """
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only';
END
""",
    "refuse_unchained": f"""
BEGIN
    IF NEW.seq IS DISTINCT FROM {_LAST_SEQ} + 1 OR NEW.previous_hash IS DISTINCT FROM {_LAST_HASH} THEN
        RAISE EXCEPTION '{_CHAIN_MESSAGE}';
    END IF;
    RETURN NEW;
END
""",
    "refuse_other_end": f"""
BEGIN
    IF NEW.seq IS DISTINCT FROM {_LAST_SEQ} OR NEW.hash IS DISTINCT FROM {_LAST_HASH} THEN
        RAISE EXCEPTION '{_TAIL_MESSAGE}';
    END IF;
    RETURN NEW;
END
""",
}


def postgresql_triggers() -> list[Trigger]:
    """Return the triggers of a PostgreSQL store."""
    rows = [
        ("record_entry_chain", "record_entry", "BEFORE INSERT", "ROW", "refuse_unchained"),
        ("record_tail_moves", "record_tail", "BEFORE UPDATE", "ROW", "refuse_other_end"),
        ("record_tail_stays", "record_tail", "BEFORE DELETE OR TRUNCATE", "STATEMENT", "refuse_change"),
    ]
    rows += [
        (
            f"{table.name}_append_only",
            table.name,
            "BEFORE DELETE OR UPDATE OR TRUNCATE",
            "STATEMENT",
            "refuse_change",
        )
        for table in append_only_tables()
    ]
    return [
        Trigger(
            name,
            table,
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()",
        )
        for name, table, when, each, function in rows
    ]


_INSTALLED = text(
    """
    SELECT t.tgname AS name, t.tgenabled AS enabled, pg_get_triggerdef(t.oid, true) AS definition,
           p.proname AS function, p.prosrc AS source
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
    """
)


def _postgresql_faults(connection: Connection) -> Sequence[str]:
    there = {
        row.name: row.definition
        for row in connection.execute(_INSTALLED)
        if row.enabled in {"A", b"A"} and _FUNCTIONS.get(row.function) == row.source
    }
    return [trigger.name for trigger in postgresql_triggers() if there.get(trigger.name) != trigger.statement]
