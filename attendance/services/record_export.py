"""Writes the whole record into a folder that anyone with a standard Python can check.

- The folder holds the entries and checkpoints, one JSON object a line, the signed head, the public key and a
  verifier of one file, which says what it checks and what it does not.
- Nothing in it names a person other than the accounts that acted.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from attendance.domain.errors import BadInput
from attendance.domain.moment import Moment
from attendance.domain.record.chain import End
from attendance.store import record
from attendance.store.keys import make_folder
from attendance.store.unit_of_work import Store


class FolderInTheWay(BadInput):
    """The folder to write to is there already."""

    code = "folder_in_the_way"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is there already. Name a folder that is not.")


def export_record(store: Store, folder: Path, moment: Moment) -> End:
    """Write the record into a new folder and return where it ends; raises `FolderInTheWay`."""
    if folder.exists():
        raise FolderInTheWay(folder)
    make_folder(folder)
    with store.read() as session:
        end = record.stored_end(session)
        _write_lines(folder / "entries.jsonl", (asdict(entry) for entry in record.entries(session)))
        _write_lines(folder / "checkpoints.jsonl", (asdict(seal) for seal in record.checkpoints(session)))
    _write_lines(folder / "head.json", [asdict(store.sign(end, moment))])
    (folder / "public-key.txt").write_text(store.public_key + "\n", encoding="utf-8")
    verifier = files("attendance.domain.record").joinpath("standalone_verify.py")
    (folder / "verify.py").write_bytes(verifier.read_bytes())
    return end


def _write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
