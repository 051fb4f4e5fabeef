"""Fresh stores for tests, cheap: a copied file on SQLite, a cloned database on PostgreSQL."""

import shutil
from itertools import count
from pathlib import Path
from uuid import uuid4

from attendance.store.keys import KEY_FILE
from attendance.store.unit_of_work import Store
from tests.support.postgres import TEMPLATE, Server


class Stores:
    """Makes stores and clears them away. `folder` is the test's own, `template` a prepared SQLite store."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder = folder
        self._template = template
        self._number = count(1)
        self._server: Server | None = None
        self._made: list[tuple[Store, str | None]] = []

    def make(self, kind: str) -> Store:
        """Return a fresh, empty store on `sqlite` or `postgresql`."""
        folder = self._folder / f"store-{next(self._number)}"
        folder.mkdir()
        shutil.copy2(self._template / KEY_FILE, folder)
        database = None
        if kind == "sqlite":
            shutil.copyfile(self._template / "attendance.db", folder / "attendance.db")
            url = f"sqlite:///{folder}/attendance.db"
        else:
            database = f"store_{uuid4().hex}"
            url = self._clone(database)
        store = Store.open(url, folder)
        self._made.append((store, database))
        return store

    def clear(self) -> None:
        """Close and drop every store made."""
        for store, database in self._made:
            store.close()
            if database and self._server:
                self._server.execute(f"DROP DATABASE {database} WITH (FORCE)")
            shutil.rmtree(store.folder)
        self._made.clear()

    def _clone(self, database: str) -> str:
        self._server = self._server or Server()
        with self._server.locked():
            if not self._server.has_database(TEMPLATE):
                self._server.execute(f"CREATE DATABASE {TEMPLATE}")
                Store.create(self._server.url(TEMPLATE), self._template).close()
        self._server.execute(f"CREATE DATABASE {database} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return self._server.url(database)
