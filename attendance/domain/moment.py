"""Who acts, and when.

- Nothing below the edges asks for today's date: the moment comes in as an argument.
- An act without a named actor does not exist.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from rules.roles import Role

ENGLAND = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant of an act in UTC, and the calendar day it falls on in England."""

    at_utc: datetime
    on: date

    def __post_init__(self) -> None:
        if self.at_utc.tzinfo is None:
            raise ValueError("the instant of an act must be aware (UTC)")

    @classmethod
    def of(cls, instant: datetime) -> "Moment":
        """Return the moment of an aware instant, with the day it falls on in England."""
        return cls(instant, instant.astimezone(ENGLAND).date())


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the account, the role it acts in, and, for a school's account, the schools it may see.

    `person` is the person in the school's or authority's staff list whom the account belongs to, if any.
    """

    account: str
    role: Role
    schools: frozenset[str] = frozenset()
    person: int | None = None

    def __post_init__(self) -> None:
        if not self.account:
            raise ValueError("an act needs a named actor")

    def may_see(self, school_urn: str) -> bool:
        """Say whether matters of this school are open to the actor."""
        return self.role is not Role.SCHOOL or school_urn in self.schools


def utc_text(instant: datetime) -> str:
    """Write an aware instant as ISO text in UTC to the microsecond, always of the same length.

    Raises ValueError for an instant without a time zone.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware (UTC)")
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@lru_cache(maxsize=4096)
def from_utc_text(text: str) -> datetime:
    """Read what `utc_text` wrote; raises ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    if utc_text(instant) != text:
        raise ValueError(f"{text} is not an instant as it is stored")
    return instant
