"""Reading requests: lists, and one with its evidence, its criteria and what is still missing."""

from dataclasses import dataclass

from attendance.domain.steps.request import TABLE
from attendance.services.reading.asking import decisions_about, seen_by
from attendance.services.reading.findings import FindingShown
from attendance.services.reading.steps import StepNow, steps_now
from attendance.services.requests import answering
from attendance.services.requests import criteria as lists
from attendance.services.requests.criteria import EvidenceAsked
from attendance.services.work import Work
from attendance.store.queries import requests
from attendance.store.queries.aftermath import DecisionLine
from attendance.store.queries.made import Page, Part
from attendance.store.queries.requests import EvidenceGiven, ParentNamed, RequestFilter, RequestLine
from attendance.store.tables.requests import RequestRow


@dataclass(frozen=True, slots=True)
class WholeRequest:
    """A request with the parents it names, its evidence, which criteria are met, and what is missing."""

    request: RequestLine
    parents: tuple[ParentNamed, ...]
    evidence: tuple[EvidenceGiven, ...]
    evidence_items: tuple[str, ...]
    evidence_asked: tuple[EvidenceAsked, ...]
    criteria: FindingShown
    still_missing: tuple[str, ...]
    steps: tuple[StepNow, ...]
    decisions: tuple[DecisionLine, ...]


def request_lines(work: Work, wanted: RequestFilter, part: Part) -> Page[RequestLine]:
    """Return the requests that the actor may see, the newest first."""
    return requests.requests(work.opened.session, wanted, seen_by(work.actor), part)


def lacking(work: Work, reference: str) -> tuple[str, ...]:
    """Return what a request does not show yet of what it will be judged by; raises `NotFound`."""
    return tuple(one.message for one in answering.criteria_of(work, work.matter(RequestRow, reference)).unmet)


def whole_request(work: Work, reference: str) -> WholeRequest:
    """Return a request with everything in it; raises `NotFound`."""
    session = work.opened.session
    row = work.matter(RequestRow, reference)
    return WholeRequest(
        request=requests.request_line(session, row.id),
        parents=requests.parents_named(session, row.id),
        evidence=requests.evidence(session, row.id),
        evidence_items=lists.evidence_items(work, row),
        evidence_asked=lists.evidence_asked(work, row),
        criteria=FindingShown.of(answering.criteria_of(work, row)),
        still_missing=lists.still_missing(work, row),
        steps=steps_now(work, TABLE, row),
        decisions=decisions_about(work, "request", row.id),
    )
