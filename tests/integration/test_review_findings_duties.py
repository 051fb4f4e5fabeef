"""What is recorded once, by whom, for whom, and for every parent whom a request names."""

from datetime import date

import pytest
from pydantic import ValidationError

from attendance.domain.errors import BadInput
from attendance.store.tables.requests import RequestRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w


@pytest.fixture
def world(sqlite_store):
    return stories.ready(sqlite_store)


def test_a_question_about_notices_is_answered_once(world):
    who = {"pupil_id": world.pupil, "adult_id": world.mother, "asked_of": "The school"}
    asked = world.do("notice_check.ask", c.DECIDED, **who).reference
    world.do("notice_check.answer", c.DECIDED, reference=asked, answer="None known.")
    with pytest.raises(BadInput, match="answered already"):
        world.do("notice_check.answer", c.DECIDED, reference=asked, answer="One after all.")


def test_the_same_notice_of_somebody_else_is_recorded_once(world):
    given = {
        "pupil_id": world.pupil,
        "adult_id": world.mother,
        "kind": "school_attendance",
        "issued_by": "Northmoor Council",
        "issued_on": date(2024, 10, 1),
        "offence_from": date(2024, 9, 9),
        "offence_until": date(2024, 9, 20),
        "source": "issuer",
    }
    world.do("earlier_notice.record", c.DECIDED, **given)
    with pytest.raises(BadInput, match="recorded already"):
        world.do("earlier_notice.record", c.DECIDED, **given)


def request(world, *adults):
    return {
        "pupil_id": world.pupil,
        "school_urn": w.URN,
        "kind": "irregular",
        "absent_from": c.ABSENT[0],
        "absent_until": c.ABSENT[4],
        "parents": c.named(world, *adults),
    }


def test_a_request_names_each_parent_once_and_never_the_authority_or_a_stranger(world):
    for adults in [(world.mother, world.mother), (world.authority_as_parent,), (world.stranger,)]:
        with pytest.raises(BadInput):
            world.do("request.make", c.DECIDED, by=world.school, **request(world, *adults))


def test_a_request_is_judged_for_each_parent_it_names(world):
    """The mother's notice has used the sessions up; the father alone would meet the threshold."""
    c.issue(world)
    asked = world.do(
        "request.make", c.DAY_21, by=world.school, **request(world, world.father, world.mother)
    ).reference
    world.do("request.send", c.DAY_21, by=world.school, reference=asked)
    world.do("request.close_as_not_met", c.DAY_21, reference=asked)
    row = world.row(RequestRow, asked)
    assert row.state == "not_met"
    assert "threshold" in row.answer


def test_support_names_no_adult_who_is_not_a_parent(world):
    about = {"pupil_id": world.pupil, "school_urn": w.URN, "kind": "home_visit", "on": c.DECIDED}
    who = {"response": "offered", "offered_by": "A lead"}
    with pytest.raises(BadInput, match="not recorded as a parent"):
        world.do("support.record", c.DECIDED, **about, **who, adult_id=9999)
    with pytest.raises(ValidationError):
        world.do("support.record", c.DECIDED, **about, **who, adult_id=2**40)
