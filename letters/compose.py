"""A letter put together: from a context to a document that the page and the PDF both print.

- The document is data: lines, blocks and a footer. It knows neither HTML nor Typst.
- Everything the law asks the letter to contain is proved to stand in it, with text, before it is printed.
- The footer says what made the letter: reference, template and version, local code, rule set, and a short
  hash of the data, so that a sheet of paper can be tied to its record.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction

import rfc8785

from letters.blocks import Block, Reading
from letters.catalogue import Letter
from letters.contexts import LetterContext
from letters.errors import CannotPost, CannotPrint, ContentsMissing, Incomplete, WrongContext
from letters.formats import day
from letters.glyphs import name_of, unprintable
from letters.postal import address_lines, problems
from letters.texts import LetterText, layout_version
from rules.law import RuleBook

SHORT_HASH = 12

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Document:
    """A letter as both its forms print it.

    `contents` holds, for each key that the law asks for, the text that stands for it.
    """

    title: str
    author: str
    made_on: date
    organisation: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    opening: tuple[str, ...]
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]
    contents: Mapping[str, str]
    data_sha256: str


def compose(letter: Letter, text: LetterText, context: LetterContext, book: RuleBook) -> Document:
    """Put a letter together.

    Raises `WrongContext`, `Incomplete`, `CannotPrint`, `CannotPost`, `TemplateInvalid` or `ContentsMissing`.
    """
    if type(context) is not letter.context:
        raise WrongContext(f"{letter.name} takes {letter.context.__name__}, not {type(context).__name__}.")
    _refuse_what_cannot_go(context)
    reading = text.fill(values_of(context))
    _refuse_missing_contents(letter, reading, book, context.letter_date)
    digest = data_sha256(context)
    sender = context.sender
    return Document(
        title=f"{text.meta.title}, {context.reference}",
        author=sender.organisation,
        made_on=context.letter_date,
        organisation=sender.organisation,
        sender=_sender_lines(context),
        recipient=address_lines(context.recipient),
        opening=(day(context.letter_date), f"Our reference: {context.reference}"),
        blocks=reading.blocks,
        footer=_footer(text, context, digest),
        contents=reading.contents,
        data_sha256=digest,
    )


def values_of(context: LetterContext) -> dict[str, object]:
    """Return what a text may name: the context's fields and properties."""
    own = {field.name for field in fields(context)}
    properties = {name for name in dir(type(context)) if isinstance(getattr(type(context), name), property)}
    return {name: getattr(context, name) for name in sorted(own | properties)}


def data_sha256(context: LetterContext) -> str:
    """Return the SHA-256 of the context as canonical JSON (RFC 8785), its kind included."""
    return hashlib.sha256(rfc8785.dumps([type(context).__name__, _plain(context)])).hexdigest()


def unprintable_characters(context: LetterContext) -> tuple[str, ...]:
    """Return the names of the characters in the context that no font can print; none means all print."""
    found = (character for text in _texts(_plain(context)) for character in unprintable(text))
    return tuple(name_of(character) for character in dict.fromkeys(found))


def blank_fields(context: LetterContext) -> tuple[str, ...]:
    """Return the names of the fields that are blank and may not be; one with a default may be."""
    return tuple(_blanks(context, ""))


def _refuse_what_cannot_go(context: LetterContext) -> None:
    if blanks := blank_fields(context):
        raise Incomplete(blanks)
    if characters := unprintable_characters(context):
        raise CannotPrint(characters)
    if found := problems(context.recipient):
        raise CannotPost(found)


def _refuse_missing_contents(letter: Letter, reading: Reading, book: RuleBook, on: date) -> None:
    if not letter.contents:
        return
    required = book.law(letter.contents, on).table
    missing = tuple(str(required[key]) for key in required if not reading.contents.get(key))
    if missing:
        raise ContentsMissing(letter.name, missing)


def _sender_lines(context: LetterContext) -> tuple[str, ...]:
    sender = context.sender
    lines = (
        sender.team,
        *sender.address_lines,
        sender.postcode,
        sender.telephone,
        sender.email,
        sender.website,
        sender.opening_hours,
    )
    return tuple(line for line in lines if line.strip())


def _footer(text: LetterText, context: LetterContext, digest: str) -> tuple[str, ...]:
    under = context.printed_under
    return (
        f"{context.reference} · template {text.name} {text.meta.version}, layout {layout_version()}",
        f"{under.code_of_conduct} · rules {under.rule_set} · data {digest[:SHORT_HASH]}",
    )


def _blanks(value: object, name: str, *, optional: bool = False) -> Iterator[str]:
    if not optional and (value == () or (isinstance(value, str) and not value.strip())):
        yield name
    if isinstance(value, tuple):
        for number, entry in enumerate(value, start=1):
            yield from _blanks(entry, f"{name} {number}")
    elif is_dataclass(value):
        for field in fields(value):
            path = f"{name}.{field.name}" if name else field.name
            yield from _blanks(getattr(value, field.name), path, optional=field.default is not MISSING)


def _plain(value: object) -> Plain:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value if not isinstance(value, str) else str(value)
    raise TypeError(f"a letter's context cannot hold {type(value).__name__}")


def _texts(value: Plain) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts(entry)
