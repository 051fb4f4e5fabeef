"""Small documents that people in the demo write: applications, printouts, messages, signed papers."""

from collections.abc import Iterable
from datetime import date

from attendance.domain.registers import Mark

TEXT, TABLE = "text/plain", "text/csv"


def application(forename: str, first: date, last: date, on: date) -> bytes:
    """Return a parent's application for leave."""
    lines = (
        "Application for leave of absence in term time",
        f"Child: {forename}",
        f"From {first} to {last}",
        "Reason: a family holiday that we could not book in the school holidays.",
        f"Date: {on}",
    )
    return _text(lines)


def printout(urn: str, marks: Iterable[Mark], on: date) -> bytes:
    """Return a printout of a register; it is no certificate."""
    rows = [f"{mark.day},{mark.session.value},{mark.code}" for mark in marks]
    return _text((f"school,{urn},printed,{on}", "date,session,code", *rows))


def message(reference: str, on: date) -> bytes:
    """Return a parent's reply about an unpaid notice."""
    return _text(
        (f"About {reference}, {on}", "I could not pay. I know that the school has tried to help us.")
    )


def representation(reference: str, said: str, on: date) -> bytes:
    """Return what a parent writes about a notice."""
    return _text((f"About {reference}, {on}", said))


def signed(what: str, reference: str, name: str, on: date) -> bytes:
    """Return a signed paper."""
    return _text((what, f"About {reference}", f"Signed: {name}, {on}"))


def _text(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
