"""Register files of any form read into the same marks: long or wide, CSV or workbook.

- The bytes decide whether a file is a workbook; a mapping file says that it is wide.
- A file larger than the limit is refused before it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import (
    WHOLE_FILE,
    FilesRefused,
    Problem,
    ProblemList,
    UnreadableFile,
    together,
)
from attendance.intake.received import ReceivedFile
from attendance.intake.register_csv import Register, read_register
from attendance.intake.register_layout import RegisterFile, layout_of
from attendance.intake.register_rows import Row, RowReader
from attendance.intake.register_slow import NO_ROW
from attendance.intake.register_strips import Strips
from attendance.intake.register_wide import read_wide
from attendance.intake.sheets import WORKBOOK, Sheet, read_sheet, refused
from attendance.intake.wide_layout import WideLayout
from rules.codes import RegisterCodes


@dataclass(frozen=True, slots=True)
class Form:
    """How register files are to be read."""

    codes: RegisterCodes
    latest: date
    layout: WideLayout | None = None
    limits: Limits = DEFAULT_LIMITS


def read_registers(files: Sequence[RegisterFile], form: Form) -> Register:
    """Read register files with everything noted beside the marks, and where each row stands.

    Raises:
        UnreadableFile: a file cannot be read.
        FilesRefused: anything is wrong with any of them; holds every problem.
    """
    _refuse_too_large(files, form.limits)
    if form.layout is not None:
        received = [ReceivedFile(file.name, _bytes(file)) for file in files]
        return read_wide(received, form.layout, form.codes, latest=form.latest, limits=form.limits)
    if any(_is_workbook(file) for file in files):
        return _read_workbooks(files, form)
    return read_register(files, form.codes, latest=form.latest, evidence=True)


def _refuse_too_large(files: Sequence[RegisterFile], limits: Limits) -> None:
    said = f"The file is too large; at most {limits.file_bytes} bytes are read. Split it."
    problems = [Problem(file.name, 1, WHOLE_FILE, said) for file in files if _size(file) > limits.file_bytes]
    if problems:
        raise refused(*problems)


def _size(file: RegisterFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or type(error).__name__) from error


def _bytes(file: RegisterFile) -> bytes:
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or type(error).__name__) from error


def _is_workbook(file: RegisterFile) -> bool:
    try:
        with file.path.open("rb") as stream:
            return stream.read(len(WORKBOOK)) == WORKBOOK
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or type(error).__name__) from error


def _read_workbooks(files: Sequence[RegisterFile], form: Form) -> Register:
    problems, odd = ProblemList(), ProblemList()
    strips = Strips(form.codes.known, evidence=True)
    rows = RowReader(form.codes, form.latest, strips, problems)
    for number, file in enumerate(files):
        try:
            sheet = read_sheet(file.name, _bytes(file), limits=form.limits)
        except FilesRefused as failed:
            for problem in failed.problems:
                problems.add(problem)
        else:
            _take(number, sheet, rows, problems, odd)
    names = tuple(file.name for file in files)
    clashes, doubled = strips.doubled(names)
    found = together((problems, clashes), names)
    if found:
        raise FilesRefused(found)
    return Register(strips.table(), together((odd, doubled), names))


def _take(number: int, sheet: Sheet, rows: RowReader, problems: ProblemList, odd: ProblemList) -> None:
    before = problems.total
    layout = layout_of(sheet.file, sheet.rows[0].fields if sheet.rows else ())
    for warning in layout.warnings:
        odd.add(warning)
    for problem in layout.problems:
        problems.add(problem)
    if layout.problems:
        return
    rows.begin(sheet.file, number, layout)
    for row in sheet.rows[1:]:
        rows.take(Row(row.line, list(row.fields)))
    if problems.total == before and not rows.taken:
        problems.add(Problem(sheet.file, 1, WHOLE_FILE, NO_ROW))
