"""Loading the made-up authority through the real imports: schools, calendars, people, staff."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from attendance.demo.year.desk import Desk
from attendance.domain.moment import Actor
from attendance.intake.received import ReceivedFile
from attendance.services.imports import people
from attendance.services.imports.calendars import import_calendars
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.schools import SCHOOLS
from attendance.services.imports.tables import Table, import_table

Value = TypeVar("Value")


class ImportRefused(AssertionError):  # noqa: N818 - reads as what happened
    """A file that the demo wrote was not taken: a bug of ours."""


def taken(outcome: ImportOutcome) -> ImportOutcome:
    """Return the outcome of an import that changed something; raises `ImportRefused` otherwise."""
    if not outcome.changes:
        raise ImportRefused(f"{outcome.kind}: {outcome.problems or 'nothing new in it'}")
    return outcome


@dataclass(frozen=True, slots=True)
class Loading:
    """Imports the files of one folder, one act each, as one account."""

    desk: Desk
    actor: Actor
    folder: Path

    def everything(self) -> None:
        """Import all that is known before the year begins."""
        self.table(SCHOOLS, "schools.csv")
        self.calendar("calendars.csv")
        self.table(people.PUPILS, "pupils.csv")
        self.table(people.ADULTS, "adults.csv")
        self.table(people.LINKS, "parental_links.csv")
        self.table(people.ENROLMENTS, "enrolments.csv")
        self.table(people.FLAGS, "flags.csv")
        self.table(people.STAFF, "staff.csv")

    def table(self, table: Table[Value], name: str) -> None:
        """Import one file of people or schools."""
        store = self.desk.office.store
        taken(import_table(store, self.actor, self.desk.now(), table, self._file(name)))

    def calendar(self, name: str) -> None:
        """Import one file of term dates or closures."""
        taken(import_calendars(self.desk.office.store, self.actor, self.desk.now(), self._file(name)))

    def _file(self, name: str) -> ReceivedFile:
        return ReceivedFile(name, (self.folder / name).read_bytes())
