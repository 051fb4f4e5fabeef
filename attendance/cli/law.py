"""`attendance law`: the dated values in force, each with its citation and confidence.

- Says of every parameter how it stands on the day: in force, not yet, no longer, or never enforced.
- What is unverified, or rests on our reading, says so.
"""

import json
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from rules.errors import UnknownPolicy
from rules.law import (
    Announced,
    Citation,
    Confidence,
    Data,
    Parameter,
    Plain,
    RuleBook,
    Standing,
    Value,
    known_policies,
    rule_book,
)

WIDTH = 100
OFFICE = ZoneInfo("Europe/London")


class Format(StrEnum):
    """How the list is written."""

    TEXT = "text"
    JSON = "json"


def law(
    name: Annotated[
        str | None,
        typer.Argument(help="A parameter, or the beginning of several: england.penalty_notice"),
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day asked about. Today if it is left out."),
    ] = None,
    policy: Annotated[str, typer.Option(help="The authority whose code of conduct is read.")] = "coventry",
    output: Annotated[
        Format, typer.Option("--format", help="text to read, json for programs.")
    ] = Format.TEXT,
) -> None:
    """List the dated values of the law and of the local policy, with citation and confidence.

    Example: attendance law england.penalty_notice.first_amount_pence --on 2024-08-18
    """
    day = on.date() if on else datetime.now(tz=OFFICE).date()
    parameters = _asked_for(_book(policy), name)
    if output is Format.JSON:
        rows = [_as_row(parameter, day) for parameter in parameters]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    print("\n\n".join("\n".join(_as_text(parameter, day)) for parameter in parameters))
    if len(parameters) > 1:
        print(f"\n{_summary(parameters, day)}")


def _book(policy: str) -> RuleBook:
    try:
        return rule_book(policy)
    except UnknownPolicy as error:
        raise typer.BadParameter(str(error), param_hint="--policy") from error


def _asked_for(book: RuleBook, name: str | None) -> tuple[Parameter, ...]:
    if name is None:
        return tuple(book)
    found = book.named(name)
    if not found:
        near = ", ".join(book.near(name)) or f"none. Policies: {', '.join(known_policies())}"
        raise typer.BadParameter(f"No parameter is called {name}. Near it: {near}.", param_hint="NAME")
    return found


def _summary(parameters: tuple[Parameter, ...], day: date) -> str:
    standings = Counter(parameter.standing(day) for parameter in parameters)
    counts = ", ".join(
        f"{standings[standing]} {standing.value.replace('_', ' ')}"
        for standing in Standing
        if standings[standing]
    )
    unverified = sum(
        parameter.on(day).confidence is Confidence.UNVERIFIED
        for parameter in parameters
        if parameter.standing(day) is Standing.IN_FORCE
    )
    return f"On {day.isoformat()}: {counts}. Of those in force, {unverified} are unverified."


def _as_text(parameter: Parameter, day: date) -> Iterator[str]:
    yield parameter.name
    yield from _wrapped(parameter.title)
    standing = parameter.standing(day)
    match standing:
        case Standing.NOT_YET_IN_FORCE:
            yield f"  NOT YET IN FORCE on {day.isoformat()}; {_begins(parameter)}"
        case Standing.NO_LONGER_IN_FORCE:
            yield f"  NO LONGER IN FORCE on {day.isoformat()}"
        case Standing.IN_FORCE | Standing.NEVER_ENFORCED:
            yield from _value_as_text(parameter.on(day))
    for announced in parameter.announced:
        yield from _wrapped(f"Announced, never applied before it is in force: {announced.reading}")


def _begins(parameter: Parameter) -> str:
    return f"in force from {parameter.since.isoformat()}" if parameter.since else "announced only"


def _value_as_text(value: Value) -> Iterator[str]:
    if isinstance(value.value, Mapping):
        yield from (f"    {line}" for line in _table_lines(value.value))
    else:
        yield f"  {_cell(value.value)}{_unit(value)}"
    days = f"from {value.since.isoformat()}" + (f" until {value.until.isoformat()}" if value.until else "")
    yield f"  {days}; {value.confidence.value.upper()}, checked {value.checked_on.isoformat()}"
    for cite in value.cites:
        yield from _wrapped(f"{cite} <{cite.url}>" if cite.url else str(cite))
    for label, text in (("Reading", value.reading), ("Note", value.note)):
        yield from _wrapped(f"{label}: {text}") if text else ()
    if value.not_enforced:
        yield from _wrapped(f"NEVER ENFORCED: {value.not_enforced}")


def _table_lines(table: Mapping[str, Plain]) -> Iterator[str]:
    for name, cell in table.items():
        if isinstance(cell, Mapping):
            yield f"{name}: {'; '.join(f'{key}: {_cell(inner)}' for key, inner in cell.items())}"
        else:
            yield f"{name}: {_cell(cell)}"


def _cell(cell: Plain) -> str:
    match cell:
        case bool():
            return "yes" if cell else "no"
        case tuple():
            return ", ".join(_cell(item) for item in cell)
        case _:
            return str(cell)


def _unit(value: Value) -> str:
    counted = isinstance(value.value, int) and not isinstance(value.value, bool)
    return f" {value.unit}" if counted else ""


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _as_row(parameter: Parameter, day: date) -> dict[str, Data | None]:
    standing = parameter.standing(day)
    row: dict[str, Data | None] = {
        "name": parameter.name,
        "title": parameter.title,
        "unit": parameter.unit,
        "standing": standing.value,
        "announced": [_announced_row(announced) for announced in parameter.announced],
    }
    if standing in {Standing.IN_FORCE, Standing.NEVER_ENFORCED}:
        return row | _value_row(parameter.on(day))
    return row | {"value": None, "since": parameter.since.isoformat() if parameter.since else None}


def _value_row(value: Value) -> dict[str, Data | None]:
    return {
        "value": value.data,
        "since": value.since.isoformat(),
        "until": value.until.isoformat() if value.until else None,
        "cites": [_cite_row(cite) for cite in value.cites],
        "confidence": value.confidence.value,
        "checked_on": value.checked_on.isoformat(),
        "checked_by": value.checked_by,
        "reading": value.reading,
        "note": value.note,
        "not_enforced": value.not_enforced,
    }


def _announced_row(announced: Announced) -> Data:
    return {
        "since": announced.since.isoformat(),
        "reading": announced.reading,
        "cites": [_cite_row(cite) for cite in announced.cites],
    }


def _cite_row(cite: Citation) -> Data:
    return {
        "kind": cite.kind,
        "instrument": cite.instrument,
        "provision": cite.provision,
        "url": cite.url,
    }
