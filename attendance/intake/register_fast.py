"""The fast path of a register file: it only decides whether the files are clean, and if so reads them.

- Clean means: the slow path would find no problem and no warning. In any doubt the answer is None and the
  slow path (`register_slow`) reads the files again and explains. A property test ties the two.
- Polars pads a short row silently, so files whose last column may be empty have their commas counted.
- Values are judged once each, never row by row; doubled keys are looked for in one array of bits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from attendance.intake.register_bytes import Bytes
from attendance.intake.register_layout import (
    EVIDENCE,
    REQUIRED,
    SESSIONS,
    Layout,
    RegisterFile,
    day_of,
    is_urn,
    layout_of,
)
from attendance.intake.upn import is_upn
from rules.codes import RegisterCodes

EPOCH = date(1970, 1, 1)
SPARSE = 16  # flags a row may cost before the keys are compared instead
LEAST_ROOM = 1_000_000
PIECE_OF_ROWS = 1 << 18


@dataclass(frozen=True, slots=True)
class Kinds:
    """The column types of one reading. Categories are its own, so that numbers are dense."""

    school: pl.Categories
    upn: pl.Categories
    date: pl.Categories
    session: pl.Enum
    code: pl.Enum

    @classmethod
    def of(cls, codes: RegisterCodes) -> "Kinds":
        """Make fresh types for one reading."""
        school, upn, day = (pl.Categories.random() for _ in range(3))
        return cls(school, upn, day, pl.Enum(SESSIONS), pl.Enum(codes.known))

    def of_columns(self, columns: Sequence[str]) -> dict[str, pl.DataType]:
        """Return the type of each column of a file, in its order; what is not required is text."""
        texts = (pl.Categorical(categories) for categories in (self.school, self.upn, self.date))
        kinds = dict(zip(REQUIRED, (*texts, self.session, self.code), strict=True))
        return {name: kinds.get(name, pl.String()) for name in columns}


def read_fast(
    files: Sequence[tuple[RegisterFile, Bytes]], codes: RegisterCodes, *, latest: date | None, evidence: bool
) -> pl.DataFrame | None:
    """Read the files if all of them together are clean.

    Args:
        files: the files with what their bytes told.
        codes: the register codes of every era.
        latest: the last day a mark may have, or None for any.
        evidence: whether to keep the columns that are not required, and each row's file and line.

    Returns:
        the marks as `register_csv.Register` describes them, or None: not clean, or not sure.
    """
    kinds = Kinds.of(codes)
    tables = []
    for number, (file, seen) in enumerate(files):
        table = _table(file, seen, kinds)
        if table is None:
            return None
        tables.append(_with_evidence(table, number) if evidence else table.select(REQUIRED))
    marks = pl.concat(tables) if len(tables) > 1 else tables[0]
    days = _days(marks, kinds, latest)
    if days is None or not _values_are_good(kinds):
        return None
    marks = marks.with_columns(days)
    return marks if _codes_in_force(marks, codes) and _keys_are_unique(marks) else None


def _table(file: RegisterFile, seen: Bytes, kinds: Kinds) -> pl.DataFrame | None:
    if not seen.plain:
        return None
    layout = layout_of(file.name, seen.first_line.decode().split(","))
    if layout.problems or layout.warnings:
        return None
    try:
        table = pl.read_csv(file.path, schema=kinds.of_columns(layout.columns), quote_char=None)
    except pl.exceptions.PolarsError:
        return None
    whole = table.height > 0 and table.height == seen.lines - 1
    good = whole and _fields_are_right(file, seen, layout)
    return table if good and not any(table[name].null_count() for name in REQUIRED) else None


def _fields_are_right(file: RegisterFile, seen: Bytes, layout: Layout) -> bool:
    """Say whether each row has as many fields as the header.

    A row with too many fails in Polars, except a comma that ends the file. A row with too few is padded: a
    gap in a required last column shows as a missing value, else the commas of the whole file tell.
    """
    between = len(layout.columns) - 1
    if not seen.ends_in_feed and seen.commas_after_last_feed != between:
        return False
    if layout.columns[-1] in REQUIRED:
        return True
    with file.path.open("rb") as stream:
        commas = sum(piece.count(b",") for piece in iter(lambda: stream.read(1 << 22), b""))
    return commas == between * seen.lines


def _with_evidence(table: pl.DataFrame, number: int) -> pl.DataFrame:
    missing = [pl.lit(None, pl.String).alias(name) for name in EVIDENCE if name not in table.columns]
    where = [
        pl.lit(number, pl.UInt16).alias("file"),
        pl.int_range(2, table.height + 2, dtype=pl.UInt32).alias("line"),
    ]
    return table.with_columns(*missing, *where).select(*REQUIRED, *EVIDENCE, "file", "line")


def _values_are_good(kinds: Kinds) -> bool:
    return all(map(is_urn, _texts(kinds.school))) and all(map(is_upn, _texts(kinds.upn)))


def _texts(categories: pl.Categories) -> list[str]:
    """Return each different text of a column, in the order of their numbers."""
    return categories.to_series().to_list()


def _days(marks: pl.DataFrame, kinds: Kinds, latest: date | None) -> pl.Series | None:
    days = [day_of(text) for text in _texts(kinds.date)]
    real = [day for day in days if day is not None]
    if len(real) < len(days) or (latest is not None and max(real) > latest):
        return None
    since_epoch = np.array([(day - EPOCH).days for day in real], dtype=np.int32)
    return pl.Series("date", since_epoch[marks["date"].to_physical().to_numpy()]).cast(pl.Date)


def _codes_in_force(marks: pl.DataFrame, codes: RegisterCodes) -> bool:
    first, last = marks["date"].min(), marks["date"].max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    if first < codes.since:
        return False
    eras = codes.between(first, last)
    for era in eras:
        part = marks["code"]
        if len(eras) > 1:
            part = marks.lazy().filter(pl.col("date").is_between(era.since, era.last)).collect()["code"]
        if not set(part.unique().cast(pl.String)) <= era.codes.keys():
            return False
    return True


def _keys_are_unique(marks: pl.DataFrame) -> bool:
    school, upn, day, session = (
        marks[name].to_physical().to_numpy() for name in ("school_urn", "upn", "date", "session")
    )
    schools, first = int(school.max()) + 1, int(day.min())
    days, pairs = int(day.max()) - first + 1, (int(upn.max()) + 1) * schools
    room = marks.height * SPARSE + LEAST_ROOM
    if pairs > room:
        return _keys_differ(marks)
    place = np.zeros(pairs, dtype=np.int64)
    for rows in _slices(marks.height):
        place[upn[rows].astype(np.int64) * schools + school[rows]] = 1
    np.cumsum(place, out=place)
    if int(place[-1]) * days * len(SESSIONS) > room:
        return _keys_differ(marks)
    flags = np.zeros(int(place[-1]) * days * len(SESSIONS), dtype=np.bool_)
    for rows in _slices(marks.height):
        pair = place[upn[rows].astype(np.int64) * schools + school[rows]] - 1
        flags[(pair * days + (day[rows] - first)) * len(SESSIONS) + session[rows]] = True
    return int(np.count_nonzero(flags)) == marks.height


def _keys_differ(marks: pl.DataFrame) -> bool:
    """Say whether no key is there twice, where the keys lie too far apart for flags."""
    return not bool(
        marks.select(pl.struct("school_urn", "upn", "date", "session").is_duplicated().any()).item()
    )


def _slices(height: int) -> Iterator[slice]:
    """Yield the rows in pieces that stay in the processor's cache."""
    return (slice(start, start + PIECE_OF_ROWS) for start in range(0, height, PIECE_OF_ROWS))
