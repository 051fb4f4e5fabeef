"""Keeping the due list in step with the casework, and reading it.

- After every act the duties of the matter it moved are derived anew; what no longer follows is cleared.
"""

from dataclasses import dataclass
from datetime import date

from attendance.domain import duties as due
from attendance.domain.steps.case import CaseState
from attendance.domain.steps.notice_to_improve import NoticeToImproveState
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.domain.steps.request import RequestState
from attendance.services.work import Work
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestParentRow, RequestRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow
from rules.clocks import ServedBy
from rules.roles import Role
from rules.steps.facts import AbsenceKind
from rules.steps.letter import BY_HAND

CANCELLED = PenaltyNoticeState.CANCELLED.value  # the same word as of a notice to improve


STEPS = frozenset({"request", "notice_to_improve", "penalty_notice"})
RUNNING = frozenset({NoticeToImproveState.MONITORING.value, PenaltyNoticeState.ISSUED.value})


@dataclass(frozen=True, slots=True)
class About:
    """The matter that duties belong to."""

    kind: str
    id: int
    reference: str
    case_id: int | None


def refresh_request(work: Work, row: RequestRow) -> None:
    """Derive the duties of a request anew."""
    named = work.matters.find(RequestParentRow, request_id=row.id)
    notices: tuple[NoticeToImproveRow | PenaltyNoticeRow, ...] = (
        *work.matters.find(NoticeToImproveRow, request_id=row.id),
        *work.matters.find(PenaltyNoticeRow, request_id=row.id),
    )
    decided = {notice.adult_id for notice in notices if notice.state != CANCELLED}
    waiting = sum(1 for parent in named if parent.adult_id not in decided)
    facts = due.RequestFacts(RequestState(row.state), row.state_since, AbsenceKind(row.kind), waiting)
    _sync(work, About("request", row.id, row.reference, row.case_id), due.of_request(facts, _targets(work)))


def refresh_notice_to_improve(work: Work, row: NoticeToImproveRow) -> None:
    """Derive the duties of a notice to improve anew."""
    facts = due.NoticeToImproveFacts(
        state=NoticeToImproveState(row.state),
        changed_on=row.state_since,
        for_posting_on=_posting_day(work, row.letter_id),
        review_on=row.review_on,
        followed_up=any(
            notice.state != CANCELLED
            for notice in work.matters.find(PenaltyNoticeRow, notice_to_improve_id=row.id)
        ),
    )
    about = About("notice_to_improve", row.id, row.reference, row.case_id)
    _sync(work, about, due.of_notice_to_improve(facts, _targets(work)))
    _refresh_delivery(work, row)


def refresh_penalty_notice(work: Work, row: PenaltyNoticeRow) -> None:
    """Derive the duties of a penalty notice anew."""
    facts = due.PenaltyNoticeFacts(
        state=PenaltyNoticeState(row.state),
        changed_on=row.state_since,
        for_posting_on=_posting_day(work, row.letter_id),
        payable_until=row.payable_until,
        school_answer_due_on=row.school_answer_due_on,
        parent_messaged_on=row.parent_messaged_on,
        parent_reply_due_on=row.parent_reply_due_on,
        statement_signed=row.statement_signed_on is not None,
        certificate_signed=row.certificate_signed_on is not None,
        exhibits_complete=row.exhibits_complete_on is not None,
        first_limit_on=row.first_limit_on,
    )
    about = About("penalty_notice", row.id, row.reference, row.case_id)
    _sync(work, about, due.of_penalty_notice(facts, _targets(work)))
    _refresh_delivery(work, row)


def _refresh_delivery(work: Work, notice: NoticeToImproveRow | PenaltyNoticeRow) -> None:
    if notice.letter_id is None:
        return
    letter = work.matters.get(LetterRow, notice.letter_id)
    by_hand = ServedBy(letter.method) in BY_HAND
    waits = by_hand and letter.served_on is not None and notice.received_on is None
    facts = due.LetterFacts(notice.__tablename__, letter.for_posting_on, waits and notice.state in RUNNING)
    _sync(work, About("letter", letter.id, letter.reference, letter.case_id), due.of_letter(facts))


def refresh_what_led_to(work: Work, row: NoticeToImproveRow | PenaltyNoticeRow) -> None:
    """Derive anew the duties of the request and the notice to improve that a notice followed."""
    if row.request_id:
        refresh_request(work, work.matters.get(RequestRow, row.request_id))
    if isinstance(row, PenaltyNoticeRow) and row.notice_to_improve_id:
        refresh_notice_to_improve(work, work.matters.get(NoticeToImproveRow, row.notice_to_improve_id))


def refresh_representation(work: Work, row: RepresentationRow) -> None:
    """Derive the duties of representations anew."""
    about = About("representation", row.id, row.reference, row.case_id)
    targets = _targets(work)
    wanted = due.of_representation(
        answered=row.answered_on is not None, since=row.received_on, targets=targets
    )
    _sync(work, about, wanted)


def refresh_review(work: Work, row: ReviewRow) -> None:
    """Derive the duties of a review anew."""
    about = About("review", row.id, row.reference, row.case_id)
    targets = _targets(work)
    wanted = due.of_review(
        row.notice_kind, decided=row.decided_on is not None, since=row.opened_on, targets=targets
    )
    _sync(work, about, wanted)


def refresh_payment(work: Work, row: PaymentRow) -> None:
    """Derive the duties of money anew; those of matched money stand with its notice's case."""
    notice = work.matters.get(PenaltyNoticeRow, row.penalty_notice_id) if row.penalty_notice_id else None
    about = About("payment", row.id, row.reference, notice.case_id if notice else None)
    facts = due.PaymentFacts(row.state, row.judged, row.state_since, row.refund_due_pence > 0)
    _sync(work, about, due.of_payment(facts, _targets(work)))


def refresh_case(work: Work, case: CaseRow) -> None:
    """Derive the duties of everything in a case anew."""
    for request in work.matters.find(RequestRow, case_id=case.id):
        refresh_request(work, request)
    for notice in work.matters.find(NoticeToImproveRow, case_id=case.id):
        refresh_notice_to_improve(work, notice)
    for penalty in work.matters.find(PenaltyNoticeRow, case_id=case.id):
        refresh_penalty_notice(work, penalty)
        for payment in work.matters.find(PaymentRow, penalty_notice_id=penalty.id):
            refresh_payment(work, payment)
    for representation in work.matters.find(RepresentationRow, case_id=case.id):
        refresh_representation(work, representation)
    for review in work.matters.find(ReviewRow, case_id=case.id):
        refresh_review(work, review)


def clear_all(work: Work, case: CaseRow) -> None:
    """Clear whatever is due on the steps of a case that is being closed."""
    for row in work.matters.find(DutyRow, case_id=case.id, cleared_on=None):
        if row.subject_kind in STEPS:
            row.cleared_on = work.on


def assign(work: Work, case: CaseRow) -> None:
    """Hand what an officer must do in a case to the case's officer."""
    for row in work.matters.find(DutyRow, case_id=case.id, cleared_on=None):
        if row.owner_role != Role.SCHOOL.value:
            row.owner = case.officer


def _targets(work: Work) -> due.Targets:
    return due.Targets(work.book, work.on)


def _posting_day(work: Work, letter_id: int | None) -> date | None:
    return work.matters.get(LetterRow, letter_id).for_posting_on if letter_id else None


def _sync(work: Work, about: About, wanted: tuple[due.Duty, ...]) -> None:
    case = work.matters.get(CaseRow, about.case_id) if about.case_id else None
    open_rows = {
        row.code: row
        for row in work.matters.find(DutyRow, subject_kind=about.kind, subject_id=about.id, cleared_on=None)
    }
    for duty in () if _over(case, about) else wanted:
        row = open_rows.pop(duty.code, None)
        if row is None:
            work.matters.add(_row(case, about, duty, work.on))
        else:
            row.due_on, row.why, row.clears = duty.due_on, duty.why, " ".join(duty.clears)
    for row in open_rows.values():
        row.cleared_on = work.on


def _over(case: CaseRow | None, about: About) -> bool:
    """Closing a case ends what is due on its steps; money, representations and reviews go on."""
    return case is not None and case.state == CaseState.CLOSED.value and about.kind in STEPS


def _row(case: CaseRow | None, about: About, duty: due.Duty, on: date) -> DutyRow:
    school_urn = case.school_urn if case else ""
    officer = case.officer if case else ""
    return DutyRow(
        case_id=about.case_id,
        subject_kind=about.kind,
        subject_id=about.id,
        subject_reference=about.reference,
        code=duty.code,
        owner_role=duty.owner.value,
        owner=school_urn if duty.owner is Role.SCHOOL else officer,
        school_urn=school_urn,
        opened_on=on,
        due_on=duty.due_on,
        why=duty.why,
        clears=" ".join(duty.clears),
    )
