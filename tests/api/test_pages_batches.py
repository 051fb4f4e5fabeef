"""Letters in batches: put together, looked at, released each by its own act; and what goes by hand."""

import re
from datetime import date

import pytest

from attendance.store.tables.letters import LetterBatchRow, LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as usual
from tests.support import pages
from tests.support.pages import signed_in, token_on
from tests.support.world import URN

ON = date(2024, 12, 2)


def first_concern(world, adult):
    lead = {"contact_name": "Pat Lowe", "contact_job_title": "Attendance Lead"}
    reach = {"contact_telephone": "01632 960111", "contact_email": "lead@school.example"}
    about = {"pupil_id": world.pupil, "school_urn": URN, "adult_id": adult}
    return world.do("letter.first_concern", ON, **about, **lead, **reach, help_offered=["A mentor"]).reference


@pytest.fixture
def world(worked):
    """The small world with two letters of concern and a notice by hand, all prepared for today."""
    first_concern(worked, worked.mother)
    first_concern(worked, worked.father)
    usual.earlier_notices_asked(worked, date(2024, 11, 29), worked.father)
    worked.notice = usual.decide(worked, ON, adult_id=worked.father, posting_on=ON)
    usual.prepare(worked, worked.notice, ON, posting_on=ON, method="hand_delivery")
    return worked


@pytest.fixture
def client(world):
    """An officer of the world."""
    return signed_in(pages.application(world), "officer.one")


def batched(client, *, leave_out=""):
    page = client.get("/letter-batches/new").text
    letters = re.findall(r'name="letters" value="(LT-\d{4}-\d{6})" checked', page)
    parts = dict(re.findall(r'name="(posting_on-\w+)" value="(\d+)"', page))
    form = {"form_token": token_on(page), **parts, "letters": [one for one in letters if one != leave_out]}
    assert "Check your answers" in client.post("/acts/letter_batch.make", data=form).text
    done = client.post("/acts/letter_batch.make", data={**form, "step": "confirm"})
    assert done.status_code == 303, done.text
    return done.headers["location"], letters


def sampled(client, batch):
    form = {"form_token": token_on(client.get(batch).text), "reference": batch.rsplit("/", 1)[1]}
    assert client.post("/acts/letter_batch.sample", data={**form, "step": "confirm"}).status_code == 303


def released(client, batch):
    form = {"form_token": token_on(client.get(batch).text)}
    return client.post(f"{batch}/release", data=form)


def test_nothing_of_a_batch_goes_before_somebody_looked_at_samples(client, world):
    batch, _ = batched(client)
    assert "/release" not in client.get(batch).text
    assert released(client, batch).status_code == 422
    assert {row.state for row in world.rows(LetterRow, batch_id=1)} == {"prepared"}


def test_each_letter_of_a_batch_goes_by_its_own_act(client, world):
    batch, letters = batched(client)
    assert len(letters) == 3
    assert client.get(batch).text.count("(PDF)") == 3
    sampled(client, batch)
    page = released(client, batch).text
    assert "Went: 3 letters" in page
    assert {row.state for row in world.rows(LetterRow, batch_id=1)} == {"released"}
    assert world.row(PenaltyNoticeRow, world.notice).state == "issued"
    assert "/release" not in client.get(batch).text


def test_what_is_held_or_left_out_stays_and_what_is_refused_says_why(client, world):
    batch, letters = batched(client, leave_out="LT-2024-000002")
    assert len(letters) == 3
    world.do("letter.hold", ON, reference="LT-2024-000003", why="The address is asked for")
    sampled(client, batch)
    later = signed_in(pages.application(world, day=date(2024, 12, 3)), "officer.one")
    page = released(later, batch).text
    assert "Stayed: 1 letter" in page
    assert "Nothing went." in page
    states = {row.reference: row.state for row in world.rows(LetterRow)}
    assert (states["LT-2024-000002"], states["LT-2024-000003"]) == ("prepared", "held")
    assert "LT-2024-000002" in client.get("/letter-batches/new").text


def test_a_batch_whose_letters_are_all_held_says_so(client, world):
    batch, letters = batched(client, leave_out="LT-2024-000004")
    sampled(client, batch)
    for reference in letters[:2]:
        world.do("letter.hold", ON, reference=reference, why="The address is asked for")
    page = client.get(batch).text
    assert "Nothing of this batch can be released: 2 letters are held." in page
    assert "/release" not in page


def test_the_sheet_has_what_goes_by_hand_until_its_delivery_is_recorded(client, world):
    page = client.get("/hand-delivery").text
    assert page.count('class="govuk-link" href="/letters/') == 1
    assert "9 Quarry Road" in page
    assert "Mill Lane School" in page
    assert "LT-" not in client.get("/hand-delivery?school=900002").text
    usual.release(world, world.notice, ON)
    letter = world.rows(LetterRow)[-1].reference
    assert letter in client.get("/hand-delivery").text
    given = {"delivered_on": ON, "how": "hand_delivery", "delivered_by": "Sam", "given_to": "The parent"}
    world.do("letter.deliver", ON, reference=letter, **given)
    assert letter not in client.get("/hand-delivery").text


def test_batches_are_listed_with_how_many_letters_are_where(client, world):
    batch, _ = batched(client)
    sampled(client, batch)
    page = client.get("/letter-batches").text
    assert world.rows(LetterBatchRow)[0].reference in page
    assert "3: 3 prepared" in page
    assert "looked at on 2 December 2024 by officer.one" in page
    assert client.get("/letter-batches/new?posting_on=soon").status_code == 422
    assert client.get("/letter-batches/LB-2024-000099").status_code == 404
