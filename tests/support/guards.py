"""Guards of legal steps against tables: one case in which everything is right, and rows that change it.

- `right` holds the arguments of the guard by name; `like` takes them from another table first.
- A row's `with` replaces single facts by their dotted path; `bars` and `reasons` are the codes expected.
- A mark is written `2024-11-11 AM O`. The school's calendar and working days are those of `calendars`. A
  payment clock is written by the day of receipt, a time limit by the first and last offence day.
"""

import inspect
import re
from copy import deepcopy
from dataclasses import is_dataclass
from datetime import date, timedelta
from enum import Enum
from importlib import import_module
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from rules.clocks import PaymentClock, payment_clock
from rules.findings import Finding
from rules.ladder import EarlierNotice, ladder
from rules.law import RuleBook, rule_book
from rules.steps.request import IrregularRequestFacts, LeaveRequestFacts, criteria, may_close_as_not_met
from rules.time_limits import time_limit
from tests.support.calendars import english_working_days, school_calendar
from tests.support.scenarios import read

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
        name: build(hints[name], arguments[name])
        for name in inspect.signature(guard).parameters
        if name in arguments
    }
    return guard(**built, book=BOOK, on=on)


def build(hint: Any, data: Any) -> Any:
    """Build a value of the hinted type from plain data; a fact that the type does not know raises."""
    if get_origin(hint) in {Union, UnionType}:
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if data is None or is_dataclass(data):
        return data
    if get_origin(hint) in {tuple, frozenset}:
        inner = (build(get_args(hint)[0], item) for item in data)
        return tuple(inner) if get_origin(hint) is tuple else frozenset(inner)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{name: build(hints[name], item) for name, item in data.items()})
    if isinstance(data, str) and hint is date:
        return date.fromisoformat(data)
    return hint(data) if issubclass(hint, Enum) else data


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
    return {name: _built(inner) for name, inner in arguments.items()}


def _built(value: Any) -> Any:
    """Replace what a table writes short: the school's calendar, a payment clock, a time limit."""
    if not isinstance(value, dict):
        return value
    built = {key: _built(inner) for key, inner in value.items()}
    if built.get("calendar") == "school":
        built.update(calendar=school_calendar(), working_days=english_working_days())
    if isinstance(built.get("clock"), dict):
        built["clock"] = clock_of(**built["clock"])
    if isinstance(built.get("limit"), dict):
        built["limit"] = time_limit(built["limit"]["first"], built["limit"]["last"], BOOK)
    return built


def clock_of(received_on: date, notice: str = "first") -> PaymentClock:
    """Return the payment clock of a first or second notice, issued two days before it was received."""
    earlier = () if notice == "first" else (EarlierNotice("PN-0", received_on),)
    rung = ladder(earlier, received_on, BOOK)
    assert rung.full is not None
    issued_on = received_on - timedelta(days=2)
    return payment_clock(received_on, full=rung.full, reduced=rung.reduced, book=BOOK, issued_on=issued_on)


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


def leave_criteria(facts: LeaveRequestFacts, book: RuleBook, on: date) -> Finding:
    """Judge a request about leave of absence."""
    return criteria(facts, book, on)


def irregular_criteria(facts: IrregularRequestFacts, book: RuleBook, on: date) -> Finding:
    """Judge a request about irregular absence."""
    return criteria(facts, book, on)


def close_leave_request(facts: LeaveRequestFacts, book: RuleBook, on: date) -> Finding:
    """Ask whether a request about leave of absence may be closed as not met."""
    return may_close_as_not_met(facts, book, on)
