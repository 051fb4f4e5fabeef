"""What is said of files that came in."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from attendance.intake.problems import Problem, Problems
from attendance.services.imports.outcome import ImportOutcome


class Received(BaseModel):
    """A document that is held: name it by its SHA-256 where an act asks for a document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class InFile:
    """Something odd at one place of a file."""

    file: str
    line: int
    column: str
    message: str

    @classmethod
    def of(cls, problem: Problem) -> "InFile":
        """Return a problem as it is shown."""
        return cls(problem.file, problem.line, problem.column, problem.message)


class ImportDone(BaseModel):
    """What an import changed, or with a dry run would change.

    `entry` is the number of its entry in the record, null where nothing was written. `reviews` are the
    reviews for withdrawal that corrected marks opened. `received_before_at_utc` says when the very same
    bytes were imported before; then nothing was read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    files: tuple[str, ...]
    dry_run: bool
    rows: int
    added: int
    changed: int
    unchanged: int
    withdrawn: int
    entry: int | None
    schools: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    reviews: tuple[str, ...]
    received_before_at_utc: datetime | None
    warnings: tuple[InFile, ...]
    warnings_in_all: int

    @classmethod
    def of(cls, outcome: ImportOutcome) -> "ImportDone":
        """Return an outcome as it is shown."""
        return cls(
            kind=outcome.kind,
            files=outcome.files,
            dry_run=outcome.dry_run,
            rows=outcome.rows,
            added=outcome.added,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            withdrawn=outcome.withdrawn,
            entry=outcome.entry,
            schools=outcome.schools,
            first_day=outcome.first_day,
            last_day=outcome.last_day,
            reviews=outcome.reviews,
            received_before_at_utc=outcome.received_before_at_utc,
            warnings=shown(outcome.warnings),
            warnings_in_all=outcome.warnings.total,
        )


def shown(problems: Problems) -> tuple[InFile, ...]:
    """Return the problems that are listed, as they are shown."""
    return tuple(InFile.of(problem) for problem in problems)
