"""What a register file would change: which marks are new, which replace others, which stand already.

- Marks of a pupil or school that is not known, or of a school that is not the sender's, refuse the file.
- A mark outside the pupil's enrolment at the school refuses a school's file and is pointed out in an
  officer's, unless its code says that the pupil was not expected at all.
- A mark that replaces another needs a reason, from the row or for the whole import.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attendance.domain.registers import BatchKind, MarkChange
from attendance.store.people import Spell
from attendance.store.register_codec import SESSIONS, Cells, Detail, code_number, code_text, day_of
from attendance.store.register_writing import NewMarks

EVIDENCE = ("minutes_late", "comment", "recorded_at", "recorded_by")


@dataclass(frozen=True, slots=True)
class Incoming:
    """The marks of files as columns: school and pupil by place in their lists, the rest as `Cells` has it.

    `details` are what was noted beside a row, by row.
    """

    urns: tuple[str, ...]
    upns: tuple[str, ...]
    school: NDArray[np.uint16]
    pupil: NDArray[np.uint32]
    day: NDArray[np.uint16]
    session: NDArray[np.uint8]
    code: NDArray[np.uint16]
    details: Mapping[int, Detail]


@dataclass(frozen=True, slots=True)
class SchoolPart:
    """The marks of one school with the pupils' ids, sorted, and the row each came from."""

    urn: str
    cells: Cells
    rows: NDArray[np.int64]


@dataclass(slots=True)
class Difference:
    """What the files would change."""

    marks: list[NewMarks] = field(default_factory=list)
    corrections: list[MarkChange] = field(default_factory=list)
    rows_without_reason: list[int] = field(default_factory=list)
    added: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Reasons:
    """Who changes marks, when, and why where a row does not say so itself."""

    actor: str
    known_at_utc: datetime
    reason: str


def incoming(marks: pl.DataFrame) -> Incoming:
    """Turn a frame of marks, as the reader of register files gives it, into columns."""
    urns, school = _places(marks["school_urn"])
    upns, pupil = _places(marks["upn"])
    codes, code = _places(marks["code"])
    numbers = np.array([code_number(text) for text in codes], dtype=np.uint16)
    sessions, session = _places(marks["session"])
    halves = np.array([SESSIONS.index(text) for text in sessions], dtype=np.uint8)
    return Incoming(
        urns=urns,
        upns=upns,
        school=school.astype(np.uint16),
        pupil=pupil,
        day=marks["date"].to_physical().to_numpy().astype(np.uint16),
        session=halves[session],
        code=numbers[code],
        details=_details(marks),
    )


def parts(marks: Incoming, pupil_ids: NDArray[np.int32]) -> Iterator[SchoolPart]:
    """Part the marks by school, in order of URN, with the ids of the pupils in place of their numbers."""
    order = _by_school(marks.school)
    bounds = np.searchsorted(
        marks.school[order] if order is not None else marks.school, range(len(marks.urns) + 1)
    )
    for place in sorted(range(len(marks.urns)), key=lambda place: marks.urns[place]):
        chosen = slice(int(bounds[place]), int(bounds[place + 1]))
        rows = np.arange(chosen.start, chosen.stop) if order is None else order[chosen]
        taken = chosen if order is None else rows
        cells = Cells(
            pupil_ids[marks.pupil[taken]], marks.day[taken], marks.session[taken], marks.code[taken]
        )
        keys = cells.keys
        if not bool(np.all(keys[1:] > keys[:-1])):
            by_key = np.argsort(keys, kind="stable")
            cells, rows = cells.take(by_key), rows[by_key]
        yield SchoolPart(marks.urns[place], cells, rows)


def add_difference(
    difference: Difference, part: SchoolPart, there: Cells, details: Mapping[int, Detail], why: Reasons
) -> None:
    """Add to the difference what one school's marks change against the marks that are there."""
    before = _code_there(part.cells, there)
    new = before == 0
    same = before == part.cells.code
    difference.unchanged += int(np.count_nonzero(same))
    difference.added += int(np.count_nonzero(new))
    if new.any():
        difference.marks.append(_marks(part, BatchKind.FIRST, new, details))
    other = ~(new | same)
    if other.any():
        difference.marks.append(_marks(part, BatchKind.CORRECTION, other, details))
        _add_corrections(difference, part, np.flatnonzero(other), before, details, why)


def outside_enrolment(
    part: SchoolPart, spells: Iterable[Spell], not_expected: NDArray[np.uint16]
) -> Iterator[tuple[int, int]]:
    """Yield for each pupil with marks outside the enrolment the first such row, and how many they are.

    Args:
        part: the marks of one school.
        spells: who was on this school's roll, and when.
        not_expected: the codes that say that the pupil was not expected.
    """
    on_roll: dict[int, list[tuple[int, int]]] = {}
    for spell in spells:
        last = _FOR_EVER if spell.until is None else _number(spell.until)
        on_roll.setdefault(spell.pupil_id, []).append((_number(spell.since), last))
    pupils, starts = np.unique(part.cells.pupil, return_index=True)
    ends = np.append(starts[1:], len(part.cells))
    firsts, lasts = part.cells.day[starts].tolist(), part.cells.day[ends - 1].tolist()
    for place, pupil in enumerate(pupils.tolist()):
        enrolled = on_roll.get(pupil, [])
        if any(since <= firsts[place] and lasts[place] <= until for since, until in enrolled):
            continue
        start, end = int(starts[place]), int(ends[place])
        days = part.cells.day[start:end].astype(np.int64)
        outside = ~np.isin(part.cells.code[start:end], not_expected)
        for since, until in enrolled:
            outside &= (days < since) | (days > until)
        found = np.flatnonzero(outside)
        if len(found):
            yield int(part.rows[start + found[0]]), len(found)


_FOR_EVER = 2**31
_EPOCH = date(1970, 1, 1).toordinal()


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH


def _places(column: pl.Series) -> tuple[tuple[str, ...], NDArray[np.uint32]]:
    different = column.unique(maintain_order=True)
    numbers = different.to_physical().to_numpy()
    place_of = np.zeros(int(numbers.max()) + 1, dtype=np.uint32)
    place_of[numbers] = np.arange(len(numbers), dtype=np.uint32)
    texts = tuple(different.cast(pl.String).to_list())
    return texts, place_of[column.to_physical().to_numpy()]


def _by_school(school: NDArray[np.uint16]) -> NDArray[np.int64] | None:
    if bool(np.all(school[1:] >= school[:-1])):
        return None
    return np.argsort(school, kind="stable")


def _details(marks: pl.DataFrame) -> dict[int, Detail]:
    noted = [name for name in EVIDENCE if name in marks.columns and marks[name].null_count() < marks.height]
    if not noted:
        return {}
    rows = marks.select(pl.int_range(pl.len()).alias("row"), *noted).filter(
        pl.any_horizontal(pl.col(name).is_not_null() for name in noted)
    )
    return {
        int(row["row"]): Detail(**{name: row[name] or "" for name in noted})
        for row in rows.iter_rows(named=True)
    }


def _code_there(cells: Cells, there: Cells) -> NDArray[np.uint16]:
    if not len(there):
        return np.zeros(len(cells), dtype=np.uint16)
    keys, wanted = there.keys, cells.keys
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, there.code[places], np.uint16(0))


def _marks(
    part: SchoolPart, kind: BatchKind, chosen: NDArray[np.bool_], details: Mapping[int, Detail]
) -> NewMarks:
    noted: dict[int, Detail] = {}
    if details:
        rows = part.rows[chosen].tolist()
        noted = {place: details[row] for place, row in enumerate(rows) if row in details}
    return NewMarks(part.urn, kind, part.cells.take(chosen), noted)


def _add_corrections(
    difference: Difference,
    part: SchoolPart,
    places: NDArray[np.int64],
    before: NDArray[np.uint16],
    details: Mapping[int, Detail],
    why: Reasons,
) -> None:
    for place in places.tolist():
        detail = details.get(int(part.rows[place]), _NOTHING)
        reason = detail.comment or why.reason
        if not reason:
            difference.rows_without_reason.append(int(part.rows[place]))
        difference.corrections.append(
            MarkChange(
                pupil_id=int(part.cells.pupil[place]),
                school_urn=part.urn,
                day=day_of(int(part.cells.day[place])),
                session=SESSIONS[int(part.cells.session[place])],
                before=code_text(int(before[place])),
                after=code_text(int(part.cells.code[place])),
                known_at_utc=why.known_at_utc,
                changed_by=detail.recorded_by or why.actor,
                reason=reason,
            )
        )


_NOTHING = Detail()
