"""What a senior officer looks over: conditions lifted by a reason, late acts, and support that was skipped.

- Three kinds of row in one list, the latest first: decisions with a reason that lifted a condition, duties
  cleared after their day, and penalty notices that no notice to improve came before.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from attendance.domain.errors import BadInput
from attendance.store.queries.made import AnySelect, Page, Part, full_name
from attendance.store.tables.cases import CaseRow, DecisionRow, DutyRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.people import PupilRow, SchoolRow
from attendance.store.tables.reasons import ReasonRow

SUPPORT_CODES = ("support_not_recorded", "early_help_not_offered")
"""Conditions that ask for support first."""


ERASED = "The text of the reason is erased."

Column = InstrumentedAttribute[Any]


class Kind(StrEnum):
    """Which kind of row; rows of one day stand in the order of these words."""

    OVERRIDE = "override"
    LATE = "late"
    NO_NOTICE_TO_IMPROVE = "no_notice_to_improve"


class Look(StrEnum):
    """What is looked for."""

    ALL = ""
    OVERRIDES = "overrides"
    LATE = "late"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class OversightLine:
    """One thing to look over.

    `what` is the act, the duty or the ground; `conditions` what did not hold and `reasons` why it was done
    all the same; `due_on` the day a late act was due.
    """

    kind: Kind
    id: int
    on: date
    case: str | None
    pupil: str
    school: str
    what: str
    by: str
    reference: str = ""
    due_on: date | None = None
    conditions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the last part of the list ended."""

    on: date
    kind: Kind
    id: int

    def after(self, kind: Kind, on: Column, key: Column) -> ColumnElement[bool]:
        """Return the condition for rows of a kind that stand after the place."""
        if kind.value > self.kind.value:
            return on <= self.on
        if kind.value < self.kind.value:
            return on < self.on
        return or_(on < self.on, and_(on == self.on, key < self.id))


def oversight(session: Session, look: Look, part: Part) -> Page[OversightLine]:
    """Return what there is to look over, the latest first."""
    place, found = _place(part.after), list[OversightLine]()
    for source in _SOURCES[look]:
        found += source(session, look, place, part.limit + 1)
    found.sort(key=lambda line: (-line.on.toordinal(), line.kind.value, -line.id))
    shown = found[: part.limit]
    more = f"{shown[-1].on.isoformat()}.{shown[-1].kind}.{shown[-1].id}" if len(found) > part.limit else None
    return Page(tuple(_with_reasons(session, shown)), more)


def _overrides(session: Session, look: Look, place: _Place | None, limit: int) -> Iterator[OversightLine]:
    table = DecisionRow
    wanted = [table.lifted > ""]
    if look is Look.SUPPORT:
        wanted.append(or_(*(table.lifted.contains(f" {code} ") for code in SUPPORT_CODES)))
    if place is not None:
        wanted.append(place.after(Kind.OVERRIDE, table.on, table.id))
    query = select(table, *_WHO).outerjoin(CaseRow, CaseRow.id == table.case_id).where(*wanted)
    for row, *who in session.execute(_named(query).order_by(table.on.desc(), table.id.desc()).limit(limit)):
        finding, lifted = json.loads(row.finding), set(row.lifted.split())
        yield OversightLine(
            Kind.OVERRIDE,
            row.id,
            row.on,
            *_who(who),
            row.act,
            row.decided_by,
            conditions=tuple(unmet["message"] for unmet in finding["unmet"] if unmet["code"] in lifted),
            reasons=tuple(reason["hash"] for reason in finding["reasons"] if reason["code"] in lifted),
        )


def _late(session: Session, _look: Look, place: _Place | None, limit: int) -> Iterator[OversightLine]:
    table = DutyRow
    wanted = [table.cleared_on > table.due_on]
    if place is not None:
        wanted.append(place.after(Kind.LATE, table.cleared_on, table.id))
    query = select(table, *_WHO).outerjoin(CaseRow, CaseRow.id == table.case_id).where(*wanted)
    query = _named(query).order_by(table.cleared_on.desc(), table.id.desc()).limit(limit)
    for row, *who in session.execute(query):
        yield OversightLine(
            Kind.LATE,
            row.id,
            row.cleared_on or row.due_on,
            *_who(who),
            row.code,
            row.owner or row.owner_role,
            row.subject_reference,
            row.due_on,
        )


def _unwarned(session: Session, _look: Look, place: _Place | None, limit: int) -> Iterator[OversightLine]:
    table = PenaltyNoticeRow
    wanted = [table.skip_ground > ""]
    if place is not None:
        wanted.append(place.after(Kind.NO_NOTICE_TO_IMPROVE, table.decided_on, table.id))
    query = select(table, *_WHO).outerjoin(CaseRow, CaseRow.id == table.case_id).where(*wanted)
    query = _named(query).order_by(table.decided_on.desc(), table.id.desc()).limit(limit)
    for row, *who in session.execute(query):
        yield OversightLine(
            Kind.NO_NOTICE_TO_IMPROVE,
            row.id,
            row.decided_on,
            *_who(who),
            row.skip_ground,
            row.decided_by,
            row.reference,
        )


_Source = Callable[[Session, Look, _Place | None, int], Iterator[OversightLine]]
_SOURCES: dict[Look, tuple[_Source, ...]] = {
    Look.ALL: (_overrides, _late, _unwarned),
    Look.OVERRIDES: (_overrides,),
    Look.LATE: (_late,),
    Look.SUPPORT: (_overrides, _unwarned),
}
_WHO = (CaseRow.reference, PupilRow.forename, PupilRow.surname, SchoolRow.name)


def _named(query: AnySelect) -> AnySelect:
    return query.outerjoin(PupilRow, PupilRow.id == CaseRow.pupil_id).outerjoin(
        SchoolRow, SchoolRow.urn == CaseRow.school_urn
    )


def _who(who: Sequence[str | None]) -> tuple[str | None, str, str]:
    case, forename, surname, school = who
    return case, full_name(forename or "", surname or ""), school or ""


def _with_reasons(session: Session, lines: Sequence[OversightLine]) -> Iterator[OversightLine]:
    """Put the texts of reasons in place of their hashes; an erased text says so."""
    hashes = {digest for line in lines for digest in line.reasons}
    query = select(ReasonRow.hash, ReasonRow.text).where(ReasonRow.hash.in_(hashes))
    texts: dict[str, str] = dict(session.execute(query).all()) if hashes else {}
    for line in lines:
        yield replace(line, reasons=tuple(texts.get(digest, ERASED) for digest in line.reasons))


def _place(after: str) -> _Place | None:
    if not after:
        return None
    try:
        on, kind, key = after.split(".")
        return _Place(date.fromisoformat(on), Kind(kind), int(key))
    except ValueError as error:
        raise BadInput("`after` is not a place in this list. Give what `next` said.") from error
