"""The law's values on their way into a letter.

- An unverified value is never quoted as law: only `quote…` makes a `Quoted` value, and it refuses one.
- A number of the law therefore cannot reach a letter's context except out of the dated files.
- The footer names the rule set and the local code under which the letter was made.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import NewType

from letters.errors import NotQuotable
from rules.errors import RulesError
from rules.law import Confidence, Plain, RuleBook, Value

Quoted = NewType("Quoted", int)
"""A whole number (pence, days, years, sessions) out of the dated law or policy."""

QuotedText = NewType("QuotedText", str)
"""A text out of the dated law or policy."""

HASH_LETTERS = 8


def quote(value: Value) -> Quoted:
    """Return the value's whole number for a letter; raises `NotQuotable` where it is unverified."""
    return Quoted(_checked(value).whole)


def quote_text(value: Value) -> QuotedText:
    """Return the value's text for a letter; raises `NotQuotable` where it is unverified."""
    return QuotedText(_checked(value).text)


def quote_texts(value: Value) -> tuple[QuotedText, ...]:
    """Return the texts of a table, in its order; raises `NotQuotable` where it is unverified."""
    return tuple(_text(value, entry) for entry in _checked(value).table.values())


def quote_entry(value: Value, key: str) -> QuotedText:
    """Return one text of a table by its key; raises `NotQuotable` where unverified, KeyError where absent."""
    return _text(value, _checked(value).table[key])


def rule_set(book: RuleBook, on: date) -> str:
    """Return the authority and a short hash of every value in force on that day."""
    digest = hashlib.sha256()
    for parameter in book:
        try:
            digest.update(f"{parameter.name}={_plain(parameter.on(on).value)}\n".encode())
        except RulesError:
            continue
    return f"{book.authority} {digest.hexdigest()[:HASH_LETTERS]}"


def _checked(value: Value) -> Value:
    if value.confidence is Confidence.UNVERIFIED:
        raise NotQuotable(
            f"{value.name} is unverified and is never quoted in a letter. Hold it against its source first."
        )
    return value


def _text(value: Value, entry: Plain) -> QuotedText:
    text = entry.get("text") if isinstance(entry, Mapping) else entry
    if not isinstance(text, str):
        raise TypeError(f"{value.name} does not hold texts")
    return QuotedText(text)


def _plain(value: Plain) -> str:
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_plain(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, tuple):
        return "[" + ",".join(_plain(entry) for entry in value) + "]"
    return repr(value)
