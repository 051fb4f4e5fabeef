"""What is due, as a table that leads to the act which clears it."""

from datetime import date

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.words import day, plain, until
from attendance.services.registry import ACTS
from attendance.store.queries.duties import DutyLine
from attendance.store.queries.made import Page
from rules.roles import Role

_ACTS = {act.name: act for act in ACTS}
_OTHERWISE_NAMED = {"request.send_again": "request.send"}
_OF_CASE = frozenset({"case.close"})


def duties_table(found: Page[DutyLine], role: Role, on: date, more: str, caption: str) -> Table:
    """Return duties as a table; `more` is where the rest is, without the place it begins at."""
    rest = Link("More that is due", more + found.next) if found.next else None
    return Table(
        caption,
        ("Due", "Pupil", "What and why", "Clear it"),
        tuple(_row(one, role, on) for one in found.items),
        "Nothing is due here. New work appears by itself, the day it arises.",
        more=rest,
    )


def act_for(one: DutyLine, role: Role) -> Link | None:
    """Return the first act that clears a duty and that the role may perform."""
    for named in one.clears:
        act = _ACTS.get(_OTHERWISE_NAMED.get(named, named))
        if act is None or role not in act.by:
            continue
        if act.name in _OF_CASE:
            return Link(act.summary, paths.act(act.name, reference=one.case))
        if "reference" in act.input.model_fields:
            return Link(act.summary, paths.act(act.name, reference=one.subject_reference))
        return Link(act.summary, paths.act(act.name, case=one.subject_reference))
    return None


def _row(one: DutyLine, role: Role, on: date) -> tuple[Cell, ...]:
    tag = Tag("Overdue", "red") if one.overdue else Tag("Today", "orange") if one.due_on == on else None
    link = act_for(one, role)
    where = paths.matter(one.case) if one.case else paths.matter(one.subject_reference)
    waits = "" if link else f"Waits for: {one.owner or plain(one.owner_role)}"
    return (
        Cell(day(one.due_on), tag=tag, below=until(one.due_on, on)),
        Cell(one.pupil or one.subject_reference, href=where, below=one.school or ""),
        Cell(plain(one.code), below=f"{one.why} ({one.subject_reference})"),
        Cell(link.text, href=link.href) if link else Cell(waits),
    )
