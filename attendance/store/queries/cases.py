"""Cases, as lists and pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from attendance.store.asked_once import asked_once
from attendance.store.queries.made import AnyRow, AnySelect, Page, Part, Schools, full_name, made, page
from attendance.store.tables.cases import CaseRow, DutyRow, EarlyHelpRow, SupportRow
from attendance.store.tables.people import PupilRow, SchoolRow


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in one line. `next_due_on` is the earliest day by which something in it is due."""

    reference: str
    state: str
    state_since: date
    pupil_id: int
    pupil: str
    upn: str
    school_urn: str
    school: str
    officer: str
    lead_practitioner: str
    opened_on: date
    closed_on: date | None
    open_duties: int
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case with its key."""

    id: int
    line: CaseLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases: empty fields ask for all."""

    state: str | None = None
    school: str | None = None
    officer: str | None = None
    pupil_id: int | None = None
    due_by: date | None = None


@dataclass(frozen=True, slots=True)
class SupportLine:
    """One thing done to support a pupil."""

    reference: str
    school_urn: str
    kind: str
    on: date
    state: str
    offered_by: str
    adult_id: int | None
    detail: str
    pupil_voice: str
    parent_voice: str
    review_on: date | None
    document_sha256: str
    recorded_at_utc: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class EarlyHelpLine:
    """An Early Help Assessment from its offer on."""

    reference: str
    school_urn: str
    offered_on: date
    state: str
    answered_on: date | None
    completed_on: date | None
    right_help_level: int | None
    supporting_families_criteria: int | None
    lead_practitioner: str
    adviser: str
    plan_review_on: date | None
    recorded_by: str


def cases(session: Session, wanted: CaseFilter, schools: Schools, part: Part) -> Page[CaseLine]:
    """Return cases, the newest first."""
    conditions = [
        None if wanted.state is None else CaseRow.state == wanted.state,
        None if wanted.school is None else CaseRow.school_urn == wanted.school,
        None if wanted.officer is None else CaseRow.officer == wanted.officer,
        None if wanted.pupil_id is None else CaseRow.pupil_id == wanted.pupil_id,
        None if schools is None else CaseRow.school_urn.in_(sorted(schools)),
        None if part.after_id is None else CaseRow.id < part.after_id,
        None if wanted.due_by is None else CaseRow.id.in_(_due_by(wanted.due_by)),
    ]
    query = _lines().where(*(condition for condition in conditions if condition is not None))
    rows = session.execute(query.order_by(CaseRow.id.desc()).limit(part.limit + 1)).all()
    return page(rows, part, _line, lambda row: str(row[0].id))


def case(session: Session, reference: str, schools: Schools) -> CaseFound | None:
    """Return the case of that reference where one of the schools has it, or None."""
    query = _lines().where(CaseRow.reference == reference)
    if schools is not None:
        query = query.where(CaseRow.school_urn.in_(sorted(schools)))
    row = session.execute(query).one_or_none()
    return None if row is None else CaseFound(row[0].id, _line(row))


def support(session: Session, pupil_id: int, schools: Schools) -> tuple[SupportLine, ...]:
    """Return what was done to support a pupil, the latest first."""
    query = select(SupportRow).where(SupportRow.pupil_id == pupil_id)
    if schools is not None:
        query = query.where(SupportRow.school_urn.in_(sorted(schools)))
    rows = session.scalars(query.order_by(SupportRow.on.desc(), SupportRow.id.desc()))
    return tuple(made(SupportLine, row) for row in rows)


@asked_once("")
def support_count(session: Session, pupil_id: int, school_urn: str) -> int:
    """Return how many acts of support, Early Help among them, a school has on record for a pupil."""
    kinds = (SupportRow, EarlyHelpRow)
    counts = (
        select(func.count())
        .select_from(kind)
        .where(kind.pupil_id == pupil_id, kind.school_urn == school_urn)
        .scalar_subquery()
        for kind in kinds
    )
    return sum(session.execute(select(*counts)).one())


def early_help(session: Session, pupil_id: int, schools: Schools) -> tuple[EarlyHelpLine, ...]:
    """Return the Early Help Assessments of a pupil, the latest first."""
    query = select(EarlyHelpRow).where(EarlyHelpRow.pupil_id == pupil_id)
    if schools is not None:
        query = query.where(EarlyHelpRow.school_urn.in_(sorted(schools)))
    rows = session.scalars(query.order_by(EarlyHelpRow.id.desc()))
    return tuple(made(EarlyHelpLine, row) for row in rows)


def _lines() -> AnySelect:
    return (
        select(
            CaseRow,
            PupilRow.forename,
            PupilRow.surname,
            PupilRow.upn,
            SchoolRow.name,
            _open_duties(func.count()),
            _open_duties(func.min(DutyRow.due_on)),
        )
        .join(PupilRow, PupilRow.id == CaseRow.pupil_id)
        .join(SchoolRow, SchoolRow.urn == CaseRow.school_urn)
    )


def _due_by(day: date) -> Select[int | None]:
    due = DutyRow.cleared_on.is_(None), DutyRow.due_on <= day, DutyRow.case_id.is_not(None)
    return select(DutyRow.case_id).where(*due)


def _open_duties(of: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Return a count, or the least of a column, over the open duties of each case."""
    open_there = DutyRow.case_id == CaseRow.id, DutyRow.cleared_on.is_(None)
    return select(of).select_from(DutyRow).where(*open_there).correlate(CaseRow).scalar_subquery()


def _line(row: AnyRow) -> CaseLine:
    case_row, forename, surname, upn, school, duties, earliest = row
    return made(
        CaseLine,
        case_row,
        pupil=full_name(forename, surname),
        upn=upn,
        school=school,
        open_duties=duties,
        next_due_on=earliest,
    )
