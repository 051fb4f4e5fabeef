"""What stands in the way of a step, as an officer reads it."""

from dataclasses import dataclass

from api.pages.words import day
from attendance.services.reading.findings import FindingShown, Source, UnmetCondition
from rules.findings import Force, Unmet
from rules.law import Confidence


@dataclass(frozen=True, slots=True)
class Barrier:
    """One unmet condition in words, with what to do and where it comes from."""

    code: str
    force: str
    colour: str
    message: str
    remedy: str
    sources: tuple[str, ...]
    liftable: bool


def barriers_of(unmet: tuple[Unmet, ...]) -> tuple[Barrier, ...]:
    """Return the conditions as they are shown, bars first."""
    ordered = sorted(unmet, key=lambda one: one.force is not Force.BAR)
    return tuple(barrier_shown(UnmetCondition.of(one)) for one in ordered)


def barrier_shown(one: UnmetCondition) -> Barrier:
    """Return a condition that was read, as it is shown."""
    bars = one.force is Force.BAR
    return Barrier(
        code=one.code,
        force="Not allowed" if bars else "Needs a reason",
        colour="red" if bars else "yellow",
        message=one.message,
        remedy=one.remedy,
        sources=tuple(source_shown(source) for source in one.sources),
        liftable=not bars,
    )


def met(finding: FindingShown) -> tuple[str, ...]:
    """Return what was looked at and holds, in sentences."""
    unmet = {one.message for one in finding.unmet}
    return tuple(sentence for sentence in finding.sentences if sentence not in unmet)


def source_shown(source: Source) -> str:
    """Return where a rule comes from in one line, and say so where nobody has verified it."""
    cites = "; ".join(source.instruments) or source.parameter
    doubt = " (not verified)" if source.confidence == Confidence.UNVERIFIED else ""
    return f"{cites}, in force since {day(source.since)}{doubt}"
