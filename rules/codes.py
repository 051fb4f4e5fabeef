"""Register codes, by the day they were in force.

- One table per era, read from `england.register.codes`; a code means what it meant on the day of the mark.
- A code that is unknown, or not in force on the day, raises; it is never read as absent.

Source: School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), reg. 10; before
19 August 2024 the codes issued under SI 2006/1751.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from rules.errors import CodeNotInForce, UnknownCode
from rules.law import Plain, RuleBook, Value

CODES = "england.register.codes"


class Statistics(StrEnum):
    """What a mark does to the counts. Only the first three make a session possible."""

    ATTENDING = "attending"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    NOT_POSSIBLE = "not_possible"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class RegisterCode:
    """One code as it stood in one era: its meaning and what the statistics do with it."""

    code: str
    meaning: str
    statistics: Statistics


@dataclass(frozen=True, slots=True)
class Era:
    """The codes in force from `since` to `last`, both included, with their source."""

    since: date
    last: date
    codes: Mapping[str, RegisterCode]
    source: Value

    def of(self, statistics: Statistics) -> frozenset[str]:
        """Return the codes of this era that the statistics treat so."""
        return frozenset(code.code for code in self.codes.values() if code.statistics is statistics)


@dataclass(frozen=True, slots=True)
class RegisterCodes:
    """All eras of the register codes, in order of date, without a gap between them."""

    eras: tuple[Era, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """Every code of any era, in the order of first appearance."""
        return tuple(dict.fromkeys(code for era in self.eras for code in era.codes))

    @property
    def since(self) -> date:
        """The first day on which any code was in force."""
        return self.eras[0].since

    def era(self, on: date) -> Era | None:
        """Return the era of that day, or None before the first."""
        return next((era for era in self.eras if era.since <= on <= era.last), None)

    def between(self, first: date, last: date) -> tuple[Era, ...]:
        """Return the eras that hold any day from `first` to `last`."""
        return tuple(era for era in self.eras if era.since <= last and first <= era.last)

    def code(self, code: str, on: date) -> RegisterCode:
        """Return what the code meant on that day.

        Raises:
            UnknownCode: no era knows the code.
            CodeNotInForce: the code exists, but not on that day.
        """
        era = self.era(on)
        if era is not None and code in era.codes:
            return era.codes[code]
        spans = tuple((era.since, era.last) for era in self.eras if code in era.codes)
        if not spans:
            raise UnknownCode(code)
        raise CodeNotInForce(code, on, spans)


def register_codes(book: RuleBook) -> RegisterCodes:
    """Read every era of the register codes from the law's data."""
    values = book.parameter(CODES).values
    return RegisterCodes(
        tuple(
            Era(
                since=value.since,
                last=value.until - timedelta(days=1) if value.until else date.max,
                codes=MappingProxyType(dict(_codes(value.table.items()))),
                source=value,
            )
            for value in values
        )
    )


def _codes(rows: Iterable[tuple[str, Plain]]) -> Iterable[tuple[str, RegisterCode]]:
    for code, row in rows:
        if not isinstance(row, Mapping):
            raise TypeError(f"{CODES}: {code} is not a table")
        yield code, RegisterCode(code, str(row["meaning"]), Statistics(str(row["statistics"])))
