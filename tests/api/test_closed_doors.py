"""A school tries everything that is not its own: every page and route of the API, with another's ids."""

import re

import pytest
from fastapi.testclient import TestClient

from attendance.services import accounts
from attendance.services.accounts import COMMAND_LINE
from attendance.services.registry import ACTS, act_named
from tests.support import pages
from tests.support import world_people as small
from tests.support.addresses import Addresses
from tests.support.hands import session_of
from tests.support.pages import TOURED
from tests.support.world import OTHER_URN, at

SECRETS = ("Ada", "Marsh", "Jo ", "Sam ", "AM1 1AA", "AM2 2BB", small.upn(1), "Pia Wells")
OPEN = frozenset({200, 303, 422})
CLOSED = frozenset({403, 404})
_REFERENCE = re.compile(r"[A-Z]{1,3}-\d{4}-\d{6}")
_ABOUT_SOMEBODY = re.compile(r"\{(pupil_id|reference|digest)\}")
OWN = frozenset({"page.sign_out", "page.sessions.end"})


@pytest.fixture(scope="module")
def app(toured):
    """The application of a world in which everything was done."""
    return pages.application(toured, day=TOURED)


@pytest.fixture(scope="module")
def stranger(app, toured):
    """The other school's account: its browser, and its program."""
    client = TestClient(app, follow_redirects=False)
    cookie = session_of(toured, "school.two", "http://testserver", at(TOURED))
    client.cookies.set(cookie["name"], cookie["value"])
    moment = at(TOURED)
    issued = accounts.issue_token(
        toured.store, "school.two", label="tests", days=9, actor=COMMAND_LINE, moment=moment
    )
    client.headers["authorization"] = f"Bearer {issued.secret}"
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/").text)
    client.token = found[1]
    return client


def said_of_others(answer, path):
    """Return what an answer tells that the school must not know, but for what it asked with."""
    text = answer.text if answer.headers.get("content-type", "").startswith(("text", "app")) else ""
    told = {reference for reference in _REFERENCE.findall(text) if reference not in path}
    examples = {reference for reference in told if reference.endswith("-000012")}
    return {secret for secret in SECRETS if secret in text} | (told - examples)


def sent(toured, address, urn):
    """Return what a program would send to a route: what its act was given on the tour."""
    act = act_named(address.route) if address.route in {one.name for one in ACTS} else None
    if act is None:
        return {}
    given = act.input.model_validate(toured.given[act.name]).model_dump(mode="json", exclude={"reference"})
    return {**given, "school_urn": urn} if "school_urn" in given else given


def addresses(app, toured, method, *, api):
    found = Addresses(app, toured.store).everything(most=2)
    return [one for one in found if one.method == method and one.path.startswith("/api/") == api]


def test_nothing_that_is_read_tells_of_another_schools_child(app, toured, stranger):
    routes = {route.name: route.path for route in app.routes}
    for address in (*addresses(app, toured, "GET", api=False), *addresses(app, toured, "GET", api=True)):
        answer = stranger.get(address.path)
        assert said_of_others(answer, address.path) == set(), address
        about = _ABOUT_SOMEBODY.search(routes[address.route]) or "?" in address.path
        assert answer.status_code in (CLOSED if about else CLOSED | OPEN), (address, answer.status_code)


def test_searching_finds_nobody_of_another_school(app, toured, stranger):
    for path in ("/search?q=marsh", "/search?q=PN-2024-000001", "/api/v1/pupils?search=marsh"):
        answer = stranger.get(path)
        assert said_of_others(answer, path) == set(), path


@pytest.mark.parametrize("urn", [small.URN, OTHER_URN])
def test_no_act_of_the_api_reaches_another_schools_child(app, toured, stranger, urn):
    before = toured.store.examine(None).verdict.end.seq
    for address in addresses(app, toured, "POST", api=True):
        if address.route.startswith(("imports.", "documents.")):
            continue  # files: a row of another school refuses the whole of it, held in the tests of imports
        body = sent(toured, address, urn)
        own = urn == OTHER_URN and "pupil_id" not in body and not _REFERENCE.search(address.path)
        answer = stranger.post(address.path, json=body)
        refused = CLOSED | {422} if own else CLOSED  # at its own school with another school's people
        assert answer.status_code in refused, (address, answer.status_code, answer.text)
        assert said_of_others(answer, address.path) == set(), address
    assert toured.store.examine(None).verdict.end.seq == before


@pytest.mark.parametrize("step", ["check", "confirm"])
def test_no_form_reaches_another_schools_child(app, toured, stranger, step):
    before = toured.store.examine(None).verdict.end.seq
    for address in addresses(app, toured, "POST", api=False):
        if "?" not in address.path:
            continue
        path, _, query = address.path.partition("?")
        form = {"form_token": stranger.token, "step": step, "school_urn": OTHER_URN}
        answer = stranger.post(path, data=form | dict([query.split("=")]))
        assert answer.status_code in CLOSED, (address, answer.status_code)
        assert said_of_others(answer, address.path) == set(), address
    assert toured.store.examine(None).verdict.end.seq == before


def test_a_register_with_another_schools_row_is_refused_whole(stranger, toured):
    rows = f"school_urn,upn,date,session,code\n{small.URN},{small.upn(1)},2025-06-04,AM,/\n"
    before = toured.store.examine(None).verdict.end.seq
    answer = stranger.post(
        "/registers",
        data={"form_token": stranger.token, "do": "import"},
        files={"register": ("week.csv", rows.encode(), "text/csv")},
    )
    assert answer.status_code == 422
    assert toured.store.examine(None).verdict.end.seq == before


def test_the_other_schools_sessions_are_not_ended(stranger, toured, app):
    session_of(toured, "school.one", "http://testserver", at(TOURED))
    mine = stranger.get("/your-sessions").text
    for number in range(1, 4):
        if f"/your-sessions/{number}/end" not in mine:
            path = f"/your-sessions/{number}/end"
            assert stranger.post(path, data={"form_token": stranger.token}).status_code == 404
