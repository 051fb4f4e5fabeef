"""Payments by file on a page: checked without a change, refused by line, every unmatched line shown."""

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
