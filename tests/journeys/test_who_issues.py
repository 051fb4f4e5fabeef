"""Who issues: a named person with authority on the day, whatever the role of the account (EA 1996 s.444B(4)).

The head; a deputy or assistant whom the head authorised in writing; an officer whom the authority authorised.
And what that person considered first (national framework): an unanswered question, or one answered with no,
bars the notice, and no reason lifts that.
"""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.moment import Actor
from attendance.store.tables.notices import ConsiderationRow, PenaltyNoticeRow
from attendance.store.tables.record import RecordEntryRow
from rules.roles import Role
from tests.support import casework as c
from tests.support import stories
from tests.support.refusals import refused, turned_away

AFTER_THE_DEPUTY_LEFT = date(2025, 2, 3)


@pytest.mark.parametrize("issuer", ["head", "deputy", "officer"])
def test_each_person_entitled_may_issue_and_the_notice_names_the_person_and_the_capacity(tell, issuer):
    world = tell(stories.ready)
    notice = c.issue(world, **c.issued_by(world, issuer))
    row = world.row(PenaltyNoticeRow, notice)
    assert row.issuer_staff_id == world.staff[issuer]
    assert row.issuer_capacity == {"deputy": "authorised_deputy", "officer": "authorised_officer"}.get(
        issuer, issuer
    )


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        pytest.param("lead", "authority_not_held", id="an attendance lead"),
        pytest.param("other_head", "authority_not_held", id="the head of another school"),
        pytest.param(
            "unwritten", "authority_not_in_writing", id="a deputy whom nobody authorised in writing"
        ),
    ],
)
def test_a_person_not_entitled_does_not_issue_and_no_role_or_reason_lifts_it(tell, issuer, code):
    world = tell(stories.ready)
    named = c.issued_by(world, issuer)
    with refused(world, code):
        c.decide(world, **named)
    with refused(world, code):
        c.decide(world, **named, by=world.senior, reasons=c.reason(code))


@pytest.mark.parametrize("issuer", ["deputy", "former_officer"])
def test_a_person_no_longer_entitled_does_not_issue(tell, issuer):
    world = tell(stories.ready)
    on = {"on": AFTER_THE_DEPUTY_LEFT, "posting_on": AFTER_THE_DEPUTY_LEFT}
    leaver, head = c.issued_by(world, issuer), c.issued_by(world, "head")
    with refused(world, "authority_not_held"):
        c.decide(world, **on, **leaver)
    c.decide(world, **on, **head)


def test_authority_that_ends_between_decision_and_release_bars_the_release(tell):
    """Issue is the day of release, and authority is asked again on it."""
    world = tell(stories.ready)
    posting = {"posting_on": AFTER_THE_DEPUTY_LEFT}
    decided_on, deputy = date(2025, 1, 31), c.issued_by(world, "deputy")
    notice = c.decide(world, decided_on, **deputy, **posting)
    c.prepare(world, notice, decided_on, **posting)
    with refused(world, "authority_not_held"):
        c.release(world, notice, AFTER_THE_DEPUTY_LEFT)


def last_entry(world):
    entry = world.rows(RecordEntryRow)[-1]
    return entry, json.loads(entry.payload)


OTHERS = {
    "a colleague's account": Actor("officer.three", Role.OFFICER, person=1),
    "an account of nobody in the staff list": Actor("officer.four", Role.SENIOR_OFFICER),
}


@pytest.mark.parametrize("by", OTHERS)
def test_another_s_account_does_not_decide_for_the_person_who_issues(tell, by):
    """The person who may issue decides: no other account's word takes the place of that decision."""
    world = tell(stories.ready)
    with refused(world, "issuer_has_not_decided") as caught:
        c.decide(world, by=OTHERS[by])
    assert "file the signed decision" in caught.value.unmet[0].remedy
    with refused(world, "issuer_has_not_decided"):
        c.decide(world, by=OTHERS[by], reasons=c.reason("issuer_has_not_decided"))


def test_an_officer_does_not_decide_for_a_head_who_has_not_decided(tell):
    world = tell(stories.ready)
    with refused(world, "issuer_has_not_decided"):
        c.decide(world, issuer_staff_id=world.staff["head"])
    with turned_away(world, NotFound):
        c.decide(world, issuer_staff_id=world.staff["head"], document="0" * 64)


def test_the_signed_decision_of_the_person_who_issues_is_kept_and_named_in_the_record(tell):
    world = tell(stories.ready)
    head = c.issued_by(world, "head")
    notice = c.decide(world, **head)
    row = world.row(PenaltyNoticeRow, notice)
    assert (row.issuer_decided, row.issuer_decision_sha256) == ("in_writing", head["document"])
    _, said = last_entry(world)
    assert (said["issuer_decided"], said["issuer_decision"]) == ("in_writing", head["document"])
    c.prepare(world, notice)
    c.release(world, notice)
    entry, said = last_entry(world)
    assert entry.event == "penalty_notice.issued"
    assert (said["issuer_decided"], said["issuer_decision"]) == ("in_writing", head["document"])


def test_whoever_issues_and_decides_by_an_own_account_needs_no_paper(tell):
    """The entry names the person; another officer may let the letter go."""
    world = tell(stories.decided)
    entry, said = last_entry(world)
    assert (entry.person_id, said["issuer"]) == (world.officer_person, world.officer_person)
    assert said["issuer_decided"] == "by_own_account"
    assert "issuer_decision" not in said
    c.prepare(world, world.notice)
    c.release(world, world.notice, by=OTHERS["a colleague's account"])


def test_a_notice_without_its_considerations_is_refused(tell):
    world = tell(stories.ready)
    with refused(world, *(f"{question}_unanswered" for question in c.QUESTIONS)):
        c.decide(world, considerations=())
    with refused(world, "equality_act_unanswered"):
        c.decide(world, considerations=[a for a in c.CONSIDERED if a["question"] != "equality_act"])


def test_a_question_answered_twice_is_turned_away_and_not_stored_once(tell):
    world = tell(stories.ready)
    twice = [*c.CONSIDERED, {**c.CONSIDERED[0], "yes": False}]
    with turned_away(world, BadInput, "best_tool is answered twice"):
        c.decide(world, considerations=twice)


def test_an_answer_to_a_question_that_nobody_asks_is_turned_away(tell):
    world = tell(stories.ready)
    more = [*c.CONSIDERED, {**c.CONSIDERED[0], "question": "any_budget_left"}]
    with turned_away(world, BadInput, "any_budget_left is no question"):
        c.decide(world, considerations=more)


@pytest.mark.parametrize("key", ["pupil_id", "adult_id", "issuer_staff_id"])
@pytest.mark.parametrize("number", [0, -1, 2**31])
def test_a_number_that_no_row_can_have_is_malformed(tell, key, number):
    world = tell(stories.ready)
    with turned_away(world, ValidationError):
        c.decide(world, **{key: number})


def test_one_answered_with_no_is_refused_and_no_reason_lifts_it(tell):
    world = tell(stories.ready)
    answers = [{**a, "yes": a["question"] != "public_interest"} for a in c.CONSIDERED]
    for by in (world.officer, world.senior):
        with refused(world, "public_interest_answered_no"):
            c.decide(world, by=by, considerations=answers, reasons=c.reason("public_interest_answered_no"))


def test_every_answer_is_kept_with_who_gave_it_and_why(tell):
    world = tell(stories.decided)
    kept = world.rows(ConsiderationRow)
    assert {(row.question, row.answer, row.answered_by) for row in kept} == {
        (question, True, "officer.one") for question in c.QUESTIONS
    }
    assert all(row.why for row in kept)


def test_a_reason_that_only_the_senior_officer_may_give_does_not_lift_from_an_officer(tell):
    """Without a notice to improve and without a listed ground the senior officer says why."""
    world = tell(stories.ready)
    reasons = c.reason("notice_to_improve_missing")
    with refused(world, "notice_to_improve_missing"):
        c.decide(world, skip_ground="", reasons=reasons)
    c.decide(world, skip_ground="", reasons=reasons, by=world.senior)
