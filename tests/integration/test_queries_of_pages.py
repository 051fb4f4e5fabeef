"""No page asks the database many questions, whoever reads it: seen on the demo's whole year."""

from collections import Counter

import pytest
from fastapi.testclient import TestClient

from tests.support.demo import accounts_in, last_evening
from tests.support.links import Links, kind_of
from tests.support.questions import counted

MOST_QUERIES, TO_NOTE_THE_SESSION = 15, 1
"""Once a minute a page also notes that its session goes on; here the clock stands still."""

OF_EACH_KIND = 3
KINDS_AT_LEAST = {"officer": 60, "senior officer": 60, "school": 25, "legal services": 20, "auditor": 20}


def pages_of(client, asked):
    """Yield each path that the links lead to, a few of each kind, with the questions that it took."""
    ahead, seen, kinds = ["/"], set(), Counter()
    while ahead:
        path = ahead.pop(0)
        if path in seen or kinds[kind_of(path)] == OF_EACH_KIND:
            continue
        seen.add(path)
        kinds[kind_of(path)] += 1
        asked.clear()
        page = client.get(path)
        yield path, page.status_code, len(asked)
        if "html" in page.headers["content-type"]:
            ahead.extend(Links(page.text).links)


@pytest.mark.parametrize("role", KINDS_AT_LEAST)
def test_no_page_asks_more_than_a_few_questions(year, role):
    name, password = accounts_in(year.folder)[role][0]
    with counted() as asked, TestClient(last_evening(year.folder), base_url="http://127.0.0.1") as client:
        token = Links(client.get("/sign-in").text).token
        client.post("/sign-in", data={"form_token": token, "next": "/", "name": name, "password": password})
        found = list(pages_of(client, asked))
    assert {status for _, status, _ in found} == {200}
    many = {path: questions for path, _, questions in found if questions + TO_NOTE_THE_SESSION > MOST_QUERIES}
    assert many == {}
    assert len({kind_of(path) for path, _, _ in found}) >= KINDS_AT_LEAST[role]
