"""Migrations: the tables of each version, brought up by the program itself.

- `bring_up` runs every revision that is missing, then writes the triggers anew and checks them, all in one
  transaction.
- Alembic is loaded only where tables are brought up: opening a store asks nothing but the version.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from attendance.store import triggers

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0001"
"""The newest revision, which this version of the software needs."""


def configuration(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration for the packaged revisions."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def bring_up(connection: Connection) -> None:
    """Bring the tables and triggers of the database up to this version, in the current transaction."""
    from alembic import command

    command.upgrade(configuration(connection), "head")
    triggers.install(connection)
    triggers.check(connection)


def is_current(connection: Connection) -> bool:
    """Say whether the database has the tables of this version."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()) == [NEWEST]
