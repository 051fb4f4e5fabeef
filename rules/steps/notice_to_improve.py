"""The Notice to Improve: a final chance before a penalty notice.

- The threshold is tested when the notice is decided, and not again.
- The period is counted in the school's own days, within the local policy and the national weeks read as
  school weeks; a half-term does not shorten it.
- It is not the step for leave of absence.
- When it goes out, the law is asked again, and who was consulted about the child.

Sources: the national framework for penalty notices; the authority's code of conduct.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.calendar import WEEKDAYS_IN_A_WEEK
from rules.findings import Aspect, Fact, Finding
from rules.law import RuleBook
from rules.steps.conditions import (
    THE_LAW,
    home_is_elsewhere,
    support_first,
    threshold_met,
)
from rules.steps.consulting import others_consulted
from rules.steps.facts import AbsenceKind, ChildFacts, ParentFacts, SchoolFacts, SessionMark, Threshold
from rules.steps.guard import SENIOR, Check, Condition, InForce, ask, bar, judge, met
from rules.steps.release import LetterFacts, marks_unchanged, posted_on_the_day_assumed
from rules.wording import said_count, said_day, said_list


@dataclass(frozen=True, slots=True)
class NoticeToImproveFacts:
    """What the decision on a notice to improve rests on.

    `marks` are the unauthorised sessions that the notice names. `target_sessions` is the most unauthorised
    sessions in the period that still count as improvement, None where none is set. `already_running` says
    that the same parent has such a notice for this child and school whose period has not ended.
    """

    kind: AbsenceKind
    school: SchoolFacts
    child: ChildFacts
    parent: ParentFacts
    threshold: Threshold
    marks: tuple[SessionMark, ...]
    support_recorded: int
    period_school_days: int
    target_sessions: int | None
    consulted: frozenset[str] = frozenset()
    home_authority_contacted_on: date | None = None
    already_running: bool = False


def may_decide(facts: NoticeToImproveFacts, book: RuleBook, on: date) -> Finding:
    """Return whether a notice to improve may be decided on that day."""
    return judge(facts, InForce(book, on), DECIDE, _said(facts))


def could_decide(facts: NoticeToImproveFacts, book: RuleBook, on: date) -> Finding:
    """Return what stands in the way of such a notice before its form is filled in."""
    return judge(facts, InForce(book, on), BEFOREHAND, _said(facts))


def may_release(facts: NoticeToImproveFacts, letter: LetterFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the notice may go out on that day; `facts` are read anew, `letter` was prepared."""
    return judge(_Release(facts, letter), InForce(book, on), RELEASE, _said(facts))


def _said(facts: NoticeToImproveFacts) -> dict[str, Fact]:
    return {
        "school": facts.school.urn,
        "sessions": len(facts.marks),
        "threshold_met_on": facts.threshold.met_on,
        "support_recorded": facts.support_recorded,
        "period_school_days": facts.period_school_days,
        "target_sessions": facts.target_sessions,
        "consulted": tuple(sorted(facts.consulted)),
    }


def for_irregular_absence(facts: NoticeToImproveFacts, rules: InForce) -> Iterator[Check]:
    """The absence is irregular; a holiday goes straight to the question of a penalty notice."""
    grounds = rules.policy("notice_to_improve.not_needed_grounds")
    if facts.kind is not AbsenceKind.IRREGULAR:
        yield ask(
            "not_for_leave_of_absence",
            Aspect.AGREED,
            "A notice to improve is not the step for a leave of absence in term time.",
            "Consider a penalty notice, or record why a chance to improve fits here.",
            grounds,
        )


def one_at_a_time(facts: NoticeToImproveFacts, _rules: InForce) -> Iterator[Check]:
    """No other notice to improve to this parent is running for this child and school."""
    if facts.already_running:
        yield bar(
            "notice_to_improve_running",
            Aspect.AVAILABLE,
            "A notice to improve to this parent is still running.",
            "Review it when its period ends.",
        )


def child_still_at_the_school(facts: NoticeToImproveFacts, rules: InForce) -> Iterator[Check]:
    """The child is on the school's roll today, so that there is something to improve."""
    if not facts.child.on_roll(rules.on):
        yield bar(
            "no_longer_on_roll",
            Aspect.AVAILABLE,
            f"The child is not on this school's roll on {said_day(rules.on)}.",
            "Tell the new school or authority what was done.",
        )


def period_within_policy(facts: NoticeToImproveFacts, rules: InForce) -> Iterator[Check]:
    """The period lies within the authority's school days."""
    least = rules.policy("notice_to_improve.period_school_days_minimum")
    most = rules.policy("notice_to_improve.period_school_days_maximum")
    days = said_count(facts.period_school_days, "school day")
    if least.whole <= facts.period_school_days <= most.whole:
        yield met(f"A period of {days}, within {least.whole} to {most.whole}.", least, most)
    else:
        yield ask(
            "period_outside_local_policy",
            Aspect.AGREED,
            f"A period of {days} is outside the {least.whole} to {most.whole} of the local policy.",
            "Choose a period within it, or record why not.",
            least,
            most,
            of=SENIOR,
        )


def period_within_guidance(facts: NoticeToImproveFacts, rules: InForce) -> Iterator[Check]:
    """The period lies within the national weeks, read as school weeks of five days."""
    least = rules.law("notice_to_improve.minimum_weeks")
    most = rules.law("notice_to_improve.maximum_weeks")
    days = facts.period_school_days
    if not least.whole * WEEKDAYS_IN_A_WEEK <= days <= most.whole * WEEKDAYS_IN_A_WEEK:
        yield ask(
            "period_outside_national_guidance",
            Aspect.PERMITTED,
            f"{said_count(days, 'school day')} are outside the {least.whole} to {most.whole} weeks of the "
            "national framework.",
            "Choose a period within them, or record why not.",
            least,
            most,
            of=SENIOR,
        )


def target_set(facts: NoticeToImproveFacts, rules: InForce) -> Iterator[Check]:
    """The notice says what sufficient improvement is, as a number that the register can be held to."""
    contents = rules.law("notice_to_improve.required_contents")
    if facts.target_sessions is None:
        yield bar(
            "target_missing",
            Aspect.EVIDENCED,
            "No target is set, so that the review could not say whether attendance improved.",
            "Set the most unauthorised sessions that still count as improvement.",
            contents,
        )
    else:
        target = said_count(facts.target_sessions, "unauthorised session")
        yield met(f"Improvement means at most {target} in the period.", contents)


def home_authority_contacted(facts: NoticeToImproveFacts, rules: InForce) -> Iterator[Check]:
    """Where the child's home lies in another authority, it was spoken to about support."""
    if home_is_elsewhere(facts) and facts.home_authority_contacted_on is None:
        yield ask(
            "home_authority_not_contacted",
            Aspect.AGREED,
            f"The home lies in authority {facts.child.home_la_code}; no contact about support is recorded.",
            "Speak to that authority and record it, or record why not.",
            rules.policy("code_of_conduct.version"),
        )


DECIDE: tuple[Condition[NoticeToImproveFacts], ...] = (
    for_irregular_absence,
    one_at_a_time,
    child_still_at_the_school,
    *THE_LAW,
    threshold_met,
    support_first,
    others_consulted,
    home_authority_contacted,
    period_within_policy,
    period_within_guidance,
    target_set,
)

IN_THE_FORM = (period_within_policy, period_within_guidance, target_set)
BEFOREHAND = tuple(condition for condition in DECIDE if condition not in IN_THE_FORM)


@dataclass(frozen=True, slots=True)
class _Release:
    facts: NoticeToImproveFacts
    letter: LetterFacts


def _conditions_again(release: _Release, rules: InForce) -> Iterator[Check]:
    for condition in (child_still_at_the_school, *THE_LAW, others_consulted):
        yield from condition(release.facts, rules)


def _letter_stands(release: _Release, rules: InForce) -> Iterator[Check]:
    yield from marks_unchanged(release.letter)
    yield from posted_on_the_day_assumed(release.letter, rules)


def _contents_complete(release: _Release, rules: InForce) -> Iterator[Check]:
    contents = rules.law("notice_to_improve.required_contents")
    missing = tuple(str(text) for code, text in contents.table.items() if code not in release.letter.contents)
    if missing:
        yield ask(
            "contents_missing",
            Aspect.EVIDENCED,
            f"The letter lacks what such a notice is expected to contain: {said_list(missing)}.",
            "Prepare the letter anew with these, or record why not.",
            contents,
            of=SENIOR,
        )
    else:
        yield met(f"The letter contains all {len(contents.table)} matters expected.", contents)


RELEASE: tuple[Condition[_Release], ...] = (_conditions_again, _letter_stands, _contents_complete)
