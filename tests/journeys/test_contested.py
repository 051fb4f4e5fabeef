"""A notice that is contested goes no further: a corrected mark or what a parent says waits for a decision.

SI 2007/1867 reg. 8: a notice that ought not to have been issued is withdrawn. Whether it ought to have been
is decided before the way to prosecution goes on; to withdraw it is always possible.
"""

from datetime import date

import pytest

from attendance.domain.registers import Session
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support.refusals import refused

JANUARY = date(2025, 1, 31)
SILENT = date(2025, 1, 28)
STEPS = [
    pytest.param(stories.issued, "end_unpaid", c.DAY_29, (), "unpaid", id="ending it as unpaid"),
    pytest.param(stories.unpaid, "message_school", c.DAY_29, (), "awaiting_school", id="telling the school"),
    pytest.param(
        stories.asked,
        "proceed_all_the_same",
        SILENT,
        ("school_was_silent",),
        "for_prosecution",
        id="prosecuting without the school",
    ),
    pytest.param(stories.papered, "hand_over", JANUARY, (), "handed_over", id="handing the papers over"),
]


def reach(tell, story, step, on):
    world = tell(story)
    if step == "proceed_all_the_same":
        c.say(world, "record_silence", on)
    return world


@pytest.mark.parametrize(("story", "step", "on", "asks", "state"), STEPS)
def test_an_open_review_stops_it_until_somebody_decides(tell, story, step, on, asks, state):
    world = reach(tell, story, step, on)
    (review,) = world.correct({(c.ABSENT[2], Session.AM): "G"}, on=on)
    with refused(world, "review_open", *asks) as caught:
        c.say(world, step, on)
    (open_one,) = [unmet for unmet in caught.value.unmet if unmet.code == "review_open"]
    assert "keep the notice with the reason, or withdraw it" in open_one.remedy
    with refused(world, "review_open"):
        c.say(world, step, on, by=world.senior, reasons=c.reason("review_open", *asks))
    world.do("review.keep", on, reference=review, why="Still an absence without permission.")
    c.say(world, step, on, reasons=c.reason(*asks))
    assert world.row(PenaltyNoticeRow, world.notice).state == state


@pytest.mark.parametrize(("story", "step", "on", "asks", "state"), STEPS)
def test_unanswered_representations_stop_it_until_they_are_answered(tell, story, step, on, asks, state):
    world = reach(tell, story, step, on)
    said = {"received_on": on, "said": "At a funeral.", "adult_id": world.mother}
    parent = world.do("representation.receive", on, reference=world.notice, **said).reference
    with refused(world, "representations_unanswered", *asks) as caught:
        c.say(world, step, on)
    (open_one,) = [unmet for unmet in caught.value.unmet if unmet.code == "representations_unanswered"]
    assert "Answer them with reasons" in open_one.remedy
    with refused(world, "representations_unanswered"):
        c.say(world, step, on, by=world.senior, reasons=c.reason("representations_unanswered", *asks))
    answer = {"answer": "The school declined the leave.", "withdrawal_considered": True}
    world.do("representation.answer", on, reference=parent, **answer)
    c.say(world, step, on, reasons=c.reason(*asks))
    assert world.row(PenaltyNoticeRow, world.notice).state == state


def test_a_contested_notice_is_withdrawn_at_any_time(tell):
    world = tell(stories.unpaid)
    world.correct({(c.ABSENT[2], Session.AM): "I"}, on=c.DAY_29)
    said = {"received_on": c.DAY_29, "said": "She was ill.", "adult_id": world.mother}
    world.do("representation.receive", c.DAY_29, reference=world.notice, **said)
    ground = {"ground": "ought_not_to_have_been_issued", "why": "A session was illness."}
    c.say(world, "withdraw", c.DAY_29, **ground)
    assert world.row(PenaltyNoticeRow, world.notice).state == "withdrawn"


def test_what_another_notice_waits_for_stops_nothing(tell):
    """Each notice is for one parent: what the father says of his does not hold up the mother's."""
    world = tell(stories.issued)
    fathers = c.issue(world, adult_id=world.father)
    said = {"received_on": c.DAY_21, "said": "I was abroad.", "adult_id": world.father}
    world.do("representation.receive", c.DAY_21, reference=fathers, **said)
    c.say(world, "end_unpaid", c.DAY_29)
