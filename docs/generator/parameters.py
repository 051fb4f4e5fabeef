"""The pages of the law's parameters: every dated value with its source, and what is unverified."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from docs.generator import Page, code, table
from rules.law import NATION, Announced, Confidence, Parameter, Plain, Value, known_policies, rule_book


def pages() -> Iterator[Page]:
    """Yield one page for the nation, one for each authority, and one that leads to them."""
    books = {name: _parameters(name) for name in (NATION, *known_policies())}
    yield Page("parameters.md", "Parameters of the law", tuple(_overview(books)))
    for name, parameters in books.items():
        yield Page(f"parameters-{name}.md", f"Parameters: {name.title()}", tuple(_page(parameters)))


def _parameters(name: str) -> tuple[Parameter, ...]:
    book = rule_book(known_policies()[0] if name == NATION else name)
    return tuple(parameter for parameter in book if parameter.name.startswith(f"{name}."))


def _overview(books: Mapping[str, tuple[Parameter, ...]]) -> Iterator[str]:
    yield "Every number and list that the software takes from the law or from a local code of conduct is"
    yield "one of these parameters, with the days it is in force, its source and how far it can be relied on."
    yield ""
    yield "- **verified**: held against the instrument itself."
    yield "- **secondary**: published by a council or in guidance that reproduces the instrument."
    yield "- **unverified**: generally known, or our reading. The weakest part of a value decides."
    yield ""
    yield from table(
        ("Page", "Parameters", "Values", *(confidence.value for confidence in Confidence), "never enforced"),
        (_counts(name, parameters) for name, parameters in books.items()),
    )
    yield ""
    yield "## What is unverified"
    yield ""
    for name, parameters in books.items():
        for value in _values(parameters):
            if value.confidence is Confidence.UNVERIFIED:
                link = f"[{code(value.name)}](parameters-{name}.md#{_anchor(value.name)})"
                yield f"- {link} from {value.since.isoformat()}: {_doubt(value)}"


def _counts(name: str, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
    values = list(_values(parameters))
    by_confidence = [sum(value.confidence is confidence for value in values) for confidence in Confidence]
    never = sum(bool(value.not_enforced) for value in values)
    numbers = (len(parameters), len(values), *by_confidence, never)
    return (f"[{name.title()}](parameters-{name}.md)", *(str(number) for number in numbers))


def _values(parameters: Iterable[Parameter]) -> Iterator[Value]:
    return (value for parameter in parameters for value in parameter.values)


def _doubt(value: Value) -> str:
    return " ".join(text for text in (value.reading, value.note) if text)


def _anchor(name: str) -> str:
    return name.replace(".", "")


def _page(parameters: tuple[Parameter, ...]) -> Iterator[str]:
    for group, members in groupby(parameters, key=lambda parameter: parameter.name.split(".")[1]):
        yield f"## {group.replace('_', ' ').capitalize()}"
        yield ""
        for parameter in members:
            yield from _parameter(parameter)


def _parameter(parameter: Parameter) -> Iterator[str]:
    yield f"### {parameter.name}"
    yield ""
    yield f"{parameter.title}. Unit: {parameter.unit}."
    yield ""
    for value in parameter.values:
        yield from _value(value)
    for gap in parameter.gaps:
        yield f"- Ceased on {gap.isoformat()}."
    for announced in parameter.announced:
        yield from _announced(announced)
    yield ""


def _value(value: Value) -> Iterator[str]:
    until = f" until {value.until.isoformat()}" if value.until else ""
    simple = not isinstance(value.value, Mapping)
    shown = f": **{_shown(value.value)}**" if simple else ""
    checked = f"{value.confidence.value}, checked {value.checked_on.isoformat()}"
    yield f"- From {value.since.isoformat()}{until}{shown} ({checked})"
    if value.not_enforced:
        yield f"  - **Never enforced.** {value.not_enforced}"
    for cite in value.cites:
        yield f"  - {cite}" + (f" <{cite.url}>" if cite.url else "")
    for label, text in (("Our reading", value.reading), ("Note", value.note)):
        if text:
            yield f"  - {label}: {text}"
    if isinstance(value.value, Mapping):
        yield ""
        yield from (f"  {line}" for line in _table(value.value))
        yield ""


def _announced(announced: Announced) -> Iterator[str]:
    yield f"- Announced, never used in a decision: {announced.reading} {announced.note}".rstrip()
    for cite in announced.cites:
        yield f"  - {cite}" + (f" <{cite.url}>" if cite.url else "")


def _table(value: Mapping[str, Plain]) -> Iterator[str]:
    rows = {name: inner if isinstance(inner, Mapping) else {"": inner} for name, inner in value.items()}
    columns = tuple(dict.fromkeys(column for row in rows.values() for column in row))
    return table(
        ("", *(column.replace("_", " ") for column in columns)),
        (
            (code(name), *(_shown(row[column]) if column in row else "" for column in columns))
            for name, row in rows.items()
        ),
    )


def _shown(value: Plain) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(_shown(item) for item in value)
        case _:
            return str(value)
