"""Batches of letters, what waits to be put into one, and what goes by hand: as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from attendance.domain.steps.letter import LetterState
from attendance.store.queries.made import AT_A_TIME, Page, Part, made, page
from attendance.store.tables.letters import LetterBatchRow, LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.people import SchoolRow
from rules.clocks import ServedBy

WRITTEN_BY_SCHOOLS = ("seven_day_message",)
"""Letters that a school sends by its own act; they go into no batch of the authority."""

_NOTICES = {table.__tablename__: table for table in (NoticeToImproveRow, PenaltyNoticeRow)}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in one line; `letters` says how many of its letters are in each state."""

    reference: str
    state: str
    state_since: date
    for_posting_on: date
    prepared_on: date
    prepared_by: str
    sampled_on: date | None
    sampled_by: str
    letters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LetterWaiting:
    """A prepared letter in no batch."""

    reference: str
    name: str
    addressee: str
    school: str


@dataclass(frozen=True, slots=True)
class LetterByHand:
    """A letter that somebody takes to its recipient."""

    reference: str
    name: str
    addressee: str
    address: tuple[str, ...]
    school_urn: str
    school: str
    for_posting_on: date


def batches(session: Session, part: Part) -> Page[BatchLine]:
    """Return the batches, the newest first."""
    query = select(LetterBatchRow)
    if part.after_id is not None:
        query = query.where(LetterBatchRow.id < part.after_id)
    rows = session.scalars(query.order_by(LetterBatchRow.id.desc()).limit(part.limit + 1)).all()
    counts = _counts(session, [row.id for row in rows])
    return page(rows, part, lambda row: _batch(row, counts), lambda row: str(row.id))


def batch(session: Session, reference: str) -> BatchLine | None:
    """Return the batch of that reference, or None."""
    row = session.scalars(select(LetterBatchRow).where(LetterBatchRow.reference == reference)).one_or_none()
    return None if row is None else _batch(row, _counts(session, [row.id]))


def days_waiting(session: Session) -> tuple[tuple[date, int], ...]:
    """Return the posting days for which prepared letters wait in no batch, each with how many."""
    query = select(LetterRow.for_posting_on, func.count()).where(*_WAITING).group_by(LetterRow.for_posting_on)
    return tuple((day, count) for day, count in session.execute(query.order_by(LetterRow.for_posting_on)))


def letters_waiting(session: Session, day: date, limit: int) -> tuple[LetterWaiting, ...]:
    """Return prepared letters in no batch for a posting day, by kind."""
    query = (
        select(LetterRow.reference, LetterRow.name, LetterRow.addressee, SchoolRow.name)
        .join(SchoolRow, SchoolRow.urn == LetterRow.school_urn)
        .where(*_WAITING, LetterRow.for_posting_on == day)
        .order_by(LetterRow.name, LetterRow.id)
        .limit(limit)
    )
    return tuple(LetterWaiting(*row) for row in session.execute(query))


def letters_by_hand(session: Session, school: str | None, limit: int) -> tuple[LetterByHand, ...]:
    """Return the letters that go by hand and do not count as received yet, by school."""
    columns = (LetterRow.name, LetterRow.addressee, LetterRow.address_as_posted)
    query = (
        select(LetterRow.reference, *columns, SchoolRow.urn, SchoolRow.name, LetterRow.for_posting_on)
        .join(SchoolRow, SchoolRow.urn == LetterRow.school_urn)
        .where(
            LetterRow.method.in_((ServedBy.HAND_DELIVERY.value, ServedBy.LEFT_AT_ADDRESS.value)),
            LetterRow.state.in_((LetterState.PREPARED.value, LetterState.RELEASED.value)),
            LetterRow.deemed_received_on.is_(None),
        )
        .order_by(SchoolRow.name, LetterRow.for_posting_on, LetterRow.id)
        .limit(limit)
    )
    if school is not None:
        query = query.where(LetterRow.school_urn == school)
    return tuple(
        LetterByHand(reference, name, to, tuple(address.splitlines()), urn, school_name, day)
        for reference, name, to, address, urn, school_name, day in session.execute(query)
    )


def notices_of(session: Session, letters: Sequence[str]) -> dict[str, str]:
    """Return, by the letter's reference, the reference of the notice that a letter is."""
    found: dict[str, str] = {}
    for kind, table in _NOTICES.items():
        query = select(LetterRow.reference, table.reference).join(table, table.id == LetterRow.subject_id)
        query = query.where(LetterRow.subject_kind == kind, LetterRow.name == kind)
        for start in range(0, len(letters), AT_A_TIME):
            part = letters[start : start + AT_A_TIME]
            rows = session.execute(query.where(LetterRow.reference.in_(part)))
            found.update((letter, notice) for letter, notice in rows)
    return found


_WAITING = (
    LetterRow.state == LetterState.PREPARED.value,
    LetterRow.batch_id.is_(None),
    LetterRow.name.not_in(WRITTEN_BY_SCHOOLS),
)


def _counts(session: Session, batch_ids: list[int]) -> dict[int, dict[str, int]]:
    query = (
        select(LetterRow.batch_id, LetterRow.state, func.count())
        .where(LetterRow.batch_id.in_(batch_ids))
        .group_by(LetterRow.batch_id, LetterRow.state)
    )
    found: dict[int, dict[str, int]] = {}
    for batch_id, state, count in session.execute(query):
        if batch_id is not None:
            found.setdefault(batch_id, {})[state] = count
    return found


def _batch(row: LetterBatchRow, counts: Mapping[int, Mapping[str, int]]) -> BatchLine:
    return made(BatchLine, row, letters=counts.get(row.id, {}))
