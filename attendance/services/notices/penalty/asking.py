"""Putting the facts of a penalty notice together, for its decision and again for its release."""

from dataclasses import dataclass
from datetime import date

from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.request import RequestState
from attendance.services.notices import facts
from attendance.services.work import Work
from attendance.store.tables.notices import ConsiderationRow, NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.steps.facts import AbsenceKind, Consideration, IssuingPerson, SessionMark, Threshold
from rules.steps.penalty_facts import IssuerDecided, PenaltyNoticeFacts


@dataclass(frozen=True, slots=True)
class Proposal:
    """A penalty notice as it is proposed, before it is a row; nobody may be named yet who issues it."""

    kind: AbsenceKind
    pupil_id: int
    adult_id: int
    school_urn: str
    offence_from: date
    offence_until: date
    marks: tuple[SessionMark, ...]
    threshold: Threshold
    considerations: tuple[Consideration, ...]
    issuer_staff_id: int | None
    issuer_decided: IssuerDecided
    posting_on: date
    skip_ground: str
    consulted: frozenset[str]
    request: RequestRow | None
    notice_to_improve: NoticeToImproveRow | None
    row_id: int | None = None


def facts_of(work: Work, proposal: Proposal) -> PenaltyNoticeFacts:
    """Return the facts that the guards are given."""
    pupil_id, adult_id = proposal.pupil_id, proposal.adult_id
    return PenaltyNoticeFacts(
        kind=proposal.kind,
        school=facts.school_facts(work, proposal.school_urn),
        child=facts.child_facts(work, pupil_id, proposal.school_urn),
        parent=facts.parent_facts(work, pupil_id, adult_id),
        threshold=proposal.threshold,
        offence_from=proposal.offence_from,
        offence_until=proposal.offence_until,
        marks=proposal.marks,
        earlier=facts.earlier_notices(work, pupil_id, adult_id, but=proposal.row_id),
        considerations=proposal.considerations,
        issuer=_issuer(work, proposal),
        issuer_decided=proposal.issuer_decided,
        posting_on=proposal.posting_on,
        calendar=work.calendar(proposal.school_urn),
        working_days=work.office.working_days,
        improvement=facts.improvement_of(proposal.notice_to_improve),
        improvement_about=facts.absence_of(proposal.notice_to_improve),
        skip_ground=proposal.skip_ground,
        request_accepted=_accepted(proposal.request),
        support_recorded=facts.support_recorded(work, pupil_id, proposal.school_urn),
        consulted=proposal.consulted,
        cross_border_checked_on=facts.earlier_notices_asked_on(work, pupil_id, adult_id, of_authority=True),
        earlier_notices_asked_on=facts.earlier_notices_asked_on(work, pupil_id, adult_id, of_authority=False),
    )


def _issuer(work: Work, proposal: Proposal) -> IssuingPerson:
    if proposal.issuer_staff_id is None:
        return IssuingPerson("", ())
    return facts.issuing_person(work, proposal.issuer_staff_id)


def _accepted(request: RequestRow | None) -> bool:
    return request is not None and RequestState(request.state) is RequestState.ACCEPTED


def proposal_of(work: Work, row: PenaltyNoticeRow, consulted: frozenset[str]) -> Proposal:
    """Return a notice as it was decided, to be asked about again today, with who was consulted by now."""
    decided = facts.sessions_of(work, row)
    answers = work.matters.find(ConsiderationRow, penalty_notice_id=row.id)
    improvement = row.notice_to_improve_id
    return Proposal(
        kind=AbsenceKind(row.absence_kind),
        pupil_id=row.pupil_id,
        adult_id=row.adult_id,
        school_urn=row.school_urn,
        offence_from=row.offence_from,
        offence_until=row.offence_until,
        marks=decided,
        threshold=Threshold(row.decided_on, decided),
        considerations=tuple(Consideration(answer.question, answer.answer) for answer in answers),
        issuer_staff_id=row.issuer_staff_id,
        issuer_decided=IssuerDecided(row.issuer_decided),
        posting_on=work.on,
        skip_ground=row.skip_ground,
        consulted=consulted,
        request=work.matters.get(RequestRow, row.request_id) if row.request_id else None,
        notice_to_improve=work.matters.get(NoticeToImproveRow, improvement) if improvement else None,
        row_id=row.id,
    )


def issuer_said(row: PenaltyNoticeRow) -> dict[str, PayloadValue]:
    """Return what the record says of the person who issues a notice, and of how that person has decided."""
    said: dict[str, PayloadValue] = {
        "issuer": row.issuer_staff_id,
        "capacity": row.issuer_capacity,
        "issuer_decided": row.issuer_decided,
    }
    if row.issuer_decision_sha256:
        said["issuer_decision"] = row.issuer_decision_sha256
    return said
