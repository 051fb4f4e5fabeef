"""What is wrong with what was typed, in words that say what to type instead.

- An empty field is asked for, whatever it would have held; what is chosen is not called typed.
- What breaks a bound is told the bound.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from api.pages.forms.fields import Kind
from api.pages.words import day, money
from attendance.domain.bounds import FIRST_DAY, LAST_DAY

_CHOSEN = frozenset({Kind.ONE_OF, Kind.ANY_OF, Kind.YES_NO})
_REFERENCE = "^[A-Z]"
_PLAINLY = {
    "control_character": "This holds a sign that cannot be shown. Type it anew",
    "day_out_of_reach": f"Give a day from {day(FIRST_DAY)} to {day(LAST_DAY)}",
    "too_short": "Give at least one",
}


def wrong_in_words(item: ErrorDetails, kind: Kind | None, *, chosen: bool) -> str:
    """Return what to do about one problem; `chosen` says that the field offers choices of its own."""
    found = item["type"]
    if found in {"missing", "string_too_short"} or item["input"] == "":
        return _empty(item, kind, chosen=chosen)
    if found.startswith("date"):
        return "This must be a real day, such as 27 3 2025"
    if found.startswith("int"):
        money_asked = "an amount in pounds, such as 160 or 80.00"
        return f"This must be {money_asked if kind is Kind.MONEY else 'a whole number'}"
    return _PLAINLY.get(found) or _beyond(found, item.get("ctx", {}), kind)


def _empty(item: ErrorDetails, kind: Kind | None, *, chosen: bool) -> str:
    if len(item["loc"]) > 1:
        return "Fill in every part"
    return "Choose an answer" if chosen or kind in _CHOSEN else "Fill this in"


def _beyond(found: str, bound: Mapping[str, Any], kind: Kind | None) -> str:
    match found:
        case "string_too_long":
            return f"This is too long. Use {bound['max_length']:,} characters or fewer"
        case "greater_than_equal":
            return f"This must be {_number(bound['ge'], kind)} or more"
        case "less_than_equal":
            return f"This must be {_number(bound['le'], kind)} or less"
        case "string_pattern_mismatch" if str(bound["pattern"]).startswith(_REFERENCE):
            return "This must be a reference, such as PN-2025-000012"
        case _:
            return "This is not written as it must be"


def _number(number: int, kind: Kind | None) -> str:
    return money(number) if kind is Kind.MONEY else f"{number:,}"
