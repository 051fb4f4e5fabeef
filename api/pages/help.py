"""Help in place: the terms of the law in plain words, with the values of the day and where each comes from.

- The words stand in `terms.yaml`, the values in the law's own data: no number is written twice.
- A sentence whose value is not in force on the day is left out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from api.pages.assets import HERE
from api.pages.parts import Link
from api.pages.words import money, plain
from rules.errors import RulesError
from rules.law import Confidence, RuleBook, Value, rule_book
from rules.law_yaml import read_yaml
from rules.stages import per_cent

FILE = HERE / "terms.yaml"
NOTHING = "This is not in force on this day."
_PLACE = re.compile(r"\{(law|policy):([a-z_.]+)\}")


class TermWritten(BaseModel):
    """A term as it stands in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    says: tuple[str, ...]
    law: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a page explains it on one day; `unverified` says that a value has not been checked."""

    key: str
    name: str
    sentences: tuple[str, ...]
    sources: tuple[Link, ...]
    unverified: bool


@lru_cache(maxsize=1)
def written() -> Mapping[str, TermWritten]:
    """Return the terms of the file by their keys; raises `ValidationError` where one is not as it must be."""
    read = read_yaml(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, TermWritten]).validate_python(read)


@lru_cache(maxsize=16)
def terms(authority: str, on: date) -> Mapping[str, Term]:
    """Return every term as it is explained on a day under the code of an authority, by its key."""
    book = rule_book(authority)
    return {key: _term(key, one, book, on) for key, one in written().items()}


@lru_cache(maxsize=256)
def terms_of(act: str) -> tuple[str, ...]:
    """Return the keys of the terms that the form of an act explains."""
    return tuple(key for key, one in written().items() if act in one.acts)


def anchor(parameter: str) -> str:
    """Return where the page of the law has a parameter, by its full name."""
    return f"value-{parameter.replace('.', '-')}"


def value_of(book: RuleBook, kind: str, name: str, on: date) -> Value:
    """Return a value by how the file names it; raises `RulesError`."""
    return book.law(name, on) if kind == "law" else book.policy(name, on)


def words_of(value: Value) -> str:
    """Return a value as a sentence says it."""
    match value.value:
        case bool(flag):
            return "yes" if flag else "no"
        case int(number):
            return money(number) if value.unit == "pence" else f"{number}"
        case str(text) if value.unit == "share":
            return per_cent(value.share).replace(" ", "") if text else text
        case str(text):
            return plain(text).lower() if text.islower() else text
        case tuple(items):
            return ", ".join(str(item) for item in items)
        case _:
            raise TypeError(f"{value.name} cannot be said within a sentence")


def _term(key: str, one: TermWritten, book: RuleBook, on: date) -> Term:
    said = tuple(sentence for sentence in (_said(text, book, on) for text in one.says) if sentence)
    named = [*(("law", name) for name in one.law), *(("policy", name) for name in one.policy)]
    values = [value for value in (_or_none(book, kind, name, on) for kind, name in named) if value]
    return Term(
        key=key,
        name=one.name,
        sentences=said or (NOTHING,),
        sources=tuple(Link(value.title, f"/law#{anchor(value.name)}") for value in values),
        unverified=any(value.confidence is Confidence.UNVERIFIED for value in values),
    )


def _said(text: str, book: RuleBook, on: date) -> str:
    try:
        return _PLACE.sub(lambda found: words_of(value_of(book, found[1], found[2], on)), text)
    except RulesError:
        return ""


def _or_none(book: RuleBook, kind: str, name: str, on: date) -> Value | None:
    try:
        return value_of(book, kind, name, on)
    except RulesError:
        return None
