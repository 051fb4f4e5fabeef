"""One entry of the record, and its hash.

- An entry is held exactly as it is stored: what is hashed is what a reader of the table sees.
- Its hash is SHA-256 over the canonical JSON (RFC 8785) of every column but the hash itself. Empty columns
  are left out, so that a column added later does not change the hash of an earlier entry.
- The hash covers the hash of the entry before it; the first entry follows `GENESIS`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from hashlib import sha256

from attendance.domain.record.errors import SubjectInvalid

GENESIS = "0" * 64
"""What the first entry names as the hash before it."""

_STEP = re.compile(r"[a-z][a-z_]*")
_URN = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an act is about: database keys, a school by its URN, and one step or thing by kind and key.

    Example: `Subject(case=12, pupil=3, adult=4, school="100001", step="penalty_notice", step_id=7)`.
    """

    case: int | None = None
    pupil: int | None = None
    adult: int | None = None
    school: str | None = None
    step: str | None = None
    step_id: int | None = None

    def __post_init__(self) -> None:
        if (self.step is None) is not (self.step_id is None):
            raise SubjectInvalid("a step is named by its kind and its id together")
        if self.step is not None and not _STEP.fullmatch(self.step):
            raise SubjectInvalid(f"{self.step} is not a kind of step")
        if self.school is not None and not _URN.fullmatch(self.school):
            raise SubjectInvalid("a school is named by the six digits of its URN")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the record as stored. Instants and days are ISO text, the payload canonical JSON text.

    `wrote` says what the act left in the rows of the tables, as canonical JSON text.
    """

    seq: int
    at_utc: str
    on_day: str
    actor: str
    role: str
    person_id: int | None
    event: str
    case_id: int | None
    pupil_id: int | None
    adult_id: int | None
    school_urn: str | None
    step: str | None
    step_id: int | None
    payload: str
    wrote: str | None = None
    previous_hash: str
    hash: str = ""

    def computed_hash(self) -> str:
        """Return the SHA-256 of the entry in hexadecimal; raises ValueError where one cannot be made."""
        said = {column: value for column in HASHED_COLUMNS if (value := getattr(self, column)) is not None}
        return sha256(_canonical(said)).hexdigest()

    def hashed(self) -> "Entry":
        """Return the entry with its hash filled in."""
        return replace(self, hash=self.computed_hash())


def _canonical(said: Mapping[str, str | int]) -> bytes:
    """Write texts and whole numbers under plain names as RFC 8785 does, in a tenth of a library's time."""
    if any(isinstance(value, bool) or not isinstance(value, str | int) for value in said.values()):
        raise ValueError("a column holds neither text nor a whole number")
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


COLUMNS = tuple(column.name for column in fields(Entry))
HASHED_COLUMNS = tuple(column for column in COLUMNS if column != "hash")
