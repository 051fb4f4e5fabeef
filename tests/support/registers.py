"""Register files for tests, in the long form."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from attendance.domain.registers import Session
from attendance.intake.register_layout import RegisterFile
from rules.codes import RegisterCodes, register_codes
from rules.law import rule_book
from tests.support.people import URN, upn

Row = tuple[str, int, date, Session, str]


def codes() -> RegisterCodes:
    """Return the register codes of every era."""
    return register_codes(rule_book("coventry"))


def row(number: int, day: date, code: str, session: Session = Session.AM, urn: str = URN) -> Row:
    """Return one mark of an invented pupil."""
    return urn, number, day, session, code


def register_text(rows: Iterable[Row], *, comment: str = "", recorded_by: str = "") -> str:
    """Return the rows as a register file."""
    noted = bool(comment or recorded_by)
    lines = ["school_urn,upn,date,session,code" + (",comment,recorded_by" if noted else "")]
    for urn, number, day, session, code in rows:
        fields = [urn, upn(number), day.isoformat(), session.value, code]
        lines.append(",".join(fields + ([comment, recorded_by] if noted else [])))
    return "\n".join(lines) + "\n"


def register_file(
    folder: Path, rows: Iterable[Row], name: str = "register.csv", **noted: str
) -> RegisterFile:
    """Write the rows as a register file and return it."""
    path = folder / name
    path.write_text(register_text(rows, **noted), encoding="utf-8")
    return RegisterFile(name, path)
