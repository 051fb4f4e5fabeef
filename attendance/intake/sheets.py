"""A received table as text: header and rows with their line numbers, from CSV or from a workbook.

- The bytes decide what it is, not the name: a workbook begins as a ZIP file does.
- A file that is too large, in no readable encoding, with NULs, or without header and rows is refused whole.
- Fields are exact: nothing is trimmed.
"""

import csv
import io
from dataclasses import dataclass

from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import WHOLE_FILE, FilesRefused, Problem, listed

UTF_8 = ("utf-8-sig",)
UTF_8_OR_WINDOWS = ("utf-8-sig", "cp1252")
_WIDE_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its line in the file (row in the workbook) and its fields."""

    line: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as text; `file` names it in problems. Empty lines are left out."""

    file: str
    rows: tuple[SheetRow, ...]


def refused(*problems: Problem) -> FilesRefused:
    """Return the refusal of a file for these problems."""
    return FilesRefused(listed(problems))


def whole(file: str, message: str) -> FilesRefused:
    """Return the refusal of a whole file, which is reported at its first line."""
    return refused(Problem(file, 1, WHOLE_FILE, message))


def read_sheet(
    file: str,
    data: bytes,
    *,
    encodings: tuple[str, ...] = UTF_8,
    limits: Limits = DEFAULT_LIMITS,
    sheet: str = "",
) -> Sheet:
    """Return every row of a CSV file, or of a workbook's first or named sheet; raises `FilesRefused`."""
    if not data:
        raise whole(file, "The file is empty. Export it again.")
    if len(data) > limits.file_bytes:
        raise whole(file, f"The file has {len(data)} bytes; at most {limits.file_bytes} are read. Split it.")
    if data.startswith(WORKBOOK):
        from attendance.intake.workbooks import read_workbook

        return read_workbook(file, data, limits, sheet=sheet)
    if data.startswith(OLD_WORKBOOK):
        raise whole(file, "This is an old Excel workbook (.xls). Save it as .xlsx or as CSV UTF-8.")
    return _read_csv(file, decoded(file, data, encodings), limits)


def decoded(file: str, data: bytes, encodings: tuple[str, ...] = UTF_8) -> str:
    """Return the text of a file; raises `FilesRefused` where no encoding fits or a NUL stands in it."""
    if data.startswith(_WIDE_ENCODINGS):
        raise whole(file, "The file is in UTF-16. Save it as CSV UTF-8.")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise refused(
            Problem(file, line, WHOLE_FILE, "There is a NUL byte: this is not a text file. Export it again.")
        )
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            place = error.start
    line = data[:place].count(b"\n") + 1
    raise refused(Problem(file, line, WHOLE_FILE, "These bytes are not UTF-8. Save the file as CSV UTF-8."))


def _read_csv(file: str, text: str, limits: Limits) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[SheetRow] = []
    line = 1
    try:
        for fields in reader:
            _check_shape(file, line, fields, limits)
            if fields:
                rows.append(SheetRow(line, tuple(fields)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise refused(Problem(file, line, WHOLE_FILE, f"Not a line of CSV ({error}).")) from error
    return Sheet(file, tuple(rows))


def _check_shape(file: str, line: int, fields: list[str], limits: Limits) -> None:
    if len(fields) > limits.columns:
        raise refused(
            Problem(file, line, WHOLE_FILE, f"{len(fields)} columns; at most {limits.columns} are read.")
        )
    lengths = [len(field) for field in fields]
    longest = max(lengths, default=0)
    if longest > limits.field_characters:
        message = f"{longest} characters; at most {limits.field_characters} are read."
        raise refused(Problem(file, line, f"column {lengths.index(longest) + 1}", message))
