"""Reading the casework: cases, requests, notices, money and what is due."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query

from api.reading import Reference, SchoolQuery, StateQuery, ThePart, TheReader
from api.responses import MATTER_RESPONSES, READ_RESPONSES
from api.security.guard import guarded_router
from attendance.services.reading import cases, duties, notices, requests
from attendance.services.reading.cases import WholeCase
from attendance.services.reading.notices import WholeNoticeToImprove, WholePenaltyNotice
from attendance.services.reading.requests import WholeRequest
from attendance.store.queries.aftermath import PaymentLine
from attendance.store.queries.cases import CaseFilter, CaseLine
from attendance.store.queries.duties import DutyLine
from attendance.store.queries.made import Page
from attendance.store.queries.notices import NoticeFilter, NoticeToImproveLine, PenaltyNoticeLine
from attendance.store.queries.record import EntryLine
from attendance.store.queries.requests import RequestFilter, RequestLine

router = guarded_router("casework")

PupilQuery = Annotated[int | None, Query(ge=1, description="Only this pupil, by id.")]
OfficerQuery = Annotated[str | None, Query(max_length=80, description="Only this officer's, by account.")]
DueByQuery = Annotated[date | None, Query(description="Only where something is due by this day.")]


class Whose(StrEnum):
    """Whose duties: one's own, or everybody's that one may see."""

    MINE = "mine"
    ALL = "all"


@router.get("/cases", name="cases.list", responses=READ_RESPONSES)
def list_cases(  # noqa: PLR0913 - one parameter for each filter
    reader: TheReader,
    part: ThePart,
    *,
    state: StateQuery = None,
    school: SchoolQuery = None,
    officer: OfficerQuery = None,
    pupil: PupilQuery = None,
    due_by: DueByQuery = None,
) -> Page[CaseLine]:
    """List cases, the newest first."""
    wanted = CaseFilter(state=state, school=school, officer=officer, pupil_id=pupil, due_by=due_by)
    return reader.read(lambda work: cases.case_lines(work, wanted, part))


@router.get("/cases/{reference}", name="cases.read", responses=MATTER_RESPONSES)
def read_case(reference: Reference, reader: TheReader) -> WholeCase:
    """Return a case with everything in it."""
    return reader.read(lambda work: cases.whole_case(work, reference))


@router.get("/cases/{reference}/record", name="cases.record", responses=MATTER_RESPONSES)
def read_record(reference: Reference, reader: TheReader, part: ThePart) -> Page[EntryLine]:
    """List the entries of the record about a case, each checked against its hash and the one before."""
    return reader.read(lambda work: cases.record_of_case(work, reference, part).entries)


@router.get("/requests", name="requests.list", responses=READ_RESPONSES)
def list_requests(
    reader: TheReader, part: ThePart, state: StateQuery = None, school: SchoolQuery = None
) -> Page[RequestLine]:
    """List requests, the newest first."""
    wanted = RequestFilter(state=state, school=school)
    return reader.read(lambda work: requests.request_lines(work, wanted, part))


@router.get("/requests/{reference}", name="requests.read", responses=MATTER_RESPONSES)
def read_request(reference: Reference, reader: TheReader) -> WholeRequest:
    """Return a request with its evidence, which criteria are met, what is missing, and its steps."""
    return reader.read(lambda work: requests.whole_request(work, reference))


@router.get("/notices-to-improve", name="notices_to_improve.list", responses=READ_RESPONSES)
def list_notices_to_improve(
    reader: TheReader,
    part: ThePart,
    state: StateQuery = None,
    school: SchoolQuery = None,
    pupil: PupilQuery = None,
) -> Page[NoticeToImproveLine]:
    """List notices to improve, the newest first."""
    wanted = NoticeFilter(state=state, school=school, pupil_id=pupil)
    return reader.read(lambda work: notices.notice_to_improve_lines(work, wanted, part))


@router.get("/notices-to-improve/{reference}", name="notices_to_improve.read", responses=MATTER_RESPONSES)
def read_notice_to_improve(reference: Reference, reader: TheReader) -> WholeNoticeToImprove:
    """Return a notice to improve with its marks, how its period was counted, letters and steps."""
    return reader.read(lambda work: notices.whole_notice_to_improve(work, reference))


@router.get("/penalty-notices", name="penalty_notices.list", responses=READ_RESPONSES)
def list_penalty_notices(
    reader: TheReader,
    part: ThePart,
    state: StateQuery = None,
    school: SchoolQuery = None,
    pupil: PupilQuery = None,
) -> Page[PenaltyNoticeLine]:
    """List penalty notices, the newest first."""
    wanted = NoticeFilter(state=state, school=school, pupil_id=pupil)
    return reader.read(lambda work: notices.penalty_notice_lines(work, wanted, part))


@router.get("/penalty-notices/{reference}", name="penalty_notices.read", responses=MATTER_RESPONSES)
def read_penalty_notice(reference: Reference, reader: TheReader) -> WholePenaltyNotice:
    """Return a penalty notice with its marks, considerations, clock, what followed, and its steps."""
    return reader.read(lambda work: notices.whole_penalty_notice(work, reference))


@router.get("/payments", name="payments.list", responses=READ_RESPONSES)
def list_payments(reader: TheReader, part: ThePart, state: StateQuery = None) -> Page[PaymentLine]:
    """List money received, the newest first, matched to a notice or not."""
    return reader.read(lambda work: notices.payment_lines(work, part, state=state))


@router.get("/duties", name="duties.list", responses=READ_RESPONSES)
def list_duties(
    reader: TheReader,
    part: ThePart,
    *,
    whose: Annotated[Whose, Query(description="One's own, or all that one may see.")] = Whose.ALL,
    school: SchoolQuery = None,
    due_by: DueByQuery = None,
    overdue: Annotated[bool, Query(description="Only what should have been done before today.")] = False,
) -> Page[DutyLine]:
    """List what is due, the most urgent first: owner, day, why, and the acts that clear it."""
    wanted = duties.Wanted(mine=whose is Whose.MINE, school=school, due_by=due_by, overdue=overdue)
    return reader.read(lambda work: duties.duty_lines(work, wanted, part))


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of this module."""
    return (router,)
