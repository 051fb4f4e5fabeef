"""Withdrawing a penalty notice, and answering representations.

- A notice is withdrawn only on a listed ground, in writing, by an authorised officer; what was paid goes back
  and proceedings for the offence are then barred.
- There is no statutory appeal; representations are answered with reasons, after withdrawal was considered.

Source: SI 2007/1867 as amended, regs 8 and 9.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.findings import Aspect, Fact, Finding
from rules.law import RuleBook
from rules.steps.authority import authorised_officer
from rules.steps.facts import IssuingPerson
from rules.steps.guard import Check, Condition, InForce, bar, judge, met, row_of
from rules.steps.payment import PaymentFacts, not_discharged, payment_time_over
from rules.wording import said_pence

UNPAID_GROUND = "unpaid_and_not_prosecuted"


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """The ground, what the written withdrawal says, who decides, and what was paid.

    `payment` is None where no clock runs because the notice was not received.
    """

    ground: str
    explanation: str
    officer: IssuingPerson
    paid_pence: int
    payment: PaymentFacts | None = None


def may_withdraw(facts: WithdrawalFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the notice may be withdrawn; its facts say what follows from it."""
    rules = InForce(book, on)
    again = rules.law("penalty_notice.reissue_after_withdrawal_grounds")
    said: dict[str, Fact] = {
        "ground": facts.ground,
        "refund_due_pence": facts.paid_pence,
        "may_be_issued_again": facts.ground in again.items,
    }
    return judge(facts, rules, WITHDRAW, said)


def ground_listed(facts: WithdrawalFacts, rules: InForce) -> Iterator[Check]:
    """The ground is one of those in the regulations."""
    grounds = rules.law("penalty_notice.withdrawal_grounds")
    row = row_of(grounds, facts.ground)
    if row:
        yield met(f"Ground: {row['text']}", grounds)
    else:
        yield bar(
            "withdrawal_ground_not_listed",
            Aspect.PERMITTED,
            "A notice is withdrawn only on a ground of the regulations.",
            f"Choose one of: {' '.join(str(row_of(grounds, name)['text']) for name in grounds.table)}",
            grounds,
        )


def explained_in_writing(facts: WithdrawalFacts, rules: InForce) -> Iterator[Check]:
    """The written withdrawal says why; the sentences say what follows."""
    written = rules.law("penalty_notice.withdrawal_needs_written_notice_and_refund")
    if not facts.explanation.strip():
        yield bar(
            "withdrawal_not_explained",
            Aspect.EVIDENCED,
            "The written withdrawal does not say why.",
            "Say in words the recipient understands why the notice is withdrawn.",
            written,
        )
    if facts.paid_pence:
        yield met(f"{said_pence(facts.paid_pence)} was paid and is refunded.", written)
    yield met(
        "No proceedings may be brought for the offence afterwards.",
        rules.law("penalty_notice.withdrawal_bars_proceedings"),
    )


def unpaid_if_that_is_the_ground(facts: WithdrawalFacts, rules: InForce) -> Iterator[Check]:
    """Where the ground is non-payment, the payment time has ended without payment."""
    if facts.ground != UNPAID_GROUND:
        return
    if facts.payment is None:
        yield bar(
            "payment_time_not_over",
            Aspect.PERMITTED,
            "The notice was not received, so that no payment time has ended.",
            "Serve the notice again, or withdraw it on another ground.",
            rules.law("penalty_notice.withdraw_if_not_prosecuting"),
        )
        return
    yield from not_discharged(facts.payment, rules)
    yield from payment_time_over(facts.payment, rules)


def officer_authorised(facts: WithdrawalFacts, rules: InForce) -> Iterator[Check]:
    """An authorised officer of the authority withdraws."""
    yield from authorised_officer(facts.officer, rules)


def issued_again_or_not(facts: WithdrawalFacts, rules: InForce) -> Iterator[Check]:
    """Whether a corrected notice may follow is said, with its confidence."""
    again = rules.law("penalty_notice.reissue_after_withdrawal_grounds")
    may = "may" if facts.ground in again.items else "may not"
    yield met(f"A corrected notice {may} be issued afterwards ({again.confidence.value}).", again)


WITHDRAW: tuple[Condition[WithdrawalFacts], ...] = (
    ground_listed,
    explained_in_writing,
    unpaid_if_that_is_the_ground,
    issued_again_or_not,
    officer_authorised,
)


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """The answer to representations, and whether withdrawal was considered."""

    reasons: str
    withdrawal_considered: bool


def may_answer_representations(facts: AnswerFacts, book: RuleBook, on: date) -> Finding:
    """Return whether representations may be answered so."""
    said = {"withdrawal_considered": facts.withdrawal_considered}
    return judge(facts, InForce(book, on), (answered_with_reasons,), said)


def answered_with_reasons(facts: AnswerFacts, rules: InForce) -> Iterator[Check]:
    """The answer gives reasons, and withdrawal was considered on each ground."""
    grounds = rules.law("penalty_notice.withdrawal_grounds")
    if not facts.reasons.strip():
        yield bar(
            "answer_without_reasons",
            Aspect.EVIDENCED,
            "The answer gives no reasons.",
            "Answer what the parent said, with reasons.",
            grounds,
        )
    if not facts.withdrawal_considered:
        yield bar(
            "withdrawal_not_considered",
            Aspect.EVIDENCED,
            "Nobody has recorded that withdrawal was considered.",
            "Hold what the parent said against each ground of withdrawal and record it.",
            grounds,
        )
    appeal = rules.law("penalty_notice.statutory_appeal")
    yield met("There is no statutory appeal, and the letter says so.", appeal)
