"""Whose document it is: who may read one, and who may name one in an act.

- The authority reads every document. A school reads those of its own matters, letters that it may read, and
  what its own account gave.
- Whoever may not read a document may not name it either: knowing its hash opens nothing.
"""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from attendance.domain.moment import Actor
from attendance.store.queries.letters import holds_document
from attendance.store.tables.cases import SupportRow
from attendance.store.tables.documents import DocumentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.people import StaffMemberRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.requests import EvidenceRow, RequestRow
from rules.roles import Role


def about(session: Session, digest: str) -> DocumentRow | None:
    """Return what is known of a document, its bytes left where they are."""
    return session.get(DocumentRow, digest)


def may_see_document(session: Session, actor: Actor, digest: str) -> bool:
    """Say whether the actor may see the document of that SHA-256, if it is held at all."""
    return (
        actor.role is not Role.SCHOOL
        or is_of_schools(session, digest, actor.schools)
        or holds_document(session, digest, actor.schools)
        or was_received_from(session, digest, actor.account)
    )


def is_of_schools(session: Session, digest: str, schools: frozenset[str]) -> bool:
    """Say whether one of the schools gave or signed it, for a request, support, notice or authorisation."""
    urns = sorted(schools)
    papers = or_(PenaltyNoticeRow.statement_sha256 == digest, PenaltyNoticeRow.certificate_sha256 == digest)
    evidence = exists().where(
        EvidenceRow.document_sha256 == digest,
        RequestRow.id == EvidenceRow.request_id,
        RequestRow.school_urn.in_(urns),
    )
    support = exists().where(SupportRow.document_sha256 == digest, SupportRow.school_urn.in_(urns))
    signed = exists().where(papers, PenaltyNoticeRow.school_urn.in_(urns))
    authorised = exists().where(
        StaffMemberRow.authorised_by_document == digest, StaffMemberRow.school_urn.in_(urns)
    )
    return bool(session.scalar(select(or_(evidence, support, signed, authorised))))


def was_received_from(session: Session, digest: str, account: str) -> bool:
    """Say whether this account gave the document."""
    query = select(RecordEntryRow.seq).where(
        RecordEntryRow.event == "document.received",
        RecordEntryRow.actor == account,
        RecordEntryRow.payload.contains(digest),
    )
    return session.execute(query.limit(1)).first() is not None
