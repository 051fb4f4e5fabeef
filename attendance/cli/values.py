"""Values that several commands take from the command line."""

import re
from datetime import date
from enum import StrEnum

import typer

from attendance.domain.bounds import FIRST_DAY, LAST_DAY, OUT_OF_REACH

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Format(StrEnum):
    """How a list is written."""

    CSV = "csv"
    JSON = "json"


def day(text: str) -> date:
    """Read a day from the command line; raises a usage error where there is no such day, or a far one."""
    try:
        read = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        read = None
    if read is None:
        raise typer.BadParameter(f"{text!r} is not a day. Write it as YYYY-MM-DD.")
    if not FIRST_DAY <= read <= LAST_DAY:
        raise typer.BadParameter(f"{text} is out of reach. {OUT_OF_REACH}")
    return read
