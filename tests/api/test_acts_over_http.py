"""Acts over HTTP: the same acts as everywhere, their inputs in path and body, their refusals whole."""

import pytest

from api.paths import makes_a_matter, path_of
from attendance.services.registry import ACTS
from rules.roles import Role
from tests.support.people import URN

CASE = {"pupil_id": 1, "school_urn": URN, "officer": "officer"}


def test_an_act_that_makes_a_matter_answers_201_with_its_reference(desks):
    answer = desks.client(Role.OFFICER).post("/api/v1/cases/open", json=CASE)

    assert answer.status_code == 201
    assert answer.json()["reference"] == "C-2025-000001"
    assert answer.json()["on"] == "2025-03-03"


def test_an_act_on_a_matter_takes_its_reference_from_the_path(desks):
    client = desks.client(Role.OFFICER)
    client.post("/api/v1/cases/open", json=CASE)

    answer = client.post("/api/v1/cases/C-2025-000001/close", json={"why": "All is well."})

    assert answer.status_code == 200
    assert answer.json()["state"] == "closed"


def test_a_step_that_does_not_exist_now_answers_409_with_what_does(desks):
    client = desks.client(Role.OFFICER)
    client.post("/api/v1/cases/open", json=CASE)
    client.post("/api/v1/cases/C-2025-000001/close", json={"why": "All is well."})

    answer = client.post("/api/v1/cases/C-2025-000001/close", json={"why": "Again."})

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["code"] == "step_not_available"
    assert (said["state"], said["available"]) == ("closed", ["reopen"])


def test_what_contradicts_itself_names_its_field(desks):
    answer = desks.client(Role.OFFICER).post("/api/v1/cases/open", json={**CASE, "officer": "nobody"})

    assert answer.status_code == 422
    (named,) = answer.json()["fields"]
    assert named == {"field": "body.officer", "message": answer.json()["detail"]}


def test_a_refusal_lists_everything_unmet_with_sources_and_who_may_lift_it(desks):
    decide = {
        "pupil_id": 1,
        "school_urn": URN,
        "adult_id": 1,
        "target_sessions": 2,
        "period_school_days": 20,
        "further_support": ["A mentor."],
    }

    answer = desks.client(Role.OFFICER).post("/api/v1/notices-to-improve/decide", json=decide)

    assert answer.status_code == 409
    unmet = answer.json()["unmet"]
    assert len(unmet) > 1
    assert {"code", "aspect", "force", "message", "remedy", "sources", "reason_from"} == set(unmet[0])
    assert any(item["sources"] for item in unmet)
    reasons = [item for item in unmet if item["force"] == "reason_required"]
    assert all(item["reason_from"] for item in reasons)


def test_a_malformed_body_names_each_field_and_repeats_no_value(desks):
    sent = {**CASE, "pupil_id": "Ada Marsh", "school_urn": "SECRET", "surprise": 1}

    answer = desks.client(Role.OFFICER).post("/api/v1/cases/open", json=sent)

    assert answer.status_code == 422
    assert {item["field"] for item in answer.json()["fields"]} == {
        "body.pupil_id",
        "body.school_urn",
        "body.surprise",
    }
    assert "Ada" not in answer.text
    assert "SECRET" not in answer.text


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 422),
        (b"pupil_id=1", "application/x-www-form-urlencoded", 422),
        (b"\xff\xfe", "application/json", 422),
    ],
)
def test_a_body_that_is_not_json_is_refused(desks, content, content_type, status):
    answer = desks.client(Role.OFFICER).post(
        "/api/v1/cases/open", content=content, headers={"content-type": content_type}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_text_that_nothing_could_show_is_refused(desks):
    answer = desks.client(Role.OFFICER).post("/api/v1/cases/open", json={**CASE, "officer": "one\x00two"})

    assert answer.status_code == 422
    assert answer.json()["fields"] == [
        {"field": "body.officer", "message": "Holds a control character. Take it out."}
    ]


def test_a_day_that_no_clock_could_count_from_is_refused(desks):
    money = {"pence": 1, "received_on": "9999-12-31", "paid_with_reference": "-", "transaction": "-"}
    answer = desks.client(Role.OFFICER).post("/api/v1/payments/receive", json=money)

    assert answer.status_code == 422
    assert "Give a day from 1900-01-01 to 2199-12-31." in answer.text


def test_a_reference_of_another_form_is_malformed(desks):
    answer = desks.client(Role.OFFICER).post("/api/v1/cases/nonsense/close", json={"why": "So."})

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["field"] == "path.reference"


def test_a_body_over_the_limit_is_refused_without_being_read(desks):
    client = desks.client(Role.OFFICER)

    declared = client.post("/api/v1/cases/open", content=b"x", headers={"content-length": "1048577"})
    streamed = client.post("/api/v1/cases/open", content=iter([b"x" * 600_000] * 2))

    assert declared.status_code == streamed.status_code == 413
    assert declared.json()["code"] == streamed.json()["code"] == "body_too_large"


def test_a_school_acts_on_its_own_pupils_only_and_learns_nothing_of_others(desks):
    support = {
        "pupil_id": 1,
        "school_urn": URN,
        "kind": "home_visit",
        "on": "2025-03-01",
        "response": "taken_up",
        "offered_by": "Head of year",
    }

    own = desks.client(Role.SCHOOL, URN).post("/api/v1/support/record", json=support)
    others = desks.client(Role.SCHOOL, "900002").post("/api/v1/support/record", json=support)
    nobodys = desks.client(Role.SCHOOL, "900002").post(
        "/api/v1/support/record", json={**support, "pupil_id": 99, "school_urn": "900002"}
    )

    assert own.status_code == 201
    assert others.status_code == nobodys.status_code == 404
    assert others.json()["detail"].replace(" 1 ", " 99 ") == nobodys.json()["detail"]


def test_every_act_has_its_route_and_its_description(desks):
    paths = desks.app.openapi()["paths"]

    for act in ACTS:
        described = paths[f"/api/v1{path_of(act)}"]["post"]
        assert described["summary"] == act.summary
        assert ("201" if makes_a_matter(act) else "200") in described["responses"]
        assert {"401", "403", "404", "409", "413", "422", "429", "500"} <= set(described["responses"])


def test_an_unforeseen_error_shows_a_reference_and_no_traceback(desks, monkeypatch, caplog):
    client = desks.client(Role.OFFICER)
    monkeypatch.setattr("api.routes.acts.perform", _broken)

    answer = client.post("/api/v1/cases/open", json=CASE)

    assert answer.status_code == 500
    said = answer.json()
    assert said["code"] == "bug"
    assert said["reference"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "Ada Marsh" not in answer.text + caplog.text


def _broken(*_arguments):
    raise RuntimeError("Ada Marsh, 1 Mill Lane")
