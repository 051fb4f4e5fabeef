"""Schools' requests, as lists and pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from attendance.store.matters import Matters
from attendance.store.queries.made import AnyRow, AnySelect, Page, Part, Schools, full_name, made, page
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.people import PupilRow, SchoolRow
from attendance.store.tables.requests import EvidenceRow, RequestParentRow, RequestRow


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in one line. `case` is the reference of the case it belongs to."""

    reference: str
    case: str
    kind: str
    state: str
    state_since: date
    pupil_id: int
    pupil: str
    school_urn: str
    school: str
    absent_from: date
    absent_until: date
    child_returned_on: date | None
    leave_applied_for: bool
    exceptional_considered: bool
    note: str
    made_on: date
    made_by: str
    sent_on: date | None
    decided_on: date | None
    decided_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class ParentNamed:
    """A parent whom a request names, with name and address as the school gave them."""

    adult_id: int
    name_given: str
    address_given: str


@dataclass(frozen=True, slots=True)
class EvidenceGiven:
    """A document given for one item of a request."""

    item: str
    document_sha256: str
    made_on: date | None
    given_on: date
    given_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """Which requests: empty fields ask for all."""

    state: str | None = None
    school: str | None = None
    kind: str | None = None
    case_id: int | None = None


def requests(session: Session, wanted: RequestFilter, schools: Schools, part: Part) -> Page[RequestLine]:
    """Return requests, the newest first."""
    conditions = [
        None if wanted.state is None else RequestRow.state == wanted.state,
        None if wanted.school is None else RequestRow.school_urn == wanted.school,
        None if wanted.kind is None else RequestRow.kind == wanted.kind,
        None if wanted.case_id is None else RequestRow.case_id == wanted.case_id,
        None if schools is None else RequestRow.school_urn.in_(sorted(schools)),
        None if part.after_id is None else RequestRow.id < part.after_id,
    ]
    query = _lines().where(*(condition for condition in conditions if condition is not None))
    rows = session.execute(query.order_by(RequestRow.id.desc()).limit(part.limit + 1)).all()
    return page(rows, part, _line, lambda row: str(row[0].id))


def request_line(session: Session, request_id: int) -> RequestLine:
    """Return a request by its key."""
    return _line(session.execute(_lines().where(RequestRow.id == request_id)).one())


def parents_named(session: Session, request_id: int) -> tuple[ParentNamed, ...]:
    """Return the parents whom a request names."""
    rows = Matters(session).find(RequestParentRow, request_id=request_id)
    return tuple(made(ParentNamed, row) for row in rows)


def evidence(session: Session, request_id: int) -> tuple[EvidenceGiven, ...]:
    """Return the documents given with a request, in the order they were given."""
    rows = Matters(session).find(EvidenceRow, request_id=request_id)
    return tuple(made(EvidenceGiven, row) for row in rows)


def _lines() -> AnySelect:
    return (
        select(RequestRow, CaseRow.reference, PupilRow.forename, PupilRow.surname, SchoolRow.name)
        .join(CaseRow, CaseRow.id == RequestRow.case_id)
        .join(PupilRow, PupilRow.id == RequestRow.pupil_id)
        .join(SchoolRow, SchoolRow.urn == RequestRow.school_urn)
    )


def _line(row: AnyRow) -> RequestLine:
    request, case, forename, surname, school = row
    return made(RequestLine, request, case=case, pupil=full_name(forename, surname), school=school)
