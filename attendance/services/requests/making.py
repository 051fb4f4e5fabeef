"""How a school makes a request: what it says, whom it names, the evidence item by item, and sending it.

- A draft can be completed step by step; what is still missing is listed before it is sent.
- A leave-of-absence request that was sent is not chased: it is decided as it stands.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.request import TABLE, RequestState
from attendance.services import cases, duties, subjects
from attendance.services.acts import SCHOOLS, SCHOOLS_AND_OFFICERS, act
from attendance.services.inputs import ActInput, Code, Key, Line, OfMatter, Reference, Sha256, Urn, Words
from attendance.services.requests import criteria
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.requests import EvidenceRow, RequestParentRow, RequestRow


class RequestKind(StrEnum):
    """What a school asks for a notice about."""

    LEAVE_OF_ABSENCE = "leave_of_absence"
    IRREGULAR = "irregular"


class NamedParent(ActInput):
    """A parent the school asks a notice for, with the full name and address as the school has them."""

    adult_id: Key
    name: Line
    address: Words


class MakeRequest(ActInput):
    """The pupil, the absence, the parents named, and what the school says of it.

    Of a leave of absence the school says whether it was applied for, and whether exceptional circumstances
    were considered.
    """

    pupil_id: Key
    school_urn: Urn
    kind: RequestKind
    absent_from: date
    absent_until: date
    parents: Annotated[tuple[NamedParent, ...], Field(min_length=1)]
    child_returned_on: date | None = None
    leave_applied_for: bool | None = None
    exceptional_considered: bool | None = None
    note: Annotated[str, Field(max_length=4000)] = ""


class GiveEvidence(ActInput):
    """A document for one required item of a request; `made_on` is the day the document bears."""

    reference: Reference
    item: Code
    document: Sha256
    made_on: date | None = None


class WithdrawRequest(OfMatter):
    """Why the school takes its request back."""

    why: Words


def make_request(work: Work, given: MakeRequest) -> Done:
    """Make a draft of a request; it opens the pupil's case if there is none."""
    pupil = work.pupil(given.pupil_id, given.school_urn)
    if given.absent_until < given.absent_from:
        raise BadInput("The absence ends before it begins. Check the two days.", field="absent_until")
    if given.absent_from > work.on:
        raise BadInput("The absence has not happened yet.", field="absent_from")
    if len({parent.adult_id for parent in given.parents}) < len(given.parents):
        raise BadInput("A parent is named twice. Name each parent once.", field="parents")
    _must_say_of_leave(given)
    case = cases.open_case_of(work, pupil.id, given.school_urn, cases.officer_for(work, given.school_urn))
    row = RequestRow(
        reference=work.reference("RQ"),
        case_id=case.id,
        pupil_id=pupil.id,
        school_urn=given.school_urn,
        kind=given.kind.value,
        state=TABLE.initial.value,
        state_since=work.on,
        absent_from=given.absent_from,
        absent_until=given.absent_until,
        child_returned_on=given.child_returned_on,
        leave_applied_for=bool(given.leave_applied_for),
        exceptional_considered=bool(given.exceptional_considered),
        note=given.note,
        made_on=work.on,
        made_by=work.actor.account,
    )
    work.matters.add(row)
    for parent in given.parents:
        _name_parent(work, row, parent)
    return _finish(work, row, "request.made", criteria.still_missing(work, row))


def _must_say_of_leave(given: MakeRequest) -> None:
    if given.kind is not RequestKind.LEAVE_OF_ABSENCE:
        return
    if given.leave_applied_for is None:
        raise BadInput("Say whether the parent applied for the leave.", field="leave_applied_for")
    if given.exceptional_considered is None:
        raise BadInput(
            "Say whether exceptional circumstances were considered.", field="exceptional_considered"
        )


def _name_parent(work: Work, row: RequestRow, parent: NamedParent) -> None:
    work.parent(row.pupil_id, parent.adult_id)
    work.matters.add(
        RequestParentRow(
            request_id=row.id,
            adult_id=parent.adult_id,
            name_given=parent.name,
            address_given=parent.address,
        )
    )


def give_evidence(work: Work, given: GiveEvidence) -> Done:
    """Add a document to a request that is not decided yet."""
    row = work.matter(RequestRow, given.reference)
    may_add = (RequestState.DRAFT, RequestState.MORE_INFORMATION_NEEDED)
    if RequestState(row.state) not in may_add:
        raise BadInput("Evidence is given while the request is a draft or more information was asked for.")
    known = criteria.evidence_items(work, row)
    if given.item not in known:
        raise BadInput(f"{given.item} is no item of this form. Known: {', '.join(known)}.", field="item")
    work.must_hold(given.document)
    work.matters.add(
        EvidenceRow(
            request_id=row.id,
            item=given.item,
            document_sha256=given.document,
            made_on=given.made_on,
            given_on=work.on,
            given_by=work.actor.account,
        )
    )
    outcome_facts: dict[str, PayloadValue] = {"item": given.item, "documents": (given.document,)}
    sentences = criteria.still_missing(work, row)
    return work.finish(
        row, Outcome("request.evidence_given", subjects.of_request(row), sentences, outcome_facts)
    )


def send_request(work: Work, given: OfMatter) -> Done:
    """Send a request to the authority; what is missing is said, and the officer decides on what was sent."""
    row = work.matter(RequestRow, given.reference)
    again = RequestState(row.state) is RequestState.MORE_INFORMATION_NEEDED
    work.advance(TABLE, row, "send_again" if again else "send", reasons=given.reasons)
    row.sent_on = work.on
    duties.refresh_request(work, row)
    return _finish(work, row, "request.sent", criteria.still_missing(work, row))


def withdraw_request(work: Work, given: WithdrawRequest) -> Done:
    """Take a request back before it is decided."""
    row = work.matter(RequestRow, given.reference)
    work.advance(TABLE, row, "withdraw", reasons=given.reasons)
    work.because("request_withdrawn", given.why)
    duties.refresh_request(work, row)
    return _finish(work, row, "request.withdrawn", ())


def _finish(work: Work, row: RequestRow, event: str, missing: tuple[str, ...]) -> Done:
    sentence = f"Request {row.reference} is {row.state.replace('_', ' ')}."
    facts: dict[str, PayloadValue] = {"kind": row.kind, "from": row.absent_from, "until": row.absent_until}
    return work.finish(row, Outcome(event, subjects.of_request(row), (sentence, *missing), facts))


ACTS = (
    act(
        "request.make",
        "Make a draft of a request for a notice",
        SCHOOLS_AND_OFFICERS,
        MakeRequest,
        make_request,
    ),
    act(
        "request.give_evidence",
        "Add a document to a request, for one required item",
        SCHOOLS_AND_OFFICERS,
        GiveEvidence,
        give_evidence,
    ),
    act("request.send", "Send a request to the authority", SCHOOLS, OfMatter, send_request),
    act("request.withdraw", "Take a request back", SCHOOLS, WithdrawRequest, withdraw_request),
)
