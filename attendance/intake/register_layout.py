"""The long form of a register file: its columns, and what each field must be.

- Fields are exact: nothing is trimmed or re-cased.
- A column that the form does not know is left out with a warning.
- A column that is missing, or there twice, is a problem of the whole file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from attendance.domain.registers import Session
from attendance.intake.problems import Problem

REQUIRED = ("school_urn", "upn", "date", "session", "code")
EVIDENCE = ("minutes_late", "comment", "recorded_at", "recorded_by")
SESSIONS = tuple(session.value for session in Session)
_URN = re.compile(r"[0-9]{6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

NOT_A_URN = "Not a school's URN. It has six digits and nothing else."
NOT_A_UPN = "Not a UPN, or its check letter does not fit. Correct it at the school."
NOT_A_DAY = "Not a real day written YYYY-MM-DD."
NOT_A_SESSION = "Write AM or PM."


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file to be read: the name to show, and where its bytes are."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Layout:
    """The header of one file: its columns in order, what is wrong with it and what is odd."""

    columns: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def place(self, column: str) -> int | None:
        """Return the place of a column in a row, or None where the file does not have it."""
        return self.columns.index(column) if column in self.columns else None


def layout_of(file: str, header: Sequence[str]) -> Layout:
    """Read a header."""
    known = (*REQUIRED, *EVIDENCE)
    missing = [
        Problem(file, 1, name, "This column is missing. Add it to the export.")
        for name in REQUIRED
        if name not in header
    ]
    twice = [
        Problem(file, 1, name, "This column is there more than once. Keep one.")
        for name in known
        if header.count(name) > 1
    ]
    unknown = [name for name in dict.fromkeys(header) if name not in known]
    odd = [Problem(file, 1, _shown(name), "This column is not known and is left out.") for name in unknown]
    return Layout(tuple(header), tuple(missing + twice), tuple(odd))


def is_urn(text: str) -> bool:
    """Say whether the text is six digits."""
    return bool(_URN.fullmatch(text))


def day_of(text: str) -> date | None:
    """Return the day that the text names as YYYY-MM-DD, or None where there is no such day."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shown(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in name[:40])
    return printable.strip() or "(no name)"
