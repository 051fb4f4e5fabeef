"""What a request still lacks, by the local code's list of evidence."""

from collections.abc import Mapping
from dataclasses import dataclass

from attendance.services.work import Work
from attendance.store.tables.requests import EvidenceRow, RequestRow
from rules.errors import RulesError
from rules.law import Value
from rules.steps.facts import AbsenceKind

NAMED_IN_THE_FORM = "parents"
FURTHER = "other"


@dataclass(frozen=True, slots=True)
class EvidenceAsked:
    """One item that a document may be given for, and whether the request must bring it."""

    item: str
    text: str
    needed: bool


def required_evidence(work: Work) -> Value:
    """Return the local code's list of what a leave-of-absence request must bring."""
    return work.book.policy("leave_of_absence.required_evidence", work.on)


def evidence_texts(work: Work) -> tuple[tuple[str, str], ...]:
    """Return each item of the local code's list with its words; empty where no such list is in force."""
    try:
        table = required_evidence(work).table
    except RulesError:
        return ()
    return tuple((code, _text(entry)) for code, entry in table.items())


def evidence_items(work: Work, row: RequestRow) -> tuple[str, ...]:
    """Return the items that a document may be given for; anything else is given as `other`."""
    if row.kind != AbsenceKind.LEAVE_OF_ABSENCE.value:
        return (FURTHER,)
    return (*needed_items(work, row), FURTHER)


def needed_items(work: Work, row: RequestRow) -> tuple[str, ...]:
    """Return the documents that this request must bring, which depend on whether leave was applied for."""
    if row.kind != AbsenceKind.LEAVE_OF_ABSENCE.value:
        return ()
    holds = {"always", "leave_applied_for" if row.leave_applied_for else "leave_not_applied_for"}
    table = required_evidence(work).table
    return tuple(code for code, entry in table.items() if code != NAMED_IN_THE_FORM and _when(entry) in holds)


def evidence_asked(work: Work, row: RequestRow) -> tuple[EvidenceAsked, ...]:
    """Return every item that a document may be given for, in the words of the local code."""
    needed, table = needed_items(work, row), required_evidence(work).table
    asked = tuple(EvidenceAsked(code, _text(table[code]), needed=True) for code in needed)
    return (*asked, EvidenceAsked(FURTHER, "Something else that bears on the request", needed=False))


def given_items(work: Work, row: RequestRow) -> frozenset[str]:
    """Return the items for which a document was given."""
    return frozenset(evidence.item for evidence in work.matters.find(EvidenceRow, request_id=row.id))


def still_missing(work: Work, row: RequestRow) -> tuple[str, ...]:
    """Return, as sentences, what the request still lacks."""
    given = given_items(work, row)
    table = required_evidence(work).table
    missing = [code for code in needed_items(work, row) if code not in given]
    return tuple(f"Still missing: {_text(table[code])}." for code in missing)


def _when(entry: object) -> str:
    return str(entry["when"]) if isinstance(entry, Mapping) else "always"


def _text(entry: object) -> str:
    return str(entry["text"]) if isinstance(entry, Mapping) else str(entry)
