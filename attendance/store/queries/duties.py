"""What is due, as lists show it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from attendance.domain.bounds import LARGEST_NUMBER
from attendance.domain.errors import BadInput
from attendance.store.queries.made import (
    AnyRow,
    AnySelect,
    Page,
    Part,
    Schools,
    full_name,
    made,
    page,
)
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.people import PupilRow, SchoolRow
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class DutyLine:
    """Something somebody must do by a day, why, and the acts that clear it."""

    code: str
    due_on: date
    overdue: bool
    owner_role: str
    owner: str
    school_urn: str
    school: str | None
    case: str | None
    pupil: str | None
    subject_kind: str
    subject_reference: str
    why: str
    clears: tuple[str, ...]
    opened_on: date
    cleared_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFilter:
    """Which open duties: empty fields ask for all."""

    owner: str | None = None
    school: str | None = None
    due_by: date | None = None


def duties(session: Session, wanted: DutyFilter, schools: Schools, part: Part, on: date) -> Page[DutyLine]:
    """Return what is due, the most urgent first; for schools what they themselves must do."""
    due_on, key = _place(part)
    conditions = [
        DutyRow.cleared_on.is_(None),
        None if wanted.owner is None else DutyRow.owner == wanted.owner,
        None if wanted.school is None else DutyRow.school_urn == wanted.school,
        None if wanted.due_by is None else DutyRow.due_on <= wanted.due_by,
        *_seen(schools),
        None
        if due_on is None
        else or_(DutyRow.due_on > due_on, and_(DutyRow.due_on == due_on, DutyRow.id > key)),
    ]
    query = _lines().where(*(condition for condition in conditions if condition is not None))
    rows = session.execute(query.order_by(DutyRow.due_on, DutyRow.id).limit(part.limit + 1)).all()
    return page(
        rows, part, lambda row: _line(row, on), lambda row: f"{row[0].due_on.isoformat()}.{row[0].id}"
    )


def duties_of_case(session: Session, case_id: int, schools: Schools, on: date) -> tuple[DutyLine, ...]:
    """Return what is due in a case, the most urgent first; for schools what they themselves must do."""
    query = _lines().where(DutyRow.case_id == case_id, DutyRow.cleared_on.is_(None), *_seen(schools))
    lines = [_line(row, on) for row in session.execute(query)]  # sorted here: the index on cases is kept
    return tuple(sorted(lines, key=lambda line: (line.due_on, line.subject_reference, line.code)))


def _seen(schools: Schools) -> tuple[ColumnElement[bool], ...]:
    if schools is None:
        return ()
    return DutyRow.school_urn.in_(sorted(schools)), DutyRow.owner_role == Role.SCHOOL.value


def _place(part: Part) -> tuple[date | None, int]:
    if not part.after:
        return None, 0
    day, _, key = part.after.partition(".")
    try:
        return date.fromisoformat(day), min(int(key), LARGEST_NUMBER)
    except ValueError as error:
        raise BadInput("`after` is not a place in this list. Give what `next` said.") from error


def _lines() -> AnySelect:
    return (
        select(DutyRow, CaseRow.reference, PupilRow.forename, PupilRow.surname, SchoolRow.name)
        .outerjoin(CaseRow, CaseRow.id == DutyRow.case_id)
        .outerjoin(PupilRow, PupilRow.id == CaseRow.pupil_id)
        .outerjoin(SchoolRow, SchoolRow.urn == DutyRow.school_urn)
    )


def _line(row: AnyRow, on: date) -> DutyLine:
    duty, case, forename, surname, school = row
    return made(
        DutyLine,
        duty,
        overdue=duty.cleared_on is None and duty.due_on < on,
        case=case,
        pupil=full_name(forename, surname) if forename else None,
        school=school,
        clears=tuple(duty.clears.split()),
    )
