"""Every route with whom it is open to, and that reading changes nothing but the log of who read what.

Pages are listed in `test_pages_access.py`, routes of the API here; acts are open to their own roles.
"""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from starlette.routing import Mount

from api.app import routes_of
from api.pages.rooms import pages_of
from api.security.access import AUTHORITY, EVERYBODY, PUBLIC, TELLS_OF_NOBODY, roles_of
from attendance.services import accounts
from attendance.services.accounts import COMMAND_LINE
from attendance.services.acts import OFFICERS, SCHOOLS_AND_OFFICERS
from attendance.services.registry import ACTS
from attendance.store.tables import metadata
from tests.support import pages
from tests.support.addresses import PROVIDERS, Addresses
from tests.support.hands import session_of
from tests.support.pages import PEOPLE, TOURED
from tests.support.world import at

API = {
    "openapi": None,
    "problems": None,
    "health": None,
    "account.read": EVERYBODY,
    "cases.list": EVERYBODY,
    "cases.read": EVERYBODY,
    "cases.record": AUTHORITY,
    "documents.content": EVERYBODY,
    "documents.read": EVERYBODY,
    "documents.receive": SCHOOLS_AND_OFFICERS,
    "duties.list": EVERYBODY,
    "imports.calendars": OFFICERS,
    "imports.register": SCHOOLS_AND_OFFICERS,
    "imports.table": OFFICERS,
    "imports.totals": OFFICERS,
    "law.list": EVERYBODY,
    "letters.html": EVERYBODY,
    "letters.list": EVERYBODY,
    "letters.pdf": EVERYBODY,
    "letters.read": EVERYBODY,
    "notices_to_improve.list": EVERYBODY,
    "notices_to_improve.read": EVERYBODY,
    "payments.list": AUTHORITY,
    "penalty_notices.list": EVERYBODY,
    "penalty_notices.read": EVERYBODY,
    "pupils.read": EVERYBODY,
    "pupils.search": EVERYBODY,
    "record.notices": AUTHORITY,
    "record.verification": AUTHORITY,
    "requests.list": EVERYBODY,
    "requests.read": EVERYBODY,
    "schools.list": EVERYBODY,
}
"""Every route of the API that performs no act; None is open to everybody without an account."""
LOGS = frozenset({"access_log", "sign_in", "web_session"})
"""Who read what, who signed in, and when a session was last used."""


@pytest.fixture(scope="module")
def app(toured):
    """The application of a world in which everything was done."""
    return pages.application(toured, day=TOURED)


def reading_as(app, world, name):
    """Return a client that is signed in as an account, in a browser and as a program."""
    client = TestClient(app, follow_redirects=False)
    cookie = session_of(world, name, "http://testserver", at(TOURED))
    client.cookies.set(cookie["name"], cookie["value"])
    issued = accounts.issue_token(
        world.store, name, label="tests", days=9, actor=COMMAND_LINE, moment=at(TOURED)
    )
    client.headers["authorization"] = f"Bearer {issued.secret}"
    return client


def counts(store):
    """Return how many rows each table has, and the end of the record."""
    with store.read() as session:
        tables = [table for table in metadata.sorted_tables if table.name not in LOGS]
        rows = session.execute(
            select(*(select(func.count()).select_from(table).scalar_subquery() for table in tables))
        ).one()
        record = metadata.tables["record_entry"]
        return tuple(rows), session.execute(select(record).order_by(record.c.seq.desc()).limit(1)).one()


def contents(store):
    """Return everything that stands in the store, but for the logs."""
    with store.read() as session:
        return {
            table.name: hash(tuple(sorted(map(repr, session.execute(table.select()).all()))))
            for table in metadata.sorted_tables
            if table.name not in LOGS
        }


def test_every_route_of_the_api_is_known_with_its_access(app):
    acts = {act.name: act.by for act in ACTS}
    found = {route.name: None if route.name in PUBLIC else roles_of(route.name) for route in routes_of(app)}
    assert found == API | acts


def test_there_is_no_route_but_pages_the_api_and_files_that_are_open_to_all(app):
    known = {id(route) for route in (*pages_of(app), *routes_of(app))}
    others = [route for route in app.routes if id(route) not in known]
    assert [(type(route), route.name) for route in others] == [(Mount, "static")]


def test_a_route_is_named_once_and_reads_or_changes(app):
    routes = [*pages_of(app), *routes_of(app)]
    assert len({route.name for route in routes}) == len(routes)
    assert {frozenset(route.methods) for route in routes} == {frozenset({"GET"}), frozenset({"POST"})}


def test_every_part_of_a_path_can_be_filled_in(app, toured):
    """So that what goes everywhere goes to a new page, too."""
    visited = {address.route for address in Addresses(app, toured.store).everything()}
    assert visited == {route.name for route in (*pages_of(app), *routes_of(app))} - PROVIDERS


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_reading_changes_nothing_in_any_role(app, toured, name):
    client = reading_as(app, toured, name)
    before, whole = counts(toured.store), contents(toured.store)
    for address in Addresses(app, toured.store).everything():
        if address.method == "GET":
            answer = client.get(address.path)
            assert answer.status_code < 500, (address, answer.text[:400])
            assert counts(toured.store) == before, address
    assert contents(toured.store) == whole


def kept_since(store, before):
    """Return the page and the reference or pupil of every look that was kept."""
    logs = metadata.tables["access_log"]
    with store.read() as session:
        rows = session.execute(select(logs).where(logs.c.id > before).order_by(logs.c.id)).all()
    return [(row.account, row.page, row.reference or str(row.pupil_id or "")) for row in rows]


def last_look(store):
    """Return the number of the last look that was kept."""
    logs = metadata.tables["access_log"]
    with store.read() as session:
        return session.scalar(select(func.max(logs.c.id))) or 0


def test_what_a_program_reads_of_a_child_is_kept(app, toured):
    client = reading_as(app, toured, "legal.one")
    for address in Addresses(app, toured.store).everything():
        if address.method != "GET" or not address.path.startswith("/api/"):
            continue
        before = last_look(toured.store)
        path = address.path + ("?q=marsh" if address.route == "pupils.search" else "")
        assert client.get(path).status_code == 200, address
        told = kept_since(toured.store, before)
        if address.route in TELLS_OF_NOBODY:
            assert told == [], address
        else:
            assert [(who, page) for who, page, _ in told] == [("legal.one", address.route)]
            assert told[0][2] in address.path


def test_what_is_refused_to_somebody_is_kept(app, toured):
    client = reading_as(app, toured, "school.two")
    before = last_look(toured.store)
    for path in ("/cases/C-2024-000001", "/api/v1/pupils/1", "/payments", "/api/v1/payments"):
        assert client.get(path).status_code in {403, 404}
    client.get("/letters/" + "x" * 500)
    assert kept_since(toured.store, before) == [
        ("school.two", "page.case refused", "C-2024-000001"),
        ("school.two", "pupils.read refused", "1"),
        ("school.two", "page.payments refused", ""),
        ("school.two", "payments.list refused", ""),
        ("school.two", "page.letter refused", "x" * 80),
    ]


def test_who_searches_for_a_child_and_finds_it_is_kept(app, toured):
    client = reading_as(app, toured, "legal.one")
    before = last_look(toured.store)
    client.get("/search?q=nobody-of-this-name")
    client.get("/search?q=marsh")
    assert kept_since(toured.store, before) == [("legal.one", "page.search", "")]


def test_what_is_read_of_a_child_is_kept(app, toured):
    client = reading_as(app, toured, "legal.one")
    logs = metadata.tables["access_log"]
    with toured.store.read() as session:
        before = session.scalar(select(func.max(logs.c.id))) or 0
    read = [one for one in Addresses(app, toured.store).pages() if re.search(r"/(pupils|cases)/", one.path)]
    for address in read:
        client.get(address.path)
    with toured.store.read() as session:
        kept = set(session.scalars(select(logs.c.page).where(logs.c.id > before)))
    assert kept == {address.route for address in read}
