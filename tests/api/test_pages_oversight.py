"""Overrides, late acts and skipped support stand in one list, each with its reason and its case."""

import inspect
from datetime import date

import pytest

from attendance.store.queries.made import Part
from attendance.store.queries.oversight import SUPPORT_CODES, Look, oversight
from rules.steps import conditions, request
from tests.support import casework as usual
from tests.support import pages
from tests.support.pages import signed_in
from tests.support.world_marks import absent


@pytest.fixture
def world(worked):
    """The small world with a decision that a reason carried, and one that was late."""
    worked.correct(absent(usual.ABSENT[:1], "I"), on=date(2024, 11, 29))
    usual.earlier_notices_asked(worked, date(2024, 11, 29), worked.father)
    usual.decide(
        worked,
        date(2024, 12, 2),
        adult_id=worked.father,
        posting_on=date(2024, 12, 3),
        reasons=usual.reason("below_threshold"),
    )
    return worked


def test_each_row_says_what_did_not_hold_why_it_was_done_and_leads_to_its_case(world):
    client = signed_in(pages.application(world), "senior.one")
    page = client.get("/oversight").text
    assert "The officer&#39;s reason, in words." in page
    assert 'href="/cases/C-2024-000001"' in page
    assert "Ground: support not engaged with." in page


def test_the_list_is_narrowed_to_one_kind(world):
    client = signed_in(pages.application(world), "auditor.one")
    assert "in words." not in client.get("/oversight?only=late").text
    assert "Ground:" not in client.get("/oversight?only=overrides").text
    assert "in words." not in client.get("/oversight?only=support").text
    assert client.get("/oversight?only=other").status_code == 422
    assert client.get("/oversight?after=soon").status_code == 422


def test_parts_of_the_list_put_together_are_the_whole_list(world):
    with world.store.read() as session:
        whole = oversight(session, Look.ALL, Part(50)).items
        found, after = [], ""
        while after is not None:
            part = oversight(session, Look.ALL, Part(1, after))
            found += part.items
            after = part.next
    assert tuple(found) == whole
    assert len(whole) > 2


def test_the_conditions_of_support_first_are_those_of_the_guards():
    text = "".join(inspect.getsource(module) for module in (conditions, request))
    assert all(f'"{code}"' in text for code in SUPPORT_CODES)


@pytest.mark.parametrize(
    "typed", [("31", "2", "2025"), ("1", "", "2025"), ("1", "March", "2025"), ("1", "1", "0")]
)
def test_a_day_that_is_none_is_asked_for_again_beside_what_was_typed(worked, typed):
    client = signed_in(pages.application(worked), "auditor.one")
    asked = dict(zip(("on-day", "on-month", "on-year"), typed, strict=True))
    page = client.get("/law", params=asked)
    assert page.status_code == 422
    assert 'href="#on-day"' in page.text
    assert all(
        f'name="{name}" type="text" value="{value}"' in page.text for name, value in asked.items() if value
    )
    assert "Law and local code on" not in page.text
    assert "Law and local code on 1 March 2025" in client.get("/law?on-day=1&on-month=3&on-year=2025").text
