"""Register files for tests: good ones to begin from, and pupils' numbers whose check letter fits."""

from datetime import date
from pathlib import Path

from attendance.intake.register_layout import RegisterFile
from attendance.intake.upn import check_letter
from rules.codes import register_codes
from rules.law import rule_book

CODES = register_codes(rule_book("coventry"))
HEADER = "school_urn,upn,date,session,code"


def upn(number):
    """Return a permanent number of a made-up pupil."""
    rest = f"33199999{number:04d}"
    return check_letter(rest) + rest


A, B = upn(1), upn(2)


def line(school="136001", pupil=A, day="2025-01-13", session="AM", code="/"):
    """Return one line in the order of the header."""
    return f"{school},{pupil},{day},{session},{code}"


def written(folder, content, name="register.csv"):
    """Write a file and return it as the reader wants it."""
    path = Path(folder) / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return RegisterFile(name, path)


def marks_of(table):
    """Return the marks as plain tuples, in order."""
    return sorted(
        (school, pupil, day, session, code)
        for school, pupil, day, session, code in table.select(
            "school_urn", "upn", "date", "session", "code"
        ).rows()
    )


def mark(school="136001", pupil=A, day=date(2025, 1, 13), session="AM", code="/"):
    """Return the mark of `line` with the same arguments."""
    return (school, pupil, day, session, code)
