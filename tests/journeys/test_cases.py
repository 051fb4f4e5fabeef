"""A case as a whole: representations, closing and re-opening, who sees what, what has gone wrong by mistake.

There is no statutory appeal against a penalty notice: what a parent says is answered with reasons, after
withdrawal was considered, and the letter says so. Closing a case ends what is due on its steps, and waits for
money, representations and reviews. A school sees its own matters only; what is not its own does not exist
for it.
"""

import json
from datetime import date
from hashlib import sha256

import pytest

from attendance.domain.errors import BadInput, NotAllowed, NotFound, StepNotAvailable
from attendance.domain.moment import Actor
from attendance.services.accounts import Opening, close_account, open_account
from attendance.store.documents import Documents
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.reasons import ReasonRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.reviews import RepresentationRow
from rules.roles import Role
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused, turned_away

SAID = date(2024, 11, 29)


def represent(world, on=SAID, **fields):
    said = "Ada was at her grandmother's funeral."
    given = {"received_on": on, "said": said, "adult_id": world.mother, **fields}
    return world.do("representation.receive", on, reference=world.notice, **given).reference


def answer(world, reference, on=date(2024, 12, 2), **fields):
    given = {"answer": "The school declined the leave.", "withdrawal_considered": True, **fields}
    return world.do("representation.answer", on, reference=reference, **given)


def html_of(world, letter):
    (row,) = world.rows(LetterRow, reference=letter)
    with world.store.read() as session:
        return Documents(session).get(row.html_sha256).content.decode()


def test_representations_are_answered_with_reasons_after_withdrawal_was_considered(tell):
    world = tell(stories.issued)
    said = represent(world)
    assert world.due()[said] == {"answer_representations"}
    with refused(world, "withdrawal_not_considered"):
        answer(world, said, withdrawal_considered=False)
    done = answer(world, said)
    assert "no right of appeal" in html_of(world, done.letters[0])
    assert (world.row(RepresentationRow, said).state, said in world.due()) == ("answered", False)
    with turned_away(world, StepNotAvailable):
        answer(world, said)


def test_to_withdraw_because_of_them_is_an_act_of_its_own(tell):
    world = tell(stories.issued)
    said = represent(world)
    ground = {"ground": "ought_not_to_have_been_issued", "why": "The absence was for a funeral."}
    c.say(world, "withdraw", SAID, **ground)
    assert "withdrawn" in html_of(world, answer(world, said).letters[0])


def test_representations_come_after_the_issue(tell):
    world = tell(stories.prepared)
    with turned_away(world, BadInput, "after a notice was issued"):
        represent(world)


def close(world, on=date(2024, 12, 20), verb="close"):
    (case,) = world.rows(CaseRow)
    world.do(f"case.{verb}", on, reference=case.reference, why="Ada is back at school.")
    return case.reference


@pytest.mark.parametrize(
    "story", [stories.decided, stories.prepared, stories.issued, stories.asked, stories.improving]
)
def test_a_case_with_a_notice_still_running_is_not_closed(tell, story):
    world = tell(story)
    with turned_away(world, BadInput, "Still running"):
        close(world)


def paid(store):
    world = stories.issued(store)
    c.pay(world, 8000, c.DAY_21)
    return world


def test_a_case_is_closed_and_opened_again_with_its_history(tell):
    world = tell(paid)
    case = close(world)
    assert (world.row(CaseRow, case).state, world.due()) == ("closed", {})
    with turned_away(world, StepNotAvailable):
        close(world)
    close(world, verb="reopen")
    assert world.row(CaseRow, case).closed_on is None
    assert world.row(PenaltyNoticeRow, world.notice).case_id == world.row(CaseRow, case).id
    world.account("officer.two")
    with turned_away(world, BadInput, "an open case already"):
        world.do("case.open", c.DAY_29, pupil_id=world.pupil, school_urn=w.URN, officer="officer.two")


def test_while_another_case_is_open_a_closed_one_stays_closed(tell):
    world = tell(paid)
    close(world)
    world.account("officer.two")
    new = world.do("case.open", c.DAY_29, pupil_id=world.pupil, school_urn=w.URN, officer="officer.two")
    assert new.reference.startswith("C-")
    closed = world.rows(CaseRow)[0].reference
    with turned_away(world, BadInput, "an open case already"):
        world.do("case.reopen", date(2024, 12, 20), reference=closed, why="A mistake.")


@pytest.mark.parametrize("first", ["what became due before", "what becomes due after"])
def test_closing_forgets_neither_money_nor_representations_nor_a_review(tell, first):
    """What is open keeps the case open; what comes after the closing is due all the same."""
    world = tell(paid)
    if first == "what becomes due after":
        close(world)
    over = c.pay(world, 5000, c.DAY_21, transaction="again").reference
    said = represent(world)
    (review,) = world.correct(w.absent(c.ABSENT[:1], "I"), on=c.DAY_22)
    if first == "what became due before":
        with turned_away(world, BadInput) as caught:
            close(world)
        assert all(open_one in str(caught.value) for open_one in (over, said, review))
    assert world.due() == {
        over: {"settle_money"},
        said: {"answer_representations"},
        review: {"decide_review"},
    }


def test_handing_a_case_over_hands_over_what_is_due_in_it(tell):
    world = tell(stories.issued)
    (case,) = world.rows(CaseRow)
    with turned_away(world, BadInput, "no open account"):
        world.do("case.assign", c.DAY_21, reference=case.reference, officer="officer.two")
    opening = Opening(name="officer.two", role=Role.OFFICER, password="a long enough password")
    open_account(world.store, opening, world.senior, w.at(c.DAY_21, 8))
    world.do("case.assign", c.DAY_21, reference=case.reference, officer="officer.two")
    assert {duty.owner for duty in world.rows(DutyRow, cleared_on=None)} == {"officer.two"}


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param("nobody", id="no account"),
        pytest.param("closed.officer", id="a closed account"),
        *(
            pytest.param(f"{role.value}.two", id=f"an account of {role.value}")
            for role in (Role.SCHOOL, Role.LEGAL)
        ),
    ],
)
def test_a_case_is_opened_with_and_handed_to_an_open_account_of_an_officer_alone(tell, owner):
    world = tell(stories.issued)
    (case,) = world.rows(CaseRow)
    school = Opening(name="school.two", role=Role.SCHOOL, schools=frozenset({w.URN}))
    open_account(world.store, school, world.senior, w.at(c.DAY_21, 8))
    world.account("legal.two", Role.LEGAL)
    close_account(world.store, world.account("closed.officer"), world.senior, w.at(c.DAY_21, 9))
    with turned_away(world, BadInput, "no open account of an officer"):
        world.do("case.assign", c.DAY_21, reference=case.reference, officer=owner)
    c.pay(world, 8000, c.DAY_21)
    close(world)
    with turned_away(world, BadInput, "no open account of an officer"):
        world.do("case.open", c.DAY_29, pupil_id=world.pupil, school_urn=w.URN, officer=owner)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SENIOR_OFFICER])
def test_a_case_is_opened_with_an_officer_or_the_senior_officer(tell, role):
    world = tell(paid)
    close(world)
    owner = world.account("another", role)
    opened = world.do("case.open", c.DAY_29, pupil_id=world.pupil, school_urn=w.URN, officer=owner)
    assert world.row(CaseRow, opened.reference).officer == owner


def test_what_is_due_in_a_case_is_derived_anew_when_it_is_opened_again(tell):
    """Closing ends what is due on its steps; opening it again brings back what still follows."""
    world = tell(stories.improving)
    missed = w.school_days(date(2024, 12, 2), 2)
    world.correct(w.absent(missed), on=c.DAY_21)
    world.do("notice_to_improve.review", date(2024, 12, 20), reference=world.improvement)
    due = world.due()
    assert due == {world.improvement: {"decide_next_step"}}
    on, (case,) = date(2025, 1, 6), world.rows(CaseRow)
    world.do("case.close", on, reference=case.reference, why="Support goes on without a notice.")
    assert world.due() == {}
    world.do("case.reopen", on, reference=case.reference, why="The absence goes on.")
    assert world.due() == due
    (duty,) = world.rows(DutyRow, cleared_on=None)
    assert (duty.opened_on, duty.owner, duty.case_id) == (on, case.officer, case.id)


CONCERN = {
    "contact_name": "Pia Wells",
    "contact_job_title": "Attendance lead",
    "contact_telephone": "01632 960102",
    "contact_email": "pia@mill.example",
    "help_offered": ["A mentor"],
}


def concern(world):
    """Let the school write the first letter of concern and return the case that it opened."""
    given = {"pupil_id": world.pupil, "school_urn": w.URN, "adult_id": world.mother, **CONCERN}
    world.do("letter.first_concern", c.SUPPORTED, by=world.school, **given)
    (case,) = world.rows(CaseRow)
    return case


@pytest.mark.parametrize(
    ("part", "active", "owner"),
    [
        pytest.param("laao", True, "omar.reed", id="an account of the part at the school"),
        pytest.param(
            "officer", True, "omar.reed", id="an account of the same person's part at the authority"
        ),
        pytest.param("former_officer", True, "unassigned", id="an account of somebody else"),
        pytest.param("laao", False, "unassigned", id="a closed account"),
    ],
)
def test_the_case_that_a_first_letter_opens_is_the_school_s_own_officer_s(tell, part, active, owner):
    """The code names one attendance officer for each school; where that person has no account, nobody is."""
    world = tell(stories.ready)
    opening = Opening(name="omar.reed", role=Role.OFFICER, person=world.staff[part])
    open_account(world.store, opening, world.senior, w.at(w.START, 7))
    if not active:
        close_account(world.store, "omar.reed", world.senior, w.at(w.START, 8))
    assert concern(world).officer == owner


def test_a_first_letter_in_an_open_case_leaves_it_with_its_officer(tell):
    world = tell(stories.decided)
    opening = Opening(name="omar.reed", role=Role.OFFICER, person=world.staff["laao"])
    open_account(world.store, opening, world.senior, w.at(w.START, 7))
    assert concern(world).officer == "officer.one"


def test_every_reason_in_the_record_is_the_hash_of_the_words_that_were_kept(tell):
    """The record holds no words: what was written is kept beside it, and its salted hash proves it."""
    world = tell(stories.ready)
    c.decide(world, skip_ground="", reasons=c.reason("notice_to_improve_missing"), by=world.senior)
    kept = {row.hash: row for row in world.rows(ReasonRow)}
    entries = [json.loads(row.payload) for row in world.rows(RecordEntryRow)]
    said = [reason for entry in entries for reason in entry.get("reasons", [])]
    assert {sha256(row.salt + row.text.encode()).hexdigest() for row in kept.values()} == set(kept)
    assert {reason["hash"] for reason in said} == set(kept), (
        "nothing is said that was not kept, nor kept unsaid"
    )
    words = {reason["code"]: kept[reason["hash"]].text for reason in entries[-1]["reasons"]}
    assert words == {
        "notice_to_improve_missing": "The officer's reason, in words.",
        **dict.fromkeys(c.QUESTIONS, "Considered at the case meeting."),
    }


def test_for_another_school_the_matter_does_not_exist(tell):
    world = tell(stories.asked)
    theirs = world.other_school
    on = date(2025, 1, 27)
    with turned_away(world, NotFound):
        c.say(world, "school_supports", on, by=theirs)
    with turned_away(world, NotFound):
        c.say(world, "record_parent_reply", on, by=theirs, replied_on=on)
    with turned_away(world, NotFound):
        about = {"pupil_id": world.pupil, "school_urn": w.URN, "kind": "home_visit", "on": on}
        world.do("support.record", on, by=theirs, **about, response="offered", offered_by="A lead")


def test_a_school_does_not_reach_a_pupil_through_its_own_number(tell):
    """The pupil was never on the roll of the school that asks."""
    world = tell(stories.ready)
    asks = {
        "pupil_id": world.pupil,
        "school_urn": w.OTHER_URN,
        "kind": "irregular",
        "absent_from": c.ABSENT[0],
        "absent_until": c.ABSENT[4],
        "parents": c.named(world),
    }
    with turned_away(world, NotFound):
        world.do("request.make", c.DECIDED, by=world.other_school, **asks)
    with turned_away(world, BadInput, "never been on the roll"):
        world.do("request.make", c.DECIDED, **asks)
    mine = {"pupil_id": world.pupil, "school_urn": w.OTHER_URN}
    with turned_away(world, NotFound):
        about = {"kind": "home_visit", "on": c.DECIDED, "response": "offered", "offered_by": "A lead"}
        world.do("support.record", c.DECIDED, by=world.other_school, **mine, **about)
    with turned_away(world, NotFound):
        offered = {"offered_on": c.DECIDED, "answer": "offered"}
        world.do("early_help.record", c.DECIDED, by=world.other_school, **mine, **offered)


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.LEGAL, Role.AUDITOR])
def test_only_officers_decide_on_notices(tell, role):
    world = tell(stories.ready)
    with turned_away(world, NotAllowed):
        c.decide(world, by=Actor("somebody", role, frozenset({w.URN})))
    with turned_away(world, NotAllowed):
        c.decide_improvement(world, by=Actor("somebody", role, frozenset({w.URN})))
