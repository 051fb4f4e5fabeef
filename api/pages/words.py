"""How pages write days, times, money, shares and names of things."""

from datetime import date, datetime

from attendance.domain.moment import ENGLAND
from rules.stages import percent_text

_CAPITALS = {"laao": "LAAO", "ehac": "EHAC", "ehcp": "EHCP", "send": "SEND", "pdf": "PDF"}
_NAMES = {
    "notice_to_improve": "Notice to Improve",
    "penalty_notice": "Penalty Notice",
    "early_help": "Early Help Assessment",
    "for_prosecution": "For prosecution",
    "awaiting_school": "With the school",
    "senior_officer": "Senior officer",
    "legal": "Legal services",
    "none": "Nothing recorded",
    "neither": "Neither persistent nor severe",
}
_MONTHS = (
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
)


def day(value: date | None, otherwise: str = "") -> str:
    """Write a day as `3 March 2025`."""
    return otherwise if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """Write a day as `Monday 3 March 2025`."""
    return f"{value:%A} {day(value)}"


def instant(value: datetime) -> str:
    """Write an instant as the clock on the wall showed it, `3 March 2025, 14:05`."""
    there = value.astimezone(ENGLAND)
    return f"{day(there.date())}, {there:%H:%M}"


def money(pence: int) -> str:
    """Write pence as pounds, without pence where there are none."""
    pounds, rest = divmod(abs(pence), 100)
    text = f"£{pounds:,}" if rest == 0 else f"£{pounds:,}.{rest:02}"
    return f"minus {text}" if pence < 0 else text


def share(part: int, whole: int) -> str:
    """Write a share in per cent with one decimal; nothing of nothing says so."""
    return f"{percent_text(part, whole)}%" if whole else "no sessions yet"


def plain(name: str) -> str:
    """Write the name of a state, kind or step as it is said."""
    if name in _NAMES:
        return _NAMES[name]
    words = [_CAPITALS.get(word, word) for word in name.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str = "") -> str:
    """Write how many there are: `1 pupil`, `2 pupils`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def until(due: date, on: date) -> str:
    """Say how far off a day is."""
    days = (due - on).days
    if days == 0:
        return "today"
    if days < 0:
        return f"{count(-days, 'day')} overdue"
    return "tomorrow" if days == 1 else f"in {count(days, 'day')}"
