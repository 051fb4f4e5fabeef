"""How a letter says a value: days, money, counts, shares, lists, links.

- Everything a template prints passes one of these or is text already; nothing else prints.
- English words are written here, never taken from the machine's locale.
- A value is put on one line: a line break inside a name is a space.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from rules.wording import MONTHS, said_day

PENCE_IN_A_POUND = 100

EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
WEB = re.compile(r"(?:https://)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True, slots=True)
class Linked:
    """A text that leads somewhere."""

    text: str
    href: str


def one_line(text: str) -> str:
    """Return the text with every run of white space, line breaks included, as one space."""
    return " ".join(text.split())


def day(value: date) -> str:
    """Return `10 September 2024`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """Return `Tuesday 10 September 2024`."""
    return said_day(value)


def money(pence: int) -> str:
    """Return `£160` or `£12.50` for a sum in pence; a negative sum raises ValueError."""
    if pence < 0:
        raise ValueError("a letter has no negative sum")
    pounds, rest = divmod(pence, PENCE_IN_A_POUND)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return `1 session` or `10 sessions`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def number(value: int) -> str:
    """Return `1,234`."""
    return f"{value:,}"


def percent(share: Fraction) -> str:
    """Return `84.5%`: one decimal, halves rounded up, for reading only."""
    hundredfold = Decimal(share.numerator * 100) / Decimal(share.denominator)
    rounded = hundredfold.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{rounded.normalize():f}%"


def listed(items: Sequence[str]) -> str:
    """Return `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def joined(items: Sequence[str]) -> str:
    """Return `a, b, c`, as an address on one line."""
    return ", ".join(items)


def ordinal(place: int) -> str:
    """Return `second`, or `11th` beyond the words a letter needs."""
    words = ("first", "second", "third", "fourth", "fifth")
    if 1 <= place <= len(words):
        return words[place - 1]
    ending = "th" if place % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def sentence(text: str) -> str:
    """Return the text with a capital first and one full stop last."""
    line = one_line(text)
    return f"{line[:1].upper()}{line[1:]}" + ("" if line.endswith((".", "!", "?")) else ".")


def email(address: str) -> str | Linked:
    """Return the address as a link, or as plain text where it is not one address."""
    return Linked(address, f"mailto:{address}") if EMAIL.fullmatch(address) else address


def web(address: str) -> str | Linked:
    """Return the address as a link, or as plain text where it is not a plain web address."""
    if not WEB.fullmatch(address):
        return address
    return Linked(address, address if address.startswith("https://") else f"https://{address}")


FILTERS: Mapping[str, Callable[..., str | Linked]] = {
    "day": day,
    "weekday": weekday,
    "money": money,
    "counted": counted,
    "number": number,
    "percent": percent,
    "listed": listed,
    "joined": joined,
    "ordinal": ordinal,
    "sentence": sentence,
    "email": email,
    "web": web,
}
