"""Notices to improve and penalty notices, as lists and pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from attendance.store.queries.made import AnyRow, AnySelect, Page, Part, Schools, full_name, made, page
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import (
    ConsiderationRow,
    EarlierNoticeRow,
    NoticeCheckRow,
    NoticeToImproveRow,
    OffenceSessionRow,
    PenaltyNoticeRow,
)
from attendance.store.tables.people import AdultRow, PupilRow, SchoolRow, StaffMemberRow
from attendance.store.tables.requests import RequestRow


@dataclass(frozen=True, slots=True)
class NoticeToImproveLine:
    """A notice to improve in one line, with its period and how it ended."""

    reference: str
    case: str
    request: str | None
    state: str
    state_since: date
    pupil_id: int
    pupil: str
    adult_id: int
    adult: str
    school_urn: str
    school: str
    offence_from: date
    offence_until: date
    decided_on: date
    decided_by: str
    code_of_conduct: str
    letter: str | None
    issued_on: date | None
    received_on: date | None
    target_sessions: int
    further_support: str
    period_days: int
    period_from: date | None
    period_until: date | None
    review_on: date | None
    sessions_in_period: int | None
    consulted: tuple[str, ...]
    early_end_ground: str
    ended_on: date | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class PenaltyNoticeLine:
    """A penalty notice in one line, with who issues it, what is due until when, and where it stands."""

    reference: str
    case: str
    request: str | None
    notice_to_improve: str | None
    state: str
    state_since: date
    pupil_id: int
    pupil: str
    adult_id: int
    adult: str
    school_urn: str
    school: str
    absence_kind: str
    rung: str
    skip_ground: str
    offence_from: date
    offence_until: date
    decided_on: date
    decided_by: str
    code_of_conduct: str
    issuer: str
    issuer_capacity: str
    issuer_decided: str
    consulted: tuple[str, ...]
    letter: str | None
    issued_on: date | None
    received_on: date | None
    reduced_pence: int | None
    reduced_until: date | None
    full_pence: int
    payable_until: date | None
    paid_on: date | None
    first_limit_on: date
    last_limit_on: date
    school_messaged_on: date | None
    school_answer_due_on: date | None
    school_answer: str
    school_answered_on: date | None
    parent_messaged_on: date | None
    parent_reply_due_on: date | None
    statement_signed_on: date | None
    certificate_signed_on: date | None
    exhibits_complete_on: date | None
    withdrawal_ground: str
    ended_on: date | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A mark that a notice rests on, as it was read when the notice was decided."""

    day: date
    session: str
    code: str


@dataclass(frozen=True, slots=True)
class ConsiderationLine:
    """One question that must be asked before a penalty notice, and its answer."""

    question: str
    answer: bool
    why: str
    answered_on: date
    answered_by: str


@dataclass(frozen=True, slots=True)
class EarlierNoticeLine:
    """A penalty notice that someone else issued."""

    reference: str
    adult_id: int
    adult: str
    kind: str
    state: str
    issued_by: str
    issued_on: date
    offence_from: date
    offence_until: date
    withdrawn_on: date | None
    source: str
    recorded_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True)
class NoticeCheckLine:
    """A question put to others about earlier notices, and its answer."""

    reference: str
    adult_id: int
    adult: str
    state: str
    asked_of: str
    of_authority: bool
    asked_on: date
    answered_on: date | None
    answer: str
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFilter:
    """Which notices: empty fields ask for all."""

    state: str | None = None
    school: str | None = None
    pupil_id: int | None = None
    adult_id: int | None = None
    case_id: int | None = None


def notices_to_improve(
    session: Session, wanted: NoticeFilter, schools: Schools, part: Part
) -> Page[NoticeToImproveLine]:
    """Return notices to improve, the newest first."""
    query = _narrowed(_improvements(), NoticeToImproveRow, wanted, schools, part)
    return page(session.execute(query).all(), part, _improvement, lambda row: str(row[0].id))


def notice_to_improve(session: Session, notice_id: int) -> NoticeToImproveLine:
    """Return a notice to improve by its key."""
    return _improvement(session.execute(_improvements().where(NoticeToImproveRow.id == notice_id)).one())


def penalty_notices(
    session: Session, wanted: NoticeFilter, schools: Schools, part: Part
) -> Page[PenaltyNoticeLine]:
    """Return penalty notices, the newest first."""
    query = _narrowed(_penalties(), PenaltyNoticeRow, wanted, schools, part)
    return page(session.execute(query).all(), part, _penalty, lambda row: str(row[0].id))


def penalty_notice(session: Session, notice_id: int) -> PenaltyNoticeLine:
    """Return a penalty notice by its key."""
    return _penalty(session.execute(_penalties().where(PenaltyNoticeRow.id == notice_id)).one())


def sessions_of(session: Session, kind: str, notice_id: int) -> tuple[SessionLine, ...]:
    """Return the marks that a notice rests on, in order."""
    table = OffenceSessionRow
    query = select(table).where(table.notice_kind == kind, table.notice_id == notice_id)
    return tuple(made(SessionLine, row) for row in session.scalars(query.order_by(table.day, table.session)))


def considerations_of(session: Session, notice_id: int) -> tuple[ConsiderationLine, ...]:
    """Return the questions asked before a penalty notice, with their answers."""
    query = select(ConsiderationRow).where(ConsiderationRow.penalty_notice_id == notice_id)
    return tuple(made(ConsiderationLine, row) for row in session.scalars(query.order_by(ConsiderationRow.id)))


def earlier_notices(session: Session, pupil_id: int) -> tuple[EarlierNoticeLine, ...]:
    """Return the notices that others issued for a pupil."""
    rows = session.execute(_about_adult(EarlierNoticeRow, pupil_id))
    return tuple(made(EarlierNoticeLine, row, adult=full_name(*name)) for row, *name in rows)


def notice_checks(session: Session, pupil_id: int) -> tuple[NoticeCheckLine, ...]:
    """Return the questions put to others about earlier notices for a pupil."""
    rows = session.execute(_about_adult(NoticeCheckRow, pupil_id))
    return tuple(made(NoticeCheckLine, row, adult=full_name(*name)) for row, *name in rows)


def _about_adult(kind: type[EarlierNoticeRow] | type[NoticeCheckRow], pupil_id: int) -> AnySelect:
    return (
        select(kind, AdultRow.title, AdultRow.forename, AdultRow.surname)
        .join(AdultRow, AdultRow.id == kind.adult_id)
        .where(kind.pupil_id == pupil_id)
        .order_by(kind.id)
    )


Notice = type[NoticeToImproveRow] | type[PenaltyNoticeRow]


def _joined(query: AnySelect, kind: Notice) -> AnySelect:
    return (
        query.join(CaseRow, CaseRow.id == kind.case_id)
        .join(PupilRow, PupilRow.id == kind.pupil_id)
        .join(AdultRow, AdultRow.id == kind.adult_id)
        .join(SchoolRow, SchoolRow.urn == kind.school_urn)
        .outerjoin(RequestRow, RequestRow.id == kind.request_id)
        .outerjoin(LetterRow, LetterRow.id == kind.letter_id)
    )


_NAMES = (
    CaseRow.reference,
    PupilRow.forename,
    PupilRow.surname,
    AdultRow.title,
    AdultRow.forename,
    AdultRow.surname,
    SchoolRow.name,
    RequestRow.reference,
    LetterRow.reference,
)


def _improvements() -> AnySelect:
    return _joined(select(NoticeToImproveRow, *_NAMES), NoticeToImproveRow)


def _penalties() -> AnySelect:
    query = _joined(
        select(PenaltyNoticeRow, *_NAMES, StaffMemberRow.name, NoticeToImproveRow.reference), PenaltyNoticeRow
    )
    return query.join(StaffMemberRow, StaffMemberRow.id == PenaltyNoticeRow.issuer_staff_id).outerjoin(
        NoticeToImproveRow, NoticeToImproveRow.id == PenaltyNoticeRow.notice_to_improve_id
    )


def _narrowed(
    query: AnySelect, kind: Notice, wanted: NoticeFilter, schools: Schools, part: Part
) -> AnySelect:
    conditions = [
        None if wanted.state is None else kind.state == wanted.state,
        None if wanted.school is None else kind.school_urn == wanted.school,
        None if wanted.pupil_id is None else kind.pupil_id == wanted.pupil_id,
        None if wanted.adult_id is None else kind.adult_id == wanted.adult_id,
        None if wanted.case_id is None else kind.case_id == wanted.case_id,
        None if schools is None else kind.school_urn.in_(sorted(schools)),
        None if part.after_id is None else kind.id < part.after_id,
    ]
    narrowed = query.where(*(condition for condition in conditions if condition is not None))
    return narrowed.order_by(kind.id.desc()).limit(part.limit + 1)


def _names(row: AnyRow) -> dict[str, object]:
    notice, case, forename, surname, title, adult_forename, adult_surname, school, request, letter, *_ = row
    return {
        "case": case,
        "pupil": full_name(forename, surname),
        "adult": full_name(title, adult_forename, adult_surname),
        "school": school,
        "request": request,
        "letter": letter,
        "consulted": tuple(notice.consulted.split()),
    }


def _improvement(row: AnyRow) -> NoticeToImproveLine:
    return made(NoticeToImproveLine, row[0], **_names(row))


def _penalty(row: AnyRow) -> PenaltyNoticeLine:
    *_, issuer, improvement = row
    return made(PenaltyNoticeLine, row[0], **_names(row), issuer=issuer, notice_to_improve=improvement)
