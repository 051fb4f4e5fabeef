"""Reading wide weekly registers, from CSV or workbooks, into the same marks as the long form.

- What a cell says is exact, as in the long form; only the mapping file translates it.
- Every problem is listed at its line and heading; any problem refuses all the files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import (
    WHOLE_FILE,
    WHOLE_ROW,
    FilesRefused,
    Problem,
    ProblemList,
    together,
)
from attendance.intake.received import ReceivedFile
from attendance.intake.register_csv import Register
from attendance.intake.register_layout import NOT_A_UPN, NOT_A_URN, is_urn
from attendance.intake.register_strips import Strips
from attendance.intake.sheets import Sheet, SheetRow, read_sheet
from attendance.intake.upn import is_upn
from attendance.intake.wide_layout import Slot, WideLayout
from rules.codes import RegisterCodes
from rules.errors import CodeNotInForce, UnknownCode


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where things stand in a row."""

    upn: int
    school: int | None
    slots: tuple[tuple[int, str, Slot], ...]


def read_wide(
    files: Sequence[ReceivedFile],
    layout: WideLayout,
    codes: RegisterCodes,
    *,
    latest: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Register:
    """Read wide registers of one layout.

    Args:
        files: CSV files or workbooks.
        layout: what the mapping file says.
        codes: the register codes of every era.
        latest: the last day a mark may have, or None for any.
        limits: how large files and fields may be.

    Raises:
        FilesRefused: anything is wrong with any of them; holds every problem.
    """
    problems, odd = ProblemList(), ProblemList()
    strips = Strips(codes.known, evidence=True)
    reading = _Reading(layout, codes, latest, strips, problems, odd)
    for number, file in enumerate(files):
        try:
            sheet = read_sheet(file.name, file.data, limits=limits, sheet=layout.sheet)
        except FilesRefused as refused:
            for problem in refused.problems:
                problems.add(problem)
        else:
            reading.read(number, sheet)
    names = tuple(file.name for file in files)
    clashes, doubled = strips.doubled(names)
    found = together((problems, clashes), names)
    if found:
        raise FilesRefused(found)
    return Register(strips.table(), together((odd, doubled), names))


class _Reading:
    def __init__(
        self,
        layout: WideLayout,
        codes: RegisterCodes,
        latest: date | None,
        strips: Strips,
        problems: ProblemList,
        odd: ProblemList,
    ) -> None:
        self.layout, self.codes, self.latest = layout, codes, latest
        self.strips, self.problems, self.odd = strips, problems, odd

    def read(self, number: int, sheet: Sheet) -> None:
        """Read one file."""
        before, marks = self.problems.total, 0
        columns = self._columns(sheet)
        if columns is None:
            return
        for row in sheet.rows:
            if row.line > self.layout.header_line:
                marks += self._row(number, sheet.file, row, columns)
        if not marks and self.problems.total == before:
            self._refuse(sheet.file, 1, WHOLE_FILE, "There is no mark in it. Export the week again.")

    def _columns(self, sheet: Sheet) -> _Columns | None:
        layout, file = self.layout, sheet.file
        header = next((row for row in sheet.rows if row.line == layout.header_line), None)
        if header is None:
            self._refuse(file, 1, WHOLE_FILE, f"Line {layout.header_line} should hold the headings.")
            return None
        before = self.problems.total
        upn = self._place(file, header, layout.upn_column)
        school = self._place(file, header, layout.school_column) if layout.school_column else None
        slots = self._slots(file, header, self._monday(sheet))
        if self.problems.total > before or upn is None:
            return None
        if not slots:
            self._refuse(file, header.line, WHOLE_ROW, f"No heading reads like {layout.heading!r}.")
            return None
        return _Columns(upn, school, slots)

    def _place(self, file: str, header: SheetRow, name: str) -> int | None:
        if header.fields.count(name) != 1:
            self._refuse(file, header.line, name, "This heading must stand there exactly once.")
            return None
        return header.fields.index(name)

    def _monday(self, sheet: Sheet) -> date | None:
        week = self.layout.week
        if week is None:
            return None
        fields = next((row.fields for row in sheet.rows if row.line == week.line), ())
        text = fields[week.column - 1] if week.column <= len(fields) else ""
        try:
            return self.layout.monday_of(text)
        except ValueError as error:
            said = f"The week's first day should stand here: {error}. Correct it or the mapping file."
            self._refuse(sheet.file, week.line, f"column {week.column}", said)
            return None

    def _slots(self, file: str, header: SheetRow, monday: date | None) -> tuple[tuple[int, str, Slot], ...]:
        layout, found = self.layout, {}
        known = {layout.upn_column, layout.school_column, *layout.other_columns, ""}
        for place, heading in enumerate(header.fields):
            if heading in known or (layout.week is not None and monday is None):
                continue
            try:
                slot = layout.session_of(heading, monday)
            except ValueError as error:
                self._refuse(file, header.line, heading, f"The heading names no day: {error}.")
                continue
            if slot is None:
                self.odd.add(Problem(file, header.line, heading, "This column is not known and is left out."))
            elif slot in found:
                self._refuse(file, header.line, heading, "Another heading names the same session.")
            else:
                found[slot] = (place, heading, slot)
        return tuple(found.values())

    def _row(self, number: int, file: str, row: SheetRow, columns: _Columns) -> int:
        upn = _field(row, columns.upn)
        urn = self.layout.school_urn if columns.school is None else _field(row, columns.school)
        assert urn is not None
        good = True
        if not is_upn(upn):
            good = self._refuse(file, row.line, self.layout.upn_column, NOT_A_UPN)
        if not is_urn(urn):
            good = self._refuse(file, row.line, self.layout.school_column, NOT_A_URN)
        marks = 0
        for place, heading, slot in columns.slots:
            written = _field(row, place)
            if written in self.layout.nothing:
                continue
            marks += 1
            code = self.layout.codes.get(written, written)
            if self._fits(file, row.line, heading, slot.day, code) and good:
                self.strips.add(urn, upn, slot.day, slot.session.value, code)
                self.strips.stand(number, row.line)
                self.strips.keep((None, None, None, None))
        return marks

    def _fits(self, file: str, line: int, heading: str, day: date, code: str) -> bool:
        if self.latest is not None and day > self.latest:
            said = f"After {self.latest}: a mark cannot be made before its session."
            return self._refuse(file, line, heading, said)
        try:
            self.codes.code(code, day)
        except (UnknownCode, CodeNotInForce) as error:
            said = str(error) if len(code) <= _LONGEST_SHOWN else "Not a register code."
            return self._refuse(file, line, heading, said)
        return True

    def _refuse(self, file: str, line: int, column: str, message: str) -> bool:
        self.problems.add(Problem(file, line, column, message))
        return False


_LONGEST_SHOWN = 3


def _field(row: SheetRow, place: int) -> str:
    return row.fields[place] if place < len(row.fields) else ""
