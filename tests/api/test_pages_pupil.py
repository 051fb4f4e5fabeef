"""The pages about one pupil say what could be done, and lead to where it is done."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from attendance.domain.registers import Session
from attendance.store.tables.cases import SupportRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.people import PupilRow
from tests.support import casework as c
from tests.support import pages
from tests.support import world as small
from tests.support.pages import signed_in, token_on
from tests.support.world import URN


@pytest.fixture
def app(worked):
    """The application for the small world with marks, support and a notice that came back."""
    return pages.application(worked)


def test_the_steps_say_parent_by_parent_what_could_be_decided_and_lead_to_the_form(app, worked):
    page = signed_in(app, "officer.one").get(f"/pupils/{worked.pupil}/steps")
    assert page.status_code == 200
    found = re.sub(r"\s+", " ", page.text)
    assert "A leave of absence begins with the school’s request." in found
    assert "Not now" in found
    assert "What to do:" in found
    known = f"pupil_id={worked.pupil}&amp;school_urn={URN}&amp;adult_id={worked.mother}"
    assert f"/acts/penalty_notice.decide?{known}" in found
    assert set(re.findall(r"/penalty-notices/[A-Z0-9-]+", found)) == {"/penalty-notices/PN-2024-000001"}


def test_who_only_reads_is_told_the_same_without_a_form(app, worked):
    page = signed_in(app, "auditor.one").get(f"/pupils/{worked.pupil}/steps")
    assert page.status_code == 200
    assert "/acts/penalty_notice.decide" not in page.text


def test_a_school_has_no_tab_and_no_page_of_steps(app, worked):
    client = signed_in(app, "school.one")
    assert f"/pupils/{worked.pupil}/steps" not in client.get(f"/pupils/{worked.pupil}").text
    assert client.get(f"/pupils/{worked.pupil}/steps").status_code == 403


def test_a_case_tells_the_questions_to_others_and_leads_to_their_answers(app, worked):
    asked = worked.do(
        "notice_check.ask",
        pages.TODAY,
        pupil_id=worked.pupil,
        adult_id=worked.mother,
        asked_of="Westmere Council",
        of_authority=True,
    )
    client = signed_in(app, "officer.one")
    page = client.get("/cases/C-2024-000001").text
    assert "Westmere Council" in page
    assert f"/acts/notice_check.answer?reference={asked.reference}" in page
    assert "/acts/notice_check.answer" not in signed_in(app, "auditor.one").get("/cases/C-2024-000001").text


def confirmed(client, path, form):
    """Return what the page of checked answers would send when it is confirmed."""
    page = client.post(path, data={**form, "form_token": token_on(client.get("/").text), "step": "check"})
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return {**dict(hidden), "step": "confirm"}


def test_a_form_that_is_confirmed_twice_is_done_once(app, worked):
    client = signed_in(app, "officer.one")
    form = {
        "pupil_id": str(worked.pupil),
        "school_urn": URN,
        "kind": "home_visit",
        "on-day": "2",
        "on-month": "12",
        "on-year": "2024",
        "response": "taken_up",
        "offered_by": "Pastoral lead",
    }
    there = len(worked.rows(SupportRow))
    sent = confirmed(client, "/acts/support.record", form)
    first = client.post("/acts/support.record", data=sent)
    again = client.post("/acts/support.record", data=sent)
    assert (first.status_code, again.status_code) == (303, 303)
    assert len(worked.rows(SupportRow)) == there + 1
    assert "It was done once." in client.get(again.headers["location"]).text
    other = confirmed(client, "/acts/support.record", form)
    client.post("/acts/support.record", data=other)
    assert len(worked.rows(SupportRow)) == there + 2


def test_what_was_refused_can_be_confirmed_again(app, worked):
    client = signed_in(app, "officer.one")
    form = {"reference": "PN-2024-000001", "why": "Wrong address."}
    sent = confirmed(client, "/acts/penalty_notice.hold", form)
    refusals = [client.post("/acts/penalty_notice.hold", data=sent) for _ in range(2)]
    assert [one.status_code for one in refusals] == [409, 409]


def wrong(client, name, **form):
    """Confirm a form with something wrong in it; return where the summary leads, and what it says."""
    page = client.post(f"/acts/{name}", data=confirmed(client, f"/acts/{name}", form))
    assert page.status_code == 422
    (found,) = re.findall(r'<a href="(#[^"]+)">([^<]+)</a>', page.text)
    assert f'id="{found[0][1:]}"' in page.text
    return found


def days(**given):
    """The three parts of each day, as the form sends them."""
    return {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in given.items()
        for part in ("day", "month", "year")
    }


def test_what_a_service_finds_wrong_leads_to_its_field(app, worked):
    client = signed_in(app, "officer.one")
    about = {"pupil_id": str(worked.pupil), "school_urn": URN}
    support = {**about, "kind": "home_visit", "response": "taken_up", "offered_by": "Pastoral lead"}
    tomorrow = days(on=pages.TODAY + timedelta(days=1))
    assert wrong(client, "support.record", **support, **tomorrow)[0] == "#on-day"
    unknown = {**support, "kind": "juggling"} | days(on=pages.TODAY)
    assert wrong(client, "support.record", **unknown)[0] == "#kind"
    offered = days(offered_on=date(2024, 10, 2), answered_on=date(2024, 10, 1))
    where, said = wrong(client, "early_help.record", **about, answer="accepted", **offered)
    assert where == "#answered_on-day"
    assert said.startswith("Tuesday 1 October 2024 lies before Wednesday 2 October 2024.")


def test_a_case_is_offered_to_be_opened_only_where_none_is_open(sqlite_store):
    world = pages.with_accounts(small.build(sqlite_store))
    client = signed_in(pages.application(world), "officer.one")
    form = f"/acts/case.open?pupil_id={world.pupil}"
    assert form in client.get(f"/pupils/{world.pupil}").text
    world.do("case.open", pages.TODAY, pupil_id=world.pupil, school_urn=URN, officer="officer.one")
    assert form not in client.get(f"/pupils/{world.pupil}").text


@pytest.mark.parametrize("typed", ["Marsh, {forename}", "marsh {forename}", "{forename} Marsh"])
def test_a_pupil_is_found_whichever_name_is_typed_first(app, worked, typed):
    (pupil,) = worked.rows(PupilRow, id=worked.pupil)
    page = signed_in(app, "officer.one").get("/search", params={"q": typed.format(forename=pupil.forename)})
    assert f'href="/pupils/{worked.pupil}"' in page.text


def test_a_reference_that_is_not_there_leads_to_its_field(app, worked):
    client = signed_in(app, "officer.one")
    (payment,) = worked.rows(PaymentRow)
    form = {"reference": payment.reference, "notice": "PN-2024-000099", "step": "confirm"}
    page = client.post("/acts/payment.match", data={**form, "form_token": token_on(client.get("/").text)})
    assert page.status_code == 404
    assert 'href="#notice"' in page.text


def test_a_review_says_what_it_is_about_and_leads_to_both_ends(worked):
    worked.correct({(c.ABSENT[2], Session.AM): "I"}, on=pages.TODAY)
    client = signed_in(pages.application(worked), "senior.one")
    home = client.get("/?whose=all").text
    (href,) = set(re.findall(r'href="(/acts/review\.keep[^"]+)">Read it and decide', home))
    page = client.get(href).text
    assert "Unauthorised sessions before 10, after 9." in page
    assert "The threshold is no longer met." in page
    assert 'href="/penalty-notices/PN-2024-000001"' in page
    assert 'href="/acts/penalty_notice.withdraw?reference=PN-2024-000001"' in page


def test_who_was_signed_out_before_sending_comes_back_to_the_same_form(app, worked):
    client = signed_in(app, "officer.one")
    (sent_to,) = re.findall(
        r'<form method="post" action="(/acts/[^"]+)"',
        client.get(f"/acts/support.record?pupil_id={worked.pupil}").text,
    )
    client.cookies.clear()
    answer = client.post(unescape(sent_to), data={"kind": "home_visit"})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "You were signed out before this was sent" in page
    (after,) = re.findall(r'name="next" value="([^"]+)"', page)
    assert unescape(after) == unescape(sent_to)
