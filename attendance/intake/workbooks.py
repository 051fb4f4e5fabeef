"""The first sheet, or a named one, of an XLSX workbook as text.

- What it would unpack to is checked before anything is unpacked; rows and columns are counted while reading,
  because the dimensions that a sheet states may lie.
- A formula or an error value is refused, never evaluated and never taken from what was saved beside it.
- A row ends with its last filled cell, but is as wide as the first row: empty cells are not written down.
- A date is a real date and comes out as YYYY-MM-DD; text stays as it stands.
- No entity, no external reference: the XML is read by defusedxml.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException

from attendance.intake.limits import Limits
from attendance.intake.problems import WHOLE_FILE, FilesRefused, Problem
from attendance.intake.sheets import Sheet, SheetRow, refused, whole

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    AnyCell = Cell | MergedCell | ReadOnlyCell | EmptyCell

if not openpyxl.DEFUSEDXML:
    raise RuntimeError("openpyxl must read XML through defusedxml; unset OPENPYXL_DEFUSEDXML")

_ENTRIES = 1000
_SMALL = 2**20
_ENCRYPTED = 0x1


def read_workbook(file: str, data: bytes, limits: Limits, *, sheet: str = "") -> Sheet:
    """Return the rows of a workbook's first sheet, or of the named one; raises `FilesRefused`."""
    if len(data) > limits.workbook_bytes:
        raise whole(file, f"The workbook has {len(data)} bytes; at most {limits.workbook_bytes} are read.")
    _check_archive(file, data, limits)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return _rows(file, _chosen(file, workbook, sheet), limits)
        finally:
            workbook.close()
    except FilesRefused:
        raise
    except (
        zipfile.BadZipFile,
        DefusedXmlException,
        ParseError,
        KeyError,
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
        EOFError,
        OSError,
    ) as error:
        # openpyxl has no error of its own for a damaged workbook: these are what it lets through
        raise whole(file, "The workbook is damaged or not a workbook. Save it anew from Excel.") from error


def _check_archive(file: str, data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise whole(file, "The workbook is cut off or damaged. Send it again.") from error
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise whole(file, "The workbook is protected by a password. Save it without one.")
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > _SMALL and entry.file_size > limits.unpacked_ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    if swollen or unpacked > limits.unpacked_bytes or len(entries) > _ENTRIES:
        raise whole(file, f"The workbook would unpack to {unpacked} bytes. Export only the register, as CSV.")


def _chosen(file: str, workbook: "Workbook", sheet: str) -> "Worksheet":
    by_name = {one.title: one for one in workbook.worksheets}
    name = sheet or next(iter(by_name), "")
    if name not in by_name:
        raise whole(file, f"There is no sheet named {name!r}; the workbook has: {', '.join(by_name)}.")
    return by_name[name]


def _rows(file: str, sheet: "Worksheet", limits: Limits) -> Sheet:
    rows: list[SheetRow] = []
    problems: list[Problem] = []
    bounds = (
        f"At most {limits.sheet_rows} rows, {limits.columns} columns and {limits.sheet_cells} cells are read."
    )
    read = 0
    for line, cells in enumerate(sheet.iter_rows(), 1):
        read += len(cells)
        if line > limits.sheet_rows or len(cells) > limits.columns or read > limits.sheet_cells:
            raise refused(Problem(file, line, WHOLE_FILE, bounds))
        fields: list[str] = []
        for number, cell in enumerate(cells, 1):
            value = _field(cell, limits)
            if isinstance(value, _Wrong):
                problems.append(Problem(file, line, f"column {number}", value.message))
            else:
                fields.append(value)
        if any(fields):
            width = len(rows[0].fields) if rows else 0
            rows.append(SheetRow(line, _to_width(fields, width)))
    if problems:
        raise refused(*problems)
    return Sheet(file, tuple(rows))


@dataclass(frozen=True, slots=True)
class _Wrong:
    message: str


def _field(cell: "AnyCell", limits: Limits) -> str | _Wrong:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        return _Wrong("A formula stands here. Paste its value instead.")
    if cell.data_type == "e":
        return _Wrong("An error value stands here. Correct the cell.")
    text = _text(cell.value)
    if len(text) > limits.field_characters or "\0" in text:
        return _Wrong(f"Too long, or not text; at most {limits.field_characters} characters are read.")
    return text


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _to_width(fields: list[str], width: int) -> tuple[str, ...]:
    end = len(fields)
    while end and not fields[end - 1]:
        end -= 1
    return (*fields[:end], *[""] * (width - end))
