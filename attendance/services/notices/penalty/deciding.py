"""Deciding on a Penalty Notice.

- The considerations are answered by a person, one by one; one unanswered or answered no refuses, without
  override.
- The person who issues it is named, and has decided by an own account or in a writing that is on file; the
  role of the account confers nothing.
- The earliest and the latest offence day and their limits stand on it from the first day.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import TABLE
from attendance.services import cases, register_facts
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import ActInput, Code, Guarded, Key, Reference, Sha256, Urn, Words
from attendance.services.notices import answered, facts
from attendance.services.notices.finishing import finish
from attendance.services.notices.penalty.asking import Proposal, facts_of, issuer_said
from attendance.services.requests import following
from attendance.services.work import Done, Work
from attendance.store.tables.notices import ConsiderationRow, NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.ladder import Ladder, ladder
from rules.steps.facts import AbsenceKind, Consideration, SessionMark
from rules.steps.penalty_facts import IssuerDecided
from rules.steps.penalty_notice import default_offence_period, may_decide
from rules.time_limits import time_limit


class Considered(ActInput):
    """One question that must be asked before a notice, its answer and why."""

    question: Code
    yes: bool
    why: Words


class DecidePenaltyNotice(Guarded):
    """The parent, child and school; the kind of absence; the answers; who issues and when it is to be posted.

    The offence period is proposed from the register where none is given: from the first session of the
    threshold to the last unauthorised session. `skip_ground` is the ground on which no notice to improve came
    before. `document` is the signed decision of the person who issues, needed where that person does not act
    by an own account.
    """

    pupil_id: Key
    school_urn: Urn
    adult_id: Key
    kind: AbsenceKind
    issuer_staff_id: Key
    posting_on: date
    considerations: tuple[Considered, ...] = ()
    offence_from: date | None = None
    offence_until: date | None = None
    skip_ground: Annotated[str, Field(pattern=r"^[a-z_]*$", max_length=60)] = ""
    consulted: tuple[Code, ...] = ()
    request: Reference | None = None
    document: Sha256 | None = None


def decide(work: Work, given: DecidePenaltyNotice) -> Done:
    """Decide on a penalty notice; everything unmet is listed at once."""
    proposal = propose(work, given)
    asked = facts_of(work, proposal)
    finding = may_decide(asked, work.book, work.on)
    work.must_be_met("Penalty Notice: decide", finding, given.reasons)
    rung = ladder(asked.earlier, given.posting_on, work.book)
    case = cases.open_case_of(work, given.pupil_id, given.school_urn, work.actor.account)
    row = _row(work, given, proposal, rung, case.id)
    answered.keep(work, row, proposal.consulted, finding, given.reasons)
    work.matters.add(row)
    facts.keep_sessions(work, row, proposal.marks)
    _keep_considerations(work, row, given)
    return finish(work, row, "decided", _said(row, proposal), sentences=rung.sentences)


def _said(row: PenaltyNoticeRow, proposal: Proposal) -> dict[str, PayloadValue]:
    said: dict[str, PayloadValue] = {
        "kind": row.absence_kind,
        "rung": row.rung,
        "sessions": len(proposal.marks),
        "considered": tuple(answer.question for answer in proposal.considerations),
        "first_limit_on": row.first_limit_on,
        "last_limit_on": row.last_limit_on,
        "from": row.offence_from,
        "until": row.offence_until,
        **issuer_said(row),
        **answered.said(row, proposal.request),
    }
    if row.skip_ground:
        said["skip_ground"] = row.skip_ground
    if proposal.notice_to_improve is not None:
        said["notice_to_improve"] = proposal.notice_to_improve.reference
    return said


def propose(work: Work, given: DecidePenaltyNotice) -> Proposal:
    """Return the notice that is asked for, with its facts read from the register and the casework."""
    work.pupil(given.pupil_id, given.school_urn)
    if given.posting_on < work.on:
        raise BadInput("The notice is posted today or later. Check the day of posting.", field="posting_on")
    _each_question_once(work, given)
    asked_for = following.For(given.pupil_id, given.school_urn, given.adult_id, given.kind)
    request = following.accepted_request(work, given.request, asked_for)
    improvement = _improvement(work, given)
    since, until = _offence_period(work, given, request, improvement)
    return replace(
        unanswered(work, asked_for, improvement, (since, until)),
        considerations=tuple(Consideration(answer.question, answer.yes) for answer in given.considerations),
        issuer_staff_id=given.issuer_staff_id,
        issuer_decided=_issuer_decided(work, given),
        posting_on=given.posting_on,
        skip_ground=given.skip_ground,
        consulted=answered.whom(work, given.consulted),
        request=request,
    )


def unanswered(
    work: Work, notice: following.For, improvement: NoticeToImproveRow | None, days: tuple[date, date]
) -> Proposal:
    """Return a notice over some days as the register has it, with nothing answered that its form asks."""
    pupil_id, urn, adult_id = notice.pupil_id, notice.school_urn, notice.adult_id
    marks = register_facts.unauthorised_between(work, pupil_id, urn, *days)
    return Proposal(
        kind=notice.kind,
        pupil_id=pupil_id,
        adult_id=adult_id,
        school_urn=urn,
        offence_from=min((mark.day for mark in marks), default=days[0]),
        offence_until=max((mark.day for mark in marks), default=days[1]),
        marks=marks,
        threshold=register_facts.threshold(work, pupil_id, urn, adult_id, within=days),
        considerations=(),
        issuer_staff_id=None,
        issuer_decided=IssuerDecided.NOT,
        posting_on=work.on,
        skip_ground="",
        consulted=frozenset(),
        request=None,
        notice_to_improve=improvement,
    )


def _issuer_decided(work: Work, given: DecidePenaltyNotice) -> IssuerDecided:
    if given.document is not None:
        work.must_hold(given.document)
    mine = work.actor.person
    if mine is not None and facts.is_same_person(work, mine, given.issuer_staff_id):
        return IssuerDecided.BY_OWN_ACCOUNT
    return IssuerDecided.IN_WRITING if given.document else IssuerDecided.NOT


def _each_question_once(work: Work, given: DecidePenaltyNotice) -> None:
    known = work.book.law("penalty_notice.considerations", work.on).table
    asked = [answer.question for answer in given.considerations]
    for question in asked:
        if question not in known:
            raise BadInput(
                f"{question} is no question asked before a notice. Known: {', '.join(known)}.",
                field="considerations",
            )
        if asked.count(question) > 1:
            raise BadInput(
                f"{question} is answered twice. Answer each question once.", field="considerations"
            )


def _improvement(work: Work, given: DecidePenaltyNotice) -> NoticeToImproveRow | None:
    if given.kind is not AbsenceKind.IRREGULAR:
        return None
    return facts.notice_to_improve_before(work, given.pupil_id, given.adult_id, given.school_urn)


def _offence_period(
    work: Work,
    given: DecidePenaltyNotice,
    request: RequestRow | None,
    improvement: NoticeToImproveRow | None,
) -> tuple[date, date]:
    whose = (given.pupil_id, given.school_urn, given.adult_id)
    proposed = _leave_asked_about(given, request) or irregular_period(work, *whose, improvement)
    since, until = given.offence_from or proposed[0], given.offence_until or proposed[1]
    if until < since or until > work.on:
        raise BadInput(
            "The offence lies between two days, the later one not in the future. Check the days.",
            field="offence_from",
        )
    return since, until


def _leave_asked_about(given: DecidePenaltyNotice, request: RequestRow | None) -> tuple[date, date] | None:
    if given.kind is not AbsenceKind.LEAVE_OF_ABSENCE or request is None:
        return None
    since, until = given.offence_from or request.absent_from, given.offence_until or request.absent_until
    if since < request.absent_from or until > request.absent_until:
        raise BadInput(
            f"The offence lies within the absence that {request.reference} asks about.", field="offence_from"
        )
    return request.absent_from, request.absent_until


def irregular_period(
    work: Work, pupil_id: int, school_urn: str, adult_id: int, improvement: NoticeToImproveRow | None
) -> tuple[date, date]:
    """Return the offence period that the register proposes; today alone where it shows no mark."""
    found = register_facts.threshold(work, pupil_id, school_urn, adult_id)
    monitored: tuple[SessionMark, ...] = ()
    if improvement is not None and improvement.period_until is not None:
        monitored = register_facts.unauthorised_between(
            work, pupil_id, school_urn, improvement.offence_from, min(improvement.period_until, work.on)
        )
    return default_offence_period(found, monitored) or (work.on, work.on)


def _row(
    work: Work, given: DecidePenaltyNotice, proposal: Proposal, rung: Ladder, case_id: int
) -> PenaltyNoticeRow:
    assert rung.full is not None
    limits = time_limit(proposal.offence_from, proposal.offence_until, work.book)
    issuer = facts.entitled_part(work, given.issuer_staff_id, given.school_urn, given.posting_on)
    return PenaltyNoticeRow(
        reference=work.reference("PN"),
        case_id=case_id,
        request_id=proposal.request.id if proposal.request else None,
        pupil_id=given.pupil_id,
        adult_id=given.adult_id,
        school_urn=given.school_urn,
        state=TABLE.initial.value,
        state_since=work.on,
        offence_from=proposal.offence_from,
        offence_until=proposal.offence_until,
        decided_on=work.on,
        decided_by=work.actor.account,
        code_of_conduct=work.book.policy("code_of_conduct.version", work.on).text,
        absence_kind=given.kind.value,
        consulted="",
        rung=rung.position.value,
        notice_to_improve_id=proposal.notice_to_improve.id if proposal.notice_to_improve else None,
        skip_ground=given.skip_ground,
        issuer_staff_id=issuer.id,
        issuer_capacity=issuer.role.value,
        issuer_decided=proposal.issuer_decided.value,
        issuer_decision_sha256=given.document or "",
        reduced_pence=rung.reduced.whole if rung.reduced else None,
        full_pence=rung.full.whole,
        first_limit_on=limits.earliest_limit,
        last_limit_on=limits.latest_limit,
    )


def _keep_considerations(work: Work, row: PenaltyNoticeRow, given: DecidePenaltyNotice) -> None:
    for answer in given.considerations:
        work.because(answer.question, answer.why)
        work.matters.add(
            ConsiderationRow(
                penalty_notice_id=row.id,
                question=answer.question,
                answer=answer.yes,
                why=answer.why,
                answered_on=work.on,
                answered_by=work.actor.account,
            )
        )


ACTS = (act("penalty_notice.decide", "Decide on a penalty notice", OFFICERS, DecidePenaltyNotice, decide),)
