"""What was answered when a notice was decided, kept with it and asked for again when its letter goes.

- Who was consulted and the reasons that lifted a condition are kept on the notice, with the flags known then.
- At the release they answer for what was known at the decision. A flag that became known since asks anew for
  those whom it asks for.
"""

from dataclasses import dataclass

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.services.inputs import Reason
from attendance.services.work import Work
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.findings import Finding, ReasonGiven
from rules.roles import Role
from rules.steps.consulting import asked_for, consultees, not_consulted
from rules.steps.guard import InForce

Notice = NoticeToImproveRow | PenaltyNoticeRow


@dataclass(frozen=True, slots=True)
class Answered:
    """What holds at the release: who was consulted, and the reasons that the decision carries over."""

    consulted: frozenset[str]
    carried: tuple[ReasonGiven, ...]


def whom(work: Work, consulted: tuple[str, ...]) -> frozenset[str]:
    """Return who was consulted; raises `BadInput` for somebody whom nothing asks for."""
    known = [one.code for one in consultees(InForce(work.book, work.on))]
    for code in consulted:
        if code not in known:
            raise BadInput(
                f"{code} is nobody to be consulted before a notice. Known: {', '.join(known)}.",
                field="consulted",
            )
    return frozenset(consulted)


def keep(
    work: Work, row: Notice, consulted: frozenset[str], finding: Finding, reasons: tuple[Reason, ...]
) -> None:
    """Keep on a notice who was consulted, and the reasons that lifted something at its decision."""
    lifted = {unmet.code for unmet in finding.unmet}
    role = work.actor.role.value
    row.reasons_given = " ".join(f"{given.code}:{role}" for given in reasons if given.code in lifted)
    keep_consulted(work, row, consulted)


def keep_consulted(work: Work, row: Notice, consulted: frozenset[str]) -> None:
    """Keep on a notice who was consulted, and about which flags."""
    row.consulted = " ".join(sorted(consulted | set(row.consulted.split())))
    row.flags_known = " ".join(sorted(_flags(work, row)))


def said(row: Notice, request: RequestRow | None = None) -> dict[str, PayloadValue]:
    """Return what the record says of it: who was consulted and which request the notice follows, if any."""
    found: dict[str, PayloadValue] = {}
    if row.consulted:
        found["consulted"] = tuple(row.consulted.split())
    if request is not None:
        found["request"] = request.reference
    return found


def at_release(work: Work, row: Notice, consulted: tuple[str, ...]) -> Answered:
    """Return what holds at the release of a notice, with those who were consulted since the decision."""
    new = _flags(work, row) - set(row.flags_known.split())
    anew = {one.code for one in asked_for(frozenset(new), InForce(work.book, work.on))}
    before = set(row.consulted.split()) - anew
    asked_again = {not_consulted(code) for code in anew}
    text = f"Given when {row.reference} was decided"
    given = (pair.split(":") for pair in row.reasons_given.split())
    carried = tuple(ReasonGiven(code, text, Role(role)) for code, role in given if code not in asked_again)
    return Answered(whom(work, consulted) | before, carried)


def _flags(work: Work, row: Notice) -> frozenset[str]:
    return frozenset(flag.value for flag in work.people.flags_of(row.pupil_id, work.on))
