"""Migrations: the tables of each version, brought up by the program itself.

- `bring_up` runs every revision that is missing, then writes the triggers anew and checks them, all in one
  transaction.
- Each revision that was run is kept with its SHA-256: where the program has another under the same number,
  another build made the store, and it is neither opened nor touched.
- Alembic is loaded only where tables are brought up: opening a store asks nothing but the version.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, inspect, select, text

from attendance.store import triggers
from attendance.store.errors import StoreOfAnotherBuild
from attendance.store.tables.base import table_of
from attendance.store.tables.schema import SchemaRevisionRow

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0001"
"""The newest revision, which this version of the software needs."""
_VERSION = "alembic_version"
_REVISION = table_of(SchemaRevisionRow)


def configuration(connection: Connection | None = None) -> "Config":
    """Return Alembic's configuration for the packaged revisions."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def bring_up(connection: Connection) -> None:
    """Bring the tables and triggers of the database up to this version, in the current transaction.

    Raises `StoreOfAnotherBuild` where revisions that were run are not those of this build.
    """
    from alembic import command

    refuse_another_build(connection)
    command.upgrade(configuration(connection), "head")
    run = _kept(connection)
    for revision, digest in _fingerprints().items():
        if revision not in run:
            connection.execute(insert(_REVISION).values(revision=revision, sha256=digest))
    triggers.install(connection)
    triggers.check(connection)


def is_current(connection: Connection) -> bool:
    """Say whether the database has the tables of this version."""
    if not inspect(connection).has_table(_VERSION):
        return False
    return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars()) == [NEWEST]


def refuse_another_build(connection: Connection) -> None:
    """Raise `StoreOfAnotherBuild` where what made the tables is not what this build would have run."""
    there = inspect(connection)
    if not there.has_table(_VERSION):
        return
    run = _kept(connection) if there.has_table(_REVISION.name) else {}
    ours = _fingerprints()
    if not run or any(ours.get(revision) != digest for revision, digest in run.items()):
        raise StoreOfAnotherBuild


def _kept(connection: Connection) -> dict[str, str]:
    return {row.revision: row.sha256 for row in connection.execute(select(_REVISION))}


@cache
def _fingerprints() -> dict[str, str]:
    """Return the SHA-256 of each revision by its number, which its file's name begins with."""
    files = sorted((Path(__file__).parent / "versions").glob("[0-9]*.py"))
    return {file.name.partition("_")[0]: sha256(file.read_bytes()).hexdigest() for file in files}
