"""The form that a value of each unit has in its file.

- A unit that is not named here is a count (sessions, school days, pence, years) and is a whole number.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

LEAP_YEAR = 2024  # a month and day is read in a year that has every one


def fits(unit: str, value: object) -> bool:
    """Return whether a value as read from YAML has the form of the unit."""
    return FORMS.get(unit, _is_whole)(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_share(value: object) -> bool:
    return isinstance(value, str) and _reads(Fraction, value)


def _is_day(value: object) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and _reads(date.fromisoformat, value))


def _is_month_and_day(value: object) -> bool:
    return isinstance(value, str) and _reads(date.fromisoformat, f"{LEAP_YEAR}-{value}")


def _is_list_of_months_and_days(value: object) -> bool:
    return isinstance(value, list) and all(_is_month_and_day(item) for item in value)


def _reads(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except (ValueError, ZeroDivisionError):
        return False
    return True


FORMS: Mapping[str, Callable[[object], bool]] = {
    "share": _is_share,
    "day": _is_day,
    "month and day": _is_month_and_day,
    "months and days": _is_list_of_months_and_days,
    "yes or no": _is_flag,
    "text": _is_text,
    "code": _is_text,
    "list": _is_list_of_text,
    "codes": _is_list_of_text,
    "table": _is_table,
}
