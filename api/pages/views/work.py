"""What is due, and finding pupils and matters."""

import re
from collections.abc import Callable

from starlette.responses import Response

from api.pages import paths
from api.pages.access import OFFICERS
from api.pages.guard import Visit, Visiting, page_router
from api.pages.parts import Cell, Link, Tab, Table
from api.pages.presenters.duties import duties_table
from api.pages.rendering import show
from api.pages.views.homes import checking_home, school_home
from api.pages.words import day
from attendance.domain.errors import NotFound
from attendance.services.reading.asking import reading
from attendance.services.reading.choices import about_matter
from attendance.services.reading.duties import Wanted, duty_lines
from attendance.services.reading.letters import whole_letter
from attendance.services.reading.notices import payment_line
from attendance.services.reading.pupils import find_pupils, school_lines
from attendance.services.work import Work
from attendance.store.queries.made import Part
from rules.roles import Role

router = page_router()

_SHOWN = 50
_FOUND = 50
_REFERENCE = re.compile(r"(C|RQ|NTI|PN|LT|PY)-[0-9]{4}-[0-9]{6}")
_READ: dict[str, Callable[[Work, str], object]] = {"LT": whole_letter, "PY": payment_line}
"""Matters that are found by a question of their own, which knows who may see them."""


@router.get("/", name="page.home")
def home(visit: Visiting) -> Response:
    """Show what is due: one's own, the team's or one school's; others have first pages of their own."""
    if visit.actor.role is Role.SCHOOL:
        return school_home(visit)
    if visit.actor.role not in OFFICERS:
        return checking_home(visit)
    mine = _whose(visit) == "mine"
    school, overdue = visit.asked("school"), visit.asked("overdue") == "yes"
    wanted = Wanted(mine=mine and not school, school=school or None, overdue=overdue)
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = duty_lines(work, wanted, Part(_SHOWN, visit.asked("after")))
        schools = school_lines(work)
    more = paths.with_query("/", whose=visit.asked("whose"), school=school, overdue=visit.asked("overdue"))
    names = {one.urn: one.name for one in schools}
    return show(
        visit,
        "home.html",
        "Work that is due",
        tabs=_tabs(visit, school),
        duties=duties_table(found, visit.actor.role, visit.moment.on, _joined(more), _caption(names, wanted)),
        schools=[{"value": one.urn, "text": one.name, "selected": one.urn == school} for one in schools],
        overdue=overdue,
        whose=visit.asked("whose"),
        today=day(visit.moment.on),
        mine=wanted.mine,
        narrowed=bool(school) or overdue,
    )


@router.get("/search", name="page.search")
def search(visit: Visiting) -> Response:
    """Find pupils by name, UPN or the reference of a matter."""
    text = visit.asked("q").strip()
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = find_pupils(work, text, _FOUND) if text else ()
        matter = _matter(work, text.upper())
    if found:
        visit.looked()
    rows = tuple(
        (
            Cell(one.name, href=paths.pupil(one.id)),
            Cell(day(one.date_of_birth)),
            Cell(one.upn),
            Cell(one.school or "On no roll"),
            Cell(one.year_group),
        )
        for one in found
    )
    table = Table(
        f"Pupils found for “{text}”",
        ("Name", "Born", "UPN", "School", "Year"),
        rows,
        "Nobody was found. Try the surname alone, the beginning of the UPN, or a reference such as "
        "PN-2025-000012.",
    )
    return show(visit, "search.html", "Find a pupil", text=text, found=table if text else None, matter=matter)


def _matter(work: Work, reference: str) -> Link | None:
    """Return where the matter of that reference is, unless there is none or it is not theirs to see."""
    if not _REFERENCE.fullmatch(reference):
        return None
    read = _READ.get(reference.partition("-")[0], about_matter)
    try:
        read(work, reference)
    except NotFound:
        return None
    return Link(f"Open {reference}", paths.matter(reference))


def _whose(visit: Visit) -> str:
    """Return whose work is asked for; a senior officer begins with the whole team's."""
    usual = "all" if visit.actor.role is Role.SENIOR_OFFICER else "mine"
    return visit.asked("whose") or usual


def _caption(names: dict[str, str], wanted: Wanted) -> str:
    when = "Overdue" if wanted.overdue else "Due"
    if wanted.school:
        if wanted.school not in names:
            raise NotFound("school", wanted.school)
        return f"{when} at {names[wanted.school]}"
    return f"{when} in your name" if wanted.mine else when


def _tabs(visit: Visit, school: str) -> tuple[Tab, ...]:
    whose = "" if school else _whose(visit)
    return (
        Tab("Mine", "/?whose=mine", current=whose == "mine"),
        Tab("The whole team’s", "/?whose=all", current=whose == "all"),
    )


def _joined(path: str) -> str:
    return path + ("&" if "?" in path else "?") + "after="
