"""The files that the import reads, written from tables.

- Schools are written as GIAS publishes them: Windows-1252, CRLF. Everything else is UTF-8 with LF.
- The register of a city's year is written one school at a time: 666 MB never stand in memory at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

REGISTER_HEADER = b"school_urn,upn,date,session,code\n"
SETTINGS = Path(__file__).parent / "authority.yaml"


@dataclass(frozen=True, slots=True)
class FilesWritten:
    """The files of a made-up authority.

    Attributes:
        folder: Where they are.
        tables: The files about schools, people and calendars, and the corrections.
        register: The whole year's register as first taken, if it was asked for.
        days: Each day's return, in order, if they were asked for.
        settings: The made-up authority's settings, for its letters.
    """

    folder: Path
    tables: tuple[Path, ...]
    register: Path | None
    days: tuple[Path, ...]
    settings: Path


def write_table(path: Path, table: pl.DataFrame) -> Path:
    """Write one table as CSV in UTF-8: `true` and `false`, days as YYYY-MM-DD, nothing for empty."""
    table.with_columns(pl.col(pl.String).replace("", None)).write_csv(path)
    return path


def write_schools(path: Path, schools: pl.DataFrame) -> Path:
    """Write schools as GIAS does.

    Raises:
        UnicodeEncodeError: A name cannot be written in Windows-1252.
    """
    text = schools.write_csv(line_terminator="\r\n", quote_style="always")
    path.write_bytes(text.encode("cp1252"))
    return path


def write_register(path: Path, parts: Iterable[pl.DataFrame]) -> Path:
    """Write a long register from parts, one after the other."""
    with path.open("wb") as file:
        file.write(REGISTER_HEADER)
        for part in parts:
            part.write_csv(file, include_header=False)
    return path


def write_tables(folder: Path, schools: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> tuple[Path, ...]:
    """Write the schools and every other table under its name into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [write_schools(folder / "schools.csv", schools)]
    written += [write_table(folder / f"{name}.csv", table) for name, table in tables.items()]
    return tuple(written)


def write_settings(folder: Path) -> Path:
    """Put the made-up authority's settings beside its files."""
    path = folder / "authority.yaml"
    path.write_bytes(SETTINGS.read_bytes())
    return path
