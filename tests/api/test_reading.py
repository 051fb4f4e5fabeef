"""Reading over HTTP: lists and whole matters, each to those who may see it."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from api.app import routes_of
from api.security.access import PUBLIC
from attendance.domain.moment import Moment
from attendance.domain.registers import Session
from rules.roles import Role
from tests.support import lives
from tests.support.office import Desks
from tests.support.world import OTHER_URN, URN

LATER = Moment.of(datetime(2025, 2, 3, 12, tzinfo=UTC))


@pytest.fixture
def paid(sqlite_store):
    """A world in which a penalty notice was paid, and its desks."""
    world = lives.registered(sqlite_store)
    world.improvement = lives.improvement_not_made(world)
    world.notice = lives.paid_penalty(world)
    return world, Desks(sqlite_store, LATER)


def get(client, path, **query):
    answer = client.get(f"/api/v1{path}", params=query or None)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_case_shows_everything_in_it(paid):
    world, desks = paid
    whole = get(desks.client(Role.OFFICER), "/cases/C-2024-000001")

    assert whole["case"]["pupil"] == "Ada Marsh"
    assert [line["kind"] for line in whole["support"]] == ["home_visit"]
    assert whole["early_help"][0]["state"] == "declined"
    assert [line["reference"] for line in whole["notices_to_improve"]] == [world.improvement]
    assert [line["reference"] for line in whole["penalty_notices"]] == [world.notice]
    assert whole["notice_checks"][0]["answer"] == "None known."
    assert {line["name"] for line in whole["letters"]} >= {"notice_to_improve", "penalty_notice"}
    assert whole["decisions"][0]["finding"]["sentences"]
    assert all(entry["intact"] for entry in whole["record"])


def test_a_penalty_notice_shows_its_clock_and_how_it_was_counted(paid):
    world, desks = paid
    whole = get(desks.client(Role.AUDITOR), f"/penalty-notices/{world.notice}")

    assert whole["notice"]["state"] == "paid"
    assert whole["notice"]["issuer"] == "Omar Reed"
    assert whole["clock"]["reduced_until"] == "2025-02-02"
    assert len(whole["clock"]["counted"]["sentences"]) == 4
    assert whole["clock"]["counted"]["sources"][0]["instruments"]
    assert len(whole["considerations"]) == 4
    assert len(whole["sessions"]) >= 10
    assert whole["payments"][0]["pence"] == 8000


def test_a_notice_to_improve_shows_how_its_period_was_counted(paid):
    world, desks = paid
    whole = get(desks.client(Role.LEGAL), f"/notices-to-improve/{world.improvement}")

    assert whole["notice"]["period_until"] == "2024-12-19"
    assert "2024" in whole["period"]["sentences"][0]
    assert [step["step"] for step in whole["steps"]] == ["withdraw"]


def test_a_school_sees_its_own_without_money_decisions_or_other_peoples_letters(paid):
    world, desks = paid
    client = desks.client(Role.SCHOOL, URN)
    notice = get(client, f"/penalty-notices/{world.notice}")
    case = get(client, "/cases/C-2024-000001")

    assert notice["notice"]["paid_on"] == "2025-01-20"
    assert notice["payments"] == notice["decisions"] == notice["letters"] == []
    assert case["record"] == case["decisions"] == case["notice_checks"] == []
    assert get(client, "/letters")["items"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/cases/C-2024-000001",
        "/penalty-notices/PN-2025-000001",
        "/notices-to-improve/NTI-2024-000001",
        "/letters/LT-2025-000001",
        "/letters/LT-2025-000001/pdf",
        "/letters/LT-2025-000001/html",
        "/pupils/1",
    ],
)
def test_another_school_is_told_that_there_is_nothing(paid, path):
    _, desks = paid
    client = desks.client(Role.SCHOOL, OTHER_URN)
    mine, unknown = path, path.replace("000001", "000099").replace("/1", "/99")
    there, nowhere = client.get(f"/api/v1{mine}"), client.get(f"/api/v1{unknown}")

    assert desks.client(Role.OFFICER).get(f"/api/v1{path}").status_code == 200
    assert there.status_code == nowhere.status_code == 404
    assert set(there.json()) == set(nowhere.json())


def test_lists_show_a_school_nothing_of_another(paid):
    _, desks = paid
    client = desks.client(Role.SCHOOL, OTHER_URN)

    for path in ("/cases", "/penalty-notices", "/notices-to-improve", "/letters", "/requests", "/duties"):
        assert get(client, path)["items"] == []
        assert get(client, path, school=URN)["items"] == [] if path != "/payments" else True
    assert get(client, "/pupils", q="marsh") == []
    assert get(client, "/pupils", q="PN-2025-000001") == []
    assert [line["urn"] for line in get(client, "/schools")] == [OTHER_URN]


def test_letters_are_downloaded_byte_by_byte_as_they_were_sent(paid):
    world, desks = paid
    client = desks.client(Role.OFFICER)
    [line] = get(client, "/letters", name="penalty_notice")["items"]
    pdf = client.get(f"/api/v1/letters/{line['reference']}/pdf")
    html = client.get(f"/api/v1/letters/{line['reference']}/html")

    assert sha256(pdf.content).hexdigest() == line["pdf_sha256"]
    assert sha256(html.content).hexdigest() == line["html_sha256"]
    assert pdf.headers["content-type"] == "application/pdf"
    assert "attachment" in pdf.headers["content-disposition"]
    assert "sandbox" in html.headers["content-security-policy"]
    assert get(client, f"/letters/{line['reference']}")["address_as_posted"].startswith("1 Mill Lane")
    assert client.get(f"/api/v1/documents/{line['pdf_sha256']}/content").content == pdf.content
    assert get(client, f"/documents/{line['pdf_sha256']}")["size"] == len(pdf.content)
    assert world.notice


@pytest.mark.parametrize("query", ["marsh", "Ada M", "A39", "PN-2025-000001", "C-2024-000001"])
def test_a_pupil_is_found_by_name_upn_or_a_matters_reference(paid, query):
    world, desks = paid
    client = desks.client(Role.OFFICER)
    upn = get(client, "/pupils", q="marsh")[0]["upn"]

    [line] = get(client, "/pupils", q=upn[:4] if query == "A39" else query)

    assert (line["id"], line["school"]) == (world.pupil, "Mill Lane School")


@pytest.mark.parametrize("query", ["nobody", "PN-2025-000099", "100%", "  "])
def test_who_is_not_there_is_not_found(paid, query):
    _, desks = paid

    assert get(desks.client(Role.OFFICER), "/pupils", q=query) == []


def test_a_pupil_shows_counts_stage_and_threshold_with_their_findings(paid):
    world, desks = paid
    whole = get(desks.client(Role.OFFICER), f"/pupils/{world.pupil}")
    [standing] = whole["standing"]

    assert standing["possible"] == standing["attended"] + standing["authorised"] + standing["unauthorised"]
    assert standing["unauthorised"] == 28
    assert standing["stage"]["outcome"] == "early_intervention"
    assert standing["stage"]["sources"]
    assert standing["absence"]["outcome"] == "persistent"
    used = {line["adult_id"]: line["met_on"] for line in standing["thresholds"]}
    assert used[world.mother] is None
    assert used[world.father] == "2024-11-08"
    mother = next(parent for parent in whole["parents"] if parent["adult_id"] == world.mother)
    assert mother["address"] == ["1 Mill Lane", "Aldermere", "AM1 1AA"]
    assert [case["reference"] for case in whole["cases"]] == ["C-2024-000001"]


def test_a_school_sees_no_address_of_a_parent(paid):
    world, desks = paid
    whole = get(desks.client(Role.SCHOOL, URN), f"/pupils/{world.pupil}")

    assert [parent["address"] for parent in whole["parents"]] == [[]] * 4
    assert whole["standing"][0]["possible"] > 0


def test_before_the_policy_was_in_force_the_rules_are_silent_and_say_so(paid):
    world, desks = paid
    client = desks.client(Role.OFFICER)
    desks.moment = Moment.of(desks.moment.at_utc - timedelta(days=200))

    [standing] = get(client, f"/pupils/{world.pupil}")["standing"]

    assert standing["stage"] is None
    assert "in force" in standing["silent"]


def test_steps_tell_what_is_in_the_way_where_the_act_can_be_tried(sqlite_store):
    world = lives.registered(sqlite_store)
    lives.improvement_not_made(world)
    reference = lives.prepared_penalty(world)
    desks = Desks(sqlite_store, Moment.of(datetime(2025, 1, 9, 12, tzinfo=UTC)))

    client = desks.client(Role.OFFICER)

    def release():
        whole = get(client, f"/penalty-notices/{reference}")
        return next(step for step in whole["steps"] if step["step"] == "release")

    before = sqlite_store.examine(None).verdict.end
    assert (release()["asked"], release()["unmet"]) == (True, [])
    desks.moment = Moment.of(datetime(2025, 1, 10, 12, tzinfo=UTC))
    assert [unmet["code"] for unmet in release()["unmet"]] == ["posting_day_differs"]
    world.correct({(date(2024, 11, 4), day): "I" for day in Session}, on=date(2025, 1, 9))
    assert release()["instead"] == "hold"
    assert sqlite_store.examine(None).verdict.end.seq == before.seq + 1  # the correction alone


def test_duties_are_listed_by_urgency_and_say_what_clears_them(sqlite_store):
    world = lives.registered(sqlite_store)
    lives.improvement_not_made(world)
    desks = Desks(sqlite_store, LATER)
    client = desks.client(Role.OFFICER)

    [duty] = get(client, "/duties", overdue=True)["items"]

    assert duty["code"] == "decide_next_step"
    assert duty["overdue"]
    assert duty["clears"] == ["penalty_notice.decide", "case.close"]
    assert get(client, "/duties", due_by="2024-12-31")["items"] == []
    assert get(client, "/duties", whose="mine")["items"] == []
    assert get(desks.client(Role.SCHOOL, URN), "/duties")["items"] == []


def test_lists_come_in_parts_that_neither_miss_nor_repeat(sqlite_store):
    world = lives.registered(sqlite_store)
    world.account("officer.one")
    references = []
    for number in range(5):
        reference = world.do(
            "case.open", LATER.on, pupil_id=world.pupil, school_urn=URN, officer="officer.one"
        ).reference
        world.do("case.close", LATER.on, reference=reference, why=f"Number {number}.")
        references.append(reference)
    client = Desks(sqlite_store, LATER).client(Role.OFFICER)

    found, after = [], ""
    while after is not None:
        part = get(client, "/cases", limit=2, after=after, state="closed", officer="officer.one")
        found += [line["reference"] for line in part["items"]]
        after = part["next"]

    assert found == references[::-1]
    assert get(client, "/cases", state="open")["items"] == []


@pytest.mark.parametrize("path", ["/cases", "/duties", "/letters"])
@pytest.mark.parametrize("after", ["somewhere", "9" * 30])
def test_a_place_that_is_none_is_refused(desks, path, after):
    answer = desks.client(Role.OFFICER).get(f"/api/v1{path}", params={"after": after})

    assert answer.status_code == 422
    assert answer.json()["code"] == "bad_input"


def reading_routes(app):
    """Return the path of every route that reads, its places filled in."""
    places = {"reference": "C-2024-000001", "pupil_id": "1", "digest": "0" * 64}
    return [
        re.sub(r"{(\w+)}", lambda found: places[found[1]], route.path)
        for route in routes_of(app)
        if route.methods == {"GET"} and route.name not in PUBLIC
    ]


def test_a_query_parameter_that_no_route_knows_is_refused_and_named(desks):
    client = desks.client(Role.OFFICER)
    paths = reading_routes(desks.app)
    assert len(paths) > 15
    for path in paths:
        answer = client.get(path, params={"school_urn": "900002"})
        assert answer.status_code == 422, path
        assert answer.json()["code"] == "malformed", path
        assert [field["field"] for field in answer.json()["fields"]] == ["query.school_urn"], path
        assert "900002" not in answer.text


def test_the_description_says_that_a_parameter_it_does_not_name_is_refused(desks):
    described = desks.anonymous().get("/api/v1/openapi.json").json()
    assert "query parameter that is not described is refused, by its name" in described["info"]["description"]
    for path in described["paths"].values():
        if "get" in path and path["get"].get("security") != []:
            assert "422" in path["get"]["responses"]


def test_the_law_of_a_day_comes_with_its_sources(paid):
    _, desks = paid
    client = desks.client(Role.SCHOOL, URN)
    name = "england.penalty_notice.first_amount_pence"

    [after] = get(client, "/law", name=name, on="2024-09-01")
    [before] = get(client, "/law", name=name, on="2024-08-18")

    assert (after["value"], before["value"]) == (16000, 12000)
    assert after["cites"][0]["instrument"]
    assert len(get(client, "/law")) > 50
    assert client.get("/api/v1/law", params={"name": "england.nonsense"}).status_code == 404


def test_the_record_is_verified_and_the_statutory_record_exported(paid):
    world, desks = paid
    client = desks.client(Role.AUDITOR)

    verified = get(client, "/record/verification")
    packed = client.get("/api/v1/record/notices")

    assert verified["intact"]
    assert verified["compared_with"] == verified["entries"]
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert f"record-of-notices/copies/{world.notice}.pdf" in archive.namelist()
    assert desks.client(Role.SCHOOL, URN).get("/api/v1/record/notices").status_code == 403


def test_the_entries_of_a_case_come_in_order_each_checked(paid):
    _, desks = paid
    client = desks.client(Role.LEGAL)

    first = get(client, "/cases/C-2024-000001/record", limit=3)
    rest = get(client, "/cases/C-2024-000001/record", after=first["next"])

    numbers = [entry["seq"] for entry in (*first["items"], *rest["items"])]
    assert numbers == sorted(set(numbers))
    assert all(entry["intact"] for entry in (*first["items"], *rest["items"]))
    assert first["items"][0]["payload"]["rules"]


def test_every_read_answers_on_both_databases(store):
    world = lives.registered(store)
    lives.improvement_not_made(world)
    notice = lives.paid_penalty(world)
    desks = Desks(store, LATER)
    officer, school = desks.client(Role.OFFICER), desks.client(Role.SCHOOL, URN)

    for path in (
        "/cases?due_by=2025-02-01&officer=x&school=900001&state=open",
        "/cases/C-2024-000001",
        "/cases/C-2024-000001/record",
        "/requests?state=requested",
        f"/penalty-notices/{notice}",
        "/notices-to-improve/NTI-2024-000001",
        "/letters?name=penalty_notice&posting_on=2025-01-09",
        "/duties?whose=mine&overdue=true",
        "/pupils?q=marsh",
        f"/pupils/{world.pupil}",
        "/schools",
    ):
        get(officer, path)
        if not path.endswith("/record"):
            get(school, path)
    get(officer, "/payments")
    get(officer, "/record/verification")
