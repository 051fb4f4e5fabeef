"""Deciding on a Notice to Improve.

- The threshold is tested when the notice is decided, and not again.
- Sessions that a penalty notice to the same parent has used do not ground it.
- The target asks for something: it lies below the sessions of the period.
- Who was consulted about a child of whom something is known is kept on the notice.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.registers import SESSIONS_A_DAY
from attendance.domain.steps.notice_to_improve import TABLE, NoticeToImproveState
from attendance.services import cases, register_facts
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import (
    Code,
    Guarded,
    Key,
    Line,
    Number,
    NumberOrNone,
    Reference,
    Urn,
)
from attendance.services.notices import answered, facts
from attendance.services.notices.finishing import finish
from attendance.services.requests import following
from attendance.services.work import Done, Work
from attendance.store.tables.notices import NoticeToImproveRow
from rules.steps.facts import AbsenceKind, SessionMark, Threshold
from rules.steps.notice_to_improve import NoticeToImproveFacts, may_decide
from rules.wording import said_count

RUNNING = frozenset(
    {
        NoticeToImproveState.DECIDED,
        NoticeToImproveState.PREPARED,
        NoticeToImproveState.HELD,
        NoticeToImproveState.MONITORING,
        NoticeToImproveState.RETURNED,
    }
)


class DecideNoticeToImprove(Guarded):
    """The parent, child and school; the target, the period in school days and the further support offered.

    The sessions are those of the threshold up to today, unless days are given. `consulted` names who was
    consulted about a child with a flag; `request` the school's request that this follows.
    """

    pupil_id: Key
    school_urn: Urn
    adult_id: Key
    target_sessions: NumberOrNone
    period_school_days: Number
    further_support: Annotated[tuple[Line, ...], Field(min_length=1)]
    offence_from: date | None = None
    offence_until: date | None = None
    consulted: tuple[Code, ...] = ()
    home_authority_contacted_on: date | None = None
    request: Reference | None = None


def decide(work: Work, given: DecideNoticeToImprove) -> Done:
    """Decide on a notice to improve; everything unmet is listed at once."""
    work.pupil(given.pupil_id, given.school_urn)
    _target_must_ask_something(given)
    found = register_facts.threshold(work, given.pupil_id, given.school_urn, given.adult_id)
    since, until = _offence_days(work, given, found)
    marks = register_facts.unused_between(
        work, given.pupil_id, given.school_urn, given.adult_id, since, until
    )
    asked_for = following.For(given.pupil_id, given.school_urn, given.adult_id, AbsenceKind.IRREGULAR)
    asked = replace(
        facts_of(work, asked_for, found, marks),
        period_school_days=given.period_school_days,
        target_sessions=given.target_sessions,
        consulted=answered.whom(work, given.consulted),
        home_authority_contacted_on=given.home_authority_contacted_on,
    )
    finding = may_decide(asked, work.book, work.on)
    work.must_be_met("Notice to Improve: decide", finding, given.reasons)
    request = following.accepted_request(work, given.request, asked_for)
    case = cases.open_case_of(work, given.pupil_id, given.school_urn, work.actor.account)
    row = NoticeToImproveRow(
        reference=work.reference("NTI"),
        case_id=case.id,
        request_id=request.id if request else None,
        pupil_id=given.pupil_id,
        adult_id=given.adult_id,
        school_urn=given.school_urn,
        state=TABLE.initial.value,
        state_since=work.on,
        offence_from=since,
        offence_until=until,
        decided_on=work.on,
        decided_by=work.actor.account,
        code_of_conduct=work.book.policy("code_of_conduct.version", work.on).text,
        target_sessions=given.target_sessions,
        further_support="\n".join(given.further_support),
        period_days=given.period_school_days,
        consulted="",
    )
    answered.keep(work, row, asked.consulted, finding, given.reasons)
    work.matters.add(row)
    facts.keep_sessions(work, row, marks)
    said: dict[str, PayloadValue] = {
        "sessions": len(marks),
        "target": row.target_sessions,
        "days": row.period_days,
        "from": since,
        "until": until,
        **answered.said(row, request),
    }
    return finish(work, row, "decided", said)


def facts_of(
    work: Work, notice: following.For, found: Threshold, marks: tuple[SessionMark, ...]
) -> NoticeToImproveFacts:
    """Return the facts that the guard is given, with the shortest period and nothing answered yet."""
    pupil_id, urn, adult_id = notice.pupil_id, notice.school_urn, notice.adult_id
    shortest = work.book.policy("notice_to_improve.period_school_days_minimum", work.on)
    return NoticeToImproveFacts(
        kind=notice.kind,
        school=facts.school_facts(work, urn),
        child=facts.child_facts(work, pupil_id, urn),
        parent=facts.parent_facts(work, pupil_id, adult_id),
        threshold=found,
        marks=marks,
        support_recorded=facts.support_recorded(work, pupil_id, urn),
        period_school_days=shortest.whole,
        target_sessions=None,
        already_running=_running(work, notice),
    )


def _target_must_ask_something(given: DecideNoticeToImprove) -> None:
    """Refuse a target that the child meets without coming to school at all."""
    possible = given.period_school_days * SESSIONS_A_DAY
    if given.target_sessions >= possible:
        raise BadInput(
            f"A period of {said_count(given.period_school_days, 'school day')} has {possible} sessions. "
            "Set a target below that.",
            field="target_sessions",
        )


def _offence_days(work: Work, given: DecideNoticeToImprove, found: Threshold) -> tuple[date, date]:
    days = [mark.day for mark in found.marks]
    since = given.offence_from or min(days, default=work.on)
    until = given.offence_until or work.on
    if until < since or until > work.on:
        raise BadInput(
            "The sessions lie between two days, the later one not in the future. Check the days.",
            field="offence_from",
        )
    return since, until


def _running(work: Work, notice: following.For) -> bool:
    same = facts.notices_to_improve(work, notice.pupil_id, notice.adult_id, notice.school_urn)
    return any(NoticeToImproveState(row.state) in RUNNING for row in same)


ACTS = (
    act(
        "notice_to_improve.decide",
        "Decide on a notice to improve",
        OFFICERS,
        DecideNoticeToImprove,
        decide,
    ),
)
