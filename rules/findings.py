"""Answers that explain themselves.

- A guard or a classification returns a `Finding`, never a lone boolean.
- A finding holds its outcome, the facts used, the dated values used, sentences an officer can read, and
  everything that is unmet, all at once.
- Statute bars. Guidance and local policy ask for a recorded reason from a role entitled to give it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rules.law import Value
from rules.roles import Role

Fact = str | int | bool | date | Fraction | None | tuple["Fact", ...]


class Force(StrEnum):
    """What an unmet condition does."""

    BAR = "bar"
    REASON_REQUIRED = "reason_required"


class Aspect(StrEnum):
    """Which of the four questions a condition belongs to."""

    AVAILABLE = "available"
    PERMITTED = "permitted"
    AGREED = "agreed"
    EVIDENCED = "evidenced"


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition that does not hold: what is wrong, what to do, and the source.

    `reason_from` names the roles that may give the reason where `force` is `reason_required`.
    """

    code: str
    aspect: Aspect
    force: Force
    message: str
    remedy: str
    cites: tuple[Value, ...] = ()
    reason_from: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """A recorded reason for going past one condition, and the role it was given in."""

    code: str
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome with what it rests on."""

    outcome: str
    sentences: tuple[str, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    parameters: tuple[Value, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    def refusals(self, reasons: tuple[ReasonGiven, ...] = ()) -> tuple[Unmet, ...]:
        """Return what still stands in the way once the reasons given are taken into account.

        A reason lifts a `reason_required` condition of the same code if it was given in an entitled role and
        says something. A bar is never lifted.
        """
        return tuple(unmet for unmet in self.unmet if not _lifted(unmet, reasons))


def _lifted(unmet: Unmet, reasons: tuple[ReasonGiven, ...]) -> bool:
    if unmet.force is Force.BAR:
        return False
    return any(
        reason.code == unmet.code and reason.text.strip() and reason.role in unmet.reason_from
        for reason in reasons
    )
