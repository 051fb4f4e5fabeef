"""The Penalty Notice, for irregular absence or leave of absence: deciding on it and releasing it.

- The threshold makes a school consider a notice; it never makes one be issued.
- Each consideration is answered with yes, or no notice is issued; no reason lifts that.
- Marks inside the offence period of a notice that stands are used up. Marks before the framework never count.
- No notice goes out after the time limit of its latest offence day; near the limit the officer says why.
- At release the law, the ladder, the considerations, the marks and the issuer's authority are asked again,
  and who was consulted about the child.

Sources: EA 1996 ss.444A and 444B; SI 2007/1867 as amended; the national framework; the local code of conduct.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rules.findings import Aspect, Fact, Finding
from rules.ladder import Position, ladder
from rules.law import RuleBook
from rules.steps import penalty_conditions as of_penalty
from rules.steps.conditions import THE_LAW, support_first
from rules.steps.consulting import others_consulted
from rules.steps.facts import SessionMark, Threshold
from rules.steps.guard import Check, Condition, InForce, bar, judge, met
from rules.steps.improvement_first import notice_to_improve_first
from rules.steps.penalty_facts import PenaltyNoticeFacts
from rules.steps.release import LetterFacts, marks_unchanged, posted_on_the_day_assumed
from rules.wording import said_list

STATUTE: tuple[Condition[PenaltyNoticeFacts], ...] = (
    of_penalty.not_for_an_excluded_pupil,
    *THE_LAW,
    of_penalty.within_the_framework,
    of_penalty.posted_in_time,
    of_penalty.marks_not_used,
    of_penalty.ladder_free,
    of_penalty.considerations_answered,
    of_penalty.request_accepted,
    of_penalty.issuer_entitled,
    of_penalty.issuer_has_decided,
)
DECIDE: tuple[Condition[PenaltyNoticeFacts], ...] = (
    *STATUTE,
    of_penalty.not_withdrawn_before,
    of_penalty.threshold_or_discretion,
    notice_to_improve_first,
    support_first,
    others_consulted,
    of_penalty.reasons_established,
    of_penalty.earlier_notices_checked,
    of_penalty.prosecution_still_fits,
)
IN_THE_FORM = (of_penalty.considerations_answered, of_penalty.issuer_entitled, of_penalty.issuer_has_decided)
BEFOREHAND = tuple(condition for condition in DECIDE if condition not in IN_THE_FORM)


AGAIN: tuple[Condition[PenaltyNoticeFacts], ...] = (
    notice_to_improve_first,
    others_consulted,
    of_penalty.prosecution_still_fits,
)
"""What is asked again at the release beside the law, because it may have changed since the decision."""


def may_decide(facts: PenaltyNoticeFacts, book: RuleBook, on: date) -> Finding:
    """Return whether a penalty notice may be decided on that day."""
    return judge(facts, InForce(book, on), DECIDE, _said(facts))


def could_decide(facts: PenaltyNoticeFacts, book: RuleBook, on: date) -> Finding:
    """Return what stands in the way of such a notice before its form is filled in."""
    return judge(facts, InForce(book, on), BEFOREHAND, _said(facts))


def may_release(
    facts: PenaltyNoticeFacts, letter: LetterFacts, decided: Position, book: RuleBook, on: date
) -> Finding:
    """Return whether the notice may be issued on that day, which is the date on it.

    Takes the facts read anew, the letter that was prepared, and which notice it was decided to be. Of what a
    reason lifts, only what may have changed since the decision is asked again.
    """
    today = replace(facts, posting_on=on)
    return judge(_Release(today, letter, decided), InForce(book, on), RELEASE, _said(today))


def _said(facts: PenaltyNoticeFacts) -> dict[str, Fact]:
    return {
        "kind": facts.kind.value,
        "school": facts.school.urn,
        "offence_from": facts.offence_from,
        "offence_until": facts.offence_until,
        "sessions": len(facts.marks),
        "threshold_met_on": facts.threshold.met_on,
        "earlier_notices": tuple(notice.reference for notice in facts.earlier),
        "improvement": facts.improvement.value,
        "skip_ground": facts.skip_ground,
        "support_recorded": facts.support_recorded,
        "request_accepted": facts.request_accepted,
        "consulted": tuple(sorted(facts.consulted)),
        "issuer_decided": facts.issuer_decided.value,
        "posting_on": facts.posting_on,
    }


@dataclass(frozen=True, slots=True)
class _Release:
    facts: PenaltyNoticeFacts
    letter: LetterFacts
    decided: Position


def _conditions_again(release: _Release, rules: InForce) -> Iterator[Check]:
    for condition in (*STATUTE, *AGAIN):
        yield from condition(release.facts, rules)


def _letter_stands(release: _Release, rules: InForce) -> Iterator[Check]:
    yield from marks_unchanged(release.letter)
    yield from posted_on_the_day_assumed(release.letter, rules)


def _same_rung(release: _Release, rules: InForce) -> Iterator[Check]:
    found = ladder(release.facts.earlier, rules.on, rules.book)
    if found.position is release.decided:
        yield met(f"It is still a {release.decided.value} notice, as the letter says.", *found.parameters)
    else:
        yield bar(
            "ladder_changed",
            Aspect.PERMITTED,
            f"It was decided as a {release.decided.value} notice; by the notices known today it is not.",
            "Prepare the letter anew with the sums that now apply, or cancel.",
            *found.parameters,
        )


def _contents_complete(release: _Release, rules: InForce) -> Iterator[Check]:
    contents = rules.law("penalty_notice.required_contents")
    missing = tuple(str(text) for code, text in contents.table.items() if code not in release.letter.contents)
    if missing:
        yield bar(
            "contents_missing",
            Aspect.EVIDENCED,
            f"The letter lacks what the regulations require: {said_list(missing)}.",
            "Prepare the letter anew with these.",
            contents,
        )
    else:
        yield met(f"The letter contains all {len(contents.table)} matters required.", contents)


RELEASE: tuple[Condition[_Release], ...] = (_conditions_again, _letter_stands, _same_rung, _contents_complete)


def default_offence_period(
    threshold: Threshold, unauthorised: tuple[SessionMark, ...]
) -> tuple[date, date] | None:
    """Return the offence period to propose: from the first threshold mark to the last unauthorised mark.

    Takes the threshold and the unauthorised marks of the monitored time (none for leave of absence); returns
    None where there is no mark at all. Ten fresh sessions are not needed.
    """
    days = [mark.day for mark in (*threshold.marks, *unauthorised)]
    return (min(days), max(days)) if days else None
