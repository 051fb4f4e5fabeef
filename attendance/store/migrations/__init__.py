"""Migrations: the tables of each version, brought up by the program itself.

- `bring_up` runs every revision that is missing, then writes the triggers anew and checks them, all in one
  transaction.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from attendance.store import triggers
from attendance.store.tables import metadata  # noqa: F401 - the triggers ask for every table


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration for the packaged revisions."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def bring_up(connection: Connection) -> None:
    """Bring the tables and triggers of the database up to this version, in the current transaction."""
    command.upgrade(configuration(connection), "head")
    triggers.install(connection)
    triggers.check(connection)


def is_current(connection: Connection) -> bool:
    """Say whether the database has the tables of this version."""
    there = MigrationContext.configure(connection).get_current_revision()
    return there is not None and there == newest()


def newest() -> str | None:
    """Return the name of the newest revision."""
    return ScriptDirectory.from_config(configuration()).get_current_head()
