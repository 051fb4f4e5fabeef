"""What a school asks for: a request that becomes two notices, and one that lacks evidence."""

import re
from datetime import date

from tests.support import casework as c
from tests.support import world as w
from tests.support.hands import paper

ASKED, REVIEWED, PAID = date(2024, 11, 14), date(2024, 12, 20), date(2025, 1, 6)
NAMED = {"name": "Jo Marsh", "address": "1 Mill Lane, Aldermere, AM1 1AA"}


def absent_again(store):
    """The child is away in the first week of November and, with a notice running, in that of December."""
    world = w.build(store)
    c.register(world, *c.ABSENT, *w.school_days(date(2024, 12, 2), 5))
    c.support(world, c.SUPPORTED)
    c.earlier_notices_asked(world, REVIEWED, world.mother)
    return world


def holiday(store):
    """A family was away for the first week of November, and the child returned on the 11th."""
    world = w.build(store)
    c.register(world, *c.ABSENT, code="G")
    return world


def ask(school, world, kind, **more):
    """Find the pupil, ask for a notice, and return the request's reference."""
    school.find("Marsh")
    school.follow("Ada Marsh")
    mother = {"parents": [str(world.mother)], f"parents-{world.mother}": NAMED}
    absence = {"absent_from": c.ABSENT[0], "absent_until": c.ABSENT[4]}
    school.do("Make a draft of a request for a notice", kind=kind, **absence, **mother, **more)
    return school.reference


def considered(*questions):
    """Return an answer to each question, with why."""
    return {
        key: value
        for name in questions
        for key, value in ((name, "yes"), (f"{name}-why", "Considered at the case meeting."))
    }


def test_a_request_becomes_a_notice_to_improve_then_a_penalty_notice_and_is_paid(at_desk):
    office = at_desk(absent_again, ASKED)
    school, officer = office.sign_in("school.one"), office.sign_in("officer.one")
    request = ask(school, office.world, "irregular")
    school.do("Send a request to the authority")
    assert "Requested" in school.words

    office.on = c.DECIDED
    officer.open("/?whose=all")
    assert "Ada Marsh" in officer.row(request)
    officer.follow("Read it and decide", of=request)
    officer.do("Accept a school's request", answer="Support was offered and the absence goes on.")
    improvement = warn(office, officer, request)

    office.on = REVIEWED
    officer.open("/")
    officer.follow("Review a notice by the register when its period is over", of=improvement)
    assert "not improved" in officer.complete().lower()
    notice = penalise(office, officer, improvement)
    assert "Last day to pay £80" in officer.words

    office.on = PAID
    officer.follow("Payments")
    money = {"pence": "80", "received_on": PAID, "paid_with_reference": notice, "transaction": "T-1"}
    officer.do("Record money that arrived", **money)
    officer.open(f"/penalty-notices/{notice}")
    assert "Paid" in officer.page.locator(".govuk-tag").first.inner_text()

    school.open(f"/requests/{request}")
    assert "Accepted" in school.words
    school.follow("Notices")
    assert "Paid" in school.row(notice)


def warn(office, officer, request):
    """Decide on a notice to improve from what is due, have its letter made, and let it go the next day."""
    officer.open("/?whose=all")
    officer.follow("Decide on a notice to improve", of=request)
    officer.complete(
        adult_id=office.world.mother,
        target_sessions=2,
        period_school_days=20,
        further_support=["A weekly call from the pastoral lead"],
    )
    improvement = officer.reference
    assert improvement.startswith("NTI-")
    officer.do("Prepare the notice's letter for a day of posting", posting_on=c.POSTED)
    office.on = c.POSTED
    officer.open(f"/notices-to-improve/{improvement}")
    officer.do("Let the notice go today")
    assert "Counts as received" in officer.words
    return improvement


def penalise(office, officer, improvement):
    """Decide on a penalty notice from what is due, have its letter made, and issue it."""
    officer.open("/")
    officer.follow("Decide on a penalty notice", of=improvement)
    officer.complete(
        adult_id=office.world.mother,
        kind="irregular",
        issuer_staff_id=office.world.staff["officer"],
        posting_on=REVIEWED,
        considerations=considered(*c.QUESTIONS),
    )
    notice = officer.reference
    assert notice.startswith("PN-")
    officer.do("Prepare the notice's letter for a day of posting", posting_on=REVIEWED)
    officer.open(f"/penalty-notices/{notice}")
    officer.do("Issue the notice today")
    return notice


def test_a_leave_of_absence_request_lacks_evidence_and_is_closed_with_reasons(at_desk):
    office = at_desk(holiday, ASKED)
    world, school, officer = office.world, office.sign_in("school.one"), office.sign_in("officer.one")
    said = {"child_returned_on": date(2024, 11, 11), "leave_applied_for": True}
    request = ask(school, world, "leave_of_absence", **said, exceptional_considered=True)
    assert "What it lacks before you send it" in school.words
    given = {"item": "leave_application", "document": paper("We go away."), "made_on": date(2024, 10, 14)}
    school.page.get_by_role("link", name=re.compile("Upload.*application for leave of absence")).click()
    school.complete(**given)
    assert "document.txt" not in school.words
    school.do("Send a request to the authority")

    officer.open("/?whose=all")
    officer.follow("Read it and decide", of=request)
    officer.page.get_by_text("What cannot be done now, and why").click()
    assert "Missing: " in officer.words
    officer.page.get_by_role("link", name=re.compile("Open the form.*Accept a school's request")).click()
    officer.fill(answer="Yes.")
    officer.go_on()
    officer.confirm()
    assert officer.title.startswith("This cannot be done now")
    assert officer.page.get_by_label("Your reason for going on all the same").count() == 0
    assert officer.words.count("What to do:") >= 3
    officer.follow("Leave it for now")
    said = officer.do("Close a request whose criteria are not met")
    assert "printout" in said

    school.open(f"/requests/{request}")
    assert "Not met" in school.words
    assert "printout" in school.words
