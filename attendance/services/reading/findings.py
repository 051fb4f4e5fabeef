"""Findings as they are shown: outcome, sentences, facts, the dated values they rest on, and what is unmet."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pydantic import JsonValue

from rules.findings import Aspect, Fact, Finding, Force, Unmet
from rules.law import Value
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: the parameter by name, since when it holds, how sure, and its instruments."""

    parameter: str
    since: date
    confidence: str
    instruments: tuple[str, ...]

    @classmethod
    def of(cls, value: Value) -> "Source":
        """Return the source of a dated value."""
        instruments = tuple(str(cite) for cite in value.cites)
        return cls(value.name, value.since, value.confidence.value, instruments)


@dataclass(frozen=True, slots=True)
class UnmetCondition:
    """One condition that does not hold: what is wrong, what to do, its sources, and who may lift it.

    A `bar` is never lifted. A `reason_required` is lifted by a reason that names the condition's code, from
    one of the roles in `reason_from`.
    """

    code: str
    aspect: Aspect
    force: Force
    message: str
    remedy: str
    sources: tuple[Source, ...]
    reason_from: tuple[Role, ...]

    @classmethod
    def of(cls, unmet: Unmet) -> "UnmetCondition":
        """Return the condition as it is shown."""
        return cls(
            code=unmet.code,
            aspect=unmet.aspect,
            force=unmet.force,
            message=unmet.message,
            remedy=unmet.remedy,
            sources=tuple(Source.of(value) for value in unmet.cites),
            reason_from=tuple(sorted(unmet.reason_from)),
        )


@dataclass(frozen=True, slots=True)
class FindingShown:
    """An answer with what it rests on. An exact share is written as a fraction, such as `9/10`."""

    outcome: str
    sentences: tuple[str, ...]
    facts: dict[str, JsonValue]
    sources: tuple[Source, ...]
    unmet: tuple[UnmetCondition, ...]

    @classmethod
    def of(cls, finding: Finding) -> "FindingShown":
        """Return the finding as it is shown."""
        return cls(
            outcome=str(finding.outcome),
            sentences=finding.sentences,
            facts={name: _plain(fact) for name, fact in finding.facts.items()},
            sources=tuple(Source.of(value) for value in finding.parameters),
            unmet=tuple(UnmetCondition.of(unmet) for unmet in finding.unmet),
        )


def _plain(fact: Fact) -> JsonValue:
    match fact:
        case tuple():
            return [_plain(item) for item in fact]
        case date():
            return fact.isoformat()
        case Fraction():
            return f"{fact.numerator}/{fact.denominator}"
        case _:
            return fact
