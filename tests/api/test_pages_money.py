"""Payments by file on a page: checked without a change, refused by line, every unmatched line shown."""

import re

import pytest

from tests.support import pages
from tests.support.pages import signed_in, token_on

HEADER = "received_on,amount,reference,transaction\n"
ROWS = "2024-11-29,80.00,PN-2024-000001,B-1\n2024-11-30,12,somebody,B-2\n"


@pytest.fixture
def client(worked):
    """An officer of the small world."""
    return signed_in(pages.application(worked), "officer.one")


def send(client, text, do):
    form = {"form_token": token_on(client.get("/payments/file").text), "do": do}
    file = ("pay.csv", text.encode(), "text/csv")
    return client.post("/payments/file", data=form, files={"payments": file})


def test_a_file_is_checked_recorded_and_recognised(client):
    checked = send(client, HEADER + ROWS, "check").text
    assert "2 payments would be recorded." in checked
    assert "1 unmatched line" in checked
    assert "B-2" not in client.get("/payments").text
    recorded = send(client, HEADER + ROWS, "import").text
    assert "2 payments recorded now" in recorded
    assert "/acts/payment.match?reference=PY-2024-000003" in recorded
    again = send(client, HEADER + ROWS, "import").text
    assert "Recorded before and left as it is: 2 lines of the file." in again


def test_a_file_with_a_problem_is_refused_line_by_line(client):
    answer = send(client, HEADER + ROWS + "2024-11-31,80.00,x,B-3\n", "import")
    assert answer.status_code == 422
    assert "There is no such day" in answer.text
    assert "No money is recorded" not in client.get("/payments").text
    assert "B-1" not in client.get("/payments").text


def test_no_file_is_asked_for_again(client):
    form = {"form_token": token_on(client.get("/payments/file").text), "do": "import"}
    answer = client.post("/payments/file", data=form)
    assert answer.status_code == 422
    assert 'href="#payments"' in answer.text


def act(client, name, **typed):
    form = {"form_token": token_on(client.get("/search").text), "step": "confirm", **typed}
    return client.post(f"/acts/{name}", data=form)


def test_a_notice_that_is_not_there_is_said_on_the_form_and_what_was_typed_stays(client):
    answer = act(client, "payment.match", reference="PY-2024-000001", notice="PN-2024-999999")
    assert answer.status_code == 404
    assert "There is no penalty notice PN-2024-999999 that you may see." in answer.text
    assert 'value="PN-2024-999999"' in answer.text


def test_a_request_that_is_not_there_does_not_take_the_pupils_form_away(client):
    typed = {"pupil_id": "1", "request": "RQ-2024-999999", "further_support": "Mentoring"}
    answer = client.post(
        "/acts/notice_to_improve.decide",
        data={"form_token": token_on(client.get("/search").text), "step": "check", **typed},
    )
    assert answer.status_code == 422
    assert 'id="target_sessions"' in answer.text
    assert "Mentoring" in answer.text


def test_a_payment_offers_only_what_can_be_done_with_it_as_it_stands(client):
    page = client.get("/payments/PY-2024-000001").text
    assert "Match money to the notice it was meant for" in page
    assert "Move money that was matched" not in page
    assert "Record money given back" not in page
    typed = {"refund_pence": "80", "how": "Sent in error"}
    assert act(client, "payment.settle", reference="PY-2024-000001", **typed).status_code == 303
    settled = client.get("/payments/PY-2024-000001").text
    assert 'href="/acts/payment.refund' in settled
    assert 'href="/acts/payment.settle' not in settled


@pytest.mark.parametrize("reference", ["PY-2024-000001", "PN-2024-000001", "lt-2024-000001", "C-2024-000001"])
def test_a_search_by_a_reference_opens_the_matter_itself(client, reference):
    place = re.search(r'href="([^"]+)">Open ', client.get("/search", params={"q": f" {reference} "}).text)
    assert place is not None
    assert reference.upper() in client.get(place[1]).text


def test_a_search_by_a_reference_tells_a_school_of_nothing_that_is_not_its_own(worked):
    stranger = signed_in(pages.application(worked), "school.two")
    for reference in ("PY-2024-000001", "PN-2024-000001", "LT-2024-000001", "RQ-2024-000001"):
        answer = stranger.get("/search", params={"q": reference}).text
        assert ">Open " not in answer
        assert "Nobody was found" in answer
