"""Reading the law in force on a day, each value with its source."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from pydantic import JsonValue

from attendance.domain.errors import NotFound
from rules.law import Citation, Confidence, Parameter, RuleBook, Standing


@dataclass(frozen=True, slots=True)
class AnnouncedShown:
    """A change that is known to come; never used in a decision."""

    since: date
    reading: str
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ParameterShown:
    """How a parameter stands on a day, and its value where it has one then."""

    name: str
    title: str
    unit: str
    standing: Standing
    value: JsonValue
    since: date | None
    until: date | None
    confidence: Confidence | None
    checked_on: date | None
    cites: tuple[Citation, ...]
    reading: str
    note: str
    not_enforced: str
    announced: tuple[AnnouncedShown, ...]


def law_on(book: RuleBook, on: date, beginning: str = "") -> tuple[ParameterShown, ...]:
    """Return how every parameter stands on a day, or those whose names begin so; raises `NotFound`."""
    found = book.named(beginning) if beginning else tuple(book)
    if not found:
        raise NotFound("parameter", beginning)
    return tuple(_shown(parameter, on) for parameter in found)


def _shown(parameter: Parameter, on: date) -> ParameterShown:
    standing = parameter.standing(on)
    has_value = standing in {Standing.IN_FORCE, Standing.NEVER_ENFORCED}
    value = parameter.on(on) if has_value else None
    return ParameterShown(
        name=parameter.name,
        title=parameter.title,
        unit=parameter.unit,
        standing=standing,
        value=None if value is None else cast("JsonValue", value.data),
        since=parameter.since if value is None else value.since,
        until=None if value is None else value.until,
        confidence=None if value is None else value.confidence,
        checked_on=None if value is None else value.checked_on,
        cites=() if value is None else value.cites,
        reading="" if value is None else value.reading,
        note="" if value is None else value.note,
        not_enforced="" if value is None else value.not_enforced,
        announced=tuple(AnnouncedShown(a.since, a.reading, a.cites) for a in parameter.announced),
    )
