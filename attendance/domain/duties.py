"""What is due: for each matter the duties that follow from where it stands.

- A duty follows from the state and the dates alone; it is never ticked off. It clears when the act that it
  names has moved the matter on.
- Each has an owner, the day it is due, why, and the act that clears it.
- The days allowed for office work are house targets of the local policy, and say so; the days of the law come
  from the matter, where a clock has put them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.domain.steps.notice_to_improve import NoticeToImproveState
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.domain.steps.request import RequestState
from rules.law import RuleBook
from rules.roles import Role
from rules.steps.facts import AbsenceKind

DECIDE_NOTICE = {
    AbsenceKind.IRREGULAR: ("notice_to_improve.decide", "penalty_notice.decide", "case.close"),
    AbsenceKind.LEAVE_OF_ABSENCE: ("penalty_notice.decide", "case.close"),
}
"""A notice to improve is not the step for a leave of absence."""

DECIDE_REQUEST = (
    "request.accept",
    "request.refuse",
    "request.return_for_information",
    "request.close_as_not_met",
)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something somebody must do by a day, why, and the acts that clear it."""

    code: str
    owner: Role
    due_on: date
    why: str
    clears: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """Where a request stands; `waiting_parents` are named parents for whom nothing has been decided yet."""

    state: RequestState
    changed_on: date
    kind: AbsenceKind
    waiting_parents: int


@dataclass(frozen=True, slots=True)
class NoticeToImproveFacts:
    """Where a notice to improve stands."""

    state: NoticeToImproveState
    changed_on: date
    for_posting_on: date | None
    review_on: date | None
    followed_up: bool


@dataclass(frozen=True, slots=True)
class PenaltyNoticeFacts:
    """Where a penalty notice stands."""

    state: PenaltyNoticeState
    changed_on: date
    for_posting_on: date | None
    payable_until: date | None
    school_answer_due_on: date | None
    parent_messaged_on: date | None
    parent_reply_due_on: date | None
    statement_signed: bool
    certificate_signed: bool
    exhibits_complete: bool
    first_limit_on: date


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """Where money stands: unmatched, matched or settled, and whether some of it must go back."""

    state: str
    judged: str
    changed_on: date
    refund_due: bool


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter to a parent: whether it went by hand and waits for the record of its delivery."""

    kind: str
    delivered_by: date
    waits_for_delivery: bool


class Targets:
    """The office's own targets on one day: how many days each kind of work may take."""

    def __init__(self, book: RuleBook, on: date) -> None:
        self._table = book.policy("office.target_days", on).table

    def due(self, code: str, since: date) -> date:
        """Return the day by which work of that kind begun on `since` is due."""
        days = self._table[code]
        if not isinstance(days, int):
            raise TypeError(f"office.target_days.{code} is not a number of days")
        return since + timedelta(days=days)


def of_request(facts: RequestFacts, targets: Targets) -> tuple[Duty, ...]:
    """Return the duties that a request's state makes."""
    match facts.state:
        case RequestState.REQUESTED:
            due = targets.due("decide_request", facts.changed_on)
            why = "A school has asked for a notice."
            return (Duty("decide_request", Role.OFFICER, due, why, DECIDE_REQUEST),)
        case RequestState.MORE_INFORMATION_NEEDED:
            due = targets.due("give_information", facts.changed_on)
            why = "The officer has asked for more information before deciding."
            return (Duty("give_information", Role.SCHOOL, due, why, ("request.send", "request.withdraw")),)
        case RequestState.ACCEPTED if facts.waiting_parents:
            due = targets.due("decide_notice", facts.changed_on)
            why = "The request is accepted and a parent named in it has no decision yet."
            return (Duty("decide_notice", Role.OFFICER, due, why, DECIDE_NOTICE[facts.kind]),)
        case _:
            return ()


def of_notice_to_improve(facts: NoticeToImproveFacts, targets: Targets) -> tuple[Duty, ...]:
    """Return the duties that a notice to improve's state makes."""
    kind = "notice_to_improve"
    match facts.state:
        case NoticeToImproveState.MONITORING if facts.review_on:
            why = "When the period to improve is over, the register says whether attendance improved."
            return (Duty("review_period", Role.OFFICER, facts.review_on, why, (f"{kind}.review",)),)
        case NoticeToImproveState.NOT_IMPROVED | NoticeToImproveState.ENDED_EARLY if not facts.followed_up:
            due = targets.due("decide_next_step", facts.changed_on)
            why = "Attendance did not improve in the period of the notice."
            acts = ("penalty_notice.decide", "case.close")
            return (Duty("decide_next_step", Role.OFFICER, due, why, acts),)
        case _:
            return _before_issue(kind, facts.state.value, facts.changed_on, facts.for_posting_on, targets)


def of_penalty_notice(facts: PenaltyNoticeFacts, targets: Targets) -> tuple[Duty, ...]:
    """Return the duties that a penalty notice's state makes."""
    after_issue = _AFTER_ISSUE.get(facts.state)
    if after_issue is None:
        kind = "penalty_notice"
        return _before_issue(kind, facts.state.value, facts.changed_on, facts.for_posting_on, targets)
    return after_issue(facts, targets)


def _before_issue(
    kind: str, state: str, since: date, posting_on: date | None, targets: Targets
) -> tuple[Duty, ...]:
    work = {
        "decided": ("prepare_letter", "The notice is decided and its letter is not prepared.", "prepare"),
        "held": ("resolve_hold", "The letter is held and must not go out as it is.", "prepare"),
        "returned": ("serve_again", "The notice came back; nobody has received it.", "prepare"),
    }
    if state == "prepared" and posting_on:
        why = "The letter's dates assume that it is posted on this day."
        return (Duty("release_letter", Role.OFFICER, posting_on, why, (f"{kind}.release", f"{kind}.hold")),)
    if state not in work:
        return ()
    code, why, verb = work[state]
    acts = (f"{kind}.{verb}", f"{kind}.cancel" if state != "returned" else f"{kind}.withdraw")
    return (Duty(code, Role.OFFICER, targets.due(code, since), why, acts),)


def _issued(facts: PenaltyNoticeFacts, _targets: Targets) -> tuple[Duty, ...]:
    if facts.payable_until is None:
        return ()
    due = facts.payable_until + timedelta(days=1)
    why = "The full sum has not arrived; on this day the time to pay is over."
    return (Duty("record_end_of_payment", Role.OFFICER, due, why, ("penalty_notice.end_unpaid",)),)


def _unpaid(facts: PenaltyNoticeFacts, targets: Targets) -> tuple[Duty, ...]:
    due = targets.due("message_school", facts.changed_on)
    why = "The notice is unpaid; the school must be told and asked whether it supports prosecution."
    acts = ("penalty_notice.message_school", "penalty_notice.withdraw")
    return (Duty("message_school", Role.OFFICER, due, why, acts), *_limit(facts))


def _awaiting_school(facts: PenaltyNoticeFacts, _targets: Targets) -> tuple[Duty, ...]:
    due = facts.school_answer_due_on
    if due is None:
        return ()
    answer = ("penalty_notice.school_supports", "penalty_notice.school_declines")
    duties = [
        Duty(
            "answer_non_payment",
            Role.SCHOOL,
            due,
            "The school decides whether it supports prosecution.",
            answer,
        ),
        Duty(
            "record_silence",
            Role.OFFICER,
            due + timedelta(days=1),
            "The school's days to answer are over. Silence counts as no, and a person must act on it.",
            ("penalty_notice.record_silence", "penalty_notice.extend_answer"),
        ),
    ]
    if facts.parent_messaged_on is None:
        why = "The parent must be asked for information before the school decides."
        duties.append(Duty("ask_parent", Role.SCHOOL, due, why, ("penalty_notice.record_parent_message",)))
    return (*duties, *_limit(facts))


def _undecided(facts: PenaltyNoticeFacts, targets: Targets) -> tuple[Duty, ...]:
    due = targets.due("decide_unpaid", facts.changed_on)
    why = "Unpaid, and not supported by the school: withdraw, or record why the authority prosecutes."
    acts = ("penalty_notice.withdraw", "penalty_notice.proceed_all_the_same")
    return (Duty("decide_unpaid", Role.OFFICER, due, why, acts), *_limit(facts))


def _preparing(facts: PenaltyNoticeFacts, targets: Targets) -> tuple[Duty, ...]:
    since = facts.changed_on
    items = (
        ("sign_statement", facts.statement_signed, "The witness statement (section 9) is not signed."),
        (
            "sign_certificate",
            facts.certificate_signed,
            "The certificate of attendance is not signed by the head.",
        ),
        ("complete_exhibits", facts.exhibits_complete, "The exhibits of the statement are not complete."),
    )
    duties = [
        Duty(code, Role.SCHOOL, targets.due(code, since), why, (f"penalty_notice.{code}",))
        for code, done, why in items
        if not done
    ]
    why = "The papers go to Legal Services before the six months from the first session end."
    acts = ("penalty_notice.hand_over", "penalty_notice.withdraw")
    return (
        *duties,
        Duty("hand_over", Role.OFFICER, targets.due("hand_over", since), why, acts),
        *_limit(facts),
    )


def _returned(facts: PenaltyNoticeFacts, targets: Targets) -> tuple[Duty, ...]:
    return _before_issue("penalty_notice", "returned", facts.changed_on, None, targets)


def _limit(facts: PenaltyNoticeFacts) -> tuple[Duty, ...]:
    why = "Six months from the first session end on this day; proceedings begun later lose sessions."
    acts = ("penalty_notice.hand_over", "penalty_notice.withdraw")
    return (Duty("time_limit", Role.OFFICER, facts.first_limit_on, why, acts),)


_AFTER_ISSUE: dict[PenaltyNoticeState, Callable[[PenaltyNoticeFacts, Targets], tuple[Duty, ...]]] = {
    PenaltyNoticeState.ISSUED: _issued,
    PenaltyNoticeState.RETURNED: _returned,
    PenaltyNoticeState.UNPAID: _unpaid,
    PenaltyNoticeState.AWAITING_SCHOOL: _awaiting_school,
    PenaltyNoticeState.SCHOOL_DECLINED: _undecided,
    PenaltyNoticeState.SCHOOL_SILENT: _undecided,
    PenaltyNoticeState.PROSECUTION_SUPPORTED: _preparing,
    PenaltyNoticeState.FOR_PROSECUTION: _preparing,
}


def of_letter(facts: LetterFacts) -> tuple[Duty, ...]:
    """Return the duties that a letter makes; `kind` is what it is a letter about."""
    if not facts.waits_for_delivery:
        return ()
    why = "The letter went by hand. It counts as received only once its delivery is recorded."
    acts = ("letter.deliver", f"{facts.kind}.record_returned_mail")
    return (Duty("record_delivery", Role.OFFICER, facts.delivered_by, why, acts),)


def of_representation(*, answered: bool, since: date, targets: Targets) -> tuple[Duty, ...]:
    """Return the duties that a parent's representations make."""
    if answered:
        return ()
    due = targets.due("answer_representations", since)
    why = "A parent has made representations and waits for an answer with reasons."
    return (Duty("answer_representations", Role.OFFICER, due, why, ("representation.answer",)),)


def of_review(kind: str, *, decided: bool, since: date, targets: Targets) -> tuple[Duty, ...]:
    """Return the duties that a review for withdrawal of a notice of that kind makes."""
    if decided:
        return ()
    due = targets.due("decide_review", since)
    why = "A mark that the notice rests on was corrected after the notice was issued."
    return (Duty("decide_review", Role.OFFICER, due, why, ("review.keep", f"{kind}.withdraw")),)


_JUDGED = {
    "over": "more came than was due",
    "late": "it came after the days to pay",
    "duplicate": "the notice was paid already",
    "before_issue": "it came before the notice was issued",
    "notice_not_standing": "the notice no longer stands",
}
"""What was found of money that discharges nothing, by the kind it was judged to be."""


def of_payment(facts: PaymentFacts, targets: Targets) -> tuple[Duty, ...]:
    """Return the duties that money makes until somebody has decided about it and given back what is due."""
    match facts.state:
        case "unmatched":
            due = targets.due("settle_money", facts.changed_on)
            why = "Money has arrived that belongs to no known notice."
            return (Duty("settle_money", Role.OFFICER, due, why, ("payment.match", "payment.settle")),)
        case "matched" if facts.refund_due:
            due = targets.due("settle_money", facts.changed_on)
            judged = _JUDGED.get(facts.judged, "it discharges nothing")
            why = f"Money has arrived and {judged}: an officer decides what becomes of it."
            acts = ("payment.settle", "payment.rematch")
            return (Duty("settle_money", Role.OFFICER, due, why, acts),)
        case _ if facts.refund_due:
            due = targets.due("pay_refund", facts.changed_on)
            return (
                Duty(
                    "pay_refund", Role.OFFICER, due, "Money must go back to the payer.", ("payment.refund",)
                ),
            )
        case _:
            return ()
