"""What came of a file: what it changed, or would change, and what is wrong or odd with it."""

from dataclasses import dataclass
from datetime import date, datetime

from attendance.domain.registers import MarkChange
from attendance.intake.problems import Problems

NONE = Problems()


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The outcome of one import.

    With problems nothing was written. `entry` is the number of the record's entry, None where nothing was
    written. `corrections` are the marks that replaced others: casework reads them. `reviews` are the
    reviews for withdrawal that they opened. `received_before_at_utc`
    says when the very same bytes were imported before.
    """

    kind: str
    files: tuple[str, ...]
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    problems: Problems = NONE
    warnings: Problems = NONE
    schools: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    corrections: tuple[MarkChange, ...] = ()
    reviews: tuple[str, ...] = ()
    dry_run: bool = False
    entry: int | None = None
    received_before_at_utc: datetime | None = None

    @property
    def refused(self) -> bool:
        """Whether the file was refused."""
        return bool(self.problems)

    @property
    def changes(self) -> bool:
        """Whether the file changed anything, or would."""
        return not self.refused and bool(self.added or self.changed or self.withdrawn)
