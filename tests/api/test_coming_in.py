"""Signing in and access: who comes in, who does not, and what a stranger learns."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app, routes_of
from api.pages.front import Front
from api.security.access import EVERYBODY, PUBLIC, TABLE, roles_of
from api.security.throttle import AT_ONCE, HOUR_SECONDS, WINDOW_SECONDS, Throttle
from attendance.cli.serve import config_of
from attendance.domain.errors import BadInput
from attendance.domain.moment import Moment
from attendance.services import accounts
from attendance.services.accounts import COMMAND_LINE
from attendance.services.registry import ACTS
from attendance.services.signing_in import attempts_to_sign_in
from rules.roles import Role
from tests.support.office import PASSWORD, Desks, basic, office_on

ME = "/api/v1/account"


def _path(route):
    return re.sub(r"\{[a-z_]+\}", "X-2025-000001", route.path)


def test_every_route_is_open_to_roles_that_somebody_decided_on(desks):
    names = {route.name for route in routes_of(desks.app)}

    assert names == PUBLIC | set(TABLE) | {act.name for act in ACTS}


def test_nobody_unknown_gets_past_any_route(desks):
    client = desks.anonymous()

    for route in routes_of(desks.app):
        for method in route.methods:
            status = client.request(method, _path(route)).status_code
            assert status == (200 if route.name in PUBLIC else 401), route.name


def test_every_route_is_closed_to_the_roles_it_is_not_open_to(desks):
    clients = {
        role: desks.client(role, "900001") if role is Role.SCHOOL else desks.client(role)
        for role in EVERYBODY
    }

    for route in routes_of(desks.app):
        if route.name in PUBLIC:
            continue
        for role, client in clients.items():
            for method in route.methods:
                status = client.request(method, _path(route)).status_code
                assert (status == 403) == (role not in roles_of(route.name)), (route.name, role)


def test_legal_services_and_auditors_change_nothing(desks):
    for route in routes_of(desks.app):
        if route.methods - {"GET", "HEAD"}:
            assert not {Role.LEGAL, Role.AUDITOR} & roles_of(route.name)


def test_only_get_and_post_are_used(desks):
    assert {method for route in routes_of(desks.app) for method in route.methods} == {"GET", "POST"}


def test_a_name_and_password_sign_in(desks):
    name = desks.open(Role.AUDITOR, name="zoë@aldermere.example".replace("ë", "e"), password=PASSWORD)

    answer = desks.anonymous().get(ME, headers=basic(name, PASSWORD))

    assert answer.json() == {"name": name, "role": "auditor", "schools": []}


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer att_nonsense",
        "Digest x",
        "Basic %%%",
        "Basic bm9jb2xvbg==",
        "Basic OnBhc3N3b3Jk",
        "nonsense",
    ],
)
def test_what_opens_no_account_is_answered_401(desks, header):
    answer = desks.anonymous().get(ME, headers={"authorization": header})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_signed_in"


def test_an_account_without_a_password_is_not_opened_by_any(desks):
    name = desks.open(Role.OFFICER)

    assert desks.anonymous().get(ME, headers=basic(name, "")).status_code == 401
    assert desks.anonymous().get(ME, headers=basic(name, PASSWORD)).status_code == 401


def test_wrong_passwords_make_even_the_right_one_wait(desks):
    name = desks.open(Role.OFFICER, password=PASSWORD)
    client = desks.anonymous()

    wrong = [client.get(ME, headers=basic(name, "wrong")).status_code for _ in range(5)]
    answer = client.get(ME, headers=basic(name, PASSWORD))

    assert wrong == [401] * 5
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW_SECONDS + 1


def test_every_password_that_a_program_shows_is_kept_as_an_attempt(desks):
    name = desks.open(Role.OFFICER, password=PASSWORD)
    client = desks.anonymous()

    for shown in (basic(name, "wrong"), basic("stranger", "wrong"), basic(name, PASSWORD)):
        client.get(ME, headers=shown)

    kept = [(one.account, one.came_in) for one in attempts_to_sign_in(desks.store)]
    assert kept == [(name, True), ("", False), (name, False)]


def test_the_throttle_lets_go_after_its_window_and_after_success():
    time = [0.0]
    throttle = Throttle(clock=lambda: time[0])
    for _ in range(5):
        throttle.failed("anna", "10.0.0.1")

    assert throttle.wait_seconds("anna", "10.0.0.1") > 0
    assert throttle.wait_seconds("anna", "10.0.0.2") == 0
    assert throttle.wait_seconds("ben", "10.0.0.1") == 0

    time[0] = WINDOW_SECONDS + 1
    assert throttle.wait_seconds("anna", "10.0.0.1") == 0

    throttle.failed("anna", "10.0.0.1")
    throttle.succeeded("anna", "10.0.0.1")
    assert throttle.wait_seconds("anna", "10.0.0.1") == 0


def test_guesses_at_many_names_from_one_address_wait_too():
    throttle = Throttle(clock=lambda: 0.0)
    for number in range(30):
        throttle.failed(f"name{number}", "10.0.0.1")

    assert throttle.wait_seconds("fresh", "10.0.0.1") > 0


def test_guesses_sent_all_at_once_are_counted_as_those_sent_one_after_another(desks):
    name = desks.open(Role.OFFICER, password=PASSWORD)
    client = desks.anonymous()

    with ThreadPoolExecutor(20) as at_once:
        answers = [
            at_once.submit(client.get, ME, headers=basic(name, f"wrong {number}")) for number in range(20)
        ]
    taken = [answer.result().status_code for answer in answers].count(401)

    assert 5 <= taken < 5 + AT_ONCE


@pytest.mark.parametrize("written", ["Anna", "ANNA", "anna"])
def test_a_name_in_another_case_is_the_same_name(written):
    throttle = Throttle(clock=lambda: 0.0)
    for _ in range(5):
        throttle.failed("anna", "10.0.0.1")

    assert throttle.wait_seconds(written, "10.0.0.1") > 0


def test_guesses_from_one_network_wait_together():
    throttle = Throttle(clock=lambda: 0.0)
    for number in range(30):
        throttle.failed(f"name{number}", f"2001:db8:0:1::{number:x}")

    assert throttle.wait_seconds("fresh", "2001:db8:0:1:ffff::1") > 0
    assert throttle.wait_seconds("fresh", "2001:db8:0:2::1") == 0


def test_no_account_is_guessed_at_more_than_a_hundred_times_in_an_hour_from_anywhere():
    time = [0.0]
    throttle = Throttle(clock=lambda: time[0])
    for number in range(100):
        throttle.failed("anna", f"10.0.{number}.1")

    time[0] = HOUR_SECONDS - 1
    assert throttle.wait_seconds("anna", "10.1.0.1") > 0
    time[0] = HOUR_SECONDS + 1
    assert throttle.wait_seconds("anna", "10.1.0.1") == 0


def test_what_cannot_be_a_name_fills_no_memory():
    throttle = Throttle(clock=lambda: 0.0)
    for number in range(10):
        throttle.failed("x" * 1_000_000 + str(number), "10.0.0.1")

    kept = sum(len(part) for key in throttle._failures for part in key)

    assert kept < 1000


def test_an_account_is_found_however_its_name_is_typed(desks):
    name = desks.open(Role.AUDITOR, name="Zoe@Aldermere.example", password=PASSWORD)

    answer = desks.anonymous().get(ME, headers=basic(name.upper(), PASSWORD))

    assert answer.json()["name"] == "zoe@aldermere.example"
    with pytest.raises(BadInput, match="already"):
        desks.open(Role.AUDITOR, name="ZOE@aldermere.example")


@pytest.mark.parametrize("name", ["an\0na", "ann\u200ba", "", "x" * 100_000])
def test_what_cannot_be_a_name_opens_nothing_and_breaks_nothing(desks, name):
    assert desks.anonymous().get(ME, headers=basic("o" + name, PASSWORD)).status_code == 401


def test_a_token_ends_when_it_expires_or_is_revoked_or_its_account_is_closed(desks):
    client = desks.client(Role.OFFICER)
    assert client.get(ME).status_code == 200

    begun = desks.moment
    desks.moment = Moment.of(begun.at_utc + timedelta(days=366))
    assert client.get(ME).status_code == 401
    desks.moment = begun

    accounts.revoke_token(desks.store, 1, COMMAND_LINE, begun)
    assert client.get(ME).status_code == 401

    auditor = desks.client(Role.AUDITOR)
    accounts.close_account(desks.store, "auditor", COMMAND_LINE, begun)
    assert auditor.get(ME).status_code == 401


def test_a_browser_sent_by_another_site_is_refused(desks):
    client = desks.client(Role.OFFICER)

    answer = client.post("/api/v1/cases/open", json={}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_site"


def test_nothing_may_be_kept_by_caches_not_even_an_error(desks):
    client = desks.anonymous()

    for path in ("/api/v1/health", ME, "/api/v1/nowhere"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", [ME, "/api/v1/health", "/api/v1/nowhere", "/api/v1/openapi.json"])
def test_a_browser_may_do_nothing_with_an_answer(desks, path):
    told = desks.anonymous().get(path).headers

    assert told["content-security-policy"].startswith("default-src 'none'; frame-ancestors 'none'")
    assert told["content-disposition"].startswith("attachment")
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "no-referrer"
    assert told["strict-transport-security"].startswith("max-age=31536000")
    assert "server" not in told


@pytest.mark.parametrize("path", ["/letters?batch=%00", "/letters/%00", "/pupils?q=a%00", "/cases?after=%00"])
def test_a_nul_is_refused_before_a_database_sees_it(store, path):
    client = Desks(store).client(Role.OFFICER)

    assert client.get(f"/api/v1{path}").status_code == 422


def test_a_nul_in_a_form_is_refused_before_a_database_sees_it(store):
    desks = Desks(store)
    client = TestClient(desks.app, base_url="https://testserver", follow_redirects=False)
    token = re.search(r'name="form_token" value="(\w+)"', client.get("/sign-in").text)[1]

    form = {"form_token": token, "name": "an\0na", "password": "a\0long enough password"}
    assert client.post("/sign-in", data=form).status_code == 422
    assert client.get("/sign-in?next=/%00").status_code == 422


@pytest.mark.parametrize(
    ("proxies", "told"), [("", "10.0.0.9"), ("10.0.0.1", "10.0.0.9"), ("10.0.0.9", "192.0.2.7")]
)
def test_where_a_request_comes_from_is_told_by_named_proxies_alone(desks, proxies, told):
    config = config_of(desks.app, proxies)
    config.load()
    client = TestClient(config.loaded_app, client=("10.0.0.9", 4000))

    forwarded = {"x-forwarded-for": "198.51.100.1, 192.0.2.7"}  # the first is what a stranger made up
    client.get(ME, headers=forwarded | basic("somebody", "a wrong guess"))

    assert [one.address for one in attempts_to_sign_in(desks.store)] == [told]


def test_where_passwords_open_no_page_they_open_nothing_else(desks):
    name = desks.open(Role.OFFICER, password=PASSWORD)
    token = desks.client(Role.OFFICER).headers["authorization"]
    app = create_app(office_on(desks.store), clock=lambda: desks.moment, front=Front(passwords=False))

    assert TestClient(app).get(ME, headers=basic(name, PASSWORD)).status_code == 401
    assert TestClient(app).get(ME, headers={"authorization": token}).status_code == 200


def test_a_path_or_method_that_is_not_there_is_a_problem_too(desks):
    client = TestClient(desks.app)

    assert client.get("/api/v1/nowhere").json()["code"] == "not_found"
    assert client.delete("/api/v1/account").json()["code"] == "method_not_allowed"
