"""Checks an exported record with nothing but a standard Python, 3.8 or later.

    python3 verify.py                        in the folder of the export
    python3 verify.py FOLDER [HEAD_FILE]

What it checks: the hash of every entry over its content, that each entry follows on the one before it without
a gap, and that the record reaches what its checkpoints and its head say, with the same hashes. A head
that was kept elsewhere since an earlier day can be given: the record must still hold what it says.

What it does not check: the Ed25519 signatures of the checkpoints and the head, which needs a library
(`attendance verify` checks them); the documents and the texts of reasons whose hashes the entries name; and
whether the export is still the whole record, unless a later head is given.

Exit status: 0 and the end of the record when it holds, 1 and the first bad entry otherwise, 2 for wrong use.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Row = Mapping[str, object]


def entry_hash(entry: Row) -> str:
    """Return SHA-256 over the entry as canonical JSON, without its hash and its empty columns."""
    said = {name: value for name, value in entry.items() if name != "hash" and value is not None}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def verdict(entries: Iterable[Row], seals: Iterable[Row]) -> tuple[bool, str]:
    """Say whether the record holds, and what was found; `seals` are the checkpoints and heads."""
    signed: dict[object, list[object]] = {}
    for seal in seals:
        signed.setdefault(seal["seq"], []).append(seal["hash"])
    last, previous = 0, "0" * 64
    for entry in entries:
        last += 1
        broken = entry_break(entry, last, previous)
        if broken:
            return False, broken
        previous = str(entry["hash"])
        if any(expected != previous for expected in signed.get(last, ())):
            return False, f"Entry {last} is not the one that was signed."
    furthest = max((seq for seq in signed if isinstance(seq, int)), default=0)
    if furthest > last:
        return False, f"Entry {last + 1} is missing: the record once reached entry {furthest}."
    return True, f"The record holds: {last} entries, the last hash {previous}. Signatures were not checked."


def entry_break(entry: Row, due: int, previous: str) -> str:
    """Return a sentence about what is wrong with the entry due at this number, or nothing."""
    if entry.get("seq") != due:
        return f"Entry {due} is missing or out of place."
    if entry_hash(entry) != entry.get("hash"):
        return f"Entry {due} is not as it was written: its hash does not fit it."
    if entry.get("previous_hash") != previous:
        return f"Entry {due} does not follow on the entry before it."
    return ""


def rows(path: Path) -> Iterator[Row]:
    """Yield what each line of the file holds; a line that is no JSON object counts as an empty one."""
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            yield row(line)


def row(text: str) -> Row:
    """Return the JSON object in the text, or an empty one."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def main(arguments: list[str]) -> int:
    """Check the export and say what was found."""
    if len(arguments) > 2 or any(argument.startswith("-") for argument in arguments):
        print(__doc__)  # noqa: T201
        return 2
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    heads = [folder / "head.json", *(Path(argument) for argument in arguments[1:])]
    seals = [*rows(folder / "checkpoints.jsonl"), *(row(head.read_text("utf-8")) for head in heads)]
    if not all("seq" in seal and "hash" in seal for seal in seals):
        print("A checkpoint or a head cannot be read.")  # noqa: T201
        return 1
    holds, found = verdict(rows(folder / "entries.jsonl"), seals)
    print(found)  # noqa: T201
    return 0 if holds else 1


if __name__ == "__main__":  # pragma: no cover - run as a program in tests of the export
    sys.exit(main(sys.argv[1:]))
