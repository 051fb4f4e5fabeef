"""What people do beyond their usual ways: for scripted families as written, for others as chance has it.

- An episode is one time that a school asks for a notice about a pupil, and all that follows from it.
- A plan holds intentions only: what becomes of them is for the register, the guards and the clocks to say.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from attendance.demo.year.chance import Chance
from rules.steps.facts import AbsenceKind


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Pays(StrEnum):
    """How a parent pays a notice."""

    EARLY = "early"  # the lower sum in its time; the whole where there is no lower one
    LATE = "late"  # the whole sum, after the time of the lower one
    WHOLE = "whole"  # the whole sum at once
    SHORT = "short"  # the lower sum a day too late, the rest in the last days
    PART = "part"  # a part, and no more
    TWICE = "twice"
    OVER = "over"
    MISDIRECTED = "misdirected"  # with a reference that is no notice
    SWAPPED = "swapped"  # with the number of the other parent's notice
    AFTER = "after"  # the whole sum when the time is over
    NEVER = "never"


class Trial(_Entry):
    """A decision that is tried and must be refused with these codes, among others.

    `adult` is the place of the parent it is tried for, the first asked for where none is given. `without` is
    what the officer leaves out, `issuer` who would issue, `step` which notice is tried. A parent for whom the
    decision itself must be refused has no notice.
    """

    codes: tuple[str, ...]
    adult: int | None = None
    without: Literal["considerations", "consulted", "reasons", "cross_border", ""] = ""
    issuer: Literal["ended_deputy", "unauthorised_officer", ""] = ""
    step: Literal["notice_to_improve", "penalty_notice", ""] = ""


class Episode(_Entry):
    """One time that a school asks, and what people mean to do then.

    Attributes:
        asks: Whether the school asks at all.
        at: At how many sessions it asks; the threshold of the law where none is given.
        at_second_school: Whether the school that the child moved to asks.
        again: Whether it asks anew about the absence of the episode before.
        kind: What it asks about; what the register shows where none is given.
        asks_for: For which adults, by their place in the script; for every person where none is given.
        forgets: Evidence that it leaves out.
        support: Whether help was given, was declined, or is recorded only after the officer asks.
        early_help: What the parent said to the Early Help Assessment.
        concern: What becomes of the first letter of concern; none is written where this is empty.
        request: What becomes of the request before the officer sees it.
        answer: How the officer answers it.
        refused: What the acceptance must be refused for, when the officer tries it.
        why: Why the officer answers so, or cancels the notice.
        step: Which notice the officer decides on; for irregular absence a notice to improve comes first.
        ground: The ground on which no notice to improve comes first.
        trials: Decisions that are tried and must be refused.
        no_notice: Whether no notice follows.
        earlier_notice: Whether the neighbouring authority tells of a notice when it is asked.
        target: The most sessions that still count as improvement.
        ahead: Working days between the preparation of a letter and its posting.
        letter: What befalls the first notice before or after it goes.
        ends_early: Whether the officer ends the notice to improve early.
        withdrawn: Why the officer withdraws the notice to improve.
        pays: How each adult asked for pays; the last holds for those after it.
        says: What a parent says about the notice.
        school_answers: What the school answers when a notice is unpaid.
        on_last_day: Whether it answers on the last day of its time.
        before_holiday: Whether the school is told just before a holiday, so that its time is extended.
        then: What the officer does when the school does not support prosecution.
        papers: Whether the school's papers for a prosecution come or are still waited for.
        reopens: Whether the case is closed, opened again and left open.
    """

    asks: bool = True
    at: int | None = None
    at_second_school: bool = False
    again: bool = False
    kind: AbsenceKind | None = None
    asks_for: tuple[int, ...] = ()
    forgets: tuple[str, ...] = ()
    support: Literal["given", "declined", "after_asked"] = "given"
    early_help: Literal["offered", "accepted", "declined"] = "offered"
    concern: Literal["sent", "held", "cancelled", "returned", ""] = ""
    request: Literal["sent", "draft", "withdrawn"] = "sent"
    answer: Literal["accept", "refuse", "close"] = "accept"
    refused: tuple[str, ...] = ()
    why: str = ""
    step: Literal["notice_to_improve", "penalty_notice", ""] = ""
    ground: str = ""
    trials: tuple[Trial, ...] = ()
    no_notice: bool = False
    earlier_notice: bool = False
    target: int = 2
    ahead: int = 1
    letter: Literal["held", "cancelled", "late", "overtaken", "returned", ""] = ""
    ends_early: bool = False
    withdrawn: str = ""
    pays: tuple[Pays, ...] = (Pays.EARLY,)
    says: Literal["bereavement", "wrong_person", "hardship", ""] = ""
    school_answers: Literal["supports", "declines", "silent"] = "silent"
    on_last_day: bool = False
    before_holiday: bool = False
    then: Literal["withdraw", "proceed"] = "withdraw"
    papers: Literal["come", "waiting"] = "come"
    reopens: bool = False

    def pays_of(self, place: int) -> Pays:
        """Return how the adult in that place of those asked for pays."""
        return self.pays[min(place, len(self.pays) - 1)]


Plans = Mapping[str, tuple[Episode, ...]]
_PLANS: TypeAdapter[dict[str, tuple[Episode, ...]]] = TypeAdapter(dict[str, tuple[Episode, ...]])


@cache
def plans() -> Plans:
    """Read the plans of the scripted families."""
    text = (Path(__file__).parent / "plans.yaml").read_text(encoding="utf-8")
    return _PLANS.validate_python(yaml.safe_load(text))


USUAL_PAYMENTS: tuple[tuple[Pays, int], ...] = (
    (Pays.EARLY, 58),
    (Pays.LATE, 10),
    (Pays.NEVER, 22),
    (Pays.SHORT, 3),
    (Pays.PART, 3),
    (Pays.OVER, 2),
    (Pays.TWICE, 2),
)


def usual_episode(chance: Chance, upn: str) -> Episode:
    """Make up what people do about an ordinary pupil."""
    declined = chance.happens(0.3, upn, "declined")
    skips = declined and chance.happens(0.5, upn, "skips")
    return Episode(
        support="declined"
        if declined
        else chance.weighted((("given", 8), ("after_asked", 2)), upn, "support"),
        early_help=chance.weighted((("offered", 5), ("accepted", 3), ("declined", 2)), upn, "early help"),
        concern="sent" if chance.happens(0.5, upn, "concern") else "",
        step="penalty_notice" if skips else "",
        ground="support_not_engaged_with" if skips else "",
        target=chance.weighted(((0, 1), (2, 3), (4, 2)), upn, "target"),
        letter="returned" if chance.happens(0.05, upn, "returned") else "",
        pays=tuple(chance.weighted(USUAL_PAYMENTS, upn, "pays", place) for place in (0, 1)),
        says="hardship" if chance.happens(0.15, upn, "says") else "",
        school_answers=chance.weighted(
            (("supports", 4), ("declines", 3), ("silent", 3)), upn, "school answers"
        ),
        then="proceed" if chance.happens(0.2, upn, "then") else "withdraw",
    )
