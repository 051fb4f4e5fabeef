"""Towards prosecution after non-payment: going on without the school, and the papers for Legal Services.

- A school's no, or its silence, makes a duty for an authorised officer: withdraw, or record why the authority
  prosecutes all the same.
- The papers are a signed witness statement, a certificate signed by the head, and every exhibit.
- While a review or representations wait for a decision, nothing goes on.
- After the time limit of the latest offence day nothing is handed over; after that of the earliest, it warns.

Sources: SI 2007/1867 as amended, regs 7 and 9; MCA 1980 s.127; CJA 1967 s.9; EA 1996 s.566; the local code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.authority import authorised_officer
from rules.steps.contested import nothing_undecided
from rules.steps.facts import IssuingPerson, SessionMark
from rules.steps.guard import Check, Condition, InForce, ask, bar, judge, met
from rules.steps.payment import PaymentFacts, not_discharged, payment_time_over
from rules.steps.release import changed_marks
from rules.steps.unpaid import Answer
from rules.time_limits import TimeLimit
from rules.wording import said_day, said_list


@dataclass(frozen=True, slots=True)
class ProceedFacts:
    """An officer's decision to prosecute although the school did not ask for it."""

    answer: Answer
    officer: IssuingPerson
    payment: PaymentFacts
    limit: TimeLimit
    review_open: bool = False
    representations_open: bool = False


def may_proceed_all_the_same(facts: ProceedFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the authority may prosecute all the same; it always asks for the reason."""
    return judge(facts, InForce(book, on), PROCEED, {"answer": facts.answer.value})


def school_did_not_ask(facts: ProceedFacts, rules: InForce) -> Iterator[Check]:
    """The school said no or nothing; why the authority goes on is recorded."""
    said_no = facts.answer is Answer.NOT_SUPPORTED
    yield ask(
        "school_said_no" if said_no else "school_was_silent",
        Aspect.AGREED,
        "The school does not support prosecution." if said_no else "The school did not answer.",
        "Withdraw the notice, or record why the authority prosecutes all the same.",
        rules.policy("unpaid.silence_means"),
        rules.law("penalty_notice.withdraw_if_not_prosecuting"),
    )


def officer_authorised(facts: ProceedFacts, rules: InForce) -> Iterator[Check]:
    """An authorised officer decides."""
    yield from authorised_officer(facts.officer, rules)


def unpaid_and_in_time(facts: "ProceedFacts | HandOverFacts", rules: InForce) -> Iterator[Check]:
    """The notice has ended unpaid and the time limit has not passed."""
    yield from not_discharged(facts.payment, rules)
    yield from payment_time_over(facts.payment, rules)
    limit = facts.limit
    if rules.on > limit.latest_limit:
        yield bar(
            "time_limit_passed",
            Aspect.PERMITTED,
            f"Proceedings for the last absence had to begin by {said_day(limit.latest_limit)}.",
            "Withdraw the notice.",
            *limit.parameters,
        )
    elif rules.on > limit.earliest_limit:
        yield met(
            f"Warning: for the first absence the time ended with {said_day(limit.earliest_limit)}; which one"
            " counts is contested.",
            *limit.parameters,
        )
    else:
        yield met(f"Proceedings must begin by {said_day(limit.earliest_limit)}.", *limit.parameters)


PROCEED: tuple[Condition[ProceedFacts], ...] = (
    school_did_not_ask,
    officer_authorised,
    nothing_undecided,
    unpaid_and_in_time,
)


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """The papers for Legal Services, each with the day on which it was signed or complete, or None.

    The marks that the notice rests on are there as decided and as the register has them now.
    """

    statement_signed_on: date | None
    certificate_signed_on: date | None
    certificate_signed_by_head: bool
    exhibits_complete_on: date | None
    exhibits_missing: tuple[str, ...]
    payment: PaymentFacts
    limit: TimeLimit
    marks_decided: tuple[SessionMark, ...] = ()
    marks_now: tuple[SessionMark, ...] = ()
    review_open: bool = False
    representations_open: bool = False


def may_hand_over(facts: HandOverFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the papers are complete and may go to Legal Services on that day."""
    said = {
        "statement_signed_on": facts.statement_signed_on,
        "certificate_signed_on": facts.certificate_signed_on,
        "exhibits_complete_on": facts.exhibits_complete_on,
        "earlier_limit_passed": on > facts.limit.earliest_limit,
    }
    return judge(facts, InForce(book, on), HAND_OVER, said)


def statement_signed(facts: HandOverFacts, rules: InForce) -> Iterator[Check]:
    """The school's witness statement is signed (CJA 1967 s.9)."""
    contents = rules.law("prosecution.statement_contents")
    if facts.statement_signed_on is None:
        yield bar(
            "statement_not_signed",
            Aspect.EVIDENCED,
            "The witness statement is not signed.",
            "The school completes and signs it.",
            contents,
        )
    else:
        yield met(f"Witness statement signed on {said_day(facts.statement_signed_on)}.", contents)


def certificate_signed(facts: HandOverFacts, rules: InForce) -> Iterator[Check]:
    """The certificate of attendance is signed by the head (EA 1996 s.566)."""
    signer = rules.law("prosecution.certificate_signed_by")
    if facts.certificate_signed_on is None or not facts.certificate_signed_by_head:
        yield bar(
            "certificate_not_signed",
            Aspect.EVIDENCED,
            "The certificate of attendance is not signed by the head; a printout is none.",
            "The head verifies and signs it.",
            signer,
        )
    else:
        yield met(f"Certificate signed by the head on {said_day(facts.certificate_signed_on)}.", signer)


def exhibits_complete(facts: HandOverFacts, rules: InForce) -> Iterator[Check]:
    """Every exhibit that the statement names is there."""
    contents = rules.law("prosecution.statement_contents")
    if facts.exhibits_complete_on is None or facts.exhibits_missing:
        missing = f" Missing: {said_list(facts.exhibits_missing)}." if facts.exhibits_missing else ""
        yield bar(
            "exhibits_incomplete",
            Aspect.EVIDENCED,
            f"The exhibits of the statement are not complete.{missing}",
            "Add them, with the message to the parent and every reply.",
            contents,
        )
    else:
        yield met(f"Exhibits complete on {said_day(facts.exhibits_complete_on)}.", contents)


def register_still_shows_it(facts: HandOverFacts, rules: InForce) -> Iterator[Check]:
    """The register still shows some session as the notice was decided on."""
    grounds = rules.law("penalty_notice.withdrawal_grounds")
    changed = changed_marks(facts.marks_decided, facts.marks_now)
    if facts.marks_decided and len(changed) == len(facts.marks_decided):
        yield bar(
            "no_session_left",
            Aspect.EVIDENCED,
            "The register no longer shows any session as the notice was decided on.",
            "Withdraw the notice: it ought not to have been issued.",
            grounds,
        )
    else:
        yield met("The register has been read again for the hand-over.", grounds)


HAND_OVER: tuple[Condition[HandOverFacts], ...] = (
    statement_signed,
    certificate_signed,
    exhibits_complete,
    register_still_shows_it,
    nothing_undecided,
    unpaid_and_in_time,
)
