"""Guards of legal steps against tables: one case in which everything is right, and rows that change it.

- `right` holds the arguments of the guard by name; `like` takes them from another table first.
- A row's `with` replaces single facts by their dotted path; `bars` and `reasons` are the codes expected.
- A mark is written `2024-11-11 AM O`. The school's calendar and working days are those of `calendars`.
"""

import inspect
import re
from copy import deepcopy
from functools import cache
from importlib import import_module
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

from rules.findings import Finding
from rules.law import rule_book
from tests.support.calendars import english_working_days, school_calendar
from tests.support.scenarios import read

adapter = cache(TypeAdapter)
BOOK = rule_book("coventry")
MARK = re.compile(r"(\d{4}-\d{2}-\d{2}) (AM|PM) (\w+)")


def guard_rows(*files: str) -> list[Any]:
    """Return every row of the tables as pytest parameters: guard, arguments, day, row."""
    return [
        pytest.param(
            _guard(table["guard"]), _arguments(table, row), row.get("on", table["on"]), row, id=row["name"]
        )
        for file in files
        for table in [read(file)]
        for row in table["rows"]
    ]


def ask_guard(guard: Any, arguments: dict[str, Any], on: Any) -> Finding:
    """Build the facts that the guard takes and return its finding."""
    hints = get_type_hints(guard)
    built = {
        name: adapter(hints[name]).validate_python(arguments[name])
        for name in inspect.signature(guard).parameters
        if name in arguments
    }
    return guard(**built, book=BOOK, on=on)


def right_arguments(file: str) -> dict[str, Any]:
    """Return the arguments of the case in which everything is right."""
    table = read(file)
    right = right_arguments(table["like"]) if "like" in table else {}
    return {**right, **_plain(table.get("right", {}))}


def _arguments(table: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    right = right_arguments(table["like"]) if "like" in table else {}
    arguments = deepcopy({**right, **_plain(table.get("right", {}))})
    for path, value in row.get("with", {}).items():
        *parents, last = path.split(".")
        inner = arguments
        for parent in parents:
            inner = inner[parent]
        inner[last] = _plain(value)
    for facts in arguments.values():
        if isinstance(facts, dict) and facts.get("calendar") == "school":
            facts.update(calendar=school_calendar(), working_days=english_working_days())
    return arguments


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    found = MARK.fullmatch(value) if isinstance(value, str) else None
    return dict(zip(("day", "session", "code"), found.groups(), strict=True)) if found else value


def _guard(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)
