"""Figures: every number is the number of pupils that its list has, and a school sees its own."""

import csv
import re

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.support import pages
from tests.support.pages import signed_in


@pytest.fixture
def app(worked):
    """The small world's application."""
    return pages.application(worked)


def test_every_number_opens_a_list_of_as_many_pupils(app):
    client = signed_in(app, "officer.one")
    page = client.get("/figures").text
    links = set(re.findall(r'href="(/figures/pupils\?[^"]*)">([\d,]+)[ <]', page))
    assert links
    for href, number in links:
        shown = client.get(href.replace("&amp;", "&")).text
        assert f"{number} pupil" in shown or (number == "0" and "Nobody stands here" in shown), href


def test_charts_say_in_words_what_they_show_and_run_nothing(app):
    page = signed_in(app, "officer.one").get("/figures").text
    drawings = re.findall(r"<svg role=\"img\".*?</svg>", page, re.DOTALL)
    assert len(drawings) == 4
    for drawing in drawings:
        assert re.search(r"<title id=\"[\w-]+\">[^<]+</title>\s*<desc id=\"[\w-]+\">[^<]+</desc>", drawing)
    assert not re.search(r'\sstyle="', page)


def test_a_school_sees_its_own_figures_and_no_others(app):
    client = signed_in(app, "school.two")
    assert "Mill Lane School" not in client.get("/figures").text
    for path in ("/figures", "/figures.csv", "/figures/pupils", "/figures/pupils.csv"):
        assert client.get(f"{path}?school=900001&table=months").status_code == 404, path
    own = signed_in(app, "school.one").get("/figures?school=900001").text
    assert "Mill Lane School" in own


def test_tables_come_as_csv_with_numerator_and_denominator(app):
    client = signed_in(app, "auditor.one")
    answer = client.get("/figures.csv?table=months")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert rows[0]["month"] == "2024-09"
    for row in rows:
        parts = (row["sessions_attended"], row["sessions_authorised"], row["sessions_unauthorised"])
        assert sum(map(int, parts)) == int(row["sessions_possible"])
    assert client.get("/figures.csv?table=schools").text.count("\r\n") == 2
    assert "Ada Marsh" in client.get("/figures/pupils.csv").text


@pytest.mark.parametrize("query", ["month=2024-13", "month=soon", "stage=other", "absence=other"])
def test_what_is_no_month_stage_or_absence_is_refused(app, query):
    answer = signed_in(app, "officer.one").get(f"/figures/pupils?{query}")
    assert answer.status_code == 422


def test_a_month_that_is_not_counted_is_not_found(app):
    assert signed_in(app, "officer.one").get("/figures?month=2030-01").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/figures",
        "/figures?school=900001",
        "/figures/pupils",
        "/figures/pupils.csv",
        "/figures.csv?table=months",
        "/letter-batches",
        "/letter-batches/new",
        "/hand-delivery",
        "/schools/900001/issuers",
        "/penalty-notices?state=awaiting_school",
        "/words",
    ],
)
def test_a_page_asks_the_database_little(app, path):
    client = signed_in(app, "officer.one")
    client.get(path)
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    questions = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(questions) <= 15, questions
