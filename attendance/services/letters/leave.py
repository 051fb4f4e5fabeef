"""The school's own letters about leave in term time, which a request for a notice must bring.

- The school writes them: the wording says that a penalty notice will be requested and that exceptional
  circumstances were considered (local code, Leave of Absence).
- It warns of sessions that the register shows as missed without permission, never of days to come. Where they
  do not reach the threshold the letter does not say that they do, and the school is told.
"""

from datetime import date
from typing import Annotated, TypedDict

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.services import cases, register_facts
from attendance.services.acts import SCHOOLS_AND_OFFICERS, act
from attendance.services.inputs import ActInput, Key, Line, Urn
from attendance.services.letters import common, preparing
from attendance.services.letters.common import Usual
from attendance.services.letters.sending import finish
from attendance.services.work import Done, Work
from attendance.store.tables.cases import CaseRow
from letters.contexts import (
    Council,
    LeaveOfAbsenceDeclined,
    LeaveOfAbsenceWarning,
    LetterContext,
    PenaltyAmounts,
)
from letters.quoting import Quoted, quote
from rules.clocks import ServedBy
from rules.wording import said_count


class LeaveLetter(ActInput):
    """The parent and child, the days, and what the school looked at, in sentences for the parent."""

    pupil_id: Key
    school_urn: Urn
    adult_id: Key
    first_day: date
    last_day: date
    considered: Annotated[tuple[Line, ...], Field(min_length=1)]


class DeclineLeave(LeaveLetter):
    """The day on which the parent applied for leave."""

    applied_on: date


class WarnOfNotice(LeaveLetter):
    """Whether the parent had asked for leave."""

    asked_for_leave: bool


class _Leave(TypedDict):
    """What both letters hold besides what every letter holds."""

    council: Council
    first_day: date
    last_day: date
    considered: tuple[str, ...]
    amounts: PenaltyAmounts
    threshold_sessions: Quoted
    threshold_weeks: Quoted


def decline_leave(work: Work, given: DeclineLeave) -> Done:
    """Prepare the school's letter that declines an application for leave."""
    case = _case(work, given)
    if given.applied_on > work.on:
        raise BadInput(
            "Leave is declined once it was applied for. Check the day of the application.", field="applied_on"
        )
    context = LeaveOfAbsenceDeclined(
        **_usual(work, given, case), **_leave(work, given), applied_on=given.applied_on
    )
    return _prepared(work, given, case, "leave_of_absence_declined", context)


def warn_of_notice(work: Work, given: WarnOfNotice) -> Done:
    """Prepare the school's letter that an absence is unauthorised and that a notice will be requested."""
    case = _case(work, given)
    missed = _missed(work, given)
    days = (given.first_day, given.last_day)
    found = register_facts.threshold(work, given.pupil_id, given.school_urn, given.adult_id, within=days)
    context = LeaveOfAbsenceWarning(
        **_usual(work, given, case),
        **_leave(work, given),
        asked_for_leave=given.asked_for_leave,
        sessions_missed=missed,
        reaches_threshold=found.met_on is not None,
    )
    short = () if found.met_on else (_falls_short(context),)
    return _prepared(work, given, case, "leave_of_absence_warning", context, short)


def _missed(work: Work, given: LeaveLetter) -> int:
    if given.last_day > work.on:
        raise BadInput(
            "The letter tells of days that have been missed. Write it once the last day is here.",
            field="last_day",
        )
    missed = register_facts.unauthorised_between(
        work, given.pupil_id, given.school_urn, given.first_day, given.last_day
    )
    if not missed:
        raise BadInput(
            f"The register shows no session without permission from {given.first_day.isoformat()} "
            f"to {given.last_day.isoformat()}. Check the days, or import the register first."
        )
    return len(missed)


def _falls_short(context: LeaveOfAbsenceWarning) -> str:
    missed = said_count(context.sessions_missed, "session")
    return (
        f"The register shows {missed} without permission on these days. They alone do not reach the "
        f"threshold of {context.threshold_sessions} that no earlier notice rests on: a request for a notice "
        "may be closed as not met."
    )


def _case(work: Work, given: LeaveLetter) -> CaseRow:
    work.pupil(given.pupil_id, given.school_urn)
    if given.last_day < given.first_day:
        raise BadInput("The absence ends before it begins. Check the two days.", field="last_day")
    work.parent(given.pupil_id, given.adult_id)
    return cases.open_case_of(
        work, given.pupil_id, given.school_urn, cases.officer_for(work, given.school_urn)
    )


def _usual(work: Work, given: LeaveLetter, case: CaseRow) -> Usual:
    parties = common.parties(work, given.adult_id, given.pupil_id, given.school_urn)
    usual = common.usual(work, parties, case.reference, work.on)
    usual["sender"] = common.school_sender(work, parties.school)
    usual["signatory"] = common.school_signatory(work, parties.school)
    return usual


def _leave(work: Work, given: LeaveLetter) -> _Leave:
    law = work.book.law
    return _Leave(
        council=common.council(work),
        first_day=given.first_day,
        last_day=given.last_day,
        considered=given.considered,
        amounts=common.amounts(work, work.on),
        threshold_sessions=quote(law("penalty_notice.threshold_sessions", work.on)),
        threshold_weeks=quote(law("penalty_notice.threshold_window_school_weeks", work.on)),
    )


def _prepared(
    work: Work,
    given: LeaveLetter,
    case: CaseRow,
    name: str,
    context: LetterContext,
    sentences: tuple[str, ...] = (),
) -> Done:
    wanted = preparing.Wanted(
        name=name,
        context=context,
        case_id=case.id,
        subject_kind="case",
        subject_id=case.id,
        school_urn=given.school_urn,
        adult_id=given.adult_id,
        posting_on=work.on,
        method=ServedBy.FIRST_CLASS_POST,
    )
    return finish(work, preparing.prepare(work, wanted), "prepared", sentences)


ACTS = (
    act(
        "letter.decline_leave",
        "Prepare the school's letter that declines leave",
        SCHOOLS_AND_OFFICERS,
        DeclineLeave,
        decline_leave,
    ),
    act(
        "letter.warn_of_notice",
        "Prepare the school's letter that a notice will be requested",
        SCHOOLS_AND_OFFICERS,
        WarnOfNotice,
        warn_of_notice,
    ),
)
