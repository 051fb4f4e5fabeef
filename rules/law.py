"""The law as dated data.

- Every value lives in `rules/law/**.yaml` (national) or `rules/policy/<authority>/**.yaml` (a local code of
  conduct); the file's path is the parameter's name.
- Every value carries its citation, its confidence and who checked it when. A file without them is refused.
- A lookup takes a name and a day and returns the value *with its source*, or raises `UnknownParameter`,
  `NotYetInForce`, `NoLongerInForce` or `NotEnforced`; it never answers with nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path

from rules.errors import NoLongerInForce, NotEnforced, NotYetInForce, UnknownParameter, UnknownPolicy
from rules.law_files import FileOfLaw, read_folder

ROOT = Path(__file__).parent
NATION = "england"

Plain = int | str | bool | tuple["Plain", ...] | Mapping[str, "Plain"]


class Confidence(StrEnum):
    """How far a value can be relied on."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


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
    def source(self) -> str:
        """The citation and its confidence in one line, for an officer to read."""
        where = "; ".join(str(cite) for cite in self.cites)
        mark = "" if self.confidence is Confidence.VERIFIED else f" ({self.confidence.value})"
        return f"{where}{mark}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, title, unit and its values in order of date.

    `ceased` is the day the parameter ceased, where it did.
    """

    name: str
    title: str
    unit: str
    values: tuple[Value, ...]
    gaps: tuple[date, ...] = ()

    def on(self, day: date) -> Value:
        """Return the value in force on that day, or raise."""
        if not self.values or day < self.values[0].since:
            first = self.values[0].since if self.values else date.max
            raise NotYetInForce(self.name, day, first)
        latest = [value for value in self.values if value.since <= day][-1]
        ceased = [gap for gap in self.gaps if latest.since < gap <= day]
        if ceased:
            raise NoLongerInForce(self.name, day, ceased[-1])
        return latest


class RuleBook:
    """The national law together with one authority's policy.

    Names given to `law` are relative to the nation (`penalty_notice.threshold_sessions`), names given to
    `policy` relative to the authority (`stages.prevention_above`), so that no code names an authority.
    """

    def __init__(self, parameters: Mapping[str, Parameter], authority: str) -> None:
        self.authority = authority
        self._parameters = parameters

    def law(self, name: str, on: date) -> Value:
        """Return the national value in force on that day, or raise."""
        return self.value(f"{NATION}.{name}", on)

    def policy(self, name: str, on: date) -> Value:
        """Return the authority's value in force on that day, or raise."""
        return self.value(f"{self.authority}.{name}", on)

    def value(self, full_name: str, on: date) -> Value:
        """Return the value of a parameter by its full name, or raise."""
        value = self.parameter(full_name).on(on)
        if value.not_enforced:
            raise NotEnforced(full_name, value.not_enforced)
        return value

    def parameter(self, full_name: str) -> Parameter:
        """Return the parameter with all its values, or raise `UnknownParameter`."""
        if full_name not in self._parameters:
            raise UnknownParameter(full_name)
        return self._parameters[full_name]

    def __iter__(self) -> Iterator[Parameter]:
        return iter(sorted(self._parameters.values(), key=lambda parameter: parameter.name))


def known_policies() -> tuple[str, ...]:
    """Return the names of the authorities whose policy is loaded."""
    return tuple(sorted(folder.name for folder in (ROOT / "policy").iterdir() if folder.is_dir()))


@cache
def rule_book(authority: str) -> RuleBook:
    """Load the national law and the policy of one authority; raises `UnknownPolicy` or `LawFileInvalid`."""
    if authority not in known_policies():
        raise UnknownPolicy(authority, known_policies())
    files = [
        *read_folder(ROOT / "law", prefix=""),
        *read_folder(ROOT / "policy" / authority, prefix=authority),
    ]
    return RuleBook({file.name: _parameter(file) for file in files}, authority)


def _parameter(file: FileOfLaw) -> Parameter:
    in_use = [entry for entry in file.values if not entry.announced]
    starts = [entry.since for entry in in_use]
    values = [
        Value(
            name=file.name,
            title=file.title,
            unit=file.unit,
            value=entry.value,
            since=entry.since,
            until=starts[position + 1] if position + 1 < len(starts) else None,
            cites=tuple(Citation(c.kind, c.instrument, c.provision, c.url) for c in entry.cites),
            confidence=Confidence(entry.confidence),
            checked_on=entry.checked.on,
            checked_by=entry.checked.by,
            reading=entry.reading,
            note=entry.note,
            not_enforced=entry.not_enforced,
        )
        for position, entry in enumerate(in_use)
        if entry.value is not None
    ]
    gaps = tuple(entry.since for entry in in_use if entry.value is None)
    return Parameter(file.name, file.title, file.unit, tuple(values), gaps)
