"""Writing tables for people who open them in a spreadsheet.

- A cell that a spreadsheet would run as a formula is written with an apostrophe before it, so that it is
  text.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table as CSV in UTF-8 with a header and return how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([harmless(cell) for cell in row])
            count += 1
    return count
