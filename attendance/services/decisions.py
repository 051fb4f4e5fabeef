"""Keeping what an act rests on: the facts, the dated values, the sentences and what a reason lifted."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from hashlib import sha256

import rfc8785

from attendance.domain.record.payload import ReasonKept
from rules.findings import Fact, Finding, ReasonGiven

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A finding and the reasons given with it."""

    finding: Finding
    reasons: tuple[ReasonGiven, ...] = ()

    @property
    def lifted(self) -> str:
        """The codes of the conditions that a reason lifted, each between spaces."""
        left = {unmet.code for unmet in self.finding.refusals(self.reasons)}
        codes = sorted({unmet.code for unmet in self.finding.unmet} - left)
        return f" {' '.join(codes)} " if codes else ""


def written(decision: Decision, reasons: tuple[ReasonKept, ...]) -> tuple[str, str]:
    """Return the decision as canonical JSON and its SHA-256. A reason is there by code and hash only."""
    finding = decision.finding
    said: dict[str, Json] = {
        "outcome": finding.outcome,
        "facts": {name: _plain(fact) for name, fact in finding.facts.items()},
        "values": [
            {"name": value.name, "since": value.since.isoformat(), "confidence": value.confidence.value}
            for value in finding.parameters
        ],
        "sentences": list(finding.sentences),
        "unmet": [
            {"code": unmet.code, "force": unmet.force.value, "message": unmet.message}
            for unmet in finding.unmet
        ],
        "reasons": [{"code": reason.code, "hash": reason.hash} for reason in reasons],
    }
    text = rfc8785.dumps(said)
    return text.decode(), sha256(text).hexdigest()


def _plain(fact: Fact) -> Json:
    match fact:
        case tuple():
            return [_plain(item) for item in fact]
        case date():
            return fact.isoformat()
        case Fraction():
            return f"{fact.numerator}/{fact.denominator}"
        case _:
            return fact
