"""Letters, as lists and pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from attendance.store.queries.made import AnyRow, AnySelect, Page, Part, Schools, made, page
from attendance.store.tables.accounts import AccountRow
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.letters import LetterBatchRow, LetterRow
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in one line: which, to whom, for which posting, and how it was served."""

    reference: str
    name: str
    template_version: str
    state: str
    state_since: date
    case: str
    subject_kind: str
    adult_id: int | None
    addressee: str
    school_urn: str
    batch: str | None
    prepared_on: date
    prepared_by: str
    for_posting_on: date
    method: str
    served_on: date | None
    served_by: str
    delivered_on: date | None
    delivered_by: str
    delivered_how: str
    delivered_to: str
    deemed_received_on: date | None
    returned_on: date | None
    returned_why: str
    pdf_sha256: str
    html_sha256: str


@dataclass(frozen=True, slots=True)
class LetterNamed:
    """What a letter is, and to whom."""

    id: int
    name: str
    addressee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFilter:
    """Which letters: empty fields ask for all."""

    state: str | None = None
    school: str | None = None
    name: str | None = None
    batch: str | None = None
    for_posting_on: date | None = None
    case_id: int | None = None
    pupil_id: int | None = None
    subject: tuple[str, int] | None = None


def letters(session: Session, wanted: LetterFilter, schools: Schools, part: Part) -> Page[LetterLine]:
    """Return letters, the newest first; for schools those to them, and those that schools prepare."""
    conditions = [
        None if wanted.state is None else LetterRow.state == wanted.state,
        None if wanted.school is None else LetterRow.school_urn == wanted.school,
        None if wanted.name is None else LetterRow.name == wanted.name,
        None if wanted.batch is None else LetterBatchRow.reference == wanted.batch,
        None if wanted.for_posting_on is None else LetterRow.for_posting_on == wanted.for_posting_on,
        None if wanted.case_id is None else LetterRow.case_id == wanted.case_id,
        None if wanted.pupil_id is None else CaseRow.pupil_id == wanted.pupil_id,
        None if part.after_id is None else LetterRow.id < part.after_id,
    ]
    query = _lines(schools).where(*(condition for condition in conditions if condition is not None))
    if wanted.subject is not None:
        kind, key = wanted.subject
        query = query.where(LetterRow.subject_kind == kind, LetterRow.subject_id == key)
    rows = session.execute(query.order_by(LetterRow.id.desc()).limit(part.limit + 1)).all()
    return page(rows, part, _line, lambda row: str(row[0].id))


def letter(session: Session, reference: str, schools: Schools) -> LetterLine | None:
    """Return the letter of that reference where the schools may read it, or None."""
    row = session.execute(_lines(schools).where(LetterRow.reference == reference)).one_or_none()
    return None if row is None else _line(row)


def names_of(session: Session, letter_ids: Iterable[int]) -> tuple[LetterNamed, ...]:
    """Return what the letters of these keys are and to whom; who may know is asked before."""
    query = select(LetterRow.id, LetterRow.name, LetterRow.addressee)
    rows = session.execute(query.where(LetterRow.id.in_(sorted(set(letter_ids)))))
    return tuple(LetterNamed(*row) for row in rows)


def address_of(session: Session, reference: str) -> str | None:
    """Return the address that a letter was posted to, line by line."""
    return session.scalar(select(LetterRow.address_as_posted).where(LetterRow.reference == reference))


def holds_document(session: Session, digest: str, schools: Schools) -> bool:
    """Say whether a letter that the schools may read has these bytes."""
    query = _lines(schools).where(or_(LetterRow.pdf_sha256 == digest, LetterRow.html_sha256 == digest))
    return session.execute(query.limit(1)).first() is not None


def _lines(schools: Schools) -> AnySelect:
    query = (
        select(LetterRow, CaseRow.reference, LetterBatchRow.reference)
        .join(CaseRow, CaseRow.id == LetterRow.case_id)
        .outerjoin(LetterBatchRow, LetterBatchRow.id == LetterRow.batch_id)
    )
    if schools is None:
        return query
    return query.join(AccountRow, AccountRow.name == LetterRow.prepared_by, isouter=True).where(
        LetterRow.school_urn.in_(sorted(schools)),
        or_(LetterRow.adult_id.is_(None), AccountRow.role == Role.SCHOOL),
    )


def _line(row: AnyRow) -> LetterLine:
    letter_row, case, batch = row
    return made(LetterLine, letter_row, case=case, batch=batch)
