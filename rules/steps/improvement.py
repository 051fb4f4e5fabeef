"""The end of a Notice to Improve: early, or by the register when its period is over.

- It ends early only on a listed ground and after the parent was told.
- At the end the register is read: the target is met or it is not. To find an improvement that the register
  does not show asks for a reason; to find none against the register is barred.

Sources: the national framework for penalty notices; the authority's code of conduct.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.guard import Check, Condition, InForce, ask, bar, judge, met
from rules.wording import said_count, said_day


@dataclass(frozen=True, slots=True)
class EarlyEndFacts:
    """On what ground the period would end early, when the parent was told.

    And the day the parent was told.
    """

    ground: str
    parent_told_on: date | None
    ends_on: date | None = None


def may_end_early(facts: EarlyEndFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the period may end early on that day."""
    said = {"ground": facts.ground, "parent_told_on": facts.parent_told_on}
    return judge(facts, InForce(book, on), END_EARLY, said)


def early_end_ground_listed(facts: EarlyEndFacts, rules: InForce) -> Iterator[Check]:
    """The ground is one that the framework names."""
    grounds = rules.law("notice_to_improve.early_end_grounds")
    if facts.ground in grounds.table:
        yield met(f"Ground: {grounds.table[facts.ground]}.", grounds)
    else:
        yield bar(
            "early_end_ground_not_listed",
            Aspect.PERMITTED,
            "The period ends early only on a stated ground.",
            "The ground is chosen when the parent is told that the notice ends early: "
            f"{' / '.join(str(text) for text in grounds.table.values())}.",
            grounds,
        )


def parent_told_first(facts: EarlyEndFacts, rules: InForce) -> Iterator[Check]:
    """The parent was told before."""
    told = rules.law("notice_to_improve.early_end_after_informing_parent")
    if facts.parent_told_on is not None and facts.parent_told_on <= rules.on:
        yield met(f"The parent was told on {said_day(facts.parent_told_on)}.", told)
    else:
        yield bar(
            "parent_not_told",
            Aspect.EVIDENCED,
            "The parent has not been told that the period may end early.",
            "Tell the parent first, by the letter that says so.",
            told,
        )


def not_before_the_day_told(facts: EarlyEndFacts, rules: InForce) -> Iterator[Check]:
    """The day on which the parent was told that the period ends has come."""
    told = rules.law("notice_to_improve.early_end_after_informing_parent")
    if facts.ends_on is not None and rules.on < facts.ends_on:
        yield bar(
            "day_told_not_reached",
            Aspect.AVAILABLE,
            f"The parent was told that the period ends on {said_day(facts.ends_on)}.",
            "Wait for that day.",
            told,
        )


END_EARLY: tuple[Condition[EarlyEndFacts], ...] = (
    early_end_ground_listed,
    parent_told_first,
    not_before_the_day_told,
)


class Improvement(StrEnum):
    """What the register shows at the end of the period."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The register of the period, which ends on `ends_on`, and the target.

    `unresolved` are the unauthorised sessions whose reason is not established; `without_mark` are sessions of
    the period for which the register holds no mark.
    """

    ends_on: date
    target_sessions: int
    possible: int
    attended: int
    unauthorised: int
    unresolved: int = 0
    without_mark: int = 0

    @property
    def shows(self) -> Improvement:
        """What the register shows."""
        met_target = self.unauthorised <= self.target_sessions
        return Improvement.IMPROVED if met_target else Improvement.NOT_IMPROVED


def may_find_improved(facts: ReviewFacts, book: RuleBook, on: date) -> Finding:
    """Return whether an improvement may be found; against the register it asks for a reason."""
    return judge(facts, InForce(book, on), FIND_IMPROVED, _review_said(facts))


def may_find_not_improved(facts: ReviewFacts, book: RuleBook, on: date) -> Finding:
    """Return whether no improvement may be found; never against the register."""
    return judge(facts, InForce(book, on), FIND_NOT_IMPROVED, _review_said(facts))


def _review_said(facts: ReviewFacts) -> dict[str, str | int | date]:
    return {
        "shows": facts.shows.value,
        "ends_on": facts.ends_on,
        "target_sessions": facts.target_sessions,
        "possible": facts.possible,
        "attended": facts.attended,
        "unauthorised": facts.unauthorised,
        "unresolved": facts.unresolved,
        "without_mark": facts.without_mark,
    }


def period_over(facts: ReviewFacts, rules: InForce) -> Iterator[Check]:
    """The last day of the period has passed."""
    most = rules.policy("notice_to_improve.period_school_days_maximum")
    if rules.on > facts.ends_on:
        yield met(f"The period ended on {said_day(facts.ends_on)}.", most)
    else:
        yield bar(
            "period_not_over",
            Aspect.AVAILABLE,
            f"The period lasts until {said_day(facts.ends_on)}.",
            "Review it on the day after.",
            most,
        )


def register_complete(facts: ReviewFacts, rules: InForce) -> Iterator[Check]:
    """Every session of the period has a mark, and every absence a known reason."""
    days = rules.law("register.unresolved_n_school_days")
    if facts.without_mark:
        yield ask(
            "register_incomplete",
            Aspect.EVIDENCED,
            f"{said_count(facts.without_mark, 'session')} of the period without a mark in the register.",
            "Ask the school for the register, or record why the review can do without.",
            days,
        )
    if facts.unresolved:
        yield ask(
            "reasons_not_established",
            Aspect.EVIDENCED,
            f"{said_count(facts.unresolved, 'session')} of the period without an established reason.",
            "Ask the school to establish the reasons, or record why the review can do without.",
            days,
            rules.law("register.unresolved_codes"),
        )


def _numbers(facts: ReviewFacts) -> str:
    return (
        f"{said_count(facts.unauthorised, 'unauthorised session')} of {facts.possible} possible, "
        f"{facts.attended} attended; the target was at most {facts.target_sessions} unauthorised."
    )


def shows_improvement(facts: ReviewFacts, rules: InForce) -> Iterator[Check]:
    """The register shows the target met; otherwise a reason is asked for."""
    contents = rules.law("notice_to_improve.required_contents")
    if facts.shows is Improvement.IMPROVED:
        yield met(f"The target is met: {_numbers(facts)}", contents)
    else:
        yield ask(
            "target_not_met",
            Aspect.EVIDENCED,
            f"The target is not met: {_numbers(facts)}",
            "Record in what attendance improved all the same, or find that it did not.",
            contents,
        )


def shows_no_improvement(facts: ReviewFacts, rules: InForce) -> Iterator[Check]:
    """The register shows the target not met."""
    contents = rules.law("notice_to_improve.required_contents")
    if facts.shows is Improvement.NOT_IMPROVED:
        yield met(f"The target is not met: {_numbers(facts)}", contents)
    else:
        yield bar(
            "target_met",
            Aspect.EVIDENCED,
            f"The target is met: {_numbers(facts)}",
            "Close the notice as improved and thank the family.",
            contents,
        )


FIND_IMPROVED: tuple[Condition[ReviewFacts], ...] = (period_over, register_complete, shows_improvement)
FIND_NOT_IMPROVED: tuple[Condition[ReviewFacts], ...] = (period_over, register_complete, shows_no_improvement)
