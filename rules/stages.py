"""The stage of support, and persistent and severe absence, from exact counts.

- Shares are compared as whole numbers (`attended * 10 > possible * 9`); no rounded figure decides anything.
- No possible session: no stage, and no absence flag.
- A stage directs support. By itself it neither grounds nor bars a step of law: it counts illness too.
- One comparison serves whole numbers and dataframe columns alike.

Source: the authority's policy for the bands; DfE, Pupil attendance in schools, for persistent and severe.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar, overload

import narwhals as nw
from narwhals.typing import FrameT

from rules.findings import Fact, Finding
from rules.law import RuleBook, Value

Number = TypeVar("Number", int, nw.Expr)


class Stage(StrEnum):
    """The band of attendance that support is directed by."""

    PREVENTION = "prevention"
    EARLY_INTERVENTION = "early_intervention"
    TARGETED = "targeted"

    @property
    def words(self) -> str:
        """The stage as a sentence says it."""
        return {"targeted": "targeted support"}.get(self.value, self.value.replace("_", " "))


NO_STAGE = "no_stage"


@dataclass(frozen=True, slots=True)
class Counts:
    """A pupil's counted sessions at one school in one period."""

    attended: int
    authorised: int
    unauthorised: int

    @property
    def absent(self) -> int:
        """Sessions missed, with leave or without."""
        return self.authorised + self.unauthorised

    @property
    def possible(self) -> int:
        """Sessions that the pupil could have attended."""
        return self.attended + self.absent


@dataclass(frozen=True, slots=True)
class StageRule:
    """The dated shares that stages, absence flags and suggestions rest on."""

    prevention_above: Value
    early_intervention_above: Value
    multi_agency_below: Value
    mostly_authorised_above: Value
    persistent: Value
    severe: Value

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "StageRule":
        """Read the values in force on that day; raises `NotYetInForce` before the policy's first day."""
        return cls(
            prevention_above=book.policy("stages.prevention_above", on),
            early_intervention_above=book.policy("stages.early_intervention_above", on),
            multi_agency_below=book.policy("stages.multi_agency_below", on),
            mostly_authorised_above=book.law("absence.mostly_authorised_above", on),
            persistent=book.law("absence.persistent_share", on),
            severe=book.law("absence.severe_share", on),
        )


@overload
def above(part: int, whole: int, share: Fraction) -> bool: ...
@overload
def above(part: nw.Expr, whole: nw.Expr, share: Fraction) -> nw.Expr: ...
def above(part: Number, whole: Number, share: Fraction) -> bool | nw.Expr:
    """Say whether part of whole is more than the share, in whole numbers."""
    return part * share.denominator > whole * share.numerator


@overload
def at_least(part: int, whole: int, share: Fraction) -> bool: ...
@overload
def at_least(part: nw.Expr, whole: nw.Expr, share: Fraction) -> nw.Expr: ...
def at_least(part: Number, whole: Number, share: Fraction) -> bool | nw.Expr:
    """Say whether part of whole is the share or more, in whole numbers."""
    return part * share.denominator >= whole * share.numerator


def with_stage(counts: FrameT, rule: StageRule) -> FrameT:
    """Add stage, persistently_absent and severely_absent to a table of counts.

    Args:
        counts: possible, attended, authorised, unauthorised (`rules.counting.counted`).
        rule: the dated shares.

    Returns:
        the table with the three columns; stage is null and the flags false where nothing was possible.
    """
    possible, attended = nw.col("possible"), nw.col("attended")
    absent, some = nw.col("authorised") + nw.col("unauthorised"), nw.col("possible") > 0
    stage = (
        nw.when(some & above(attended, possible, rule.prevention_above.share))
        .then(nw.lit(Stage.PREVENTION.value))
        .otherwise(
            nw.when(some & above(attended, possible, rule.early_intervention_above.share))
            .then(nw.lit(Stage.EARLY_INTERVENTION.value))
            .otherwise(nw.when(some).then(nw.lit(Stage.TARGETED.value)))
        )
    )
    return counts.with_columns(
        stage.alias("stage"),
        (some & at_least(absent, possible, rule.persistent.share)).alias("persistently_absent"),
        (some & at_least(absent, possible, rule.severe.share)).alias("severely_absent"),
    )


def stage_of(counts: Counts, rule: StageRule) -> Finding:
    """Find the stage of one pupil at one school.

    Returns:
        a finding whose outcome is a `Stage`, or `no_stage` where no session was possible.
    """
    if not counts.possible:
        return Finding(NO_STAGE, ("No session was possible in this period, so there is no stage.",))
    high, low = rule.prevention_above.share, rule.early_intervention_above.share
    if above(counts.attended, counts.possible, high):
        stage, because = Stage.PREVENTION, f"more than {per_cent(high)}"
    elif above(counts.attended, counts.possible, low):
        stage, because = (
            Stage.EARLY_INTERVENTION,
            f"more than {per_cent(low)} and not more than {per_cent(high)}",
        )
    else:
        stage, because = Stage.TARGETED, f"{per_cent(low)} or less"
    return Finding(
        outcome=stage,
        sentences=(
            f"{_attended(counts)}.",
            f"That is {because} of the sessions possible: {stage.words}.",
            "The stage directs support. It neither grounds nor bars a step of law by itself.",
        ),
        facts=_facts(counts),
        parameters=(rule.prevention_above, rule.early_intervention_above),
    )


def absence_of(counts: Counts, rule: StageRule) -> Finding:
    """Find whether one pupil's absence is severe, persistent or neither; outcome says which."""
    missed = f"{counts.absent} of {counts.possible} possible sessions missed"
    if not counts.possible:
        outcome, sentence = "neither", "No session was possible in this period, so no absence is counted."
    elif at_least(counts.absent, counts.possible, rule.severe.share):
        outcome, sentence = "severe", f"{missed}, {per_cent(rule.severe.share)} or more: severely absent."
    elif at_least(counts.absent, counts.possible, rule.persistent.share):
        outcome = "persistent"
        sentence = f"{missed}, {per_cent(rule.persistent.share)} or more: persistently absent."
    else:
        outcome = "neither"
        sentence = f"{missed}, less than {per_cent(rule.persistent.share)}: not persistently absent."
    return Finding(outcome, (sentence,), _facts(counts), (rule.persistent, rule.severe))


def suggestions_of(counts: Counts, rule: StageRule) -> tuple[Finding, ...]:
    """Find what the page suggests beside the stage: multi-agency support, a health and support route."""
    found = []
    low, mostly = rule.multi_agency_below.share, rule.mostly_authorised_above.share
    if counts.possible and not at_least(counts.attended, counts.possible, low):
        sentence = f"{_attended(counts)}, below {per_cent(low)}: consider multi-agency support."
        found.append(Finding("multi_agency_support", (sentence,), _facts(counts), (rule.multi_agency_below,)))
    if counts.absent and above(counts.authorised, counts.absent, mostly):
        sentence = (
            f"{counts.authorised} of {counts.absent} sessions missed were authorised, so absence is mostly "
            "authorised. Look for a health and support route rather than a legal one."
        )
        found.append(
            Finding("health_and_support_route", (sentence,), _facts(counts), (rule.mostly_authorised_above,))
        )
    return tuple(found)


def percent_text(part: int, whole: int) -> str:
    """Write part of whole as a percentage with one decimal, halves rounded up. For reading only."""
    tenths = (part * 2000 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}"


def per_cent(share: Fraction) -> str:
    """Write a share of the law as a percentage, exactly where it has at most two decimals."""
    exact = share * 100
    return f"{exact.numerator}%" if exact.denominator == 1 else f"{float(exact):g}%"


def _attended(counts: Counts) -> str:
    rounded = "" if counts.attended * 1000 % counts.possible == 0 else ", rounded"
    percent = percent_text(counts.attended, counts.possible)
    return f"{counts.attended} of {counts.possible} possible sessions attended ({percent}%{rounded})"


def _facts(counts: Counts) -> dict[str, Fact]:
    share = Fraction(counts.attended, counts.possible) if counts.possible else None
    return {
        "possible": counts.possible,
        "attended": counts.attended,
        "authorised": counts.authorised,
        "unauthorised": counts.unauthorised,
        "share_attended": share,
    }
