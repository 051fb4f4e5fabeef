"""Pupils and schools, as lists show them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from attendance.store.queries.made import AT_A_TIME, Schools, full_name, made
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.people import EnrolmentRow, PupilRow, SchoolRow
from attendance.store.tables.requests import RequestRow

MOST_FOUND = 50
"""How many pupils a search shows at most."""

_Matter = type[CaseRow] | type[RequestRow] | type[NoticeToImproveRow] | type[PenaltyNoticeRow]
_BY_PREFIX: Mapping[str, _Matter] = {
    "C": CaseRow,
    "RQ": RequestRow,
    "NTI": NoticeToImproveRow,
    "PN": PenaltyNoticeRow,
}


@dataclass(frozen=True, slots=True)
class PupilLine:
    """A pupil in one line, with the school whose roll the pupil is on."""

    id: int
    upn: str
    name: str
    date_of_birth: date
    school_urn: str | None
    school: str | None
    year_group: str


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school as the published register of schools names it."""

    urn: str
    name: str
    establishment_type: str
    la_code: str
    establishment_number: str
    telephone: str
    closed_on: date | None


def search_pupils(
    session: Session, text: str, schools: Schools, on: date, limit: int
) -> tuple[PupilLine, ...]:
    """Return pupils by the beginning of a UPN, a surname or a full name, or by a matter's reference.

    The surname may stand first, with a comma or without.
    """
    found = _found(session, text.strip())
    if found is None:
        return ()
    query = select(PupilRow).where(found)
    if schools is not None:
        query = query.where(
            exists().where(EnrolmentRow.pupil_id == PupilRow.id, EnrolmentRow.school_urn.in_(sorted(schools)))
        )
    pupils = session.scalars(query.order_by(PupilRow.surname, PupilRow.forename, PupilRow.upn).limit(limit))
    rows = {row.id: row for row in pupils}
    enrolled = _enrolled(session, list(rows), on, schools)
    return tuple(_pupil(row, enrolled.get(key)) for key, row in rows.items())


def schools_seen(session: Session, schools: Schools) -> tuple[SchoolLine, ...]:
    """Return the schools that may be seen, in order of name."""
    query = select(SchoolRow)
    if schools is not None:
        query = query.where(SchoolRow.urn.in_(sorted(schools)))
    return tuple(
        made(SchoolLine, row) for row in session.scalars(query.order_by(SchoolRow.name, SchoolRow.urn))
    )


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A pupil on a school's roll."""

    pupil_id: int
    name: str
    year_group: str


def on_roll(session: Session, school_urn: str, on: date) -> tuple[OnRoll, ...]:
    """Return who is on the roll of a school on a day, in order of key."""
    rows = session.execute(
        select(PupilRow.id, PupilRow.forename, PupilRow.surname, EnrolmentRow.year_group)
        .join(EnrolmentRow, EnrolmentRow.pupil_id == PupilRow.id)
        .where(
            EnrolmentRow.school_urn == school_urn,
            EnrolmentRow.since <= on,
            or_(EnrolmentRow.until.is_(None), EnrolmentRow.until >= on),
        )
        .order_by(PupilRow.id)
    )
    return tuple(OnRoll(key, full_name(forename, surname), year) for key, forename, surname, year in rows)


def _found(session: Session, text: str) -> ColumnElement[bool] | None:
    if not text:
        return None
    kind = _BY_PREFIX.get(text.partition("-")[0].upper())
    if kind is not None and "-" in text:
        pupil_id = session.scalar(select(kind.pupil_id).where(kind.reference == text.upper()))
        return None if pupil_id is None else PupilRow.id == pupil_id
    if any(character.isdigit() for character in text):
        return PupilRow.upn.startswith(text.upper(), autoescape=True)
    name = " ".join(text.replace(",", " ").split())
    either_way = (PupilRow.forename + " " + PupilRow.surname, PupilRow.surname + " " + PupilRow.forename)
    return or_(*(whole.istartswith(name, autoescape=True) for whole in either_way))


def _enrolled(
    session: Session, pupil_ids: list[int], on: date, schools: Schools
) -> dict[int, tuple[str, str, str]]:
    query = (
        select(EnrolmentRow, SchoolRow.name)
        .join(SchoolRow, SchoolRow.urn == EnrolmentRow.school_urn)
        .where(
            EnrolmentRow.pupil_id.in_(pupil_ids),
            EnrolmentRow.since <= on,
            or_(EnrolmentRow.until.is_(None), EnrolmentRow.until >= on),
        )
        .order_by(EnrolmentRow.main, EnrolmentRow.since)
    )
    if schools is not None:
        query = query.where(EnrolmentRow.school_urn.in_(sorted(schools)))
    return {row.pupil_id: (row.school_urn, school, row.year_group) for row, school in session.execute(query)}


def _pupil(row: PupilRow, enrolled: tuple[str, str, str] | None) -> PupilLine:
    urn, school, year_group = enrolled or (None, None, "")
    name = full_name(row.forename, row.surname)
    return PupilLine(row.id, row.upn, name, row.date_of_birth, urn, school, year_group)


def pupil_names(session: Session, pupil_ids: AbstractSet[int]) -> dict[int, str]:
    """Return the names of pupils by their keys, in one query however many they are."""
    query = select(PupilRow.id, PupilRow.forename, PupilRow.surname)
    if len(pupil_ids) <= AT_A_TIME:
        query = query.where(PupilRow.id.in_(pupil_ids))
    rows = session.execute(query)
    return {key: full_name(forename, surname) for key, forename, surname in rows if key in pupil_ids}
