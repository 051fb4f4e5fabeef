"""The first page of every role shows that role's own work, and leads on where there is none."""

import pytest
from fastapi.testclient import TestClient

from tests.support import pages
from tests.support.hands import session_of
from tests.support.pages import TOURED
from tests.support.world import at


@pytest.fixture(scope="module")
def home(toured):
    """Return the first page of an account."""
    app = pages.application(toured, day=TOURED)

    def page(name, path="/"):
        client = TestClient(app)
        cookie = session_of(toured, name, "http://testserver", at(TOURED))
        client.cookies.set(cookie["name"], cookie["value"])
        answer = client.get(path)
        assert answer.status_code == 200
        return " ".join(answer.text.split("<main")[1].split())

    return page


def test_a_school_sees_where_its_pupils_stand_and_what_came_of_its_requests(home):
    page = home("school.one")
    assert "Mill Lane School</h1>" in page
    assert "Due from you" in page
    assert "Return a register" in page
    assert 'href="/schools/900001?stage=targeted"' in page
    assert "Complete it and send it" in page
    assert "Waits for an officer" in page


def test_another_school_has_nothing_and_is_told_what_to_do(home):
    page = home("school.two")
    assert "You have asked for no notice yet." in page
    assert "RQ-" not in page


def test_legal_services_see_what_was_handed_over_with_its_limit(home):
    page = home("legal.one")
    assert "Handed over to you" in page
    assert "Sam Marsh" in page
    assert "for the first session" in page


def test_an_auditor_sees_what_to_look_over_and_what_can_be_checked(home):
    page = home("auditor.one")
    assert "To look over, the latest first" in page
    assert 'href="/record"' in page
    assert 'href="/access-log"' in page


def test_a_senior_officer_begins_with_the_whole_teams_work(home):
    assert "RQ-2025-000001" in home("senior.one")
    assert "RQ-2025-000001" not in home("senior.one", "/?whose=mine")


def test_an_officer_with_nothing_due_is_led_to_the_teams_work(home):
    assert "See what is due for the whole team" in home("officer.one")


def test_what_takes_more_than_two_acts_is_read_first(home):
    page = home("senior.one")
    assert 'href="/requests/RQ-2025-000001">Read it and decide' in page
    assert "Decide on a notice to improve" in page
    assert "Close a case with a reason" not in page
