"""How marks stand packed in a batch: columns, sorted, without the repetitions, compressed.

- Cells are sorted by pupil, day and session, and no cell stands twice.
- A packed batch holds each pupil once with the count of its marks, then one byte a mark for the session
  (counted from the batch's first day) and two bytes a mark for the code, all little-endian, then zlib.
- A batch spans at most 128 days, because the session is one byte.
- What is packed is unpacked equal; anything else raises `BrokenIntegrity`.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attendance.domain.errors import BrokenIntegrity
from attendance.domain.registers import Session

EPOCH = date(1970, 1, 1)
SESSIONS = (Session.AM, Session.PM)
MAX_DAYS = 128
_HEADER = struct.Struct("<4sHII")
_FORMAT = b"REG1"
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Cells:
    """Marks of one school as parallel arrays: pupil, day (days since 1970), session (0 AM, 1 PM), code.

    A code is its two ASCII bytes as one little-endian number; the second is zero for codes of one character.
    """

    pupil: NDArray[np.int32]
    day: NDArray[np.uint16]
    session: NDArray[np.uint8]
    code: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.pupil)

    @property
    def keys(self) -> NDArray[np.int64]:
        """One number a cell, in the order of pupil, day and session."""
        return (
            (self.pupil.astype(np.int64) << 17)
            | (self.day.astype(np.int64) << 1)
            | self.session.astype(np.int64)
        )

    def take(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "Cells":
        """Return the chosen cells, by mask or by position."""
        return Cells(self.pupil[chosen], self.day[chosen], self.session[chosen], self.code[chosen])

    def between(self, since: date, until: date) -> "Cells":
        """Return the cells of the days from `since` to `until`, both included."""
        chosen = (self.day >= days(since)) & (self.day <= days(until))
        return self if bool(chosen.all()) else self.take(chosen)

    def sorted(self) -> "Cells":
        """Return the cells in the order of pupil, day and session."""
        keys = self.keys
        if bool(np.all(keys[1:] > keys[:-1])):
            return self
        return self.take(np.argsort(keys, kind="stable"))


NO_CELLS = Cells(np.empty(0, np.int32), np.empty(0, np.uint16), np.empty(0, np.uint8), np.empty(0, np.uint16))


@dataclass(frozen=True, slots=True)
class Detail:
    """What a school noted beside a mark; empty where it noted nothing."""

    minutes_late: str = ""
    comment: str = ""
    recorded_at: str = ""
    recorded_by: str = ""


def days(day: date) -> int:
    """Return a day as the number of days since 1970-01-01; raises OverflowError outside 1970 to 2149."""
    number = (day - EPOCH).days
    if not 0 <= number < 2**16:
        raise OverflowError(f"{day} cannot stand in a register")
    return number


@lru_cache(maxsize=4096)
def day_of(number: int) -> date:
    """Return the day of a number of days since 1970-01-01."""
    return EPOCH + timedelta(days=number)


def code_number(code: str) -> int:
    """Return a register code as the number that stands in `Cells.code`."""
    raw = code.encode("ascii")
    if not 1 <= len(raw) <= 2:
        raise ValueError(f"a register code has one or two characters: {code!r}")
    return int.from_bytes(raw, "little")


@lru_cache(maxsize=4096)
def code_text(number: int) -> str:
    """Return the register code of a number that stands in `Cells.code`."""
    return int(number).to_bytes(2, "little").rstrip(b"\0").decode("ascii")


def join(parts: Iterable[Cells]) -> Cells:
    """Return the cells of all parts, one after the other."""
    some = [part for part in parts if len(part)]
    if not some:
        return NO_CELLS
    if len(some) == 1:
        return some[0]
    return Cells(
        np.concatenate([part.pupil for part in some]),
        np.concatenate([part.day for part in some]),
        np.concatenate([part.session for part in some]),
        np.concatenate([part.code for part in some]),
    )


def pack(cells: Cells) -> bytes:
    """Pack sorted cells; raises ValueError if there are none, they span too many days or are out of order."""
    if not len(cells):
        raise ValueError("a batch holds at least one mark")
    base = int(cells.day.min())
    if int(cells.day.max()) - base >= MAX_DAYS:
        raise ValueError(f"a batch spans at most {MAX_DAYS} days")
    keys = cells.keys
    if not bool(np.all(keys[1:] > keys[:-1])):
        raise ValueError("the marks of a batch are sorted by pupil, day and session, each once")
    pupils, counts = np.unique(cells.pupil, return_counts=True)
    slots = ((cells.day - np.uint16(base)).astype(np.uint8) << 1) | cells.session
    body = b"".join(
        (
            _HEADER.pack(_FORMAT, base, len(pupils), len(cells)),
            pupils.astype("<i4").tobytes(),
            counts.astype("<u2").tobytes(),
            slots.tobytes(),
            cells.code.astype("<u2").tobytes(),
        )
    )
    return zlib.compress(body, _LEVEL)


@dataclass(frozen=True, slots=True)
class Packed:
    """The columns of one packed batch as they stand: each pupil once, with the count of its marks."""

    base: int
    pupils: NDArray[np.int32]
    counts: NDArray[np.uint16]
    slots: NDArray[np.uint8]
    codes: NDArray[np.uint16]

    def cells(self) -> Cells:
        """Return all marks of the batch."""
        return Cells(np.repeat(self.pupils, self.counts), self.days(), self.slots & np.uint8(1), self.codes)

    def days(self) -> NDArray[np.uint16]:
        """Return the day of each mark."""
        return (self.slots >> np.uint8(1)).astype(np.uint16) + np.uint16(self.base)

    def marks_of(self, pupil_id: int) -> Iterator[tuple[date, Session, str]]:
        """Yield the day, session and code of each mark of one pupil, in order.

        A year is some 190 batches with two marks each: for so few, plain numbers are quicker than arrays.
        """
        place = int(self.pupils.searchsorted(pupil_id))
        if place == len(self.pupils) or int(self.pupils[place]) != pupil_id:
            return
        start = int(self.counts[:place].sum(dtype=np.int64))
        part = slice(start, start + int(self.counts[place]))
        for slot, code in zip(self.slots[part].tolist(), self.codes[part].tolist(), strict=True):
            yield day_of(self.base + (slot >> 1)), SESSIONS[slot & 1], code_text(code)


def open_packed(blob: bytes) -> Packed:
    """Return the columns of a packed batch; raises `BrokenIntegrity` if it is not as it was packed."""
    try:
        body = zlib.decompress(blob)
        form, base, pupils, count = _HEADER.unpack_from(body)
    except (zlib.error, struct.error) as error:
        raise BrokenIntegrity(_BROKEN) from error
    if form != _FORMAT or len(body) != _HEADER.size + pupils * 6 + count * 3:
        raise BrokenIntegrity(_BROKEN)
    at = _HEADER.size
    ids = np.frombuffer(body, "<i4", pupils, at)
    counts = np.frombuffer(body, "<u2", pupils, at := at + pupils * 4)
    slots = np.frombuffer(body, np.uint8, count, at := at + pupils * 2)
    codes = np.frombuffer(body, "<u2", count, at + count)
    if int(counts.sum(dtype=np.int64)) != count:
        raise BrokenIntegrity(_BROKEN)
    return Packed(base, ids, counts, slots, codes)


def unpack(blob: bytes) -> Cells:
    """Return the cells that were packed; raises `BrokenIntegrity` if the batch is not as it was packed."""
    return open_packed(blob).cells()


def override(cells: Cells, corrections: Iterable[Cells]) -> tuple[Cells, int]:
    """Put the codes of later corrections in place of those of sorted cells, the last correction winning.

    Returns:
        the cells, and how many marks of the corrections were found among them.
    """
    parts = [part for part in corrections if len(part)]
    if not parts or not len(cells):
        return cells, 0
    keys, codes, found = cells.keys, cells.code.copy(), 0
    for part in parts:
        wanted = part.keys
        places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        here = keys[places] == wanted
        codes[places[here]] = part.code[here]
        found += int(np.count_nonzero(here))
    return Cells(cells.pupil, cells.day, cells.session, codes), found


def pack_details(details: dict[int, Detail]) -> bytes | None:
    """Pack what was noted beside marks, by the mark's place in the batch; None where nothing was noted."""
    if not details:
        return None
    rows = [
        [place, note.minutes_late, note.comment, note.recorded_at, note.recorded_by]
        for place, note in sorted(details.items())
    ]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def unpack_details(blob: bytes | None) -> dict[int, Detail]:
    """Return what was noted beside marks, by the mark's place in the batch."""
    if blob is None:
        return {}
    return {int(place): Detail(*texts) for place, *texts in json.loads(zlib.decompress(blob))}


_BROKEN = "A batch of marks is not as it was written. Restore the database from a backup."
