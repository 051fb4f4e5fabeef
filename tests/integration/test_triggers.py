"""The database itself refuses to let the record and the other append-only tables be changed."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from attendance.store import triggers
from attendance.store.engine import database_url
from attendance.store.errors import StoreNotPrepared, TriggersMissing
from attendance.store.tables.base import append_only_tables
from attendance.store.unit_of_work import Store
from tests.support.acts import NOON, OFFICER, note
from tests.support.behind import behind

NEXT = (
    "INSERT INTO record_entry (seq, at_utc, on_day, actor, role, event, payload, previous_hash, hash) "
    "VALUES ({seq}, 'x', 'x', 'x', 'x', 'x', '{{}}', {previous}, 'x')"
)
LAST = "(SELECT hash FROM record_entry ORDER BY seq DESC LIMIT 1)"


def refused(store, statement):
    with (
        behind(store) as connection,
        pytest.raises(DBAPIError, match=r"append-only|must follow|its last entry"),
    ):
        connection.execute(text(statement))


@pytest.fixture
def written(store):
    """A store with three entries, a checkpoint, a document and a reason."""
    from attendance.domain.record.entry import Subject

    note(store)
    with store.act(OFFICER, NOON) as act:
        act.keep(b"letter", media_type="text/plain", file_name="a.txt")
        act.reasons.keep("late_answer", "The school was closed.")
        act.record("account.closed", subject=Subject(), payload={"account": 2})
    note(store)
    store.seal(NOON)
    return store


@pytest.mark.parametrize("table", ["record_entry", "record_checkpoint", "document", "reason"])
def test_no_row_can_be_changed_deleted_or_truncated(written, table):
    column = append_column(table)
    refused(written, f"UPDATE {table} SET {column} = {column}")
    refused(written, f"DELETE FROM {table}")
    if written.url.startswith("postgresql"):
        refused(written, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", ["record_entry", "record_checkpoint", "document", "reason"])
def test_no_row_can_be_replaced(written, table):
    if written.url.startswith("sqlite"):
        refused(written, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        refused(written, f"REPLACE INTO {table} SELECT * FROM {table}")
        refused(written, f"UPDATE OR REPLACE {table} SET {append_column(table)} = '1'")
    column = append_column(table)
    key = {"document": "sha256", "reason": "hash"}.get(table, "seq")
    refused(
        written,
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
        f"ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}",
    )


def append_column(table):
    return {"document": "file_name", "reason": "text"}.get(table, "hash")


@pytest.mark.parametrize(
    ("seq", "previous"), [("5", LAST), ("3", LAST), ("-1", LAST), ("4", "'x'"), ("4", f"'{'0' * 64}'")]
)
def test_an_entry_that_does_not_follow_on_the_last_one_is_refused(written, seq, previous):
    refused(written, NEXT.format(seq=seq, previous=previous))


def test_the_first_entry_must_follow_on_nothing(store):
    refused(store, NEXT.format(seq=1, previous="'x'"))
    refused(store, NEXT.format(seq=2, previous=f"'{'0' * 64}'"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_tail SET seq = 2",
        "UPDATE record_tail SET hash = 'x'",
        "UPDATE record_tail SET seq = 4",
        "DELETE FROM record_tail",
    ],
)
def test_the_stored_end_cannot_be_moved_away_from_the_last_entry(written, statement):
    refused(written, statement)


def test_there_is_only_one_stored_end(written):
    with behind(written) as connection, pytest.raises(DBAPIError):
        connection.execute(text("INSERT INTO record_tail (id, seq, hash) VALUES (2, 0, 'x')"))
    if written.url.startswith("sqlite"):
        refused(written, "INSERT OR REPLACE INTO record_tail (id, seq, hash) VALUES (1, 0, 'x')")


def test_every_append_only_table_has_its_triggers(store):
    names = " ".join(triggers.expected_names(database_url(store.url).get_backend_name()))
    assert {table.name for table in append_only_tables()} >= {"record_entry", "record_checkpoint", "document"}
    for table in append_only_tables():
        assert table.name in names


def drop_one(store, name):
    with behind(store) as connection:
        if store.url.startswith("sqlite"):
            connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            table = next(row.table for row in triggers.postgresql_triggers() if row.name == name)
            connection.execute(text(f"DROP TRIGGER {name} ON {table}"))


def test_a_store_that_lacks_any_one_trigger_is_not_opened_and_is_made_whole_again(store):
    for name in triggers.expected_names(database_url(store.url).get_backend_name()):
        drop_one(store, name)
        with pytest.raises(TriggersMissing) as caught:
            Store.open(store.url, store.folder)
        assert caught.value.names == (name,)
        assert store.examine(None).triggers == (name,)
        Store.create(store.url, store.folder).close()
        assert store.examine(None).intact


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "weakened",
    [
        "ALTER TABLE record_entry DISABLE TRIGGER record_entry_append_only",
        "ALTER TABLE record_entry ENABLE REPLICA TRIGGER record_entry_append_only",
        """CREATE OR REPLACE TRIGGER record_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE
           ON record_entry FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION refuse_change()""",
        """CREATE OR REPLACE FUNCTION refuse_unchained() RETURNS trigger LANGUAGE plpgsql AS
           'BEGIN RETURN NEW; END'""",
    ],
)
def test_a_weakened_trigger_on_postgresql_counts_as_missing(stores, weakened):
    store = stores.make("postgresql")
    with behind(store) as connection:
        connection.execute(text(weakened))
    assert store.examine(None).triggers


def test_a_weakened_trigger_on_sqlite_counts_as_missing(sqlite_store):
    with behind(sqlite_store) as connection:
        connection.execute(text("DROP TRIGGER document_no_delete"))
        connection.execute(
            text("CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN SELECT 1; END")
        )
    assert sqlite_store.examine(None).triggers == ("document_no_delete",)


@pytest.mark.postgresql
def test_replication_mode_does_not_switch_the_triggers_off(stores):
    store = stores.make("postgresql")
    note(store)
    engine = create_engine(store.url)
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text("DELETE FROM record_entry"))
    engine.dispose()


def test_a_place_without_a_store_or_without_its_key_is_said_to_be_so(stores, tmp_path):
    with pytest.raises(StoreNotPrepared, match="attendance init"):
        Store.open(f"sqlite:///{tmp_path}/nothing.db", tmp_path)
    with pytest.raises(ValueError, match="is a file"):
        Store.open("sqlite://", tmp_path)
    store = stores.make("sqlite")
    with pytest.raises(StoreNotPrepared, match="signing key"):
        Store.open(store.url, tmp_path)
    with behind(store) as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    with pytest.raises(StoreNotPrepared, match="another version"):
        Store.open(store.url, store.folder)
