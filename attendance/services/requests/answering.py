"""How an officer answers a request: accepts it, refuses it, returns it, or closes it as not met.

- A leave-of-absence request is decided as it stands: not met is closed with the reasons, without override.
- Only a request about irregular absence is returned for more information.
"""

from dataclasses import replace
from datetime import date

from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.request import TABLE
from attendance.services import duties, register_facts, subjects
from attendance.services.acts import act
from attendance.services.inputs import OfMatter, Words
from attendance.services.notices import facts
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.cases import EarlyHelpRow
from attendance.store.tables.requests import EvidenceRow, RequestParentRow, RequestRow
from rules.findings import Finding
from rules.steps.facts import AbsenceKind
from rules.steps.request import (
    Evidence,
    IrregularRequestFacts,
    LeaveRequestFacts,
    NamedParent,
    RequestFacts,
    criteria,
    may_close_as_not_met,
    may_return,
)


class AnswerRequest(OfMatter):
    """What the officer says to the school."""

    answer: Words


def criteria_of(work: Work, row: RequestRow) -> Finding:
    """Return whether a request meets the criteria of its kind, as the school and the officer both see it.

    They must be met for every parent named; the finding lists what is unmet for each.
    """
    every = [criteria(asked, work.book, work.on) for asked in facts_of_each(work, row)]
    unmet = [item for found in every for item in found.unmet]
    failing = next((found for found in every if found.unmet), every[0])
    return replace(failing, unmet=tuple(item for i, item in enumerate(unmet) if item not in unmet[:i]))


def facts_of_each(work: Work, row: RequestRow) -> tuple[RequestFacts, ...]:
    """Return what a request shows for each parent named; once where none is."""
    named = work.matters.find(RequestParentRow, request_id=row.id)
    adults = tuple(parent.adult_id for parent in named) or (0,)
    return tuple(request_facts(work, row, adult_id) for adult_id in adults)


def request_facts(work: Work, row: RequestRow, adult_id: int) -> RequestFacts:
    """Return what a request shows for one parent, by the form, the evidence, the register and the support."""
    named = work.matters.find(RequestParentRow, request_id=row.id)
    parents = tuple(NamedParent(parent.name_given, parent.address_given) for parent in named)
    if row.kind == AbsenceKind.LEAVE_OF_ABSENCE.value:
        given = work.matters.find(EvidenceRow, request_id=row.id)
        within = (row.absent_from, row.absent_until)
        return LeaveRequestFacts(
            parents=parents,
            leave_applied_for=row.leave_applied_for,
            exceptional_considered=row.exceptional_considered,
            child_returned_on=row.child_returned_on,
            evidence=tuple(Evidence(document.item, document.made_on) for document in given),
            threshold=register_facts.threshold(work, row.pupil_id, row.school_urn, adult_id, within=within),
            used=_used(work, row, adult_id),
        )
    here, before = _early_help_offered(work, row)
    return IrregularRequestFacts(
        parents=parents,
        threshold=register_facts.threshold(work, row.pupil_id, row.school_urn, adult_id),
        support_recorded=facts.support_recorded(work, row.pupil_id, row.school_urn),
        early_help_offered_on=min(here, default=None),
        early_help_carried_over_on=min(before, default=None),
    )


def _used(work: Work, row: RequestRow, adult_id: int) -> int:
    """Return how many sessions of a request's days a standing notice to the parent rests on already."""
    whose, days = (row.pupil_id, row.school_urn), (row.absent_from, row.absent_until)
    every = register_facts.unauthorised_between(work, *whose, *days)
    return len(every) - len(register_facts.unused_between(work, *whose, adult_id, *days))


def _early_help_offered(work: Work, row: RequestRow) -> tuple[list[date], list[date]]:
    """Return the days of offers by the school that asks, and of those by schools that the child has left."""
    attends = {
        spell.school_urn
        for spell in work.people.enrolments_of(row.pupil_id)
        if spell.until is None or spell.until >= work.on
    }
    offers = work.matters.find(EarlyHelpRow, pupil_id=row.pupil_id)
    here = [offer.offered_on for offer in offers if offer.school_urn == row.school_urn]
    before = [offer.offered_on for offer in offers if offer.school_urn not in {row.school_urn, *attends}]
    return here, before


def accept(work: Work, given: AnswerRequest) -> Done:
    """Accept a request whose criteria are met."""
    row = work.matter(RequestRow, given.reference)
    TABLE.row("accept", TABLE.states(row.state))
    work.advance(TABLE, row, "accept", finding=criteria_of(work, row), reasons=given.reasons)
    return _answered(work, row, given, "accepted")


def refuse(work: Work, given: AnswerRequest) -> Done:
    """Refuse a request with reasons."""
    row = work.matter(RequestRow, given.reference)
    work.advance(TABLE, row, "refuse", reasons=given.reasons)
    return _answered(work, row, given, "refused")


def return_for_information(work: Work, given: AnswerRequest) -> Done:
    """Return a request about irregular absence for more information."""
    row = work.matter(RequestRow, given.reference)
    finding = may_return(AbsenceKind(row.kind), work.book, work.on)
    work.advance(TABLE, row, "return_for_information", finding=finding, reasons=given.reasons)
    return _answered(work, row, given, "returned_for_information")


def close_as_not_met(work: Work, given: OfMatter) -> Done:
    """Close a request whose criteria are not met; the answer lists what is not met."""
    row = work.matter(RequestRow, given.reference)
    TABLE.row("close_as_not_met", TABLE.states(row.state))
    each = facts_of_each(work, row)
    found = criteria_of(work, row)
    failing = next((asked for asked in each if criteria(asked, work.book, work.on).unmet), each[0])
    finding = may_close_as_not_met(failing, work.book, work.on)
    work.advance(TABLE, row, "close_as_not_met", finding=finding, reasons=given.reasons)
    answer = AnswerRequest(reference=given.reference, answer="\n".join(item.message for item in found.unmet))
    said: dict[str, PayloadValue] = {"missing": tuple(dict.fromkeys(item.code for item in found.unmet))}
    return _answered(work, row, answer, "closed_as_not_met", said)


def _answered(
    work: Work,
    row: RequestRow,
    given: AnswerRequest,
    event: str,
    said: dict[str, PayloadValue] | None = None,
) -> Done:
    row.answer, row.decided_on, row.decided_by = given.answer, work.on, work.actor.account
    work.because(event, given.answer)
    duties.refresh_request(work, row)
    sentences = (f"Request {row.reference} is {row.state.replace('_', ' ')}.", *given.answer.split("\n"))
    return work.finish(row, Outcome(f"request.{event}", subjects.of_request(row), sentences, said or {}))


ACTS = (
    act("request.accept", "Accept a school's request", TABLE.by("accept"), AnswerRequest, accept),
    act(
        "request.refuse", "Refuse a school's request with reasons", TABLE.by("refuse"), AnswerRequest, refuse
    ),
    act(
        "request.return_for_information",
        "Return a request for more information",
        TABLE.by("return_for_information"),
        AnswerRequest,
        return_for_information,
    ),
    act(
        "request.close_as_not_met",
        "Close a request whose criteria are not met",
        TABLE.by("close_as_not_met"),
        OfMatter,
        close_as_not_met,
    ),
)
