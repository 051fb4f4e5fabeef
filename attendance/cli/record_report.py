"""How the result of `attendance verify` is said."""

import json

from attendance.domain.record.seal import Seal
from attendance.store.examination import Examination
from attendance.store.wrote import NOT_COMPARED

_MOST = 50


def as_text(examination: Examination, head: Seal | None) -> str:
    """Return the result in sentences: the end of the record first, or the first bad entry."""
    broken = examination.verdict.broken
    end = examination.verdict.end
    if broken is not None:
        lines = [f"The record is broken. First bad entry: {broken.seq}.", broken.message]
    else:
        lines = [
            f"The record is intact: {end.seq} entries."
            if examination.intact
            else f"The {end.seq} entries of the record hold together, but the store is not what they say.",
            f"Head: {end.seq} {end.hash}",
            _about(head, end.seq),
        ]
    lines += [f"The trigger {name} is missing, switched off or altered." for name in examination.triggers]
    lines += [f"The document {digest} does not have that hash." for digest in examination.documents]
    lines += [f"The reason {digest} does not have that salted hash." for digest in examination.reasons]
    lines += [f"The marks of import {number} are not those recorded." for number in examination.imports]
    lines += examination.differences[:_MOST]
    if len(examination.differences) > _MOST:
        lines.append(f"{len(examination.differences) - _MOST} more differences are not listed here.")
    return "\n".join([*lines, _not_compared(compared=broken is None)])


def _not_compared(*, compared: bool) -> str:
    if not compared:
        return "The tables were not compared with the record, because the record itself is broken."
    tables = ", ".join(name.replace("_", " ") for name in NOT_COMPARED)
    return f"Not compared row by row with the record: {tables}."


def as_json(examination: Examination, head: Seal | None) -> str:
    """Return the result as one JSON object."""
    verdict = examination.verdict
    broken = verdict.broken
    return json.dumps(
        {
            "intact": examination.intact,
            "entries": verdict.end.seq,
            "head": verdict.end.hash,
            "compared_with_head": None if head is None else head.seq,
            "first_bad_entry": None
            if broken is None
            else {"seq": broken.seq, "fault": broken.fault.value, "message": broken.message},
            "triggers_at_fault": list(examination.triggers),
            "documents_altered": list(examination.documents),
            "reasons_altered": list(examination.reasons),
            "imports_altered": list(examination.imports),
            "differences": list(examination.differences),
            "not_compared": dict(NOT_COMPARED),
        },
        indent=2,
    )


def _about(head: Seal | None, last: int) -> str:
    if head is None:
        return (
            "There is no signed head to compare with: entries cut off since the last checkpoint do not show."
        )
    since = last - head.seq
    later = "" if since == 0 else f" {since} entries have been recorded since."
    return f"It holds what the signed head of entry {head.seq} says.{later}"
