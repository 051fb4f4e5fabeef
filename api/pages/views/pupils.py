"""One pupil: everything that is known, counted and in hand, and the year's register."""

from collections.abc import Mapping
from datetime import date

from starlette.responses import Response

from api.pages import paths
from api.pages.guard import Visit, Visiting, page_router
from api.pages.keys import PupilId
from api.pages.parts import Link
from api.pages.presenters.prospects import parents_shown
from api.pages.presenters.pupils import (
    cases_table,
    early_help_table,
    enrolment_facts,
    identity,
    parents_table,
    standing_shown,
    support_events,
)
from api.pages.presenters.register import calendar_of, history_events, key_of, months_table
from api.pages.presenters.steps import acts_named
from api.pages.rendering import show
from attendance.domain.errors import BadInput, NotFound
from attendance.domain.steps.case import CaseState
from attendance.services.reading.asking import reading
from attendance.services.reading.prospects import prospects_of
from attendance.services.reading.pupils import PupilSeen, WholePupil, pupil_seen, school_names, whole_pupil
from attendance.services.reading.register import mark_history, register_year
from attendance.services.reading.trend import trends_of
from letters.formats import weekday

router = page_router()

_ALWAYS = (
    "support.record",
    "early_help.record",
    "letter.first_concern",
    "request.make",
    "case.open",
    "notice_to_improve.decide",
    "penalty_notice.decide",
    "notice_check.ask",
    "earlier_notice.record",
)
_BEFORE = ("support.record", "early_help.record", "notice_check.ask", "earlier_notice.record")


@router.get("/pupils/{pupil_id}", name="page.pupil")
def pupil(visit: Visiting, pupil_id: PupilId) -> Response:
    """Show a pupil."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_pupil(work, pupil_id)
        schools = school_names(work, found.enrolments)
        trends = trends_of(work, found)
    visit.looked(pupil=pupil_id)
    return show(
        visit,
        "pupil.html",
        f"{found.forename} {found.surname}",
        identity=identity(found, schools, visit.moment.on, tab="", role=visit.actor.role),
        standing=[standing_shown(one, found, schools, trends) for one in found.standing],
        parents=parents_table(found),
        enrolments=enrolment_facts(found, schools),
        support=support_events(found),
        early_help=early_help_table(found),
        cases=cases_table(found.cases, "Cases"),
        acts=acts_named(_acts_on(found), visit.actor.role, pupil_id=pupil_id),
    )


@router.get("/pupils/{pupil_id}/register", name="page.pupil.register")
def register(visit: Visiting, pupil_id: PupilId) -> Response:
    """Show a pupil's register of this academic year, and the history of one day's marks where asked."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = pupil_seen(work, pupil_id)
        schools = school_names(work, found.enrolments)
        urn = _chosen(visit, found, schools)
        year = register_year(work, pupil_id, urn)
        asked = _day(visit.asked("day"))
        history = mark_history(work, pupil_id, urn, asked) if asked else ()
    visit.looked(pupil=pupil_id)
    here = paths.with_query(paths.pupil(pupil_id, "register"), school=urn)
    return show(
        visit,
        "register.html",
        f"Register: {found.forename} {found.surname}",
        identity=identity(found, schools, visit.moment.on, tab="register", role=visit.actor.role),
        school=schools[urn],
        others=_others(paths.pupil(pupil_id, "register"), schools, urn),
        months=calendar_of(year, here),
        key=key_of(year),
        corrected=any(mark.corrected for mark in year.marks),
        trend=months_table(year.months),
        asked=weekday(asked) if asked else "",
        history=history_events(history),
    )


@router.get("/pupils/{pupil_id}/steps", name="page.pupil.steps")
def steps(visit: Visiting, pupil_id: PupilId) -> Response:
    """Show what could be decided for a pupil today, and what stands in the way."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = pupil_seen(work, pupil_id)
        schools = school_names(work, found.enrolments)
        urn = _chosen(visit, found, schools)
        parents = prospects_of(work, pupil_id, urn)
    visit.looked(pupil=pupil_id)
    role = visit.actor.role
    return show(
        visit,
        "pupil_steps.html",
        f"Steps: {found.forename} {found.surname}",
        identity=identity(found, schools, visit.moment.on, tab="steps", role=role),
        school=schools[urn],
        others=_others(paths.pupil(pupil_id, "steps"), schools, urn),
        parents=parents_shown(parents, pupil_id, urn, role),
        acts=acts_named(_BEFORE, role, pupil_id=pupil_id),
    )


def _acts_on(found: WholePupil) -> tuple[str, ...]:
    """Leave out opening a case where each school that has the pupil has one open."""
    schools = {one.school_urn for one in found.enrolments if one.until is None}
    open_at = {one.school_urn for one in found.cases if one.state == CaseState.OPEN.value}
    return tuple(name for name in _ALWAYS if name != "case.open" or not schools <= open_at)


def _chosen(visit: Visit, found: PupilSeen, schools: Mapping[str, str]) -> str:
    """Return the school that is asked for, the latest one where none is; raises `NotFound` for another."""
    urn = visit.asked("school") or next((e.school_urn for e in reversed(found.enrolments)), "")
    if urn not in schools:
        raise NotFound("school", urn)
    return urn


def _others(path: str, schools: Mapping[str, str], urn: str) -> tuple[Link, ...]:
    return tuple(
        Link(name, paths.with_query(path, school=other)) for other, name in schools.items() if other != urn
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("That is not a day.") from error
