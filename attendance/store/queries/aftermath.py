"""What follows a notice: money, representations, reviews; and the decisions that anything rests on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from attendance.store.matters import Matters
from attendance.store.queries.made import AT_A_TIME, AnyRow, AnySelect, Page, Part, made, page
from attendance.store.tables.cases import DecisionRow
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """Money received, in pence; `penalty_notice` is null where it is not matched to one."""

    reference: str
    penalty_notice: str | None
    state: str
    judged: str
    received_on: date
    pence: int
    paid_with_reference: str
    transaction: str
    refund_due_pence: int
    refunded_pence: int
    settled_on: date | None
    settled_how: str
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class RepresentationLine:
    """What a parent said about a penalty notice, and the answer."""

    reference: str
    state: str
    adult_id: int
    made_for_them_by: str
    received_on: date
    received_by: str
    said: str
    document_sha256: str
    answered_on: date | None
    answered_by: str
    answer: str
    withdrawal_considered: bool


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A mark that a notice rests on was corrected: before and after, and what was decided."""

    reference: str
    notice_kind: str
    state: str
    opened_on: date
    sessions_before: int
    sessions_after: int
    threshold_stands: bool
    changes: JsonValue
    decided_on: date | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a guard or a review found when somebody decided: facts, dated values, sentences, reasons."""

    act: str
    subject_kind: str
    on: date
    at_utc: datetime
    decided_by: str
    role: str
    finding: JsonValue
    sha256: str


def payments(
    session: Session, part: Part, *, state: str | None = None, penalty_notice_id: int | None = None
) -> Page[PaymentLine]:
    """Return money received, the newest first."""
    query = select(PaymentRow, PenaltyNoticeRow.reference).outerjoin(
        PenaltyNoticeRow, PenaltyNoticeRow.id == PaymentRow.penalty_notice_id
    )
    conditions = [
        None if state is None else PaymentRow.state == state,
        None if penalty_notice_id is None else PaymentRow.penalty_notice_id == penalty_notice_id,
        None if part.after_id is None else PaymentRow.id < part.after_id,
    ]
    query = query.where(*(condition for condition in conditions if condition is not None))
    rows = session.execute(query.order_by(PaymentRow.id.desc()).limit(part.limit + 1)).all()
    refunded = _refunded(session, [row[0].id for row in rows])

    def line(row: AnyRow) -> PaymentLine:
        return made(PaymentLine, row[0], penalty_notice=row[1], refunded_pence=refunded.get(row[0].id, 0))

    return page(rows, part, line, lambda row: str(row[0].id))


def payment(session: Session, payment_id: int) -> PaymentLine:
    """Return money received by its key."""
    query = select(PaymentRow, PenaltyNoticeRow.reference).outerjoin(
        PenaltyNoticeRow, PenaltyNoticeRow.id == PaymentRow.penalty_notice_id
    )
    row = session.execute(query.where(PaymentRow.id == payment_id)).one()
    refunded = _refunded(session, [payment_id]).get(payment_id, 0)
    return made(PaymentLine, row[0], penalty_notice=row[1], refunded_pence=refunded)


def payments_by_transaction(session: Session, transactions: Sequence[str]) -> dict[str, PaymentLine]:
    """Return the payments that have these transactions, by the transaction's number."""
    query = select(PaymentRow, PenaltyNoticeRow.reference).outerjoin(
        PenaltyNoticeRow, PenaltyNoticeRow.id == PaymentRow.penalty_notice_id
    )
    found: dict[str, PaymentLine] = {}
    for start in range(0, len(transactions), AT_A_TIME):
        part = transactions[start : start + AT_A_TIME]
        rows = session.execute(query.where(PaymentRow.transaction.in_(part))).all()
        refunded = _refunded(session, [row[0].id for row in rows])
        for row, notice in rows:
            more = {"penalty_notice": notice, "refunded_pence": refunded.get(row.id, 0)}
            found[row.transaction] = made(PaymentLine, row, **more)
    return found


def issued_among(session: Session, references: Sequence[str]) -> frozenset[str]:
    """Return which of these references are penalty notices that were issued."""
    table, found = PenaltyNoticeRow, set[str]()
    for start in range(0, len(references), AT_A_TIME):
        part = references[start : start + AT_A_TIME]
        query = select(table.reference).where(table.reference.in_(part), table.issued_on.is_not(None))
        found.update(session.scalars(query))
    return frozenset(found)


def representations(session: Session, penalty_notice_id: int) -> tuple[RepresentationLine, ...]:
    """Return what a parent said about a penalty notice."""
    rows = Matters(session).find(RepresentationRow, penalty_notice_id=penalty_notice_id)
    return tuple(made(RepresentationLine, row) for row in rows)


def reviews(session: Session, kind: str, notice_id: int) -> tuple[ReviewLine, ...]:
    """Return the reviews of a notice that corrected marks opened."""
    rows = Matters(session).find(ReviewRow, notice_kind=kind, notice_id=notice_id)
    return tuple(made(ReviewLine, row, changes=_read(row.changes)) for row in rows)


def decisions_about(session: Session, kind: str, subject_id: int) -> tuple[DecisionLine, ...]:
    """Return what was found whenever somebody decided on a matter, in order."""
    return _decisions(
        session,
        select(DecisionRow).where(DecisionRow.subject_kind == kind, DecisionRow.subject_id == subject_id),
    )


def decisions_in(session: Session, case_id: int) -> tuple[DecisionLine, ...]:
    """Return what was found whenever somebody decided in a case, in order."""
    return _decisions(session, select(DecisionRow).where(DecisionRow.case_id == case_id))


def _decisions(session: Session, query: AnySelect) -> tuple[DecisionLine, ...]:
    rows = session.scalars(query.order_by(DecisionRow.id))
    return tuple(made(DecisionLine, row, finding=_read(row.finding)) for row in rows)


def _refunded(session: Session, payment_ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(RefundRow.payment_id, RefundRow.pence).where(RefundRow.payment_id.in_(payment_ids))
    )
    total: dict[int, int] = {}
    for payment_id, pence in rows:
        total[payment_id] = total.get(payment_id, 0) + pence
    return total


def _read(text: str) -> JsonValue:
    value: JsonValue = json.loads(text) if text else None
    return value
