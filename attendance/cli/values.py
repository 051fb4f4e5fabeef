"""Values that several commands take from the command line."""

import re
from datetime import date
from enum import StrEnum

import typer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Format(StrEnum):
    """How a list is written."""

    CSV = "csv"
    JSON = "json"


def day(text: str) -> date:
    """Read a day from the command line; raises a usage error where there is no such day."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"{text!r} is not a day. Write it as YYYY-MM-DD.")
