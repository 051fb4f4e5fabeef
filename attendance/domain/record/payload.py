"""What an entry of the record may say, and the one way of writing it.

- Every event has a past-tense name and named fields; each field has a kind. Anything else is refused.
- A payload holds ids, codes, days, hashes, money in pence and rule values: never names, never free text. A
  reason is a code and the salted hash of a text kept elsewhere, so that the text can be erased and the chain
  still holds.
- Written as canonical JSON (RFC 8785), so that the same payload always has the same bytes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from fractions import Fraction

import rfc8785

from attendance.domain.moment import utc_text
from attendance.domain.record.errors import PayloadInvalid
from rules.law import Plain, Value

_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_MARK = re.compile(r"[A-Z0-9/\\#]{1,2}")
_REFERENCE = re.compile(r"[A-Z]{1,4}-\d{4}-\d{6}")
_URN = re.compile(r"\d{6}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ReasonKept:
    """A reason as the record knows it: its code, and the salted hash of its text."""

    code: str
    hash: str


Item = str | int | bool | date | datetime | Fraction | ReasonKept | Value
PayloadValue = Item | tuple[Item, ...]
Payload = Mapping[str, PayloadValue]
Json = str | int | bool | list["Json"] | dict[str, "Json"]


class Kind(Enum):
    """The kinds of value a field may hold."""

    ID = "a database key"
    COUNT = "a whole number, not negative"
    NUMBER = "a whole number"
    PENCE = "money in whole pence"
    FLAG = "true or false"
    DAY = "a calendar day"
    INSTANT = "an aware instant"
    SHARE = "an exact share"
    CODE = "a code in lower case without spaces"
    MARK = "a register code"
    REFERENCE = "a reference such as PN-2025-000012"
    URN = "a school's six digits"
    HASH = "a SHA-256 in hexadecimal"
    REASON = "a reason's code and the salted hash of its text"
    RULE = "a value of the law or of local policy"


@dataclass(frozen=True, slots=True)
class Many:
    """A field that holds any number of values of one kind, as a tuple."""

    kind: Kind


FieldKind = Kind | Many


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of entry: its name, the fields it must have, and those it may have besides."""

    name: str
    needs: Mapping[str, FieldKind] = field(default_factory=dict)
    may: Mapping[str, FieldKind] = field(default_factory=dict)

    def write(self, payload: Payload) -> str:
        """Return the payload as canonical JSON; raises `PayloadInvalid` naming what is wrong."""
        missing = sorted(self.needs.keys() - payload.keys())
        unknown = sorted(payload.keys() - self.needs.keys() - self.may.keys())
        if missing or unknown:
            raise PayloadInvalid(self.name, f"missing fields {missing}, unknown fields {unknown}")
        kinds = {**self.needs, **self.may}
        plain = {name: self._plain(name, kinds[name], value) for name, value in payload.items()}
        return rfc8785.dumps(plain).decode()

    def _plain(self, name: str, kind: FieldKind, value: PayloadValue) -> Json:
        if isinstance(kind, Many):
            if not isinstance(value, tuple):
                raise PayloadInvalid(self.name, f"{name} must be a tuple, each {kind.kind.value}")
            return [self._one(name, kind.kind, item) for item in value]
        if isinstance(value, tuple):
            raise PayloadInvalid(self.name, f"{name} must be {kind.value}, not several")
        return self._one(name, kind, value)

    def _one(self, name: str, kind: Kind, value: Item) -> Json:
        written = WRITERS[kind](value)
        if written is None:
            raise PayloadInvalid(self.name, f"{name} must be {kind.value}")
        return written


def _whole(value: Item, least: int | None) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if least is None or value >= least else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Item], Json | None]:
    def write(value: Item) -> Json | None:
        return str(value) if isinstance(value, str) and pattern.fullmatch(value) else None

    return write


def _day(value: Item) -> Json | None:
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None


def _instant(value: Item) -> Json | None:
    return utc_text(value) if isinstance(value, datetime) and value.tzinfo is not None else None


def _reason(value: Item) -> Json | None:
    if (
        not isinstance(value, ReasonKept)
        or not _CODE.fullmatch(value.code)
        or not _HASH.fullmatch(value.hash)
    ):
        return None
    return {"code": value.code, "hash": value.hash}


def _rule(value: Item) -> Json | None:
    if not isinstance(value, Value):
        return None
    return {
        "name": value.name,
        "since": value.since.isoformat(),
        "value": _plain_value(value.value),
        "confidence": value.confidence.value,
    }


def _plain_value(value: Plain) -> Json:
    if isinstance(value, Mapping):
        return {str(key): _plain_value(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    return value


WRITERS: Mapping[Kind, Callable[[Item], Json | None]] = {
    Kind.ID: lambda value: _whole(value, 1),
    Kind.COUNT: lambda value: _whole(value, 0),
    Kind.NUMBER: lambda value: _whole(value, None),
    Kind.PENCE: lambda value: _whole(value, 0),
    Kind.FLAG: lambda value: value if isinstance(value, bool) else None,
    Kind.DAY: _day,
    Kind.INSTANT: _instant,
    Kind.SHARE: lambda value: (
        f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else None
    ),
    Kind.CODE: _matching(_CODE),
    Kind.MARK: _matching(_MARK),
    Kind.REFERENCE: _matching(_REFERENCE),
    Kind.URN: _matching(_URN),
    Kind.HASH: _matching(_HASH),
    Kind.REASON: _reason,
    Kind.RULE: _rule,
}
