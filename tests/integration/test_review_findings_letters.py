"""Whom a letter goes to, where it goes, and what it may tell one parent of another."""

from dataclasses import replace
from datetime import date

import pytest

from attendance.domain.errors import BadInput
from attendance.domain.people import Address
from attendance.domain.record.entry import Subject
from attendance.store.documents import Documents
from attendance.store.people_writing import PeopleWriting
from attendance.store.tables.letters import LetterRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support import world_people as people


@pytest.fixture
def world(sqlite_store):
    return stories.ready(sqlite_store)


def first_concern(world, adult, on=c.DECIDED):
    return world.do(
        "letter.first_concern",
        on,
        by=world.school,
        pupil_id=world.pupil,
        school_urn=w.URN,
        adult_id=adult,
        contact_name="Pat Lowe",
        contact_job_title="Attendance Lead",
        contact_telephone="01632 960111",
        contact_email="lead@school.example",
        help_offered=["a talk with us"],
    )


def test_a_letter_goes_to_a_parent_who_is_a_person(world):
    for adult in (world.authority_as_parent, world.stranger):
        with pytest.raises(BadInput):
            first_concern(world, adult)


def test_a_letter_about_days_without_a_register_is_refused_in_words(sqlite_store):
    bare = w.build(sqlite_store)
    with pytest.raises(BadInput, match="No session was possible"):
        first_concern(bare, bare.mother)


def test_one_parent_does_not_read_what_the_other_was_offered(world):
    about = {"pupil_id": world.pupil, "school_urn": w.URN, "kind": "parenting_contract"}
    kinds = list(world.office.book.policy("support.kinds", c.DECIDED).table)
    about["kind"] = next(kind for kind in kinds if kind != "home_visit")
    text = str(world.office.book.policy("support.kinds", c.DECIDED).table[about["kind"]]["text"])
    on = date(2024, 11, 12)
    who = {"on": on, "response": "declined", "offered_by": "A lead", "adult_id": world.father}
    world.do("support.record", on, **about, **who)
    notice = c.issue_improvement(world)
    (letter,) = world.rows(LetterRow)
    with world.store.read() as session:
        html = Documents(session).get(letter.html_sha256).content.decode()
    assert notice in html
    assert text not in html


def leave_letter(world, telephone):
    """The school writes about leave in its own name."""
    school = replace(people.schools("Community school")[0], telephone=telephone)
    with world.store.act(world.officer, w.at(c.DECIDED, 7)) as act:
        PeopleWriting(act.session, write=True).merge_schools([school])
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    days = {"first_day": c.ABSENT[0], "last_day": c.ABSENT[4], "asked_for_leave": False}
    to = {"pupil_id": world.pupil, "school_urn": w.URN, "adult_id": world.mother}
    said = {**to, **days, "considered": ["It is a holiday."]}
    (letter,) = world.do("letter.warn_of_notice", c.DECIDED, by=world.school, **said).letters
    with world.store.read() as session:
        return Documents(session).get(world.row(LetterRow, letter).html_sha256).content.decode()


def test_a_letter_from_a_school_has_the_school_s_telephone_and_not_the_council_s(world):
    text = leave_letter(world, "01632 960555")
    assert "Call 01632 960555, email" in text
    assert "01632 960100" not in text
    assert "www.aldermere.example" not in text
    assert "Monday to Friday" not in text


def test_a_letter_from_a_school_without_a_telephone_names_none(world):
    text = leave_letter(world, "")
    assert "Call " not in text
    assert "01632 960100" not in text


def move(world, on):
    """The mother moves."""
    mother = next(adult for adult in people.adults(range(1, 2)) if adult.ref == people.mother_of(1))
    home = Address(("9 New Street", "Aldermere"), "AM1 2BB")
    with world.store.act(world.officer, w.at(on, 7)) as act:
        PeopleWriting(act.session, write=True).merge_adults([replace(mother, address=home)], on)
        act.record("account.closed", subject=Subject(), payload={"account": 1})


def test_a_letter_does_not_go_to_where_the_parent_no_longer_lives(world):
    letter = first_concern(world, world.mother).letters[0]
    move(world, c.POSTED)
    with pytest.raises(BadInput, match="no longer lives"):
        world.do("letter.release", c.POSTED, reference=letter)
