"""Values of the law, each with the days it is in force and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rules.errors import NoLongerInForce, NotYetInForce
from rules.law_table import Data, Plain, as_data


class Confidence(StrEnum):
    """How far a value can be relied on."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Standing(StrEnum):
    """How a parameter stands on a day."""

    IN_FORCE = "in_force"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    NO_LONGER_IN_FORCE = "no_longer_in_force"
    NEVER_ENFORCED = "never_enforced"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a value comes from."""

    kind: str
    instrument: str
    provision: str
    url: str

    def __str__(self) -> str:
        return f"{self.instrument}, {self.provision}" if self.provision else self.instrument


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one parameter, with the days it is in force and its source.

    `until` is the first day on which it no longer holds, or None. `reading` is filled where the value rests
    on our interpretation, and says so in a sentence; `note` says what of the source was not seen.
    `not_enforced` says why a value is never applied.
    """

    name: str
    title: str
    unit: str
    value: Plain
    since: date
    until: date | None
    cites: tuple[Citation, ...]
    confidence: Confidence
    checked_on: date
    checked_by: str
    reading: str = ""
    note: str = ""
    not_enforced: str = ""

    @property
    def whole(self) -> int:
        """The value as a whole number (sessions, days, weeks, pence); raises TypeError if it is not one."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"{self.name} is not a whole number")
        return self.value

    @property
    def share(self) -> Fraction:
        """The value as an exact share, written `9/10` in the file; raises TypeError if it is not one."""
        if self.unit != "share" or not isinstance(self.value, str):
            raise TypeError(f"{self.name} is not a share")
        return Fraction(self.value)

    @property
    def text(self) -> str:
        """The value as text; raises TypeError if it is not."""
        if not isinstance(self.value, str):
            raise TypeError(f"{self.name} is not text")
        return self.value

    @property
    def day(self) -> date:
        """The value as a calendar day, written YYYY-MM-DD; raises TypeError if it is not one."""
        if self.unit != "day" or not isinstance(self.value, str):
            raise TypeError(f"{self.name} is not a day")
        return date.fromisoformat(self.value)

    @property
    def flag(self) -> bool:
        """The value as yes or no; raises TypeError if it is neither."""
        if not isinstance(self.value, bool):
            raise TypeError(f"{self.name} is not yes or no")
        return self.value

    @property
    def items(self) -> tuple[Plain, ...]:
        """The value as a list; raises TypeError if it is not one."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.name} is not a list")
        return self.value

    @property
    def table(self) -> Mapping[str, Plain]:
        """The value as a table; raises TypeError if it is not one."""
        if not isinstance(self.value, Mapping):
            raise TypeError(f"{self.name} is not a table")
        return self.value

    @property
    def data(self) -> Data:
        """The value as plain lists and tables, for JSON."""
        return as_data(self.value)

    @property
    def source(self) -> str:
        """The citation and its confidence in one line, for an officer to read."""
        where = "; ".join(str(cite) for cite in self.cites)
        mark = "" if self.confidence is Confidence.VERIFIED else f" ({self.confidence.value})"
        return f"{where}{mark}"


@dataclass(frozen=True, slots=True)
class Announced:
    """A change that is known to come. `since` may stand for a day not yet known; `value` likewise."""

    since: date
    value: Plain | None
    cites: tuple[Citation, ...]
    reading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, title, unit and its values in order of date.

    `gaps` are the days on which the parameter ceased, where it did; `announced` is never looked up.
    """

    name: str
    title: str
    unit: str
    values: tuple[Value, ...]
    gaps: tuple[date, ...] = ()
    announced: tuple[Announced, ...] = ()

    @property
    def since(self) -> date | None:
        """The first day on which the parameter is in force; None if it never was."""
        return self.values[0].since if self.values else None

    def on(self, day: date) -> Value:
        """Return the value in force on that day, or raise."""
        if self.since is None or day < self.since:
            raise NotYetInForce(self.name, day, self.since)
        latest = [value for value in self.values if value.since <= day][-1]
        ceased = [gap for gap in self.gaps if latest.since < gap <= day]
        if ceased:
            raise NoLongerInForce(self.name, day, ceased[-1])
        return latest

    def standing(self, day: date) -> Standing:
        """Return how the parameter stands on that day."""
        try:
            value = self.on(day)
        except NotYetInForce:
            return Standing.NOT_YET_IN_FORCE
        except NoLongerInForce:
            return Standing.NO_LONGER_IN_FORCE
        return Standing.NEVER_ENFORCED if value.not_enforced else Standing.IN_FORCE
