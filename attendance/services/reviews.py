"""Reviews for withdrawal: a mark that a notice rests on was corrected after the notice was issued.

- A corrected mark opens a review by itself, with before and after; what becomes of the notice a person
  decides.
- Keeping a notice that lost sessions asks for a reason; one without any session left is not kept.
- A notice that is withdrawn, or that ended with improvement, ends its reviews.
"""

import json
from collections.abc import Iterable, Sequence

from attendance.domain.errors import NotFound
from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.domain.registers import MarkChange
from attendance.domain.steps.notice_to_improve import NoticeToImproveState
from attendance.domain.steps.penalty_notice import STANDING
from attendance.domain.steps.review import TABLE, ReviewState
from attendance.services import duties, register_facts
from attendance.services.acts import act
from attendance.services.imports.register import Follow
from attendance.services.inputs import OfMatter, Words
from attendance.services.notices import facts
from attendance.services.office import Office
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.notices import NoticeToImproveRow, OffenceSessionRow, PenaltyNoticeRow
from attendance.store.tables.reviews import ReviewRow
from attendance.store.unit_of_work import OpenAct
from rules.findings import Finding
from rules.steps.correction import CorrectionFacts, may_keep, review_correction

Notice = NoticeToImproveRow | PenaltyNoticeRow
IMPROVEMENT_STANDING = frozenset(
    {
        NoticeToImproveState.MONITORING.value,
        NoticeToImproveState.NOT_IMPROVED.value,
        NoticeToImproveState.ENDED_EARLY.value,
    }
)
PENALTY_STANDING = frozenset(state.value for state in STANDING)


class KeepNotice(OfMatter):
    """Why the notice is kept."""

    why: Words


def open_reviews(work: Work, changes: Iterable[MarkChange]) -> tuple[str, ...]:
    """Open a review for each issued notice that rests on a corrected mark, and return their references.

    A notice with an open review keeps that one, brought up to date.
    """
    touched: dict[tuple[str, int], Notice] = {}
    for change in changes:
        for session in work.matters.find(
            OffenceSessionRow,
            pupil_id=change.pupil_id,
            school_urn=change.school_urn,
            day=change.day,
            session=change.session.value,
        ):
            notice = _issued(work, session)
            if notice is not None:
                touched[session.notice_kind, session.notice_id] = notice
    return tuple(_open(work, notice) for notice in touched.values())


def follow(office: Office, actor: Actor, moment: Moment) -> Follow:
    """Return what an import of registers does about corrected marks: it opens reviews in the same act."""

    def opened(act: OpenAct, corrections: Sequence[MarkChange]) -> tuple[str, ...]:
        return open_reviews(Work(office, act, actor, moment, "register.import"), corrections)

    return opened


def _issued(work: Work, session: OffenceSessionRow) -> Notice | None:
    if session.notice_kind == PenaltyNoticeRow.__tablename__:
        penalty = work.matters.get(PenaltyNoticeRow, session.notice_id)
        return penalty if penalty.issued_on and penalty.state in PENALTY_STANDING else None
    improvement = work.matters.get(NoticeToImproveRow, session.notice_id)
    return improvement if improvement.state in IMPROVEMENT_STANDING else None


def _open(work: Work, notice: Notice) -> str:
    found = review_correction(correction_facts(work, notice), work.book, work.on)
    kind = notice.__tablename__
    row = work.matters.one(
        ReviewRow, notice_kind=kind, notice_id=notice.id, state=ReviewState.OPEN.value
    ) or work.matters.add(_new(work, notice, kind))
    row.sessions_before, row.sessions_after, row.threshold_stands = _numbers(found)
    row.changes = json.dumps(found.facts["changes"], ensure_ascii=False)
    duties.refresh_review(work, row)
    return row.reference


def _new(work: Work, notice: Notice, kind: str) -> ReviewRow:
    return ReviewRow(
        reference=work.reference("RV"),
        case_id=notice.case_id,
        school_urn=notice.school_urn,
        notice_kind=kind,
        notice_id=notice.id,
        state=TABLE.initial.value,
        state_since=work.on,
        opened_on=work.on,
        sessions_before=0,
        sessions_after=0,
        threshold_stands=True,
        changes="[]",
    )


def _numbers(found: Finding) -> tuple[int, int, bool]:
    before, after = found.facts["sessions_before"], found.facts["sessions_after"]
    if not isinstance(before, int) or not isinstance(after, int):
        raise TypeError("a review counts sessions")
    return before, after, found.facts["threshold_stands"] is True


def correction_facts(work: Work, notice: Notice) -> CorrectionFacts:
    """Return the marks that a notice rests on, as decided and as now, and the threshold judged anew."""
    decided = facts.sessions_of(work, notice)
    now = facts.marks_now(work, notice, decided)
    need = work.book.law("penalty_notice.threshold_sessions", work.on).whole
    span = (notice.offence_from, notice.offence_until)
    return CorrectionFacts(
        marks_decided=decided,
        marks_now=now,
        threshold_was_met=len(decided) >= need,
        threshold_now=register_facts.threshold(
            work, notice.pupil_id, notice.school_urn, notice.adult_id, within=span, but=notice.id
        ),
    )


def keep(work: Work, given: KeepNotice) -> Done:
    """Keep a notice after its marks were corrected, with the reason."""
    row = work.matters.by_reference(ReviewRow, given.reference)
    if row is None or not work.actor.may_see(row.school_urn):
        raise NotFound("review", given.reference)
    notice = notice_of_review(work, row)
    finding = may_keep(correction_facts(work, notice), work.book, work.on)
    work.advance(TABLE, row, "keep", finding=finding, reasons=given.reasons)
    work.because("kept", given.why)
    row.decided_on, row.decided_by = work.on, work.actor.account
    duties.refresh_review(work, row)
    subject = Subject(
        case=row.case_id,
        pupil=notice.pupil_id,
        adult=notice.adult_id,
        school=row.school_urn,
        step="review",
        step_id=row.id,
    )
    said = {"before": row.sessions_before, "after": row.sessions_after}
    sentence = f"Review {row.reference}: {notice.reference} is kept."
    return work.finish(row, Outcome("review.kept", subject, (sentence,), said))


def told_of_review(before: int, after: int, *, threshold_stands: bool) -> tuple[str, ...]:
    """Return in sentences what a correction made of a notice: its sessions, and where the threshold is."""
    return (
        f"Unauthorised sessions before {before}, after {after}.",
        "The threshold is still met." if threshold_stands else "The threshold is no longer met.",
    )


def notice_of_review(work: Work, row: ReviewRow) -> Notice:
    """Return the notice that a review is about."""
    if row.notice_kind == PenaltyNoticeRow.__tablename__:
        return work.matters.get(PenaltyNoticeRow, row.notice_id)
    return work.matters.get(NoticeToImproveRow, row.notice_id)


def end_reviews(work: Work, notice: Notice) -> None:
    """End the open reviews of a notice that grounds no further step: withdrawn, or ended with improvement."""
    for row in work.matters.find(
        ReviewRow, notice_kind=notice.__tablename__, notice_id=notice.id, state=ReviewState.OPEN.value
    ):
        work.advance(TABLE, row, "withdraw")
        row.decided_on, row.decided_by = work.on, work.actor.account
        duties.refresh_review(work, row)


ACTS = (act("review.keep", "Keep a notice after a correction", TABLE.by("keep"), KeepNotice, keep),)
