"""Naming what an act is about, for the record."""

from attendance.domain.record.entry import Subject
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow


def of_case(case: CaseRow) -> Subject:
    """Return the subject of an act on a case."""
    return Subject(case=case.id, pupil=case.pupil_id, school=case.school_urn)


def of_request(row: RequestRow) -> Subject:
    """Return the subject of an act on a request."""
    return Subject(
        case=row.case_id, pupil=row.pupil_id, school=row.school_urn, step="request", step_id=row.id
    )


def of_notice(row: NoticeToImproveRow | PenaltyNoticeRow) -> Subject:
    """Return the subject of an act on a notice to improve or a penalty notice."""
    return Subject(
        case=row.case_id,
        pupil=row.pupil_id,
        adult=row.adult_id,
        school=row.school_urn,
        step=row.__tablename__,
        step_id=row.id,
    )
