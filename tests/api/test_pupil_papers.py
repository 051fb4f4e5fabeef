"""What is on file about a pupil: all of it, to those who may see it, and every link opens."""

import re
from html import unescape

import pytest
from sqlalchemy import or_, select

from attendance.services.reading.asking import reading
from attendance.services.reading.pupils import whole_pupil
from attendance.services.reading.trend import trends_of
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.record import RecordEntryRow
from tests.support import pages
from tests.support import world as small
from tests.support.pages import TOURED, signed_in
from tests.support.questions import counted
from tests.support.world import at


@pytest.fixture(scope="module")
def app(toured):
    """The application of a world in which everything was done."""
    return pages.application(toured, day=TOURED)


def links_on(page, prefix):
    main = page[page.index("<main") :]
    return [unescape(one) for one in re.findall(rf'href="({prefix}[^"]*)"', main)]


@pytest.mark.parametrize("name", ["senior.one", "legal.one", "school.one"])
def test_every_letter_and_document_that_is_listed_opens(app, name):
    client = signed_in(app, name)
    page = client.get("/pupils/1/papers").text
    letters, documents = links_on(page, "/letters/"), links_on(page, "/documents/")
    assert letters
    assert documents
    for path in {*letters, *documents, *links_on(page, "/(?:cases|requests|penalty-notices)/")}:
        assert client.get(path).status_code == 200, path


def test_the_authority_sees_every_letter_and_a_school_its_own_alone(app, toured):
    everything = {one.reference for one in toured.rows(LetterRow)}
    officer, school = signed_in(app, "senior.one"), signed_in(app, "school.one")
    assert {path.rpartition("/")[2] for path in letters_of(officer)} == everything
    own = {path.rpartition("/")[2] for path in letters_of(school)}
    listed = set(links_on(school.get("/letters").text, "/letters/LT"))
    assert own < everything
    assert {f"/letters/{one}" for one in own} == listed


def letters_of(client, path="/pupils/1/papers"):
    return links_on(client.get(path).text, "/letters/LT")


def test_what_a_parent_wrote_is_listed_for_the_authority_alone(app):
    officer, school = (
        signed_in(app, name).get("/pupils/1/papers").text for name in ("senior.one", "school.one")
    )
    assert "School’s message to the parent" in officer
    assert "School’s message to the parent" not in school
    for said in ("Signed witness statement", "Signed certificate", "Something else that bears"):
        assert said in officer
        assert said in school


def test_another_school_finds_neither_papers_nor_timeline(app):
    client = signed_in(app, "school.two")
    for tab, status in (("", 404), ("/register", 404), ("/papers", 404), ("/timeline", 403)):
        answer = client.get(f"/pupils/1{tab}")
        assert answer.status_code == status, tab
        assert "Ada" not in answer.text


def test_a_school_is_not_shown_the_tab_that_it_may_not_open(app):
    client = signed_in(app, "school.one")
    for path in ("/pupils/1", "/pupils/1/register", "/pupils/1/papers"):
        assert links_on(client.get(path).text, "/pupils/1/timeline") == []
    assert client.get("/pupils/1/timeline").status_code == 403
    assert links_on(signed_in(app, "auditor.one").get("/pupils/1").text, "/pupils/1/timeline")


def test_a_pupil_that_there_is_not_has_no_papers(app):
    client = signed_in(app, "senior.one")
    assert client.get("/pupils/999999/papers").status_code == 404
    assert client.get("/pupils/999999/timeline").status_code == 404


def test_the_timeline_has_every_entry_about_the_pupil_once_the_newest_first(app, toured):
    client = signed_in(app, "senior.one")
    days, path, parts = [], "/pupils/1/timeline", 0
    while path:
        page = client.get(path).text
        days += re.findall(r'<time datetime="([^"]+)"', page)
        (path,) = links_on(page, r"/pupils/1/timeline\?") or [""]
        parts += 1
    with toured.store.read() as session:
        cases = select(CaseRow.id).where(CaseRow.pupil_id == 1)
        about = or_(RecordEntryRow.pupil_id == 1, RecordEntryRow.case_id.in_(cases))
        wanted = select(RecordEntryRow.on_day).where(about).order_by(RecordEntryRow.seq.desc())
        assert days == list(session.scalars(wanted))
    assert parts > 1


def test_the_timeline_says_in_words_what_happened_and_leads_to_it(app):
    page = signed_in(app, "legal.one").get("/pupils/1/timeline").text
    assert "Papers handed over to Legal Services" in page
    assert links_on(page, "/penalty-notices/PN-")
    assert not re.search(r">[^<]*penalty_notice[^<]*<", page[page.index("<main") :])
    later = signed_in(app, "legal.one").get("/pupils/1/timeline?after=1").text
    assert "There is nothing before." in later
    assert signed_in(app, "legal.one").get("/pupils/1/timeline?after=x").status_code == 422


def test_a_pupil_without_papers_is_told_how_they_come(sqlite_store):
    app = pages.application(pages.with_accounts(small.build(sqlite_store)))
    client = signed_in(app, "officer.one")
    page = client.get("/pupils/1/papers").text
    assert "There is no letter that you may read." in page
    assert "There is no document that you may open." in page
    assert links_on(page, "/acts/letter.first_concern")
    assert "Nothing is recorded about this pupil yet." in client.get("/pupils/1/timeline").text


def test_the_overview_says_how_attendance_went_with_a_chart_and_its_table(app):
    page = signed_in(app, "school.one").get("/pupils/1").text
    assert "Attendance was 100.0% both in September and in June so far. It was lowest in " in page
    assert page.count('<svg role="img"') == 1
    assert "Attendance by month at Mill Lane School" in page
    assert not re.search(r'\sstyle="|<script(?! type="module" src| src)[^>]*>[^<]', page)


def test_the_months_of_a_pupil_cost_no_further_question(toured):
    with reading(toured.office, toured.officer, at(TOURED)) as work:
        found = whole_pupil(work, toured.pupil)
        with counted() as asked:
            (trend,) = trends_of(work, found)
    assert asked == []
    assert trend.school_urn == "900001"
    counts = [one.counts for one in trend.months]
    (standing,) = found.standing
    assert sum(one.possible for one in counts) == standing.possible
    assert sum(one.attended for one in counts) == standing.attended
