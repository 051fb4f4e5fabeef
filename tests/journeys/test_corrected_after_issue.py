"""A mark that an issued notice rests on is corrected: a review for withdrawal, with before and after.

SI 2007/1867 reg. 8: a notice that ought not to have been issued is withdrawn. A correction opens the review
by itself; what becomes of the notice a person decides, and to keep it with fewer sessions asks for a
reason.
"""

import json
from datetime import date

import pytest

from attendance.domain.registers import Session
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.reviews import ReviewRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused

ONE = {(c.ABSENT[2], Session.AM): "I"}
LATER = c.DAY_21


def keep(world, review, on=LATER, **fields):
    return world.do("review.keep", on, reference=review, why="Nine sessions still ground it.", **fields)


@pytest.fixture
def issued(store):
    return stories.issued(store)


def test_a_correction_after_issue_opens_a_review_with_before_and_after(issued):
    (review,) = issued.correct(ONE, on=LATER)
    row = issued.row(ReviewRow, review)
    assert (row.sessions_before, row.sessions_after, row.threshold_stands) == (10, 9, False)
    assert json.loads(row.changes) == ["Wednesday 6 November 2024 AM was O and is I"]
    assert issued.due()[review] == {"decide_review"}
    assert issued.row(PenaltyNoticeRow, issued.notice).state == "issued", "nothing is withdrawn by itself"


def test_a_notice_that_lost_its_threshold_is_kept_only_with_the_senior_officer_s_reason(tell):
    world = tell(stories.issued)
    (review,) = world.correct(ONE, on=LATER)
    reasons = c.reason("threshold_no_longer_stands")
    with refused(world, "threshold_no_longer_stands"):
        keep(world, review)
    with refused(world, "threshold_no_longer_stands"):
        keep(world, review, reasons=reasons)
    keep(world, review, by=world.senior, reasons=reasons)
    assert world.row(ReviewRow, review).state == "kept"
    assert review not in world.due()


def test_fewer_sessions_above_the_threshold_ask_an_officer_for_a_reason(sqlite_store):
    world = w.build(sqlite_store)
    c.register(world, *c.ABSENT, *w.school_days(c.ABSENT[4], 2))
    c.support(world, c.SUPPORTED)
    c.earlier_notices_asked(world, c.DECIDED, world.mother)
    world.notice = c.issue(world, offence_from=c.ABSENT[0], offence_until=w.school_days(c.ABSENT[4], 2)[1])
    (review,) = world.correct(ONE, on=LATER)
    with refused(world, "fewer_sessions"):
        keep(world, review)
    keep(world, review, reasons=c.reason("fewer_sessions"))


def test_another_unauthorised_code_needs_no_reason(tell):
    world = tell(stories.issued)
    (review,) = world.correct({(c.ABSENT[2], Session.AM): "G"}, on=LATER)
    keep(world, review)


def test_a_notice_without_any_session_left_is_not_kept(tell):
    world = tell(stories.issued)
    (review,) = world.correct(w.absent(c.ABSENT, "I"), on=LATER)
    with refused(world, "no_session_left"):
        keep(world, review, by=world.senior, reasons=c.reason("no_session_left"))


def test_withdrawing_the_notice_ends_the_review(tell):
    world = tell(stories.issued)
    (review,) = world.correct(ONE, on=LATER)
    ground = {"ground": "ought_not_to_have_been_issued", "why": "One session was illness."}
    c.say(world, "withdraw", LATER, **ground)
    assert world.row(ReviewRow, review).state == "withdrawn"
    assert review not in world.due()


def test_a_second_correction_brings_the_open_review_up_to_date(tell):
    world = tell(stories.issued)
    (first,) = world.correct(ONE, on=LATER)
    (second,) = world.correct({(c.ABSENT[2], Session.PM): "I"}, on=c.DAY_22)
    assert first == second
    assert world.row(ReviewRow, first).sessions_after == 8


def test_a_mark_that_no_notice_rests_on_opens_no_review(tell):
    world = tell(stories.issued)
    assert world.correct({(c.DECIDED, Session.AM): "I"}, on=LATER) == ()


def test_an_issued_notice_to_improve_is_reviewed_too(tell):
    world = tell(stories.improving)
    (review,) = world.correct(ONE, on=LATER)
    assert world.row(ReviewRow, review).notice_kind == "notice_to_improve"
    withdrawn = {"reference": world.improvement, "why": "One session was illness."}
    world.do("notice_to_improve.withdraw", LATER, **withdrawn)
    assert world.row(NoticeToImproveRow, world.improvement).state == "withdrawn"
    assert world.row(ReviewRow, review).state == "withdrawn"
    assert world.due() == {}


def test_an_improvement_that_is_found_ends_the_review_of_the_notice_to_improve(tell):
    """A notice that ended with improvement grounds no further step, so nothing is left to decide about it."""
    world = tell(stories.improving)
    (review,) = world.correct(ONE, on=LATER)
    after = date(2024, 12, 20)
    done = world.do("notice_to_improve.review", after, reference=world.improvement)
    assert done.state == "improved"
    row = world.row(ReviewRow, review)
    assert (row.state, row.decided_on, row.decided_by) == ("withdrawn", after, "officer.one")
    assert world.due() == {}


def test_no_improvement_leaves_the_review_to_be_decided(tell):
    """The notice may still lead to a penalty notice, so whether it stands must be decided."""
    world = tell(stories.improving)
    after = date(2024, 12, 20)
    world.correct(w.absent(w.school_days(date(2024, 12, 2), 2)), on=LATER)
    (review,) = world.correct(ONE, on=c.DAY_22)
    assert world.do("notice_to_improve.review", after, reference=world.improvement).state == "not improved"
    assert world.row(ReviewRow, review).state == "open"
