"""Terms and closed days of a school, as its calendar states them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """What a run of days in a school's calendar is; weekdays of a term are open unless closed or INSET."""

    TERM = "term"
    CLOSED = "closed"
    INSET = "inset"


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """A run of days of one kind at one school, both ends included."""

    school_urn: str
    kind: PeriodKind
    first_day: date
    last_day: date
    name: str = ""
