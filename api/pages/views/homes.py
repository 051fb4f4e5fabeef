"""The first pages of those whose work is not the team's due list: schools, legal services and auditors."""

from starlette.responses import Response

from api.pages.guard import Visit
from api.pages.parts import Link, Table
from api.pages.presenters.duties import duties_table
from api.pages.presenters.figures import tiles
from api.pages.presenters.homes import Notice, followed_requests, handed_over, stages_table
from api.pages.presenters.oversight import oversight_table
from api.pages.rendering import show
from api.pages.words import day
from attendance.services.reading.asking import reading
from attendance.services.reading.duties import Wanted, duty_lines
from attendance.services.reading.figures import figures
from attendance.services.reading.notices import notice_to_improve_lines, penalty_notice_lines
from attendance.services.reading.oversight import oversight_lines
from attendance.services.reading.pupils import school_lines
from attendance.services.reading.requests import request_lines
from attendance.services.work import Work
from attendance.store.queries.made import Part
from attendance.store.queries.notices import NoticeFilter
from attendance.store.queries.oversight import Look
from attendance.store.queries.requests import RequestFilter
from rules.roles import Role

_DUE, _LATEST, _NOTICES = 50, 10, 100


def school_home(visit: Visit) -> Response:
    """Show a school what it must do, where its pupils stand, and what became of its requests."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        due = duty_lines(work, Wanted(), Part(_DUE, visit.asked("after")))
        schools = school_lines(work)
        found = figures(work)
        asked = request_lines(work, RequestFilter(), Part(_LATEST, ""))
        notices: tuple[Notice, ...] = (
            *penalty_notice_lines(work, NoticeFilter(), Part(_NOTICES, "")).items,
            *notice_to_improve_lines(work, NoticeFilter(), Part(_NOTICES, "")).items,
        )
    one = schools[0] if len(schools) == 1 else None
    more = Link("All requests", "/requests") if asked.next else None
    return show(
        visit,
        "home_school.html",
        one.name if one else "Your schools’ work",
        today=day(visit.moment.on),
        duties=duties_table(due, visit.actor.role, visit.moment.on, "/?after=", "Due from you"),
        until=day(found.until) if found else "",
        schools=[Link(f"Pupils of {one.name} by stage", f"/schools/{one.urn}") for one in schools],
        tiles=tiles(found, one.urn if one else "") if found else (),
        stages=stages_table(found.pupils, one.urn if one else "") if found else None,
        requests=followed_requests(asked.items, notices, more),
    )


def checking_home(visit: Visit) -> Response:
    """Show those who check what there is to look over, and legal services what was handed over to them."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        tables = (_for_legal if visit.actor.role is Role.LEGAL else _for_auditors)(work, visit)
        late = duty_lines(work, Wanted(overdue=True), Part(_LATEST, ""))
    overdue = duties_table(late, visit.actor.role, visit.moment.on, "/?after=", "Overdue with the team")
    title = "Legal services" if visit.actor.role is Role.LEGAL else "Audit"
    return show(
        visit, "home_checking.html", title, today=day(visit.moment.on), tables=tables, overdue=overdue
    )


def _for_legal(work: Work, visit: Visit) -> tuple[Table, ...]:
    found = penalty_notice_lines(work, NoticeFilter(state="handed_over"), Part(_DUE, ""))
    return (handed_over(found.items, visit.moment.on),)


def _for_auditors(work: Work, _visit: Visit) -> tuple[Table, ...]:
    found = oversight_lines(work, Look.ALL, Part(_LATEST, ""))
    return (oversight_table(found.items, Link("Everything to look over", "/oversight")),)
