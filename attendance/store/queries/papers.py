"""Documents on file about a pupil: what was given with requests, support, notices and representations."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, literal, null, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from attendance.domain.moment import ENGLAND
from attendance.store.queries.made import AnySelect, Schools
from attendance.store.tables.cases import SupportRow
from attendance.store.tables.documents import DocumentRow
from attendance.store.tables.notices import ExhibitRow, PenaltyNoticeRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.requests import EvidenceRow, RequestRow
from attendance.store.tables.reviews import RepresentationRow

_Text = InstrumentedAttribute[str]
_Column = ColumnElement[Any] | InstrumentedAttribute[Any]


class GivenWith(StrEnum):
    """What a document was given with."""

    REQUEST = "request"
    SUPPORT = "support"
    SIGNED = "signed"
    EXHIBIT = "exhibit"
    DECISION = "decision"
    REPRESENTATION = "representation"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A document on file, in one line.

    `what` is the item of a request, the kind of support, or the name of a paper. `reference` is the matter it
    was given with, `made_on` the day that stands on it where one is known. `given_by` is an account.
    """

    given_with: GivenWith
    what: str
    reference: str
    document_sha256: str
    file_name: str
    made_on: date | None
    given_on: date
    given_by: str


def papers(session: Session, pupil_id: int, schools: Schools) -> tuple[PaperLine, ...]:
    """Return the documents about a pupil that whoever sees these schools may open, the latest first.

    A school opens what schools give and sign; what came from parents, exhibits and the written decisions of
    issuers are opened by the authority alone.
    """
    found = [
        *_of_matters(session, pupil_id, schools),
        *_signed(session, pupil_id, schools),
        *_of_support(session, pupil_id, schools),
    ]
    return tuple(sorted(found, key=lambda one: one.given_on, reverse=True))


def _of_matters(session: Session, pupil_id: int, schools: Schools) -> list[PaperLine]:
    evidence = _with_file(
        EvidenceRow.document_sha256,
        literal(GivenWith.REQUEST.value),
        EvidenceRow.item,
        RequestRow.reference,
        EvidenceRow.made_on,
        EvidenceRow.given_on,
        EvidenceRow.given_by,
    ).join(RequestRow, RequestRow.id == EvidenceRow.request_id)
    own = _at_schools(evidence.where(RequestRow.pupil_id == pupil_id), RequestRow.school_urn, schools)
    whole = [own] if schools is not None else [own, *_for_the_authority(pupil_id)]
    rows = session.execute(union_all(*whole))
    return [PaperLine(GivenWith(row[0]), *row[1:]) for row in rows]


def _for_the_authority(pupil_id: int) -> tuple[AnySelect, ...]:
    exhibits = _with_file(
        ExhibitRow.document_sha256,
        literal(GivenWith.EXHIBIT.value),
        ExhibitRow.what,
        PenaltyNoticeRow.reference,
        null(),
        ExhibitRow.added_on,
        ExhibitRow.added_by,
    ).join(PenaltyNoticeRow, PenaltyNoticeRow.id == ExhibitRow.penalty_notice_id)
    decisions = _with_file(
        PenaltyNoticeRow.issuer_decision_sha256,
        literal(GivenWith.DECISION.value),
        literal("issuer_decision"),
        PenaltyNoticeRow.reference,
        null(),
        PenaltyNoticeRow.decided_on,
        PenaltyNoticeRow.decided_by,
    )
    said = _with_file(
        RepresentationRow.document_sha256,
        literal(GivenWith.REPRESENTATION.value),
        literal("representations"),
        PenaltyNoticeRow.reference,
        null(),
        RepresentationRow.received_on,
        RepresentationRow.received_by,
    ).join(PenaltyNoticeRow, PenaltyNoticeRow.id == RepresentationRow.penalty_notice_id)
    of_pupil = PenaltyNoticeRow.pupil_id == pupil_id
    return exhibits.where(of_pupil), decisions.where(of_pupil), said.where(of_pupil)


def _signed(session: Session, pupil_id: int, schools: Schools) -> list[PaperLine]:
    whole = [
        _signed_paper("statement", PenaltyNoticeRow.statement_sha256, PenaltyNoticeRow.statement_signed_on),
        _signed_paper(
            "certificate", PenaltyNoticeRow.certificate_sha256, PenaltyNoticeRow.certificate_signed_on
        ),
    ]
    about = [
        _at_schools(query.where(PenaltyNoticeRow.pupil_id == pupil_id), PenaltyNoticeRow.school_urn, schools)
        for query in whole
    ]
    return [
        PaperLine(GivenWith(kind), what, reference, digest, file, made, date.fromisoformat(on), by)
        for kind, what, reference, digest, file, made, on, by in session.execute(union_all(*about))
    ]


def _signed_paper(paper: str, digest: _Text, signed_on: InstrumentedAttribute[date | None]) -> AnySelect:
    """Return the papers of one name that are signed; who gave each and when stands in the record alone."""
    said = literal(GivenWith.SIGNED.value), literal(paper), PenaltyNoticeRow.reference
    event = f"{PenaltyNoticeRow.__tablename__}.{paper}_signed"
    given = _last(event, RecordEntryRow.on_day), _last(event, RecordEntryRow.actor)
    return _with_file(digest, *said, signed_on, *given)


def _last(event: str, column: _Text) -> ScalarSelect[Any]:
    entries = select(column).where(
        RecordEntryRow.step == PenaltyNoticeRow.__tablename__,
        RecordEntryRow.step_id == PenaltyNoticeRow.id,
        RecordEntryRow.event == event,
    )
    last = entries.order_by(RecordEntryRow.seq.desc()).limit(1)
    return last.correlate(PenaltyNoticeRow).scalar_subquery()


def _of_support(session: Session, pupil_id: int, schools: Schools) -> list[PaperLine]:
    query = (
        select(SupportRow, DocumentRow.file_name)
        .join(DocumentRow, DocumentRow.sha256 == SupportRow.document_sha256)
        .where(SupportRow.pupil_id == pupil_id)
    )
    rows = session.execute(_at_schools(query, SupportRow.school_urn, schools))
    return [
        PaperLine(
            given_with=GivenWith.SUPPORT,
            what=row.kind,
            reference=row.reference,
            document_sha256=row.document_sha256,
            file_name=file_name,
            made_on=row.on,
            given_on=row.recorded_at_utc.astimezone(ENGLAND).date(),
            given_by=row.recorded_by,
        )
        for row, file_name in rows
    ]


def _with_file(digest: _Text, *columns: _Column) -> AnySelect:
    """Return documents in the order of a line's fields; `columns` are all but digest and file name."""
    before, after = columns[:3], columns[3:]
    query = select(*before, digest, DocumentRow.file_name, *after)
    return query.join(DocumentRow, DocumentRow.sha256 == digest)


def _at_schools(query: AnySelect, urn: _Text, schools: Schools) -> AnySelect:
    return query if schools is None else query.where(urn.in_(sorted(schools)))
