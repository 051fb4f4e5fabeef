"""The facts that the guards of notices are given, read from the store on the day of the act."""

from datetime import date

from attendance.domain.errors import BadInput
from attendance.domain.people import AdultKind, ParentBasis, StaffMember, holds_on
from attendance.domain.steps.notice_to_improve import NoticeToImproveState
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services import register_facts
from attendance.services.work import Work
from attendance.store.queries import cases
from attendance.store.tables.notices import (
    EarlierNoticeRow,
    NoticeCheckRow,
    NoticeToImproveRow,
    OffenceSessionRow,
    PenaltyNoticeRow,
)
from rules.ladder import EarlierNotice, NoticeKind, NoticeOutcome
from rules.steps.authority import ISSUERS
from rules.steps.facts import (
    AuthorityPart,
    Basis,
    ChildFacts,
    IssuingPerson,
    ParentFacts,
    SchoolFacts,
    SessionMark,
    Span,
)
from rules.steps.penalty_facts import ImprovementState
from rules.steps.release import changed_marks

OUTCOMES = {
    PenaltyNoticeState.PAID: NoticeOutcome.PAID,
    PenaltyNoticeState.HANDED_OVER: NoticeOutcome.PROSECUTED,
    PenaltyNoticeState.WITHDRAWN: NoticeOutcome.WITHDRAWN,
    PenaltyNoticeState.ISSUED: NoticeOutcome.OPEN,
    PenaltyNoticeState.RETURNED: NoticeOutcome.OPEN,
}
IMPROVEMENT = {
    NoticeToImproveState.IMPROVED: ImprovementState.IMPROVED,
    NoticeToImproveState.NOT_IMPROVED: ImprovementState.NOT_IMPROVED,
    NoticeToImproveState.ENDED_EARLY: ImprovementState.ENDED_EARLY,
    NoticeToImproveState.WITHDRAWN: ImprovementState.NONE,
    NoticeToImproveState.CANCELLED: ImprovementState.NONE,
}
NOT_ISSUED = {NoticeToImproveState.CANCELLED.value, NoticeToImproveState.WITHDRAWN.value}


def school_facts(work: Work, school_urn: str) -> SchoolFacts:
    """Return the school as the guards ask it."""
    school = work.people.school(school_urn)
    return SchoolFacts(
        urn=school.urn,
        establishment_type=school.establishment_type,
        la_code=school.la_code,
        authority_la_code=work.office.authority.la_code,
    )


def child_facts(work: Work, pupil_id: int, school_urn: str) -> ChildFacts:
    """Return the child as the guards ask it.

    Days on this school's roll, flags of the day, the home's area.
    """
    pupil = work.people.pupil(pupil_id)
    enrolments = work.people.enrolments_of(pupil_id)
    here = work.office.authority.la_code
    elsewhere = {e.school_urn for e in enrolments if work.people.school(e.school_urn).la_code != here}
    return ChildFacts(
        date_of_birth=pupil.date_of_birth,
        enrolments=tuple(Span(e.since, e.until) for e in enrolments if e.school_urn == school_urn),
        flags=frozenset(flag.value for flag in work.people.flags_of(pupil_id, work.on)),
        home_la_code=pupil.home_la_code,
        schooled_elsewhere=bool(elsewhere),
    )


def parent_facts(work: Work, pupil_id: int, adult_id: int) -> ParentFacts:
    """Return the recipient as the guards ask it."""
    parents = {one.adult.id: one.adult for one in work.people.parents_of(pupil_id, work.on)}
    adult = parents.get(adult_id) or work.people.adult(adult_id, work.on)
    links = work.people.links_between(pupil_id, adult_id)
    return ParentFacts(
        bases=tuple(
            Basis(link.basis.value, Span(link.since, link.until))
            for link in links
            if link.basis is not ParentBasis.NONE
        ),
        is_local_authority=adult.kind is AdultKind.LOCAL_AUTHORITY,
        address_known=adult.address is not None and bool(adult.address.postcode),
    )


def is_same_person(work: Work, staff_id: int, other_id: int) -> bool:
    """Say whether two parts in the staff lists are one person's: by part, or by name and e-mail."""
    one, other = work.people.staff_member(staff_id), work.people.staff_member(other_id)
    same_list = one.school_urn == other.school_urn or bool(one.email)
    return same_list and (one.name, one.email) == (other.name, other.email)


def issuing_person(work: Work, staff_id: int) -> IssuingPerson:
    """Return the named person who issues, with every part that the person ever held."""
    member = work.people.staff_member(staff_id)
    held = _parts_of(work, member)
    return IssuingPerson(member.name, tuple(_part(part) for part in held))


def _parts_of(work: Work, member: StaffMember) -> tuple[StaffMember, ...]:
    return tuple(
        part
        for part in work.people.staff(member.school_urn)
        if (part.name, part.email) == (member.name, member.email)
    )


def entitled_part(work: Work, staff_id: int, school_urn: str, on: date) -> StaffMember:
    """Return the part in which the person holds authority to issue for the school on that day.

    The part that was named, where the person holds none.
    """
    member = work.people.staff_member(staff_id)
    for part in _parts_of(work, member):
        for_school = part.school_urn in {None, school_urn}
        if holds_on(part, on) and for_school and part.role.value in ISSUERS:
            return part
    return member


def _part(member: StaffMember) -> AuthorityPart:
    return AuthorityPart(
        role=member.role.value,
        days=Span(member.since, member.until),
        school_urn=member.school_urn,
        authorised_by_document=member.authorised_by_document,
    )


def support_recorded(work: Work, pupil_id: int, school_urn: str) -> int:
    """Return how many acts of support, Early Help among them, stand on record for the pupil at the school."""
    return cases.support_count(work.opened.session, pupil_id, school_urn)


def earlier_notices(
    work: Work, pupil_id: int, adult_id: int, *, but: int | None = None
) -> tuple[EarlierNotice, ...]:
    """Return every earlier notice to this parent for this child, ours and others', but the one of that key.

    A notice counts from its issue on, whatever state it is in now; one never issued is left out.
    """
    own = work.matters.find(PenaltyNoticeRow, pupil_id=pupil_id)
    others = work.matters.find(EarlierNoticeRow, pupil_id=pupil_id)
    return (
        *(_own(row) for row in own if row.adult_id == adult_id and row.id != but and _was_issued(row)),
        *(_other(row) for row in others if row.adult_id == adult_id),
    )


def _was_issued(row: PenaltyNoticeRow) -> bool:
    return row.issued_on is not None


def _own(row: PenaltyNoticeRow) -> EarlierNotice:
    assert row.issued_on is not None
    return EarlierNotice(
        reference=row.reference,
        issued_on=row.issued_on,
        first_offence_on=row.offence_from,
        last_offence_on=row.offence_until,
        outcome=OUTCOMES.get(PenaltyNoticeState(row.state), NoticeOutcome.UNPAID),
        school_urn=row.school_urn,
        withdrawal_ground=row.withdrawal_ground,
    )


def _other(row: EarlierNoticeRow) -> EarlierNotice:
    return EarlierNotice(
        reference=row.reference,
        issued_on=row.issued_on,
        first_offence_on=row.offence_from,
        last_offence_on=row.offence_until,
        kind=NoticeKind(row.kind),
        outcome=NoticeOutcome.WITHDRAWN if row.withdrawn_on else NoticeOutcome.UNPAID,
        issued_by=row.issued_by,
    )


def earlier_notices_asked_on(work: Work, pupil_id: int, adult_id: int, *, of_authority: bool) -> date | None:
    """Return the latest day on which an authority, or the school or parent, was asked and has answered."""
    checks = [c for c in work.matters.find(NoticeCheckRow, pupil_id=pupil_id) if c.adult_id == adult_id]
    days = [c.asked_on for c in checks if c.of_authority is of_authority and c.answered_on is not None]
    return max(days, default=None)


def notice_to_improve_before(
    work: Work, pupil_id: int, adult_id: int, school_urn: str
) -> NoticeToImproveRow | None:
    """Return the latest notice to improve to this parent for this child at this school, or None.

    One that a penalty notice has followed already is left out.
    """
    rows = notices_to_improve(work, pupil_id, adult_id, school_urn)
    followed = {
        notice.notice_to_improve_id
        for notice in work.matters.find(PenaltyNoticeRow, pupil_id=pupil_id)
        if notice.state != PenaltyNoticeState.CANCELLED.value
    }
    open_rows = [row for row in rows if row.state not in NOT_ISSUED and row.id not in followed]
    return open_rows[-1] if open_rows else None


def notices_to_improve(
    work: Work, pupil_id: int, adult_id: int, school_urn: str
) -> tuple[NoticeToImproveRow, ...]:
    """Return every notice to improve to this parent for this child at this school, in order of entry."""
    found = work.matters.find(NoticeToImproveRow, pupil_id=pupil_id)
    return tuple(row for row in found if (row.adult_id, row.school_urn) == (adult_id, school_urn))


def improvement_of(row: NoticeToImproveRow | None) -> ImprovementState:
    """Return where the notice to improve that came before stands, as the guards ask it."""
    if row is None:
        return ImprovementState.NONE
    return IMPROVEMENT.get(NoticeToImproveState(row.state), ImprovementState.RUNNING)


def absence_of(row: NoticeToImproveRow | None) -> Span | None:
    """Return the absence that a notice to improve was about, up to the end of its period."""
    if row is None:
        return None
    ends = [day for day in (row.period_until, row.ended_on) if day is not None]
    return Span(row.offence_from, min(ends, default=None))


def sessions_of(work: Work, row: NoticeToImproveRow | PenaltyNoticeRow) -> tuple[SessionMark, ...]:
    """Return the sessions that a notice rests on, as they were read when it was decided."""
    rows = work.matters.find(OffenceSessionRow, notice_kind=row.__tablename__, notice_id=row.id)
    return tuple(sorted(SessionMark(r.day, r.session, r.code) for r in rows))


def marks_now(
    work: Work, row: NoticeToImproveRow | PenaltyNoticeRow, decided: tuple[SessionMark, ...]
) -> tuple[SessionMark, ...]:
    """Return what the register says today of the sessions that a notice rests on."""
    return register_facts.marks_at(work, row.pupil_id, row.school_urn, decided)


def refuse_changed(decided: tuple[SessionMark, ...], now: tuple[SessionMark, ...]) -> None:
    """Raise `BadInput` where the register no longer shows the sessions that a notice was decided on."""
    changed = changed_marks(decided, now)
    if changed:
        said = "; ".join(changed)
        raise BadInput(f"The register has changed since the decision: {said}. Cancel it and decide anew.")


def keep_sessions(
    work: Work, row: NoticeToImproveRow | PenaltyNoticeRow, marks: tuple[SessionMark, ...]
) -> None:
    """Keep the sessions that a notice rests on, as they are read now."""
    for mark in marks:
        work.matters.add(
            OffenceSessionRow(
                notice_kind=row.__tablename__,
                notice_id=row.id,
                pupil_id=row.pupil_id,
                school_urn=row.school_urn,
                day=mark.day,
                session=mark.session,
                code=mark.code,
            )
        )
