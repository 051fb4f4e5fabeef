"""Who may open which page: every route is known, and none lets in whom it must not."""

import re
from hashlib import sha256

import pytest
from fastapi.testclient import TestClient

from api.pages.access import FIGURES, OFFICERS, OVERSIGHT, PUBLIC, SCHOOLS, TABLE, WORKERS
from api.pages.front import Front
from api.pages.rendering import version
from api.pages.rooms import pages_of
from api.security.access import AUTHORITY, EVERYBODY
from attendance.store.tables.documents import DocumentRow
from tests.support import pages
from tests.support import world_people as small
from tests.support.hands import session_of
from tests.support.pages import PASSWORD, PEOPLE, TODAY, signed_in, token_on
from tests.support.world import at

KNOWN = {
    "page.sign_in": None,
    "page.sign_in.check": None,
    "page.sign_in.with": None,
    "page.sign_in.back": None,
    "page.accessibility": None,
    "page.colours": None,
    "page.sign_out": EVERYBODY,
    "page.sessions": EVERYBODY,
    "page.sessions.end": EVERYBODY,
    "page.password": EVERYBODY,
    "page.password.do": EVERYBODY,
    "page.home": EVERYBODY,
    "page.search": EVERYBODY,
    "page.pupil": EVERYBODY,
    "page.pupil.register": EVERYBODY,
    "page.pupil.steps": AUTHORITY,
    "page.pupil.papers": EVERYBODY,
    "page.pupil.timeline": AUTHORITY,
    "page.cases": EVERYBODY,
    "page.case": EVERYBODY,
    "page.case.record": AUTHORITY,
    "page.requests": EVERYBODY,
    "page.request": EVERYBODY,
    "page.penalty_notices": EVERYBODY,
    "page.penalty_notice": EVERYBODY,
    "page.notices_to_improve": EVERYBODY,
    "page.notice_to_improve": EVERYBODY,
    "page.letters": EVERYBODY,
    "page.letter": EVERYBODY,
    "page.letter.pdf": EVERYBODY,
    "page.letter_batch": AUTHORITY,
    "page.letter_batch.new": OFFICERS,
    "page.letter_batch.release": OFFICERS,
    "page.letter_batches": AUTHORITY,
    "page.hand_delivery": OFFICERS,
    "page.document": EVERYBODY,
    "page.payments": AUTHORITY,
    "page.payments.file": OFFICERS,
    "page.payments.file.do": OFFICERS,
    "page.payment": AUTHORITY,
    "page.schools": EVERYBODY,
    "page.school": EVERYBODY,
    "page.school.issuers": EVERYBODY,
    "page.registers": WORKERS,
    "page.registers.do": WORKERS,
    "page.figures": FIGURES,
    "page.figures.csv": FIGURES,
    "page.figures.pupils": FIGURES,
    "page.figures.pupils.csv": FIGURES,
    "page.law": EVERYBODY,
    "page.words": EVERYBODY,
    "page.record": OVERSIGHT,
    "page.access_log": OVERSIGHT,
    "page.oversight": OVERSIGHT,
    "page.act": WORKERS,
    "page.act.do": WORKERS,
}
"""Every page with whom it is open to; None is open to everybody without an account."""

REFERENCES = {
    "cases": "C-2024-000001",
    "requests": "RQ-2024-000001",
    "penalty-notices": "PN-2024-000001",
    "notices-to-improve": "NTI-2024-000001",
    "letters": "LT-2024-000001",
    "letter-batches": "LB-2024-000001",
    "payments": "PY-2024-000001",
}
ROLES = {role: name for name, (role, _) in reversed(PEOPLE.items())}


@pytest.fixture
def world(worked):
    """The small world with accounts."""
    return worked


@pytest.fixture
def app(world):
    """Its application."""
    return pages.application(world)


def path_of(route):
    known = {"pupil_id": "1", "session_id": "1", "name": "support.record", "digest": "0" * 64}
    known["urn"] = "900001"
    known["reference"] = REFERENCES.get(route.path.split("/")[1], "")
    return re.sub(r"\{(\w+)\}", lambda match: known.get(match[1], "X"), route.path)


def test_every_page_is_known_with_its_access(app):
    found = {route.name: TABLE.get(route.name) for route in pages_of(app)}
    assert found == KNOWN
    assert {name for name, roles in KNOWN.items() if roles is None} == PUBLIC
    assert set(TABLE) == set(KNOWN) - PUBLIC
    assert OFFICERS | SCHOOLS == WORKERS


def test_nobody_opens_a_page_without_signing_in(app):
    client = TestClient(app, follow_redirects=False)
    for route in pages_of(app):
        if route.name in PUBLIC:
            continue
        for method in route.methods:
            answer = client.request(method, path_of(route))
            assert answer.status_code == 303, route.name
            assert answer.headers["location"].startswith("/sign-in"), route.name


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_page_is_closed_to_every_role_that_it_is_not_for(app, role):
    client = signed_in(app, ROLES[role])
    token = token_on(client.get("/").text)
    for route in pages_of(app):
        if route.name in PUBLIC or route.name in {"page.sign_out", "page.sessions.end"}:
            continue
        for method in route.methods:
            form = {"form_token": token} if method == "POST" else None
            answer = client.request(method, path_of(route), data=form)
            closed = role not in KNOWN[route.name]
            assert (answer.status_code == 403) == closed, (route.name, method, answer.status_code)
            assert answer.status_code < 500, (route.name, answer.text)


def test_a_form_without_its_sessions_token_changes_nothing(app, world):
    client = signed_in(app, "officer.one")
    other = signed_in(app, "senior.one")
    before = world.store.examine(None).verdict.end.seq
    for token in ("", "0" * 64, token_on(other.get("/").text)):
        form = {"form_token": token, "step": "confirm", "pupil_id": "1", "officer": "officer.one"}
        answer = client.post("/acts/case.open", data={**form, "school_urn": "900001"})
        assert answer.status_code == 403
    assert world.store.examine(None).verdict.end.seq == before


def test_another_sites_form_is_refused_whatever_it_carries(app):
    client = signed_in(app, "officer.one")
    token = token_on(client.get("/").text)
    answer = client.post("/sign-out", data={"form_token": token}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert client.get("/").status_code == 200


def test_a_school_sees_nothing_of_another_schools_pupil(app):
    client = signed_in(app, "school.two")
    for path in ("/pupils/1", "/pupils/1/register", "/pupils/1/papers", "/acts/support.record?pupil_id=1"):
        assert client.get(path).status_code == 404, path
    assert "Ada" not in client.get("/search?q=marsh").text.replace("marsh", "")


def test_every_look_at_a_pupil_is_kept(app, world):
    from attendance.store.access import Access

    client = signed_in(app, "officer.one")
    client.get("/pupils/1")
    with world.store.read() as session:
        reads = Access(session).reads(pupil_id=1)
    assert [(one.account, one.page) for one in reads] == [("officer.one", "page.pupil")]


def test_a_session_ends_when_it_is_not_used_and_when_it_is_signed_out(app, world):
    client = signed_in(app, "officer.one")
    token = token_on(client.get("/").text)
    assert client.post("/sign-out", data={"form_token": token}).status_code == 303
    assert client.get("/").status_code == 303


def test_the_sessions_cookie_is_for_this_host_over_tls_and_out_of_reach_of_scripts(world):
    app = pages.application(world, front=Front())
    client = TestClient(app, base_url="https://testserver", follow_redirects=False)
    token = token_on(client.get("/sign-in").text)
    form = {"form_token": token, "name": "officer.one", "password": PASSWORD}
    given = client.post("/sign-in", data=form).headers.get_list("set-cookie")
    session = next(cookie for cookie in given if cookie.startswith("__Host-attendance="))
    said = {part.strip().lower() for part in session.split(";")[1:]}
    assert said == {"httponly", "path=/", "samesite=lax", "secure"}
    assert len(session.split(";")[0].partition("=")[2]) >= 43, "256 bits"


def test_nobody_is_signed_in_by_a_form_from_elsewhere(app):
    strangers = token_on(TestClient(app).get("/sign-in").text)
    client = TestClient(app, follow_redirects=False)
    client.get("/sign-in")
    for token in ("", strangers):
        form = {"form_token": token, "name": "officer.one", "password": PASSWORD}
        assert client.post("/sign-in", data=form).status_code == 403
    assert client.get("/").status_code == 303


def test_no_folder_is_listed_and_nothing_beside_it_is_served(app):
    client = TestClient(app, follow_redirects=False)
    where = f"/static/{version()}"
    for path in ("", "/", "/../guard.py", "/..%2f..%2fguard.py", "/%2e%2e/guard.py", "//etc/passwd"):
        assert client.get(where + path).status_code in {404, 405}, path


def test_signing_in_again_ends_the_session_before(app):
    client = signed_in(app, "officer.one")
    before = dict(client.cookies)
    token = token_on(client.get("/").text)
    form = {"form_token": token, "name": "senior.one", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    assert "senior.one" in client.get("/").text
    assert dict(client.cookies) != before
    assert TestClient(app, cookies=before, follow_redirects=False).get("/").status_code == 303


def test_a_cookie_that_somebody_chose_never_becomes_a_session(app):
    client = TestClient(app, follow_redirects=False)
    client.cookies.set("attendance", "chosen-by-somebody-else")
    token = token_on(client.get("/sign-in").text)
    form = {"form_token": token, "name": "officer.one", "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert "attendance=chosen" not in answer.headers["set-cookie"]
    planted = TestClient(app, cookies={"attendance": "chosen-by-somebody-else"}, follow_redirects=False)
    assert planted.get("/").status_code == 303


def _other_password(client, **changed):
    token = token_on(client.get("/your-password").text)
    new = "seven green kettles sing"
    form = {"form_token": token, "current": PASSWORD, "password": new, "again": new}
    return client.post("/your-password", data=form | changed)


def test_a_person_changes_their_own_password_and_every_other_sign_in_ends(app):
    client, other = signed_in(app, "officer.one"), signed_in(app, "officer.one")
    answer = _other_password(client)
    assert answer.status_code == 303
    assert "Your password is changed" in client.get("/your-sessions").text
    assert other.get("/").status_code == 303
    token = token_on(other.get("/sign-in").text)
    form = {"form_token": token, "name": "officer.one"}
    assert other.post("/sign-in", data=form | {"password": PASSWORD}).status_code == 422
    assert other.post("/sign-in", data=form | {"password": "seven green kettles sing"}).status_code == 303


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"current": "not the password"}, "This is not your password"),
        ({"password": "short", "again": "short"}, "12 to 128 characters"),
        ({"password": "Password1234", "again": "Password1234"}, "among the first"),
        ({"password": "officer.one 2024!", "again": "officer.one 2024!"}, "among the first"),
        ({"again": "something else altogether"}, "differ"),
    ],
)
def test_another_password_is_refused_where_it_must_be(app, changed, said):
    client, other = signed_in(app, "officer.one"), signed_in(app, "officer.one")
    answer = _other_password(client, **changed)
    assert answer.status_code == 422
    assert said in answer.text
    assert other.get("/").status_code == 200


def test_whoever_signs_in_elsewhere_has_no_password_to_change_here(world):
    front = Front(https=False, passwords=False)
    client = TestClient(pages.application(world, front=front), follow_redirects=False)
    cookie = session_of(world, "officer.one", "http://testserver", at(TODAY))
    client.cookies.set(cookie["name"], cookie["value"])
    page = client.get("/your-password").text
    assert "has no password here" in page
    assert "where you sign in" in client.get("/your-sessions").text
    new = {"current": PASSWORD, "password": "seven green kettles sing", "again": "seven green kettles sing"}
    answer = client.post("/your-password", data={"form_token": token_on(page), **new})
    assert answer.status_code == 404


def test_guesses_at_the_password_of_somebody_who_is_signed_in_are_held_back(app):
    client = signed_in(app, "officer.one")
    for _ in range(5):
        assert _other_password(client, current="a wrong guess").status_code == 422
    assert _other_password(client).status_code == 429


def test_a_wrong_password_is_told_kept_and_held_back(app, world):
    from attendance.store.access import Access

    client = TestClient(app, follow_redirects=False)
    for _ in range(5):
        token = token_on(client.get("/sign-in").text)
        form = {"form_token": token, "name": "officer.one", "password": "not the password"}
        assert client.post("/sign-in", data=form).status_code == 422
    form["password"] = PASSWORD
    assert client.post("/sign-in", data=form).status_code == 429
    with world.store.read() as session:
        attempts = Access(session).attempts()
    assert [(one.account, one.came_in) for one in attempts] == [("officer.one", False)] * 5


@pytest.mark.parametrize(
    "path",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "///elsewhere.example",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
    ],
)
def test_signing_in_leads_nowhere_but_here(app, path):
    client = TestClient(app, follow_redirects=False)
    token = token_on(client.get("/sign-in").text)
    form = {"form_token": token, "name": "officer.one", "password": PASSWORD, "next": path}
    assert client.post("/sign-in", data=form).headers["location"] == "/"
    again = client.get("/sign-in", params={"next": path})
    assert again.headers["location"] == "/", "somebody who is signed in already"


@pytest.mark.parametrize(
    "path",
    [
        f"/pupils/{'9' * 30}",
        f"/pupils/{'9' * 5000}",
        "/pupils/0",
        "/pupils/one",
        f"/pupils/{'9' * 30}/register",
        f"/acts/case.open?pupil_id={'9' * 30}",
        f"/acts/case.open?pupil_id={'9' * 5000}",
        f"/record?on-year={'9' * 30}&on-month=1&on-day=1",
        "/letters/%00",
        "/schools/%00",
        "/cases?state=%00",
        "/search?q=%00",
    ],
)
def test_an_odd_address_is_a_page_and_no_fault_of_ours(app, path):
    answer = signed_in(app, "senior.one").get(path)
    assert answer.status_code in {200, 404, 422}, answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_an_odd_day_in_a_form_is_told_at_its_field(app):
    client = signed_in(app, "officer.one")
    form = {"form_token": token_on(client.get("/").text), "pupil_id": "1", "school_urn": "900001"}
    for year in ("9" * 30, "9" * 5000, "0", "x"):
        day = {"on-day": "1", "on-month": "1", "on-year": year}
        assert client.post("/acts/support.record", data=form | day).status_code == 422


@pytest.mark.parametrize("name", ["../../etc/x.pdf", "a\\b\\x.pdf", "x" * 900 + ".pdf"])
def test_a_file_is_kept_by_a_plain_name(app, world, name):
    client = signed_in(app, "officer.one")
    form = {"form_token": token_on(client.get("/").text), "pupil_id": "1", "school_urn": "900001"}
    content = b"%PDF-1.7\n" + name.encode()
    file = {"document-file": (name, content, "text/html")}
    client.post("/acts/support.record", data=form, files=file)
    kept = next(row for row in world.rows(DocumentRow) if row.sha256 == sha256(content).hexdigest())
    assert kept.media_type == "application/pdf"
    assert len(kept.file_name) <= 120
    assert not set(kept.file_name) & set("/\\")


def test_what_people_typed_is_shown_as_it_was_typed_and_is_no_part_of_a_page(app, world):
    typed = "<img src=x onerror=alert(1)>'{{ 7 * 7 }}"
    support = {"pupil_id": world.pupil, "school_urn": "900001", "kind": "home_visit", "on": TODAY}
    world.do("support.record", TODAY, by=world.school, response="taken_up", offered_by=typed, **support)
    client = signed_in(app, "officer.one")
    shown = "&lt;img src=x onerror=alert(1)&gt;&#39;{{ 7 * 7 }}"
    assert shown in client.get(f"/pupils/{world.pupil}").text
    assert "<img" not in client.get(f"/pupils/{world.pupil}").text
    assert "<img" not in client.get("/search", params={"q": typed}).text


@pytest.mark.parametrize("path", ["/letters/", "/sign-in/", "//elsewhere.example/", "/api/v1/cases/"])
def test_no_answer_leads_to_the_host_that_a_request_names(app, path):
    answer = TestClient(app, follow_redirects=False).get(path, headers={"host": "elsewhere.example"})
    assert "elsewhere.example" not in answer.headers.get("location", "").partition("?")[0]


def test_every_page_says_what_a_browser_may_do_with_it(app):
    answer = TestClient(app).get("/sign-in")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"


def test_an_act_is_typed_looked_over_and_done(app, world):
    client = signed_in(app, "officer.one")
    token = token_on(client.get("/acts/case.assign?reference=C-2024-000001").text)
    form = {"form_token": token, "reference": "C-2024-000001"}
    empty = client.post("/acts/case.assign", data=form)
    assert empty.status_code == 422
    assert 'href="#officer"' in empty.text
    form["officer"] = "senior.one"
    assert "Check your answers" in client.post("/acts/case.assign", data=form).text
    done = client.post("/acts/case.assign", data={**form, "step": "confirm"})
    assert done.status_code == 303
    page = client.get(done.headers["location"])
    assert "Case C-2024-000001 is with senior.one now." in page.text


def test_a_refusal_lists_everything_unmet_with_what_to_do_and_its_source(app):
    client = signed_in(app, "officer.one")
    page = client.get("/acts/penalty_notice.decide?pupil_id=1").text
    form = {
        "form_token": token_on(page),
        "pupil_id": "1",
        "school_urn": "900001",
        "adult_id": "1",
        "kind": "irregular",
        "issuer_staff_id": "1",
        "posting_on-day": "2",
        "posting_on-month": "12",
        "posting_on-year": "2024",
        "step": "confirm",
    }
    answer = client.post("/acts/penalty_notice.decide", data=form)
    assert answer.status_code == 409
    assert answer.text.count("What to do:") > 2
    assert "in force since" in answer.text


def test_a_register_with_problems_is_refused_line_by_line_and_imported_once_it_is_put_right(app, world):
    client = signed_in(app, "school.one")
    header = "school_urn,upn,date,session,code\n"
    upn = small.upn(1)
    token = token_on(client.get("/registers").text)

    def send(rows, do):
        file = ("week.csv", (header + rows).encode(), "text/csv")
        form = {"form_token": token, "do": do}
        return client.post("/registers", data=form, files={"register": file})

    wrong = send(f"900001,{upn},2024-12-02,AM,/\n900001,{upn},2024-12-02,PM,Q9\n", "import")
    assert wrong.status_code == 422
    assert "1 problem" in wrong.text
    assert "Q9" in wrong.text
    right = f"900001,{upn},2024-12-02,AM,/\n"
    assert "would add 1 mark and correct 0" in send(right, "check").text
    assert "added 1 mark and corrected 0" in send(right, "import").text
    assert send(right.replace("900001", "900002"), "import").status_code == 422
