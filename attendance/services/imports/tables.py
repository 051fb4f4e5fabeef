"""The way every file of people and schools goes: read, check, merge, record.

- Reading and checking happen before anything is written; a problem anywhere refuses the whole file.
- The act is undone when it turns out that nothing changes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import FilesRefused, Problem, listed
from attendance.intake.received import ReceivedFile
from attendance.intake.rows import Reading
from attendance.services.imports.allowed import must_be_office
from attendance.services.imports.outcome import ImportOutcome
from attendance.store.people_writing import Merged, PeopleWriting
from attendance.store.unit_of_work import Store

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Findings:
    """What checking a file against the store found."""

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Generic[Value]):
    """One kind of file: its name, its event in the record, and how it is read, checked and merged."""

    kind: str
    event: str
    read: Callable[[str, bytes, Limits], Reading[Value]]
    check: Callable[[PeopleWriting, Reading[Value]], Findings]
    merge: Callable[[PeopleWriting, tuple[Value, ...], Moment], Merged]


class Undone(Exception):  # noqa: N818 - reads as what happened
    """The act is undone: nothing changes, or the file is refused. Carries the outcome."""

    def __init__(self, outcome: ImportOutcome) -> None:
        super().__init__(outcome.kind)
        self.outcome = outcome


def import_table(  # noqa: PLR0913 - who, when, what and how
    store: Store,
    actor: Actor,
    moment: Moment,
    table: Table[Value],
    file: ReceivedFile,
    *,
    limits: Limits = DEFAULT_LIMITS,
    dry_run: bool = False,
) -> ImportOutcome:
    """Import one file of a kind; raises `NotAllowed`."""
    must_be_office(actor)
    outcome = ImportOutcome(table.kind, (file.sha256,), dry_run=dry_run)
    try:
        reading = table.read(file.name, file.data, limits)
    except FilesRefused as refused:
        return replace(outcome, problems=refused.problems)
    if dry_run:
        with store.read() as session:
            return _merged(outcome, table, reading, PeopleWriting(session, write=False), moment)
    try:
        with store.act(actor, moment) as act:
            done = _merged(outcome, table, reading, PeopleWriting(act.session, write=True), moment)
            must_change(done)
            entry = act.record(table.event, subject=Subject(), payload=said(done))
    except Undone as undone:
        return undone.outcome
    return replace(done, entry=entry)


def must_change(outcome: ImportOutcome) -> None:
    """Undo the act where the file is refused or changes nothing."""
    if not outcome.changes:
        raise Undone(outcome)


def said(outcome: ImportOutcome) -> dict[str, PayloadValue]:
    """Return what the record says of an import: hashes and counts, no names."""
    return {
        "files": outcome.files,
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
    }


def _merged(
    outcome: ImportOutcome,
    table: Table[Value],
    reading: Reading[Value],
    writing: PeopleWriting,
    moment: Moment,
) -> ImportOutcome:
    found = table.check(writing, reading)
    read = replace(
        outcome,
        rows=len(reading.values),
        problems=listed((*reading.problems, *found.problems)),
        warnings=listed((*reading.warnings, *found.warnings)),
    )
    if read.refused:
        return read
    merged = table.merge(writing, tuple(located.value for located in reading.values), moment)
    return replace(read, added=merged.added, changed=merged.changed, unchanged=merged.unchanged)
