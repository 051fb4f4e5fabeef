"""A notice that is contested: what a parent says of it, or a corrected mark, waits for a decision.

- While it waits, the way to prosecution goes no further. Both are the office's own to decide, and on the same
  day where that is needed, so that no reason lifts it.

Sources: SI 2007/1867 as amended, reg. 8 (a notice that ought not to have been issued is withdrawn).
"""

from collections.abc import Iterator
from typing import Protocol

from rules.findings import Aspect
from rules.steps.guard import Check, InForce, bar


class Contested(Protocol):
    """What is still to be decided about a notice."""

    @property
    def review_open(self) -> bool:
        """Whether a mark that it rests on was corrected, and nobody has decided what follows."""

    @property
    def representations_open(self) -> bool:
        """Whether a parent has made representations that nobody has answered."""


def nothing_undecided(facts: Contested, rules: InForce) -> Iterator[Check]:
    """No review of the notice is open, and no representations about it are unanswered."""
    grounds = rules.law("penalty_notice.withdrawal_grounds")
    if facts.review_open:
        yield bar(
            "review_open",
            Aspect.AVAILABLE,
            "A mark that the notice rests on was corrected, and nobody has decided what follows.",
            "Decide the review: keep the notice with the reason, or withdraw it.",
            grounds,
        )
    if facts.representations_open:
        yield bar(
            "representations_unanswered",
            Aspect.AVAILABLE,
            "The parent has made representations that nobody has answered.",
            "Answer them with reasons, with withdrawal considered; or withdraw the notice.",
            grounds,
        )
