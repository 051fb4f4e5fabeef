"""What every notice is held to on the day of its release: the register, the posting day and the contents.

- Marks are read again at release. Where one that the notice rests on has changed, the notice is held.
- The letter's dates assume one day of posting; on any other day it is prepared anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.findings import Aspect
from rules.steps.facts import SessionMark
from rules.steps.guard import Check, InForce, bar, met
from rules.wording import said_day, said_list


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A prepared letter: the marks it rests on, the posting day its dates assume, and what it contains."""

    marks_decided: tuple[SessionMark, ...]
    marks_now: tuple[SessionMark, ...]
    assumes_posting_on: date
    contents: frozenset[str]


def marks_unchanged(letter: LetterFacts) -> Iterator[Check]:
    """Every mark that the notice rests on still stands in the register as it was decided on."""
    changed = changed_marks(letter.marks_decided, letter.marks_now)
    if changed:
        yield bar(
            "marks_changed",
            Aspect.EVIDENCED,
            f"The register has changed since the decision: {said_list(changed)}.",
            "The notice is held. Decide anew by the register as it now is, or cancel.",
        )
    else:
        yield met("The register still shows every session as it was when the notice was decided.")


def posted_on_the_day_assumed(letter: LetterFacts, rules: InForce) -> Iterator[Check]:
    """The letter is posted on the day that its dates assume."""
    receipt = rules.law("penalty_notice.deemed_receipt_working_days")
    if letter.assumes_posting_on == rules.on:
        yield met(f"Posted on {said_day(rules.on)}, as the letter's dates assume.", receipt)
    else:
        yield bar(
            "posting_day_differs",
            Aspect.EVIDENCED,
            f"The letter's dates assume posting on {said_day(letter.assumes_posting_on)}, not on "
            f"{said_day(rules.on)}.",
            "Prepare the letter anew for the day on which it is posted.",
            receipt,
        )


def changed_marks(before: tuple[SessionMark, ...], after: tuple[SessionMark, ...]) -> tuple[str, ...]:
    """Return each session of `before` whose code differs in `after`, said with both codes."""
    codes = {(mark.day, mark.session): mark.code for mark in after}
    pairs = [(mark, codes.get((mark.day, mark.session), "empty")) for mark in sorted(before)]
    return tuple(
        f"{said_day(mark.day)} {mark.session} was {mark.code} and is {code}"
        for mark, code in pairs
        if code != mark.code
    )
