"""Checks a record from its first entry to its signed end and names the first bad entry.

- Found: any change of any column, a deleted, inserted or moved entry, a cut-off end, an end written anew.
- A cut end that takes the stored end and every later checkpoint along shows only against a head that was kept
  outside the database.
- Pure: takes entries in order of their number, returns a verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attendance.domain.record.entry import GENESIS, Entry
from attendance.domain.record.seal import Seal

CHECKPOINT_EVERY = 100
"""A checkpoint is signed into the record after every so many entries."""


class Fault(StrEnum):
    """What can be wrong with a record."""

    MISSING = "missing"
    CHANGED = "changed"
    OUT_OF_PLACE = "out_of_place"
    TRUNCATED = "truncated"
    TAIL = "tail"
    SEAL = "seal"
    SEAL_MISSING = "seal_missing"


@dataclass(frozen=True, slots=True)
class Break:
    """The first bad entry: its number, what is wrong, and a sentence that says so."""

    seq: int
    fault: Fault
    message: str


@dataclass(frozen=True, slots=True)
class End:
    """Where a record ends: the number of its last entry (0 while empty) and that entry's hash."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The end of the record as far as it is good, and the first break, if there is one."""

    end: End
    broken: Break | None

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None


START = End(0, GENESIS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the entries are held against: the stored end, the checkpoints, the head and who must have signed.

    `tail` is None where the stored end is gone. `head` is the signed head from outside the database, where
    there is one.
    """

    tail: End | None
    checkpoints: Sequence[Seal]
    head: Seal | None
    public_key: str
    every: int = CHECKPOINT_EVERY


def verify(entries: Iterable[Entry], expected: Expected) -> Verdict:
    """Check the entries, given in order of their number, and return the verdict."""
    unsigned = _unsigned(expected)
    seals = _by_number(expected)
    at = START
    broken = _seal_break(at, seals, expected, needed=False)
    for entry in entries:
        broken = broken or _entry_break(entry, at)
        if broken is not None:
            break
        at = End(entry.seq, entry.hash)
        broken = _seal_break(at, seals, expected, needed=at.seq % expected.every == 0)
    return Verdict(at, _earliest(unsigned, broken or _end_break(at, seals, expected)))


def _earliest(*breaks: Break | None) -> Break | None:
    return min((found for found in breaks if found is not None), key=lambda found: found.seq, default=None)


def _entry_break(entry: Entry, before: End) -> Break | None:
    due = before.seq + 1
    if entry.seq < due:
        return Break(entry.seq, Fault.OUT_OF_PLACE, f"Entry {entry.seq} stands where entry {due} belongs.")
    if entry.seq > due:
        return Break(due, Fault.MISSING, f"Entry {due} is missing; the next one there is entry {entry.seq}.")
    if not _hash_holds(entry):
        return Break(due, Fault.CHANGED, f"Entry {due} is not as it was written: its hash does not fit it.")
    if entry.previous_hash != before.hash:
        return Break(due, Fault.OUT_OF_PLACE, f"Entry {due} does not follow on the entry before it.")
    return None


def _hash_holds(entry: Entry) -> bool:
    try:
        return entry.computed_hash() == entry.hash
    except ValueError:  # a column holds something that no entry can hold
        return False


def _unsigned(expected: Expected) -> Break | None:
    bad = [seal for seal in _seals(expected) if not seal.signed_by(expected.public_key)]
    if not bad:
        return None
    first = min(bad, key=lambda seal: seal.seq)
    return Break(first.seq, Fault.SEAL, f"The signature over the record at entry {first.seq} does not hold.")


def _seals(expected: Expected) -> list[Seal]:
    return [*expected.checkpoints, *([expected.head] if expected.head else [])]


def _by_number(expected: Expected) -> Mapping[int, list[Seal]]:
    seals: defaultdict[int, list[Seal]] = defaultdict(list)
    for seal in _seals(expected):
        seals[seal.seq].append(seal)
    return seals


def _seal_break(
    at: End, seals: Mapping[int, list[Seal]], expected: Expected, *, needed: bool
) -> Break | None:
    if any(seal.hash != at.hash for seal in seals.get(at.seq, ())):
        return Break(
            at.seq,
            Fault.SEAL,
            f"Entry {at.seq} is not the one that was signed: it, or one before it, was replaced.",
        )
    if needed and not any(checkpoint.seq == at.seq for checkpoint in expected.checkpoints):
        return Break(at.seq, Fault.SEAL_MISSING, f"The signed checkpoint at entry {at.seq} is missing.")
    return None


def _end_break(at: End, seals: Mapping[int, list[Seal]], expected: Expected) -> Break | None:
    furthest = max([*seals, expected.tail.seq if expected.tail else 0])
    if furthest > at.seq:
        return Break(
            at.seq + 1,
            Fault.TRUNCATED,
            f"Entry {at.seq + 1} is missing: the record once reached entry {furthest}.",
        )
    if expected.tail is None:
        return Break(at.seq, Fault.TAIL, "The stored end of the record is gone.")
    if expected.tail.seq < at.seq:
        after = expected.tail.seq + 1
        return Break(after, Fault.OUT_OF_PLACE, f"Entry {after} stands after the stored end of the record.")
    if expected.tail.hash != at.hash:
        return Break(at.seq, Fault.TAIL, f"The stored end of the record does not fit entry {at.seq}.")
    return None
