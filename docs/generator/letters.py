"""The page of letters: each with its purpose, its reader, its fields, its contents and what it rests on."""

import dataclasses
import inspect
import re
from collections.abc import Iterator

from docs.generator import Page, code, table
from letters import contexts
from letters.catalogue import LETTERS, Letter
from letters.formats import FILTERS
from letters.samples import letter_of, sample_names
from letters.texts import text
from rules.law import RuleBook, rule_book

AUTHORITY = "coventry"


def pages() -> Iterator[Page]:
    """Yield the page."""
    yield Page("letters.md", "Letters", tuple(_lines(rule_book(AUTHORITY))))


def _lines(book: RuleBook) -> Iterator[str]:
    yield "Every letter that the product writes. `attendance letters preview NAME --out FOLDER` writes one to"
    yield "made-up people. A text stands in `letters/templates/NAME/body.md`."
    yield ""
    rows = (
        (f"[{name}](#{name})", text(name).meta.title, str(letter.audience), str(text(name).meta.version))
        for name, letter in LETTERS.items()
    )
    yield from table(("Letter", "Title", "To", "Version"), rows)
    yield ""
    for letter in LETTERS.values():
        yield from _letter(letter, book)
    yield from _shared()
    yield from _formats()


def _letter(letter: Letter, book: RuleBook) -> Iterator[str]:
    yield from (f"## {letter.name}", "", text(letter.name).meta.purpose.strip(), "")
    samples = [sample for sample in sample_names() if letter_of(sample) == letter.name]
    yield f"- Samples: {', '.join(map(code, samples))}"
    for name in letter.cites:
        parameter = book.parameter(_full(name))
        yield f"- Rests on: {code(parameter.name)}, {parameter.title}"
    yield ""
    yield from _fields(letter.context, {field.name for field in dataclasses.fields(contexts.LetterContext)})
    if letter.contents:
        yield from ("Must contain, or it is refused:", "")
        required = book.parameter(_full(letter.contents)).values[-1].table
        yield from (f"- {code(key)}: {content}" for key, content in required.items())
        yield ""


def _fields(kind: type, left_out: set[str]) -> Iterator[str]:
    rows = [
        (code(field.name), code(_type(field.type)), "yes" if field.default is dataclasses.MISSING else "no")
        for field in dataclasses.fields(kind)
        if field.name not in left_out
    ]
    yield f"Fields of {code(kind.__name__)}:"
    yield ""
    yield from table(("Field", "Type", "Must be filled"), rows)
    yield ""


def _shared() -> Iterator[str]:
    yield from ("## What the fields are made of", "", "Every letter has the fields of `LetterContext`.", "")
    shapes = [
        kind
        for kind in vars(contexts).values()
        if inspect.isclass(kind)
        and dataclasses.is_dataclass(kind)
        and (kind is contexts.LetterContext or not issubclass(kind, contexts.LetterContext))
    ]
    for kind in sorted(shapes, key=lambda kind: kind.__name__):
        yield from _fields(kind, set())


def _formats() -> Iterator[str]:
    yield from ("## Formats", "", "What a text may put behind a field, as in `{{ letter_date | day }}`.", "")
    yield from table(
        ("Format", "What it does"),
        ((code(name), inspect.getdoc(made).splitlines()[0]) for name, made in sorted(FILTERS.items())),
    )


def _full(name: str) -> str:
    local = name.removeprefix("policy.")
    return f"{AUTHORITY}.{local}" if local != name else f"england.{name}"


def _type(annotation: object) -> str:
    plain = annotation.__name__ if inspect.isclass(annotation) else str(annotation)
    return re.sub(r"\b(?:[a-z_]+\.)+", "", plain)
