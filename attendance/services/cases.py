"""Opening, assigning, closing and re-opening cases.

- A case holds a pupil's legal steps at one school together; there is one open case for a pupil at a school.
- Closing ends what is due in it. A case is not closed while a notice runs, a request waits, money is to
  be decided about or given back, or while representations or a review are open.
"""

from attendance.domain.errors import BadInput
from attendance.domain.people import StaffRole
from attendance.domain.steps.case import TABLE, CaseState
from attendance.domain.steps.notice_to_improve import TABLE as NOTICE_TO_IMPROVE_TABLE
from attendance.domain.steps.penalty_notice import TABLE as PENALTY_NOTICE_TABLE
from attendance.domain.steps.request import TABLE as REQUEST_TABLE
from attendance.services import duties, subjects
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import ActInput, Key, Line, OfMatter, Urn, Words
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.accounts import AccountRow
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow

UNASSIGNED = "unassigned"


class OpenCase(ActInput):
    """The pupil and the school; the officer who works the case, by account."""

    pupil_id: Key
    school_urn: Urn
    officer: Line


class AssignCase(OfMatter):
    """The officer who takes the case over, by account."""

    officer: Line


class CloseCase(OfMatter):
    """Why the case is closed."""

    why: Words


def open_case(work: Work, given: OpenCase) -> Done:
    """Open a case for a pupil at a school."""
    _must_be_officer(work, given.officer)
    case = _new(work, given.pupil_id, given.school_urn, given.officer)
    sentence = f"Case {case.reference} is open, with {case.officer}."
    return work.finish(case, Outcome("case.opened", subjects.of_case(case), (sentence,), {}))


def _must_be_officer(work: Work, name: str) -> None:
    account = work.matters.one(AccountRow, name=name, active=True)
    if account is None or account.role not in OFFICERS:
        raise BadInput(f"{name} is no open account of an officer. Check the name.", field="officer")


def open_case_of(work: Work, pupil_id: int, school_urn: str, officer: str) -> CaseRow:
    """Return the pupil's open case at the school; open one where there is none."""
    case = work.matters.one(CaseRow, pupil_id=pupil_id, school_urn=school_urn, state=CaseState.OPEN.value)
    return case or _new(work, pupil_id, school_urn, officer)


def officer_for(work: Work, school_urn: str) -> str:
    """Return the account of the school's attendance officer; `unassigned` where there is none today."""
    named = {member.name for member in work.people.staff(school_urn, StaffRole.LAAO, work.on)}
    parts = (*work.people.staff(school_urn), *work.people.staff(None))
    for part in parts:
        accounts = work.matters.find(AccountRow, person_id=part.id, active=True) if part.name in named else ()
        if accounts:
            return accounts[0].name
    return UNASSIGNED


def _new(work: Work, pupil_id: int, school_urn: str, officer: str) -> CaseRow:
    work.pupil(pupil_id, school_urn)
    already = work.matters.one(CaseRow, pupil_id=pupil_id, school_urn=school_urn, state=CaseState.OPEN.value)
    if already is not None:
        raise BadInput(f"There is an open case already: {already.reference}. Work in that one.")
    case = CaseRow(
        reference=work.reference("C"),
        pupil_id=pupil_id,
        school_urn=school_urn,
        state=TABLE.initial.value,
        state_since=work.on,
        officer=officer,
        opened_on=work.on,
    )
    return work.matters.add(case)


def assign_case(work: Work, given: AssignCase) -> Done:
    """Hand a case to another officer, with everything due in it."""
    case = work.case(given.reference)
    _must_be_officer(work, given.officer)
    case.officer = given.officer
    duties.assign(work, case)
    sentence = f"Case {case.reference} is with {case.officer} now."
    return work.finish(case, Outcome("case.assigned", subjects.of_case(case), (sentence,), {}))


def close_case(work: Work, given: CloseCase) -> Done:
    """Close a case with a reason; refused while anything in it is still open."""
    case = work.case(given.reference)
    still = (*_running(work, case), *_open(work, case))
    if still:
        raise BadInput(f"Still running in this case: {', '.join(still)}. Bring each to its end first.")
    work.advance(TABLE, case, "close", reasons=given.reasons)
    work.because("case_closed", given.why)
    case.closed_on = work.on
    duties.clear_all(work, case)
    sentence = f"Case {case.reference} is closed."
    return work.finish(case, Outcome("case.closed", subjects.of_case(case), (sentence,), {}))


def reopen_case(work: Work, given: CloseCase) -> Done:
    """Open a closed case again, with its whole history."""
    case = work.case(given.reference)
    already = work.matters.one(
        CaseRow, pupil_id=case.pupil_id, school_urn=case.school_urn, state=CaseState.OPEN.value
    )
    if already is not None:
        raise BadInput(f"There is an open case already: {already.reference}. Work in that one.")
    work.advance(TABLE, case, "reopen", reasons=given.reasons)
    work.because("case_reopened", given.why)
    case.closed_on = None
    duties.refresh_case(work, case)
    sentence = f"Case {case.reference} is open again."
    return work.finish(case, Outcome("case.reopened", subjects.of_case(case), (sentence,), {}))


def _running(work: Work, case: CaseRow) -> tuple[str, ...]:
    notices_to_improve = work.matters.find(NoticeToImproveRow, case_id=case.id)
    penalty_notices = work.matters.find(PenaltyNoticeRow, case_id=case.id)
    resting = NOTICE_TO_IMPROVE_TABLE.resting | PENALTY_NOTICE_TABLE.resting
    both: tuple[NoticeToImproveRow | PenaltyNoticeRow, ...] = (*notices_to_improve, *penalty_notices)
    return tuple(row.reference for row in both if row.state not in resting)


def _open(work: Work, case: CaseRow) -> tuple[str, ...]:
    """Return what waits for an answer, a decision or a refund, each with what it waits for."""
    requests = work.matters.find(RequestRow, case_id=case.id)
    money = [
        payment
        for notice in work.matters.find(PenaltyNoticeRow, case_id=case.id)
        for payment in work.matters.find(PaymentRow, penalty_notice_id=notice.id)
    ]
    representations = work.matters.find(RepresentationRow, case_id=case.id, answered_on=None)
    reviews = work.matters.find(ReviewRow, case_id=case.id, decided_on=None)
    return (
        *(f"{row.reference} (undecided)" for row in requests if row.state not in REQUEST_TABLE.resting),
        *(f"{row.reference} (money to give back or decide about)" for row in money if row.refund_due_pence),
        *(f"{row.reference} (unanswered)" for row in representations),
        *(f"{row.reference} (open)" for row in reviews),
    )


ACTS = (
    act("case.open", "Open a case for a pupil at a school", OFFICERS, OpenCase, open_case),
    act("case.assign", "Hand a case to another officer", OFFICERS, AssignCase, assign_case),
    act("case.close", "Close a case with a reason", OFFICERS, CloseCase, close_case),
    act("case.reopen", "Open a closed case again", OFFICERS, CloseCase, reopen_case),
)
