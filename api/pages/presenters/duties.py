"""What is due, as a table that leads to the act which clears it."""

from datetime import date

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.words import day, plain, until
from attendance.services.acts import Act
from attendance.services.registry import ACTS
from attendance.store.queries.duties import DutyLine
from attendance.store.queries.made import Page
from rules.roles import Role

_ACTS = {act.name: act for act in ACTS}
_OTHERWISE_NAMED = {"request.send_again": "request.send"}
_OF_CASE = frozenset({"case.close"})
_LAST_RESORTS = ("case.close", ".withdraw", ".cancel")
"""Where these come second, they are looked for on the matter's own page."""
_MOST = 2
_DECIDE = "Read it and decide"


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


def acts_for(one: DutyLine, role: Role) -> tuple[Link, ...]:
    """Return the acts that clear a duty and that the role may perform, the usual one first.

    Where there are many, the matter is read first and the act chosen on its page.
    """
    named = [*one.clears[:1], *(name for name in one.clears[1:] if not name.endswith(_LAST_RESORTS))]
    links = (_link(one, _ACTS.get(_OTHERWISE_NAMED.get(name, name)), role) for name in named)
    found = tuple(link for link in links if link is not None)
    place = paths.matter(one.subject_reference)
    if len(found) > _MOST and place:
        return (Link(_DECIDE, place),)
    if len(named) < len(one.clears) and not place:  # its form says what it is about, and leads to the other
        return tuple(Link(_DECIDE, link.href) for link in found)
    return found


def _link(one: DutyLine, act: Act | None, role: Role) -> Link | None:
    if act is None or role not in act.by:
        return None
    if act.name in _OF_CASE:
        return Link(act.summary, paths.act(act.name, reference=one.case)) if one.case else None
    if "reference" in act.input.model_fields:
        return Link(act.summary, paths.act(act.name, reference=one.subject_reference))
    return Link(act.summary, paths.act(act.name, case=one.subject_reference))


def _row(one: DutyLine, role: Role, on: date) -> tuple[Cell, ...]:
    tag = Tag("Overdue", "red") if one.overdue else Tag("Today", "orange") if one.due_on == on else None
    links = acts_for(one, role)
    where = paths.matter(one.case) if one.case else paths.matter(one.subject_reference)
    waits = f"Waits for: {one.owner or plain(one.owner_role)}"
    return (
        Cell(day(one.due_on), tag=tag, below=until(one.due_on, on)),
        Cell(one.pupil or one.subject_reference, href=where, below=one.school or ""),
        Cell(plain(one.code), below=f"{one.why} ({one.subject_reference})"),
        Cell(links[0].text, href=links[0].href, also=links[1:]) if links else Cell(waits),
    )
