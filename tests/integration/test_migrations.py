"""The migrations make exactly the tables that the models describe, on both databases."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from attendance.cli.errors import ExitStatus, run
from attendance.cli.main import app
from attendance.store import migrations
from attendance.store.errors import StoreNotPrepared, StoreOfAnotherBuild
from attendance.store.tables import metadata
from attendance.store.unit_of_work import Store
from tests.support.acts import note
from tests.support.behind import behind

AUTHORITY = Path("attendance/demo/authority/authority.yaml")


def test_nothing_in_the_models_differs_from_the_migrated_tables(store):
    with behind(store) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_migrated_tables_read_like_the_models_to_the_last_constraint(sqlite_store, tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/models.db")
    metadata.create_all(engine)
    with engine.connect() as connection:
        modelled = definitions(connection)
    engine.dispose()
    with behind(sqlite_store) as connection:
        migrated = definitions(connection)
    migrated.pop("alembic_version")
    assert migrated == modelled


def definitions(connection):
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL")
    )
    return {row.name: sorted(re.split(r",\s*\n", row.sql.replace("\n)", "").strip())) for row in rows}


def test_there_is_one_newest_revision_and_every_revision_goes_up_to_it():
    scripts = ScriptDirectory.from_config(migrations.configuration())
    assert len(scripts.get_heads()) == 1
    assert scripts.get_heads()[0] == migrations.NEWEST


def test_bringing_up_a_store_that_is_up_changes_nothing(store):
    note(store)
    Store.create(store.url, store.folder).close()
    assert store.examine(None).verdict.end.seq == 1
    assert store.examine(None).intact


def test_a_migration_that_fails_leaves_nothing_behind(stores, monkeypatch):
    store = stores.make("sqlite")
    store.close()
    (store.folder / "attendance.db").unlink()

    def fail(_connection):
        raise RuntimeError("no triggers today")

    monkeypatch.setattr("attendance.store.triggers.install", fail)
    with pytest.raises(RuntimeError, match="no triggers today"):
        Store.create(store.url, store.folder)
    with behind(store) as connection:
        assert inspect(connection).get_table_names() == []
    with pytest.raises(StoreNotPrepared):
        Store.open(store.url, store.folder)


def test_a_store_that_another_build_made_is_refused_and_left_as_it_is(store):
    """A revision edited in place has the same number, and other tables."""
    with behind(store) as connection:
        connection.execute(text("UPDATE schema_revision SET sha256 = 'of another build'"))
    for opening in (Store.open, Store.create):
        with pytest.raises(StoreOfAnotherBuild, match="another build"):
            opening(store.url, store.folder)


def test_a_store_that_was_made_before_builds_were_told_apart_is_refused(store):
    with behind(store) as connection:
        connection.execute(text("DROP TABLE schema_revision"))
        connection.execute(text("DROP TABLE refund"))
    for opening in (Store.open, Store.create):
        with pytest.raises(StoreOfAnotherBuild, match="another build"):
            opening(store.url, store.folder)


@pytest.mark.parametrize("command", ["verify", "serve", "init"])
def test_the_command_line_says_so_and_the_server_does_not_start(command, sqlite_store, capsys):
    with behind(sqlite_store) as connection:
        connection.execute(text("DELETE FROM schema_revision"))
    settings = {
        "ATTENDANCE_FOLDER": str(sqlite_store.folder),
        "ATTENDANCE_DATABASE_URL": sqlite_store.url,
        "ATTENDANCE_AUTHORITY": str(AUTHORITY),
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in settings.items():
            environment.setenv(name, value)
        assert run(app, [command]) == ExitStatus.BAD_DATA
    assert "another build" in capsys.readouterr().err
