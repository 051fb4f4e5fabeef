"""How the guard of a legal step is put together.

- A guard is a tuple of conditions. Each condition says what it found; nothing stops the others from being
  asked, so that a refusal lists everything unmet at once.
- Statute bars: no reason lifts it. Guidance and local policy ask for a recorded reason from a role entitled
  to give it.
- Every finding names the dated values that it rests on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from rules.findings import Aspect, Fact, Finding, Force, Unmet
from rules.law import RuleBook, Value
from rules.law_table import Plain
from rules.roles import Role

OFFICERS = frozenset({Role.OFFICER, Role.SENIOR_OFFICER})
SENIOR = frozenset({Role.SENIOR_OFFICER})


class Permission(StrEnum):
    """What a guard comes to."""

    PERMITTED = "permitted"
    REASON_REQUIRED = "reason_required"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class InForce:
    """The law and policy on one day."""

    book: RuleBook
    on: date

    def law(self, name: str) -> Value:
        """Return the national value in force on the day."""
        return self.book.law(name, self.on)

    def policy(self, name: str) -> Value:
        """Return the authority's value in force on the day."""
        return self.book.policy(name, self.on)


@dataclass(frozen=True, slots=True)
class Check:
    """What one condition found: a sentence, the values it rests on, and what is unmet, if anything."""

    sentence: str
    parameters: tuple[Value, ...] = ()
    unmet: Unmet | None = None


Facts = TypeVar("Facts")
Condition = Callable[[Facts, InForce], Iterator[Check]]


def met(sentence: str, *rests_on: Value) -> Check:
    """Return a condition that holds."""
    return Check(sentence, rests_on)


def bar(code: str, aspect: Aspect, message: str, remedy: str, *cites: Value) -> Check:
    """Return a condition that is not met and that no reason lifts."""
    return Check(message, cites, Unmet(code, aspect, Force.BAR, message, remedy, cites))


def ask(  # the parts of one unmet condition, in the order in which they are read
    code: str, aspect: Aspect, message: str, remedy: str, *cites: Value, of: frozenset[Role] = OFFICERS
) -> Check:
    """Return a condition that is not met and that a recorded reason from the roles `of` lifts."""
    return Check(message, cites, Unmet(code, aspect, Force.REASON_REQUIRED, message, remedy, cites, of))


def judge(
    facts: Facts,
    rules: InForce,
    conditions: tuple[Condition[Facts], ...],
    said: Mapping[str, Fact],
) -> Finding:
    """Ask every condition and return what was found. `said` are the facts in plain values, for the record."""
    checks = [check for condition in conditions for check in condition(facts, rules)]
    unmet = tuple(check.unmet for check in checks if check.unmet is not None)
    return Finding(
        outcome=permission(unmet).value,
        sentences=tuple(check.sentence for check in checks),
        facts={**said, "on": rules.on},
        parameters=_each_once(checks),
        unmet=unmet,
    )


def row_of(value: Value, name: str) -> Mapping[str, Plain]:
    """Return one row of a table of tables; an empty row where there is none of that name."""
    row = value.table.get(name)
    return row if isinstance(row, Mapping) else {}


def permission(unmet: tuple[Unmet, ...]) -> Permission:
    """Return what a list of unmet conditions comes to."""
    if any(condition.force is Force.BAR for condition in unmet):
        return Permission.BARRED
    return Permission.REASON_REQUIRED if unmet else Permission.PERMITTED


def _each_once(checks: list[Check]) -> tuple[Value, ...]:
    by_name = {value.name: value for check in checks for value in check.parameters}
    return tuple(by_name.values())
