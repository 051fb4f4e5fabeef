"""How days, money and counts are said in sentences.

- A day is said in full with its weekday, because deadlines are checked by eye.
- Money is integer pence inside and pounds only here.
"""

from datetime import date

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def said_day(day: date) -> str:
    """Return a day as a sentence says it: `Tuesday 10 September 2024`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def said_span(first: date, last: date) -> str:
    """Return two days, both included, as a sentence says them."""
    if first == last:
        return said_day(first)
    return f"{said_day(first)} to {said_day(last)}"


def said_pence(pence: int) -> str:
    """Return integer pence as pounds: `£160`, `£80.50`."""
    pounds, rest = divmod(pence, 100)
    return f"£{pounds}.{rest:02}" if rest else f"£{pounds}"


def said_count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one: `1 session`, `10 sessions`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def said_list(things: tuple[str, ...]) -> str:
    """Return things as a sentence lists them: `a, b and c`."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def said_days(days: tuple[date, ...]) -> str:
    """Return days as a sentence lists them, in order and each once."""
    return said_list(tuple(said_day(day) for day in sorted(set(days))))
