"""What a school asks for: leave of absence with all its evidence, or irregular absence.

The local code, Leave of Absence: names and addresses of the parents, the application and the letter declining
it (or the letter saying that the absence is unauthorised), the letter saying that a notice will be requested
and that exceptional circumstances were considered, the printout made after the return, ten sessions with code
G. Not met is closed with the reasons, not chased and not overridden; the school may make a new request.
"""

from datetime import date

import pytest

from attendance.domain.errors import BadInput, NotFound, StepNotAvailable
from attendance.domain.registers import Session
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused, turned_away

BACK, SENT = date(2024, 11, 11), date(2024, 11, 14)
APPLIED = {
    "leave_application": date(2024, 10, 14),
    "leave_declined_letter": date(2024, 10, 16),
    "penalty_notice_letter": date(2024, 10, 16),
    "registration_printout": BACK,
}
NOT_APPLIED = {
    "unauthorised_letter": date(2024, 11, 12),
    "penalty_notice_letter": date(2024, 11, 12),
    "registration_printout": BACK,
}


def holiday(store, code="G"):
    """A family was away for the first week of November, and the child returned on the 11th."""
    world = w.build(store)
    c.register(world, *c.ABSENT, code=code)
    c.earlier_notices_asked(world, c.DECIDED, world.mother)
    return world


def mixed(store):
    """On the Friday of the holiday the register has code O."""
    world = holiday(store)
    world.correct(w.absent(c.ABSENT[4:]), on=date(2024, 11, 12))
    return world


def make(world, kind="leave_of_absence", **fields):
    given = {
        "pupil_id": world.pupil,
        "school_urn": w.URN,
        "kind": kind,
        "absent_from": c.ABSENT[0],
        "absent_until": c.ABSENT[4],
        "parents": c.named(world),
        "child_returned_on": BACK,
        "leave_applied_for": True,
        "exceptional_considered": True,
        **fields,
    }
    return world.do("request.make", SENT, by=world.school, **given).reference


def sent(world, evidence=APPLIED, **fields):
    reference = make(world, **fields)
    for item, made_on in evidence.items():
        give(world, reference, item, made_on)
    world.do("request.send", SENT, by=world.school, reference=reference)
    return reference


def give(world, reference, item, made_on):
    given = {"reference": reference, "item": item, "document": world.document(item, SENT)}
    return world.do("request.give_evidence", SENT, by=world.school, made_on=made_on, **given)


def answer(world, verb, reference, **fields):
    said = {} if verb == "close_as_not_met" else {"answer": "By the criteria of the code."}
    return world.do(f"request.{verb}", SENT, reference=reference, **said, **fields)


@pytest.mark.parametrize(("applied", "evidence"), [(True, APPLIED), (False, NOT_APPLIED)])
def test_with_all_its_evidence_a_request_is_accepted_and_a_notice_follows(tell, applied, evidence):
    world = tell(holiday)
    request = sent(world, evidence, leave_applied_for=applied)
    assert world.due()[request] == {"decide_request"}
    answer(world, "accept", request)
    assert world.due()[request] == {"decide_notice"}
    three = [a for a in c.CONSIDERED if a["question"] != "sufficient_support"]
    leave = {"kind": "leave_of_absence", "skip_ground": "", "considerations": three}
    with refused(world, "request_not_accepted"):
        c.decide(world, **leave)
    notice = c.decide(world, **leave, request=request)
    assert world.row(PenaltyNoticeRow, notice).notice_to_improve_id is None, "not for leave of absence"
    assert request not in world.due()


@pytest.mark.parametrize("lacking", sorted(APPLIED))
def test_lacking_one_document_it_is_closed_as_not_met_without_override(tell, lacking):
    world = tell(holiday)
    request = sent(world, {item: day for item, day in APPLIED.items() if item != lacking})
    code = f"{lacking}_missing"
    for by in (world.officer, world.senior):
        with refused(world, code):
            answer(world, "accept", request, by=by, reasons=c.reason(code))
    with refused(world, "leave_request_not_chased"):
        answer(world, "return_for_information", request)
    done = answer(world, "close_as_not_met", request)
    assert (done.state, world.due()) == ("not met", {})
    assert len(done.sentences) == 2


@pytest.mark.parametrize(
    ("lacking", "evidence", "code"),
    [
        pytest.param(
            {"leave_applied_for": False},
            {item: day for item, day in NOT_APPLIED.items() if item != "unauthorised_letter"},
            "unauthorised_letter_missing",
            id="the letter saying that the absence is unauthorised",
        ),
        pytest.param(
            {"exceptional_considered": False},
            APPLIED,
            "exceptional_circumstances_not_considered",
            id="exceptional circumstances",
        ),
        pytest.param(
            {},
            {**APPLIED, "registration_printout": c.ABSENT[4]},
            "printout_before_return",
            id="a printout made after the return",
        ),
        pytest.param({"child_returned_on": None}, APPLIED, "child_not_returned", id="the return itself"),
        pytest.param({"absent_until": c.ABSENT[3]}, APPLIED, "too_few_sessions", id="ten sessions"),
    ],
)
def test_lacking_anything_else_it_is_closed_as_not_met_too(tell, lacking, evidence, code):
    world = tell(holiday)
    request = sent(world, evidence, **lacking)
    with refused(world, code):
        answer(world, "accept", request, by=world.senior, reasons=c.reason(code))
    assert answer(world, "close_as_not_met", request).state == "not met"


def test_after_one_that_was_not_met_the_school_makes_a_new_request(tell):
    world = tell(holiday)
    first = sent(world, {})
    answer(world, "close_as_not_met", first)
    for verb in ("accept", "return_for_information", "close_as_not_met"):
        with turned_away(world, StepNotAvailable):
            answer(world, verb, first)
    second = sent(world)
    assert answer(world, "accept", second).state == "accepted"


def test_a_request_that_meets_its_criteria_is_not_closed_as_not_met(tell):
    world = tell(holiday)
    request = sent(world)
    with refused(world, "criteria_are_met"):
        answer(world, "close_as_not_met", request)


def test_mixed_codes_are_leave_of_absence_only_on_the_officer_s_recorded_reason(tell):
    world = tell(mixed)
    request = sent(world)
    with refused(world, "mixed_codes"):
        answer(world, "accept", request)
    answer(world, "accept", request, reasons=c.reason("mixed_codes"))


def test_what_is_missing_is_listed_before_it_is_sent(tell):
    world = tell(holiday)
    request = make(world)
    said = give(world, request, "leave_application", APPLIED["leave_application"]).sentences
    assert len(said) == 3
    world.document("unauthorised_letter", SENT)
    with turned_away(world, BadInput, "is no item of this form"):
        give(world, request, "unauthorised_letter", SENT)
    with turned_away(world, NotFound):
        evidence = {"item": "registration_printout", "document": "0" * 64}
        world.do("request.give_evidence", SENT, by=world.school, reference=request, **evidence)


def test_after_sending_nothing_is_added(tell):
    world = tell(holiday)
    request = sent(world, {})
    world.document("leave_application", SENT)
    with turned_away(world, BadInput, "while the request is a draft"):
        give(world, request, "leave_application", SENT)


def test_an_irregular_request_is_returned_completed_and_sent_again(tell):
    world = tell(stories.ready)
    request = sent(world, {}, kind="irregular")
    answer(world, "return_for_information", request)
    assert world.due()[request] == {"give_information"}
    give(world, request, "other", SENT)
    world.do("request.send", SENT, by=world.school, reference=request)
    assert answer(world, "accept", request).state == "accepted"


def test_an_irregular_request_without_support_or_early_help_says_both(sqlite_store):
    world = holiday(sqlite_store, code="O")
    request = sent(world, {}, kind="irregular")
    with refused(world, "support_not_recorded", "early_help_not_offered"):
        answer(world, "accept", request)
    with refused(world, "support_not_recorded"):
        answer(world, "accept", request, reasons=c.reason("support_not_recorded", "early_help_not_offered"))
    assert answer(world, "refuse", request).state == "refused"


def early_help_elsewhere(world, left_on):
    """Support at this school; the offer of an assessment at another school, which the child left or not."""
    offered = date(2024, 9, 16)
    world.enrol(w.OTHER_URN, date(2024, 9, 2), left_on)
    here = {"pupil_id": world.pupil, "school_urn": w.URN}
    home = {"kind": "home_visit", "on": offered, "response": "taken_up", "offered_by": "Pastoral lead"}
    world.do("support.record", offered, by=world.school, **here, **home)
    there = {"pupil_id": world.pupil, "school_urn": w.OTHER_URN}
    offer = {"offered_on": offered, "answer": "offered"}
    world.do("early_help.record", offered, by=world.other_school, **there, **offer)
    return sent(world, {}, kind="irregular")


def test_early_help_that_a_former_school_offered_is_carried_over_with_the_child(sqlite_store):
    """The assessment is the family's: a move of school does not ask for it anew."""
    world = holiday(sqlite_store, code="O")
    request = early_help_elsewhere(world, left_on=date(2024, 10, 25))
    assert answer(world, "accept", request).state == "accepted"


@pytest.mark.parametrize(
    "left_on",
    [
        pytest.param(None, id="with no end in sight"),
        pytest.param(date(2025, 2, 14), id="until a day to come"),
        pytest.param(SENT, id="for the last time on the day of the answer"),
    ],
)
def test_early_help_of_another_school_that_the_child_still_attends_lifts_nothing_here(sqlite_store, left_on):
    """Each school must initiate the assessment: what it relies on is what it offered, or a reason."""
    world = holiday(sqlite_store, code="O")
    request = early_help_elsewhere(world, left_on)
    with refused(world, "early_help_not_offered"):
        answer(world, "accept", request)
    answer(world, "accept", request, reasons=c.reason("early_help_not_offered"))


def test_nine_sessions_of_irregular_absence_ask_for_a_reason(sqlite_store):
    world = w.build(sqlite_store)
    marks = {**w.absent(c.ABSENT[:4]), (c.ABSENT[4], Session.AM): "O"}
    world.write_marks(w.present(date(2024, 9, 2), date(2024, 12, 20), but=marks), on=w.START)
    c.support(world, c.SUPPORTED)
    request = sent(world, {}, kind="irregular")
    with refused(world, "below_threshold"):
        answer(world, "accept", request)


def test_a_school_takes_its_request_back_and_names_only_parents_that_are_recorded(tell):
    world = tell(stories.ready)
    request = sent(world, {}, kind="irregular")
    world.do("request.withdraw", SENT, by=world.school, reference=request, why="The family came in.")
    assert (world.row(RequestRow, request).state, world.due()) == ("withdrawn", {})
    with turned_away(world, BadInput, "Record the link first"):
        make(world, parents=c.named(world, 9999))


def test_a_notice_cancelled_leaves_the_parent_of_the_request_waiting_again(tell):
    world = tell(stories.ready)
    request = sent(world, {}, kind="irregular")
    answer(world, "accept", request)
    notice = c.decide(world, request=request)
    assert request not in world.due()
    c.say(world, "cancel", c.DECIDED, notice=notice, why="Decided by mistake.")
    assert world.due()[request] == {"decide_notice"}
