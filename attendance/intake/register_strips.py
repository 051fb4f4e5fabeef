"""The rows that a slow reading found good, kept small: one strip of numbers for each column.

- Texts are kept once and numbered, so that a city's year fits in memory.
- Keys are compared exactly, as whole numbers, over all files.
"""

from array import array
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attendance.intake.problems import LISTED, WHOLE_ROW, Problem, ProblemList
from attendance.intake.register_layout import EVIDENCE, SESSIONS

EPOCH = date(1970, 1, 1).toordinal()
DAY_BITS = 22  # the proleptic calendar has fewer than 2 ** 22 days


class Strips:
    """Collects good rows in the order of the files."""

    def __init__(self, codes: tuple[str, ...], *, evidence: bool) -> None:
        self.evidence = evidence
        self._codes = {code: number for number, code in enumerate(codes)}
        self._sessions = {session: number for number, session in enumerate(SESSIONS)}
        self._pairs: dict[tuple[str, str], int] = {}
        self._pair, self._day = array("I"), array("I")
        self._session, self._code = array("B"), array("B")
        self._file, self._line = array("H"), array("I")
        self._kept: tuple[list[str | None], ...] = tuple([] for _ in EVIDENCE)
        self._firsts: NDArray[np.int64] | None = None

    def add(self, school: str, upn: str, day: date, session: str, code: str) -> None:
        """Add the mark of a row."""
        self._pair.append(self._pairs.setdefault((school, upn), len(self._pairs)))
        self._day.append(day.toordinal())
        self._session.append(self._sessions[session])
        self._code.append(self._codes[code])

    def stand(self, file: int, line: int) -> None:
        """Say where the row added last stands."""
        self._file.append(file)
        self._line.append(line)

    def keep(self, evidence: tuple[str | None, ...]) -> None:
        """Keep the optional fields of the row added last."""
        for column, text in zip(self._kept, evidence, strict=True):
            column.append(text or None)

    def doubled(self, files: tuple[str, ...]) -> tuple[ProblemList, ProblemList]:
        """Find rows whose key stood in an earlier row.

        Returns:
            those with another code than the earlier row (problems) and those with the same (warnings).
        """
        first, code = self._first(), np.asarray(self._code)
        later = np.flatnonzero(first != np.arange(len(first)))
        alike = code[later] == code[first[later]]
        where = _Places(files, self._file, self._line)
        return (
            where.tell(later[~alike], first, "code", "Another code than {0} for the same session. Keep one."),
            where.tell(later[alike], first, WHOLE_ROW, "The same mark as {0}; counted once."),
        )

    def table(self) -> pl.DataFrame:
        """Return the marks, the first of each key, in the order of the files."""
        first = self._first()
        rows = np.flatnonzero(first == np.arange(len(first)))
        pair = np.asarray(self._pair)[rows]
        schools = pl.Series([school for school, _ in self._pairs], dtype=pl.String)
        upns = pl.Series([upn for _, upn in self._pairs], dtype=pl.String)
        columns = {
            "school_urn": schools.cast(pl.Categorical(pl.Categories.random())).gather(pair),
            "upn": upns.cast(pl.Categorical(pl.Categories.random())).gather(pair),
            "date": pl.Series(np.asarray(self._day)[rows].astype(np.int32) - EPOCH).cast(pl.Date),
            "session": _enum(tuple(self._sessions), np.asarray(self._session)[rows]),
            "code": _enum(tuple(self._codes), np.asarray(self._code)[rows]),
        }
        if self.evidence:
            columns |= {
                name: pl.Series(kept, dtype=pl.String).gather(rows)
                for name, kept in zip(EVIDENCE, self._kept, strict=True)
            }
            columns |= {
                "file": pl.Series(np.asarray(self._file)[rows]),
                "line": pl.Series(np.asarray(self._line)[rows]),
            }
        return pl.DataFrame(columns)

    def _first(self) -> NDArray[np.int64]:
        """Return for each row the number of the first row with its key."""
        if self._firsts is None or len(self._firsts) != len(self._pair):
            key = np.asarray(self._pair, dtype=np.uint64)
            key = (key << np.uint64(DAY_BITS)) | np.asarray(self._day, dtype=np.uint64)
            key = (key << np.uint64(1)) | np.asarray(self._session, dtype=np.uint64)
            _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
            self._firsts = first[inverse].astype(np.int64)
        return self._firsts


@dataclass(frozen=True, slots=True)
class _Places:
    files: tuple[str, ...]
    file: "array[int]"
    line: "array[int]"

    def tell(self, rows: NDArray[np.int64], first: NDArray[np.int64], column: str, said: str) -> ProblemList:
        """Say of each row what is wrong with it, naming where the first row with its key stands."""
        told = ProblemList()
        for row in rows[:LISTED]:
            file, line = self._place(row)
            earlier = "{}:{}".format(*self._place(first[row]))
            told.add(Problem(file, line, column, said.format(earlier)))
        told.count(len(rows) - len(told.kept))
        return told

    def _place(self, row: int) -> tuple[str, int]:
        return self.files[self.file[row]], self.line[row]


def _enum(texts: tuple[str, ...], numbers: NDArray[np.uint8]) -> pl.Series:
    return pl.Series(texts, dtype=pl.Enum(texts)).gather(numbers)
