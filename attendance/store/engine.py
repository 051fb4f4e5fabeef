"""Connections to the database.

- SQLite runs in WAL mode. Its driver opens no transaction on SELECT, so a writer takes `BEGIN IMMEDIATE` and
  a reader an explicit `BEGIN`; a reader's connection refuses every write.
- On PostgreSQL a reader runs in one read-only snapshot.
- An error of the database tells nothing of the values that were sent to it: they are names and addresses.
- A committed act survives a power cut, except where a store is opened as one that need not last.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up."""


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine that may write and one that cannot."""

    writer: Engine
    reader: Engine

    def dispose(self) -> None:
        """Close every idle connection."""
        self.writer.dispose()
        self.reader.dispose()


def database_url(text: str) -> URL:
    """Read a database URL; a plain `postgresql:` one is taken to mean psycopg 3."""
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def database_file(url: URL) -> Path | None:
    """Return the file that an SQLite URL names, or None for a server."""
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise ValueError("an SQLite store is a file: sqlite:///path/to/attendance.db")
    return Path(url.database)


def open_engines(url: URL, *, lasting: bool = True) -> Engines:
    """Return engines for the database; nothing is connected yet.

    Without `lasting` a commit does not wait for the disk.
    """
    if url.get_backend_name() == "sqlite":
        synchronous = "FULL" if lasting else "OFF"
        return Engines(
            writer=_sqlite(url, begin="BEGIN IMMEDIATE", synchronous=synchronous),
            reader=_sqlite(url, begin="BEGIN", synchronous=synchronous),
        )
    waits = "on" if lasting else "off"
    options = f"-c lock_timeout={WAIT_SECONDS}s -c timezone=UTC -c synchronous_commit={waits}"
    writer = create_engine(url, connect_args={"options": options}, hide_parameters=True)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Engines(writer=writer, reader=reader)


@contextmanager
def as_stored(connection: Connection) -> Iterator[None]:
    """Let text that is not UTF-8 be read for a while, so that whoever damaged it cannot hide behind an error.

    Only SQLite can hold such text.
    """
    raw: object = connection.connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        yield
        return
    raw.text_factory = lambda content: content.decode(errors="surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = str


def _sqlite(url: URL, *, begin: str, synchronous: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True)
    read_only = begin == "BEGIN"

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver's own transactions are off; `begin` below opens them
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {synchronous}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA recursive_triggers = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def open_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
