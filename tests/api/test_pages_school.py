"""A school on its own pages: its issuers, the evidence item by item, its answers on unpaid notices."""

import re
from datetime import date
from html import unescape

import pytest

from tests.support import casework as usual
from tests.support import pages, stories
from tests.support.pages import signed_in, token_on
from tests.support.world import URN, upn

MISSING = re.compile(r">\s*Missing\s*<")
PDF = b"%PDF-1.4\n%made for a test\n"


@pytest.fixture
def client(worked):
    """The first school of the small world."""
    return signed_in(pages.application(worked), "school.one")


def test_an_issuer_is_authorised_with_the_heads_document_and_ended(client, worked):
    page = client.get(f"/schools/{URN}/issuers").text
    assert "Ruth Lane" in page
    (href,) = set(re.findall(r'href="(/acts/issuer\.authorise[^"]*)"', page))
    form_page = client.get(href).text
    assert "Ruth Lane" in form_page
    form = {
        "form_token": token_on(form_page),
        "school_urn": URN,
        "name": "Kim Vale",
        "capacity": "authorised_assistant",
        "since-day": "2",
        "since-month": "12",
        "since-year": "2024",
        "head_staff_id": str(worked.staff["head"]),
        "step": "confirm",
    }
    files = {"document-file": ("authorisation.pdf", PDF, "application/pdf")}
    done = client.post("/acts/issuer.authorise", data=form, files=files)
    assert done.status_code == 303, done.text
    assert done.headers["location"] == f"/schools/{URN}/issuers"
    page = client.get(f"/schools/{URN}/issuers").text
    assert "Kim Vale" in page
    (document,) = re.findall(r'href="(/documents/[0-9a-f]{64})"', page)
    assert client.get(document).content == PDF
    assert "End Kim Vale’s authorisation" in page


def test_another_schools_issuers_are_not_found(worked):
    client = signed_in(pages.application(worked), "school.two")
    assert client.get(f"/schools/{URN}/issuers").status_code == 404
    assert client.get(f"/acts/issuer.authorise?school_urn={URN}").status_code == 404


def test_evidence_is_uploaded_for_each_item(client):
    path = "/requests/RQ-2024-000001"
    page = client.get(path).text
    uploads = re.findall(r'href="(/acts/request\.give_evidence\?[^"]*)"', page)
    missing = len(MISSING.findall(page))
    assert len(uploads) == missing + 1
    first = uploads[0].replace("&amp;", "&")
    form_page = client.get(first).text
    item = first.rsplit("item=", 1)[1]
    assert re.search(rf'value="{item}"\s+checked', form_page)
    form = {"form_token": token_on(form_page), "reference": "RQ-2024-000001", "item": item, "step": "confirm"}
    files = {"document-file": ("letter.pdf", PDF, "application/pdf")}
    assert client.post("/acts/request.give_evidence", data=form, files=files).status_code == 303
    after = client.get(path).text
    assert len(MISSING.findall(after)) == missing - 1
    assert "given on 2 December 2024 by school.one" in after


def test_an_officer_sees_the_items_and_a_reader_uploads_nothing(worked):
    page = signed_in(pages.application(worked), "auditor.one").get("/requests/RQ-2024-000001").text
    assert MISSING.search(page)
    assert "give_evidence" not in page


def test_unpaid_notices_show_the_days_left_and_take_the_answer(worked):
    usual.earlier_notices_asked(worked, date(2024, 11, 11), worked.father)
    worked.notice = usual.issue(worked, adult_id=worked.father)
    end, told = date(2024, 12, 19), date(2024, 12, 20)
    usual.say(worked, "end_unpaid", end)
    usual.say(worked, "message_school", told)
    client = signed_in(pages.application(worked, day=told), "school.one")
    page = client.get("/penalty-notices?state=awaiting_school").text
    assert worked.notice in page
    assert re.search(r"in \d+ days", page)
    assert f"/acts/penalty_notice.school_supports?reference={worked.notice}" in page
    reader = signed_in(pages.application(worked, day=told), "auditor.one")
    assert "For the school" in reader.get("/penalty-notices?state=awaiting_school").text


def test_a_school_reads_what_a_request_lacks_before_it_is_sent_and_sends_it_once(client):
    request = "RQ-2024-000001"
    assert "What it lacks before you send it" in client.get(f"/requests/{request}").text
    asked = client.get(f"/acts/request.send?reference={request}").text
    assert "What the request lacks" in asked
    assert "Nothing can be added once it is sent" in asked
    form = {"form_token": token_on(asked), "reference": request}
    looked_over = client.post("/acts/request.send", data={**form, "step": "check"}).text
    assert "What the request lacks" in looked_over
    assert client.post("/acts/request.send", data={**form, "step": "confirm"}).status_code == 303
    twice = client.post("/acts/request.send", data={**form, "step": "confirm"})
    assert twice.status_code == 409
    assert f"Nothing was changed: {request} stands at “requested”." in twice.text
    assert "What it lacks" in client.get(f"/requests/{request}").text


def test_a_draft_says_all_that_it_lacks_and_is_made_anew_from_its_answers(client, worked):
    page = client.get("/requests/RQ-2024-000001").text
    lacks = page.partition("What it lacks before you send it")[2].partition("</ul>")[0]
    assert "Missing: " in lacks
    assert "No day of the child&#39;s return is given." in lacks
    (anew,) = re.findall(r'href="(/acts/request\.make\?[^"]+)"', page)
    assert "Quarry" not in anew
    form = client.get(unescape(anew)).text
    assert re.search(r'value="leave_of_absence"\s+checked', form)
    assert f'value="{usual.ABSENT[0].day}"' in form


def test_of_a_leave_of_absence_the_school_says_whether_it_was_applied_for(client, worked):
    form = {
        "form_token": token_on(client.get("/").text),
        "pupil_id": str(worked.pupil),
        "school_urn": URN,
        "kind": "leave_of_absence",
        "parents": str(worked.father),
        f"parents-{worked.father}-name": "Sam Marsh",
        f"parents-{worked.father}-address": "9 Quarry Road, AM2 2BB",
        "step": "confirm",
    }
    for name, day in (("absent_from", usual.ABSENT[0]), ("absent_until", usual.ABSENT[-1])):
        form |= {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    for field in ("leave_applied_for", "exceptional_considered"):
        page = client.post("/acts/request.make", data=form)
        assert page.status_code == 422
        assert f'href="#{field}"' in page.text
        form[field] = "no"
    assert client.post("/acts/request.make", data=form).status_code == 303


def register_file(code):
    rows = f"school_urn,upn,date,session,code\n{URN},{upn(1)},2024-11-29,AM,{code}\n"
    return {"register": ("register.csv", rows.encode(), "text/csv")}


def test_a_file_imported_before_is_read_again_where_the_school_says_so(client):
    form = {"form_token": token_on(client.get("/registers").text), "do": "import"}
    for code in ("I", "/"):
        done = client.post("/registers", data={**form, "reason": "Found out."}, files=register_file(code))
        assert "corrected 1" in done.text
    again = client.post("/registers", data={**form, "reason": "Found out."}, files=register_file("I"))
    assert "This very file was imported before" in again.text
    assert 'name="again"' in again.text
    read = {**form, "reason": "It was right at first.", "again": "yes"}
    assert "corrected 1" in client.post("/registers", data=read, files=register_file("I")).text


def test_why_marks_are_corrected_stays_and_is_asked_for_at_its_field(client):
    form = {"form_token": token_on(client.get("/registers").text), "do": "import"}
    unsaid = client.post("/registers", data=form, files=register_file("I"))
    assert 'href="#reason"' in unsaid.text
    assert "--reason" not in unsaid.text
    forgotten = client.post("/registers", data={**form, "reason": "A doctor wrote."})
    assert "Choose the register file" in forgotten.text
    assert ">A doctor wrote.</textarea>" in forgotten.text


def test_of_sessions_that_stand_in_a_notice_a_request_is_told(sqlite_store):
    """They count no further; without a word a school reads that its register is empty."""
    world = pages.with_accounts(stories.issued(sqlite_store))
    world.do(
        "request.make",
        usual.DAY_22,
        by=world.school,
        pupil_id=world.pupil,
        school_urn=URN,
        kind="leave_of_absence",
        absent_from=usual.ABSENT[0],
        absent_until=usual.ABSENT[-1],
        leave_applied_for=False,
        exceptional_considered=True,
        parents=usual.named(world),
    )
    school = signed_in(pages.application(world, day=usual.DAY_22), "school.one")
    page = school.get("/requests/RQ-2024-000001").text
    assert "10 more sessions stand in a notice to this parent already" in page


def test_an_answer_that_would_be_refused_is_not_said_to_be_possible_now(client, worked):
    worked.do("request.send", pages.TODAY, by=worked.school, reference="RQ-2024-000001")
    page = signed_in(pages.application(worked), "officer.one").get("/requests/RQ-2024-000001").text
    now, _, later = page.partition("What can be done now")[2].partition("What cannot be done now, and why")
    assert "request.close_as_not_met" in now
    assert "request.refuse" in now
    for refused in ("request.accept", "request.return_for_information"):
        assert refused not in now
        assert refused in later
