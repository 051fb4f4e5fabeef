"""Rows of a table read into typed values, each with its line, and everything that is wrong.

- The whole table is read, so that every problem is listed at once.
- A column that is missing, doubled or unknown is a problem; a row with too many or too few fields is one.
- The same row twice is a warning; two rows of one key that differ are a problem.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from attendance.intake.problems import WHOLE_ROW, Problem
from attendance.intake.sheets import Sheet, SheetRow, refused, whole

Value = TypeVar("Value")


class FileRow(BaseModel):
    """A row of a file. Columns are the fields, by name or by alias; those with a default may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


Model = TypeVar("Model", bound=FileRow)


@dataclass(frozen=True, slots=True)
class Located(Generic[Value]):
    """A value and the line it stands in."""

    line: int
    value: Value


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What a file holds: its values, what is wrong with it, and what is odd but accepted."""

    file: str
    values: tuple[Located[Value], ...]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def read_rows(
    sheet: Sheet,
    model: type[Model],
    make: Callable[[Model], Value],
    key: Callable[[Value], Hashable],
    *,
    ignore_unknown: bool = False,
) -> Reading[Value]:
    """Read every row of a table.

    Args:
        sheet: the table.
        model: the columns and the kind of each.
        make: turns a valid row into the value wanted; a ValueError is a problem of the row.
        key: what makes two rows one and the same.
        ignore_unknown: whether columns that the model does not know are left out.

    Raises:
        FilesRefused: there is no header or no row, or the header does not fit.
    """
    if len(sheet.rows) < 2:
        raise whole(sheet.file, "There is no row below the header. Export the file again.")
    header = _header(sheet, model, ignore_unknown=ignore_unknown)
    read = _Rows[Value](sheet.file)
    for row in sheet.rows[1:]:
        _read_row(row, header, model, make, key, read)
    return Reading(sheet.file, tuple(read.values), tuple(read.problems), tuple(read.warnings))


class _Rows(Generic[Value]):
    def __init__(self, file: str) -> None:
        self.file = file
        self.values: list[Located[Value]] = []
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.seen: dict[Hashable, Located[Value]] = {}

    def add(self, found: Located[Value], key: Hashable) -> None:
        """Take a valid row, unless its key was there before."""
        before = self.seen.setdefault(key, found)
        if before is found:
            self.values.append(found)
        elif before.value == found.value:
            self.warn(found.line, WHOLE_ROW, f"The same as line {before.line}; counted once.")
        else:
            self.refuse(found.line, WHOLE_ROW, f"This contradicts line {before.line}. Keep one of the two.")

    def refuse(self, line: int, column: str, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, line, column, message))

    def warn(self, line: int, column: str, message: str) -> None:
        """Note something odd."""
        self.warnings.append(Problem(self.file, line, column, message))


def _header(sheet: Sheet, model: type[FileRow], *, ignore_unknown: bool) -> tuple[str | None, ...]:
    names = {field.alias or name: field for name, field in model.model_fields.items()}
    given = sheet.rows[0].fields
    problems = [
        Problem(sheet.file, 1, name, "This column is missing.")
        for name, field in names.items()
        if field.is_required() and name not in given
    ]
    problems += [
        Problem(sheet.file, 1, name, "This column is there twice.") for name in names if given.count(name) > 1
    ]
    unknown = [name for name in given if name not in names]
    if not ignore_unknown:
        known = ", ".join(names)
        problems += [Problem(sheet.file, 1, name, f"Unknown column. Known: {known}.") for name in unknown]
    if problems:
        raise refused(*problems)
    return tuple(name if name in names else None for name in given)


def _read_row(
    row: SheetRow,
    header: tuple[str | None, ...],
    model: type[Model],
    make: Callable[[Model], Value],
    key: Callable[[Value], Hashable],
    read: _Rows[Value],
) -> None:
    if len(row.fields) != len(header):
        read.refuse(row.line, WHOLE_ROW, f"{len(row.fields)} fields, but the header has {len(header)}.")
        return
    fields = {name: text for name, text in zip(header, row.fields, strict=True) if name is not None}
    try:
        value = make(_valid(model, fields))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            column = ".".join(str(part) for part in problem["loc"][:1]) or WHOLE_ROW
            read.refuse(row.line, column, _said(problem["msg"]))
    else:
        read.add(Located(row.line, value), key(value))


def _valid(model: type[Model], fields: Mapping[str, str]) -> Model:
    return model.model_validate(fields)


def _said(message: str) -> str:
    said = message.removeprefix("Value error, ")
    return said if said != message else f"{message}."
