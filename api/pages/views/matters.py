"""Lists and pages of cases, requests and notices."""

from starlette.responses import Response

from api.pages import paths
from api.pages.guard import Visit, Visiting, page_router
from api.pages.lists import more_of, part_of
from api.pages.parts import Link, Tab
from api.pages.presenters import history
from api.pages.presenters import matters as shown
from api.pages.presenters.awaiting import awaiting_table
from api.pages.presenters.clocks import improvement_clock, payment_clock
from api.pages.presenters.duties import duties_table
from api.pages.presenters.earlier import earlier_notices_table, notice_checks_table, support_table
from api.pages.presenters.evidence import evidence_table
from api.pages.presenters.pupils import cases_table
from api.pages.presenters.steps import acts_named, steps_shown
from api.pages.rendering import show
from api.pages.words import day
from attendance.services.reading.asking import is_authority, reading
from attendance.services.reading.cases import case_lines, record_of_case, whole_case
from attendance.services.reading.notices import (
    notice_to_improve_lines,
    penalty_notice_lines,
    whole_notice_to_improve,
    whole_penalty_notice,
)
from attendance.services.reading.requests import request_lines, whole_request
from attendance.services.registry import act_named
from attendance.store.queries.cases import CaseFilter
from attendance.store.queries.made import Page
from attendance.store.queries.notices import NoticeFilter
from attendance.store.queries.requests import RequestFilter

router = page_router()

_ON_CASE = ("case.assign", "case.close", "case.reopen")
_ON_PENALTY = ("representation.receive",)


@router.get("/cases", name="page.cases")
def cases(visit: Visiting) -> Response:
    """List the cases, the newest first."""
    mine = visit.asked("whose") == "mine"
    wanted = CaseFilter(state=visit.asked("state") or None, officer=visit.actor.account if mine else None)
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = case_lines(work, wanted, part_of(visit))
    return show(
        visit,
        "list.html",
        "Cases",
        tabs=(
            *_tabs(visit, "/cases", (("All", ""), ("Open", "open"), ("Closed", "closed"))),
            *((Tab("Mine", "/cases?whose=mine", current=mine),) if is_authority(visit.actor) else ()),
        ),
        table=cases_table(found.items, "Cases", more_of(visit, found)),
    )


@router.get("/cases/{reference}", name="page.case")
def case(visit: Visiting, reference: str) -> Response:
    """Show a case with everything in it."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_case(work, reference, decisions=False)
    line = found.case
    visit.looked(pupil=line.pupil_id, reference=reference)
    role = visit.actor.role
    offered = _ON_CASE[:2] if line.state == "open" else _ON_CASE[2:]
    duties = duties_table(Page(found.duties, None), role, visit.moment.on, "", "Due in this case")
    return show(
        visit,
        "case.html",
        f"Case {reference}",
        line=line,
        pupil=paths.pupil(line.pupil_id),
        state=shown.state_tag(line.state),
        opened=day(line.opened_on),
        authority=is_authority(visit.actor),
        record=f"/cases/{reference}/record",
        duties=duties,
        support=support_table(
            found.support, Link("All that is known of the pupil", paths.pupil(line.pupil_id))
        ),
        tables=(
            shown.requests_table(found.requests),
            shown.improvements_table(found.notices_to_improve),
            shown.penalties_table(found.penalty_notices),
            shown.letters_table(found.letters),
            earlier_notices_table(found.earlier_notices, role),
            notice_checks_table(found.notice_checks, role),
        ),
        events=history.case_events(found.record),
        steps=paths.with_query(paths.pupil(line.pupil_id, "steps"), school=line.school_urn),
        acts=(
            *acts_named(offered, role, reference=reference),
            *acts_named(("notice_to_improve.decide", "penalty_notice.decide"), role, case=reference),
        ),
    )


@router.get("/cases/{reference}/record", name="page.case.record")
def record(visit: Visiting, reference: str) -> Response:
    """Show a case's part of the record with the check of each entry, and what its decisions rest on."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = record_of_case(work, reference, part_of(visit))
    visit.looked(pupil=found.case.pupil_id, reference=reference)
    return show(
        visit,
        "case_record.html",
        f"Record of case {reference}",
        back=paths.matter(reference),
        pupil=found.case.pupil,
        table=history.entry_rows(found.entries.items, more_of(visit, found.entries)),
        broken=[f"{one.seq}" for one in found.entries.items if not one.intact],
        decisions=history.decision_events(found.decisions),
    )


@router.get("/requests", name="page.requests")
def requests(visit: Visiting) -> Response:
    """List the requests, the newest first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = request_lines(work, RequestFilter(state=visit.asked("state") or None), part_of(visit))
    states = (
        ("All", ""),
        ("Drafts", "draft"),
        ("To be decided", "requested"),
        ("More information needed", "more_information_needed"),
        ("Accepted", "accepted"),
        ("Refused", "refused"),
        ("Not met", "not_met"),
    )
    tabs = _tabs(visit, "/requests", states)
    table = shown.requests_table(found.items, more_of(visit, found))
    title = "Requests from schools" if is_authority(visit.actor) else "Your requests"
    help_with = ("leave_of_absence", "threshold")
    return show(visit, "list.html", title, tabs=tabs, table=table, help=help_with)


@router.get("/requests/{reference}", name="page.request")
def request(visit: Visiting, reference: str) -> Response:
    """Show a request beside what it must bring, what it lacks, and what can be done with it."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_request(work, reference)
    line = found.request
    visit.looked(pupil=line.pupil_id, reference=reference)
    role = visit.actor.role
    may_give = role in act_named("request.give_evidence").by
    open_to_evidence = may_give and line.state in {"draft", "more_information_needed"}
    return show(
        visit,
        "request.html",
        f"Request {reference}",
        pupil=Link(line.pupil, paths.pupil(line.pupil_id)),
        register=Link("Register", paths.pupil(line.pupil_id, "register")),
        school=line.school,
        facts=shown.request_facts(line),
        missing=shown.lacking(found) if open_to_evidence else found.still_missing,
        open=bool(open_to_evidence),
        anew=shown.anew(line) if may_give and line.state == "draft" else "",
        criteria=shown.criteria_shown(found.criteria),
        parents=shown.named_parents(found),
        evidence=evidence_table(found, reference if open_to_evidence else ""),
        steps=steps_shown(found.steps, reference, role),
        decisions=history.decision_events(found.decisions),
    )


@router.get("/penalty-notices", name="page.penalty_notices")
def penalty_notices(visit: Visiting) -> Response:
    """List the penalty notices, the newest first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        wanted = NoticeFilter(state=visit.asked("state") or None)
        found = penalty_notice_lines(work, wanted, part_of(visit))
    states = (
        ("All", ""),
        ("Prepared", "prepared"),
        ("Issued", "issued"),
        ("Unpaid", "unpaid"),
        ("With the school", "awaiting_school"),
        ("Paid", "paid"),
        ("Withdrawn", "withdrawn"),
    )
    answers = visit.asked("state") == "awaiting_school"
    return show(
        visit,
        "list.html",
        "Penalty Notices",
        help=("penalty_notice", "ladder", "school_answer"),
        tabs=_tabs(visit, "/penalty-notices", states),
        table=awaiting_table(found.items, visit.actor.role, visit.moment.on, more_of(visit, found))
        if answers
        else shown.penalties_table(found.items, more_of(visit, found)),
        beside=(Link("Notices to Improve", "/notices-to-improve"),),
    )


@router.get("/penalty-notices/{reference}", name="page.penalty_notice")
def penalty_notice(visit: Visiting, reference: str) -> Response:
    """Show a penalty notice with its clock, its marks, and what followed."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_penalty_notice(work, reference)
    line = found.notice
    visit.looked(pupil=line.pupil_id, reference=reference)
    role = visit.actor.role
    return show(
        visit,
        "notice.html",
        f"Penalty Notice {reference}",
        help=("penalty_notice", "ladder", "offence_period", "discharge", "school_answer", "withdrawal"),
        clock_terms=("deemed_receipt", "time_limit"),
        pupil=Link(line.pupil, paths.pupil(line.pupil_id)),
        school=line.school,
        facts=shown.penalty_facts(line),
        clock=payment_clock(line, found.clock, visit.moment.on),
        steps=steps_shown(found.steps, reference, role),
        acts=acts_named(_ON_PENALTY, role, reference=reference) if line.issued_on else (),
        tables=(
            shown.sessions_table(found.sessions),
            shown.considerations_table(found.considerations),
            shown.letters_table(found.letters),
            *((shown.payments_table(found.payments),) if is_authority(visit.actor) else ()),
        ),
        representations=history.representation_events(found.representations),
        reviews=history.review_events(found.reviews),
        decisions=history.decision_events(found.decisions),
    )


@router.get("/notices-to-improve", name="page.notices_to_improve")
def notices_to_improve(visit: Visiting) -> Response:
    """List the notices to improve, the newest first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        wanted = NoticeFilter(state=visit.asked("state") or None)
        found = notice_to_improve_lines(work, wanted, part_of(visit))
    states = (
        ("All", ""),
        ("Monitoring", "monitoring"),
        ("Improved", "improved"),
        ("Not improved", "not_improved"),
    )
    return show(
        visit,
        "list.html",
        "Notices to Improve",
        help=("notice_to_improve",),
        tabs=_tabs(visit, "/notices-to-improve", states),
        table=shown.improvements_table(found.items, more_of(visit, found)),
        beside=(Link("Penalty Notices", "/penalty-notices"),),
    )


@router.get("/notices-to-improve/{reference}", name="page.notice_to_improve")
def notice_to_improve(visit: Visiting, reference: str) -> Response:
    """Show a notice to improve with its period and its marks."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_notice_to_improve(work, reference)
    line = found.notice
    visit.looked(pupil=line.pupil_id, reference=reference)
    return show(
        visit,
        "notice.html",
        f"Notice to Improve {reference}",
        help=("notice_to_improve", "early_end", "offence_period"),
        clock_terms=("deemed_receipt",),
        pupil=Link(line.pupil, paths.pupil(line.pupil_id)),
        school=line.school,
        facts=shown.improvement_facts(line),
        clock=improvement_clock(line, found.period, visit.moment.on),
        steps=steps_shown(found.steps, reference, visit.actor.role),
        acts=(),
        tables=(shown.sessions_table(found.sessions), shown.letters_table(found.letters)),
        representations=(),
        reviews=history.review_events(found.reviews),
        decisions=history.decision_events(found.decisions),
    )


def _tabs(visit: Visit, path: str, states: tuple[tuple[str, str], ...]) -> tuple[Tab, ...]:
    asked = "" if visit.asked("whose") else visit.asked("state")
    chosen = not visit.asked("whose")
    return tuple(
        Tab(text, paths.with_query(path, state=state), current=chosen and asked == state)
        for text, state in states
    )
