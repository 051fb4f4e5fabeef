"""How pages write days, times, money, shares and names of things."""

from datetime import date, datetime

from attendance.domain.moment import ENGLAND
from letters import formats
from letters.formats import counted
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


def day(value: date | None, otherwise: str = "") -> str:
    """Write a day as `3 March 2025`."""
    return otherwise if value is None else formats.day(value)


def instant(value: datetime) -> str:
    """Write an instant as the clock on the wall showed it, `3 March 2025, 14:05`."""
    there = value.astimezone(ENGLAND)
    return f"{day(there.date())}, {there:%H:%M}"


def money(pence: int) -> str:
    """Write pence as pounds, without pence where there are none."""
    text = formats.money(abs(pence))
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


def until(due: date, on: date) -> str:
    """Say how far off a day is."""
    days = (due - on).days
    if days == 0:
        return "today"
    if days < 0:
        return f"{counted(-days, 'day')} overdue"
    return "tomorrow" if days == 1 else f"in {counted(days, 'day')}"
