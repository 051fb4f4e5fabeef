"""What the letters around a Notice to Improve say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from attendance.domain.steps.machine import plain
from attendance.services import register_facts
from attendance.services.letters import common
from attendance.services.letters.common import Parties
from attendance.services.notices import facts
from attendance.services.work import Work
from attendance.store.tables.cases import DecisionRow, EarlyHelpRow, SupportRow
from attendance.store.tables.notices import NoticeToImproveRow
from letters.contexts import (
    AbsenceDay,
    AttendanceRecord,
    NoticeToImprove,
    NoticeToImproveEndedEarly,
    NoticeToImproveImproved,
    NoticeToImproveNotImproved,
    Period,
    SupportLine,
)
from letters.quoting import quote, quote_entry, quote_texts
from rules.calendar import academic_year
from rules.clocks import ImprovementPeriod
from rules.law import Value
from rules.wording import said_count

REFUSED = ("declined",)
EARLY_HELP = "Early Help Assessment"


class Outcome(TypedDict):
    """What every letter about the outcome says."""

    notice_date: date
    period: Period
    attendance: AttendanceRecord


@dataclass(frozen=True, slots=True)
class Served:
    """On which day a notice is posted and counts as received, and the period that follows."""

    posted_on: date
    received_on: date
    period: ImprovementPeriod


def notice(work: Work, row: NoticeToImproveRow, parties: Parties, served: Served) -> NoticeToImprove:
    """Return what the notice itself says."""
    marks = facts.sessions_of(work, row)
    support = _support(work, row)
    law = work.book.law
    return NoticeToImprove(
        **common.usual(work, parties, row.reference, served.posted_on),
        attendance=_attendance_before(work, row, parties),
        sessions=len(marks),
        absences=common.absences(work, marks),
        threshold_sessions=quote(law("penalty_notice.threshold_sessions", work.on)),
        threshold_weeks=quote(law("penalty_notice.threshold_window_school_weeks", work.on)),
        support_so_far=tuple(line for _, line in support),
        further_support=tuple(row.further_support.split("\n")),
        refused_before=tuple(dict.fromkeys(line.what for state, line in support if state in REFUSED)),
        period=_period(served.period),
        review_on=served.period.review_on,
        target=target(row, parties.pupil.forename),
        early_end_grounds=quote_texts(law("notice_to_improve.early_end_grounds", work.on)),
        amounts=common.amounts(work, work.on),
        posted_on=served.posted_on,
        received_on=served.received_on,
    )


def improved(work: Work, row: NoticeToImproveRow, parties: Parties) -> NoticeToImproveImproved:
    """Return what the letter says when attendance improved."""
    return NoticeToImproveImproved(
        **common.usual(work, parties, row.reference, work.on), **_outcome(work, row, parties)
    )


def not_improved(
    work: Work, row: NoticeToImproveRow, parties: Parties, reply_by: date
) -> NoticeToImproveNotImproved:
    """Return what the letter says when attendance did not improve."""
    return NoticeToImproveNotImproved(
        **common.usual(work, parties, row.reference, work.on),
        **_outcome(work, row, parties),
        target=target(row, parties.pupil.forename),
        absences=_absences_in_period(work, row),
        reply_by=reply_by,
    )


def ended_early(
    work: Work, row: NoticeToImproveRow, parties: Parties, why: tuple[str, ...], ends_on: date
) -> NoticeToImproveEndedEarly:
    """Return what the letter says before the notice ends early."""
    grounds = work.book.law("notice_to_improve.early_end_grounds", work.on)
    return NoticeToImproveEndedEarly(
        **common.usual(work, parties, row.reference, work.on),
        **_outcome(work, row, parties),
        ground=quote_entry(grounds, row.early_end_ground),
        why=why,
        absences=_absences_in_period(work, row),
        ends_on=ends_on,
    )


def target(row: NoticeToImproveRow, forename: str) -> tuple[str, ...]:
    """Return the target in sentences."""
    if row.target_sessions == 0:
        return (f"{forename} misses no session without permission in this time.",)
    most = said_count(row.target_sessions, "session")
    return (f"{forename} misses no more than {most} without permission in this time.",)


def _outcome(work: Work, row: NoticeToImproveRow, parties: Parties) -> Outcome:
    assert row.issued_on
    assert row.period_from
    assert row.period_until
    until = min(row.period_until, work.on)
    return Outcome(
        notice_date=row.issued_on,
        period=Period(first_day=row.period_from, last_day=row.period_until, school_days=row.period_days),
        attendance=common.attendance_record(work, parties, row.period_from, until),
    )


def _attendance_before(work: Work, row: NoticeToImproveRow, parties: Parties) -> AttendanceRecord:
    since = min(academic_year(work.book, row.decided_on).first, row.offence_from)
    decided = work.matters.one(
        DecisionRow, subject_kind=row.__tablename__, subject_id=row.id, act="notice_to_improve.decide"
    )
    known_at = decided.at_utc if decided else None
    return common.attendance_record(work, parties, since, row.decided_on, known_at)


def _absences_in_period(work: Work, row: NoticeToImproveRow) -> tuple[AbsenceDay, ...]:
    assert row.period_from
    assert row.period_until
    until = min(row.period_until, work.on)
    found = register_facts.unauthorised_between(work, row.pupil_id, row.school_urn, row.period_from, until)
    return common.absences(work, found)


def _period(period: ImprovementPeriod) -> Period:
    return Period(first_day=period.begins_on, last_day=period.ends_on, school_days=period.school_days)


def _support(work: Work, row: NoticeToImproveRow) -> list[tuple[str, SupportLine]]:
    """Return what was done for the pupil and for this parent; what the other parent said is not theirs."""
    kinds = work.book.policy("support.kinds", work.on)
    lines = [
        (given.state, SupportLine(on=given.on, what=_kind(kinds, given.kind), outcome=plain(given.state)))
        for given in work.matters.find(SupportRow, pupil_id=row.pupil_id, school_urn=row.school_urn)
        if given.adult_id in {None, row.adult_id}
    ]
    lines += [
        (given.state, SupportLine(on=given.offered_on, what=EARLY_HELP, outcome=plain(given.state)))
        for given in work.matters.find(EarlyHelpRow, pupil_id=row.pupil_id, school_urn=row.school_urn)
    ]
    return sorted(lines, key=lambda line: line[1].on)


def _kind(kinds: Value, code: str) -> str:
    entry = kinds.table.get(code)
    return str(entry["text"]) if isinstance(entry, Mapping) else plain(code)
