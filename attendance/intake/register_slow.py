"""The slow path of a register file: the standard csv reader finds every problem and explains it.

- What this path says is what the form means; the fast path may only agree with it.
- A row that is wrong is not looked at for doubled keys; every other row is.
- Of rows with one key the first stands: another code is a problem, the same code a warning.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from attendance.intake.problems import WHOLE_FILE, WHOLE_ROW, Problem, ProblemList, Problems, together
from attendance.intake.register_bytes import Bytes
from attendance.intake.register_layout import RegisterFile, layout_of
from attendance.intake.register_rows import Row, RowReader
from attendance.intake.register_strips import Strips
from rules.codes import RegisterCodes

NOTHING = "The file is empty. Export it again."
NO_ROW = "There is no row below the header. Export it again."


@dataclass(frozen=True, slots=True)
class SlowReading:
    """The marks, or None where there is any problem; and what was wrong or odd."""

    marks: pl.DataFrame | None
    problems: Problems
    warnings: Problems


def read_slowly(
    files: Sequence[tuple[RegisterFile, Bytes]], codes: RegisterCodes, *, latest: date | None, evidence: bool
) -> SlowReading:
    """Read the files row by row.

    Args:
        files: the files with what their bytes told.
        codes: the register codes of every era.
        latest: the last day a mark may have, or None for any.
        evidence: whether to keep the optional columns and each row's file and line.

    Returns:
        the marks in the form of `register_csv.Register`, or every problem.
    """
    problems, odd = ProblemList(), ProblemList()
    strips = Strips(codes.known, evidence=evidence)
    rows = RowReader(codes, latest, strips, problems)
    for number, (file, seen) in enumerate(files):
        for problem in _of_the_whole(file.name, seen):
            problems.add(problem)
        if seen.size:
            _read(file, number, rows, problems, odd)
    names = tuple(file.name for file, _ in files)
    clashes, doubled = strips.doubled(names)
    found = together((problems, clashes), names)
    return SlowReading(None if found else strips.table(), found, together((odd, doubled), names))


def _of_the_whole(file: str, seen: Bytes) -> Iterator[Problem]:
    if not seen.size:
        yield Problem(file, 1, WHOLE_FILE, NOTHING)
    if seen.not_utf8_line is not None:
        message = f"Not UTF-8 text, first on line {seen.not_utf8_line}. Export it as CSV UTF-8."
        yield Problem(file, 1, WHOLE_FILE, message)
    if seen.nul_line is not None:
        message = f"It holds a NUL byte, first on line {seen.nul_line}. Export it again as CSV UTF-8."
        yield Problem(file, 1, WHOLE_FILE, message)


def _read(file: RegisterFile, number: int, rows: RowReader, problems: ProblemList, odd: ProblemList) -> None:
    before = problems.total
    records = _records(file, problems)
    header = next(records, None)
    if header is None:
        if problems.total == before:
            problems.add(Problem(file.name, 1, WHOLE_FILE, NOTHING))
        return
    layout = layout_of(file.name, header.fields)
    for problem in layout.problems:
        problems.add(problem)
    for warning in layout.warnings:
        odd.add(warning)
    if layout.problems:
        return
    rows.begin(file.name, number, layout)
    for record in records:
        rows.take(record)
    if problems.total == before and not rows.taken:
        problems.add(Problem(file.name, 1, WHOLE_FILE, NO_ROW))


def _records(file: RegisterFile, problems: ProblemList) -> Iterator[Row]:
    """Yield each record with the line it begins on; a record that is no CSV is a problem and is left out."""
    with file.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as text:
        reader = csv.reader(text, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problems.add(Problem(file.name, line, WHOLE_ROW, _said(error)))
                if line == 1:
                    return
            else:
                yield Row(line, fields)


def _said(error: csv.Error) -> str:
    text = str(error)
    if "new-line character" in text:
        return "A carriage return stands alone. End each line with LF or CRLF."
    if "unexpected end" in text:
        return "A quotation mark opens here and is never closed."
    if "field larger" in text:
        return "A field is far too long; a quotation mark may be missing."
    return "Something follows a closing quotation mark. Write a quotation mark inside a field twice."
