"""The folder that the demo makes: its store, the authority's files, and letters to open.

- A folder that the demo did not make is never touched; in its own it replaces only what it wrote.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from attendance.domain.errors import BadInput
from attendance.store.keys import HEAD_FILE, KEY_FILE, make_folder

MARKER = "made-by-attendance-demo.txt"
DATABASE = "attendance.db"
_SAID = "The demo made this folder and makes it anew each time it runs. Keep nothing of your own here.\n"


class FolderNotOurs(BadInput):
    """The folder holds something that the demo did not make."""

    code = "folder_not_ours"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds something that the demo did not make; nothing was changed. "
            "Name another folder with --folder."
        )


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """Where everything of one demo is."""

    path: Path

    @property
    def url(self) -> str:
        """The database's URL."""
        return f"sqlite:///{self.path / DATABASE}"

    @property
    def authority(self) -> Path:
        """The files of the made-up authority."""
        return self.path / "authority"

    @property
    def settings(self) -> Path:
        """The made-up authority's own details, for its letters."""
        return self.authority / "authority.yaml"

    @property
    def returns(self) -> Path:
        """The registers as they were returned, day by day."""
        return self.authority / "registers"

    @property
    def letters(self) -> Path:
        """The letters that were written, to be opened."""
        return self.path / "letters"

    @property
    def accounts(self) -> Path:
        """Who may sign in, and how."""
        return self.path / "accounts.txt"


def fresh_folder(path: Path) -> DemoFolder:
    """Make the folder ready for a new demo; raises `FolderNotOurs` where it is not the demo's to empty."""
    folder = DemoFolder(path)
    if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / MARKER).is_file())):
        raise FolderNotOurs(path)
    make_folder(path)
    (path / MARKER).write_text(_SAID, encoding="utf-8")
    for made in (folder.authority, folder.letters):
        shutil.rmtree(made, ignore_errors=True)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEY_FILE, HEAD_FILE, folder.accounts.name):
        (path / name).unlink(missing_ok=True)
    return folder
