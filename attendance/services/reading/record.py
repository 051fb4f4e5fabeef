"""Reading the record: whether it is intact, and the statutory record of notices in one file."""

import tempfile
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from attendance.services.notice_record import export_notice_record
from attendance.store.keys import read_head
from attendance.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """What an examination of the whole record found. `compared_with` is the entry the signed head names."""

    intact: bool
    entries: int
    head: str
    compared_with: int | None
    first_bad_entry: int | None
    message: str
    triggers_at_fault: tuple[str, ...]
    documents_altered: tuple[str, ...]
    reasons_altered: tuple[str, ...]
    imports_altered: tuple[int, ...]
    differences: tuple[str, ...]


def verified(store: Store) -> Verified:
    """Examine the whole record, what guards it and every document; raises `BrokenIntegrity`."""
    head = read_head(store.head)
    found = store.examine(head)
    broken = found.verdict.broken
    return Verified(
        intact=found.intact,
        entries=found.verdict.end.seq,
        head=found.verdict.end.hash,
        compared_with=None if head is None else head.seq,
        first_bad_entry=None if broken is None else broken.seq,
        message="" if broken is None else broken.message,
        triggers_at_fault=found.triggers,
        documents_altered=found.documents,
        reasons_altered=found.reasons,
        imports_altered=found.imports,
        differences=found.differences,
    )


def notice_record_zip(store: Store, into: IO[bytes], *, since: date | None, until: date | None) -> None:
    """Write the statutory record of notices issued between two days, with a copy of each, as a ZIP."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "record-of-notices"
        export_notice_record(store, record, since=since, until=until)
        with zipfile.ZipFile(into, "w", compression=zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(path for path in record.rglob("*") if path.is_file()):
                packed.write(file, file.relative_to(record.parent))
