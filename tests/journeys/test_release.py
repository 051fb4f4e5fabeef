"""The day on which a notice goes out: register, posting day, returned mail, e-mail.

The date on the notice is the day of its release, which is its issue (SI 2007/1867, contents). Marks are read
again on that day. Its dates assume one day of posting. Mail that comes back shows that nothing was received:
no day to pay runs until the notice is served again (EA 1996 s.572; the presumption of receipt is rebuttable).
E-mail is service only where the recipient agreed, and then on the day on which receipt is shown.
"""

from datetime import date

import pytest

from attendance.domain.errors import BadInput, RulesSilent, StepNotAvailable
from attendance.domain.registers import Session
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused, turned_away

CORRECTED = {(c.ABSENT[2], Session.AM): "I"}
BACK, AGAIN = date(2024, 11, 27), date(2024, 11, 28)


def states(world):
    return [row.state for row in world.rows(LetterRow)]


def test_a_mark_corrected_before_release_holds_the_notice_and_it_is_not_issued(tell):
    world = tell(stories.prepared)
    world.correct(CORRECTED, on=c.DECIDED)
    done = c.release(world, world.notice)
    row = world.row(PenaltyNoticeRow, world.notice)
    assert (row.state, row.issued_on, states(world)) == ("held", None, ["prepared"])
    assert "Wednesday 6 November 2024 AM was O and is I" in done.sentences[-1]
    assert world.due()[world.notice] == {"resolve_hold"}


def test_a_held_notice_whose_marks_changed_is_not_prepared_again_but_cancelled_and_decided_anew(tell):
    world = tell(stories.prepared)
    world.correct(CORRECTED, on=c.DECIDED)
    c.release(world, world.notice)
    with turned_away(world, BadInput, "Cancel it and decide anew"):
        c.prepare(world, world.notice, c.POSTED)
    c.say(world, "cancel", c.POSTED, why="A session was illness.")
    assert states(world) == ["cancelled"]
    with refused(world, "below_threshold"):
        c.decide(world, c.POSTED)
    c.issue(world, c.POSTED, c.POSTED, reasons=c.reason("below_threshold"))


def test_a_correction_from_one_unauthorised_code_to_another_holds_it_too(tell):
    world = tell(stories.prepared)
    world.correct({(c.ABSENT[2], Session.AM): "G"}, on=c.DECIDED)
    assert c.release(world, world.notice).state == "held"


def test_a_notice_to_improve_is_held_by_a_corrected_mark(tell):
    world = tell(stories.ready)
    notice = c.decide_improvement(world)
    world.do("notice_to_improve.prepare", c.DECIDED, reference=notice, posting_on=c.POSTED)
    world.correct(CORRECTED, on=c.DECIDED)
    assert world.do("notice_to_improve.release", c.POSTED, reference=notice).state == "held"
    assert world.row(NoticeToImproveRow, notice).issued_on is None


@pytest.mark.parametrize("day", [c.DECIDED, date(2024, 11, 20)])
def test_posting_on_another_day_than_the_letter_assumes_is_refused_before_and_after(tell, day):
    world = tell(stories.prepared)
    with refused(world, "posting_day_differs"):
        c.release(world, world.notice, day)
    with refused(world, "posting_day_differs"):
        c.release(world, world.notice, day, by=world.senior, reasons=c.reason("posting_day_differs"))
    c.prepare(world, world.notice, day, posting_on=day)
    c.release(world, world.notice, day)
    assert world.row(PenaltyNoticeRow, world.notice).issued_on == day
    assert states(world) == ["cancelled", "released"]


def test_a_letter_is_prepared_for_today_or_later(tell):
    world = tell(stories.decided)
    with turned_away(world, BadInput, "today or later"):
        c.prepare(world, world.notice, posting_on=date(2024, 11, 17))


def test_returned_mail_stops_the_clock(tell):
    world = tell(stories.issued)
    c.say(world, "record_returned_mail", BACK, returned_on=BACK, why="Gone away")
    row = world.row(PenaltyNoticeRow, world.notice)
    assert (row.state, row.received_on, row.reduced_until, row.payable_until) == (
        "returned",
        None,
        None,
        None,
    )
    assert (states(world), world.due()[world.notice]) == (["returned"], {"serve_again"})
    with turned_away(world, StepNotAvailable, "cannot be done while this is returned"):
        c.say(world, "end_unpaid", date(2025, 1, 6))


def test_a_returned_notice_goes_out_anew_with_a_new_date_and_new_days_to_pay(tell):
    world = tell(stories.issued)
    c.say(world, "record_returned_mail", BACK, returned_on=BACK, why="Gone away")
    c.prepare(world, world.notice, BACK, posting_on=AGAIN)
    c.release(world, world.notice, AGAIN)
    row = world.row(PenaltyNoticeRow, world.notice)
    assert (row.issued_on, row.received_on) == (AGAIN, date(2024, 12, 2))
    assert (row.reduced_until, row.payable_until) == (date(2024, 12, 22), date(2024, 12, 29))
    assert states(world) == ["returned", "released"]


def test_the_guards_are_asked_again_when_a_returned_notice_goes_out_anew(tell):
    """The deputy who issued it first has left meanwhile."""
    world = tell(stories.ready)
    notice = c.issue(world, **c.issued_by(world, "deputy"))
    c.say(world, "record_returned_mail", BACK, notice=notice, returned_on=BACK, why="Gone away")
    late = date(2025, 2, 3)
    c.prepare(world, notice, late, posting_on=late)
    with refused(world, "authority_not_held"):
        c.release(world, notice, late)


def test_money_that_comes_while_nobody_has_the_notice_is_for_an_officer_and_not_counted_later(tell):
    world = tell(stories.issued)
    c.say(world, "record_returned_mail", BACK, returned_on=BACK, why="Gone away")
    payment = c.pay(world, 8000, BACK).reference
    assert world.due()[payment] == {"settle_money"}
    c.prepare(world, world.notice, BACK, posting_on=AGAIN)
    c.release(world, world.notice, AGAIN)
    c.say(world, "end_unpaid", date(2024, 12, 30))
    assert world.row(PenaltyNoticeRow, world.notice).state == "unpaid"


def test_mail_does_not_come_back_before_it_went(tell):
    world = tell(stories.issued)
    with turned_away(world, BadInput, "on or after the day it went"):
        c.say(world, "record_returned_mail", BACK, returned_on=c.DECIDED, why="Gone away")


def test_a_notice_to_improve_that_came_back_is_served_anew_and_its_period_runs_from_then(tell):
    world = tell(stories.improving)
    returned = {"reference": world.improvement, "returned_on": BACK, "why": "Gone away"}
    world.do("notice_to_improve.record_returned_mail", BACK, **returned)
    assert world.row(NoticeToImproveRow, world.improvement).period_from is None
    world.do("notice_to_improve.prepare", BACK, reference=world.improvement, posting_on=AGAIN)
    world.do("notice_to_improve.release", AGAIN, reference=world.improvement)
    row = world.row(NoticeToImproveRow, world.improvement)
    assert (row.received_on, row.period_from) == (date(2024, 12, 2), date(2024, 12, 3))


@pytest.mark.parametrize(
    ("parent", "why"),
    [
        pytest.param("mother", "no agreement is on file", id="without agreement"),
        pytest.param("father", "Record the evidence of receipt", id="agreed, receipt not shown"),
    ],
)
def test_e_mail_is_no_service_without_agreement_nor_without_receipt_shown(tell, parent, why):
    world = tell(stories.ready)
    notice = c.decide(world, adult_id=getattr(world, parent))
    with turned_away(world, RulesSilent, why):
        c.prepare(world, notice, method="email")


def test_a_notice_is_held_and_goes_out_once_it_is_prepared_anew(tell):
    world = tell(stories.prepared)
    c.say(world, "hold", c.DECIDED, why="The school telephoned.")
    with turned_away(world, StepNotAvailable):
        c.release(world, world.notice)
    c.prepare(world, world.notice, c.POSTED)
    c.release(world, world.notice)
    assert world.row(PenaltyNoticeRow, world.notice).state == "issued"


def test_a_parent_s_address_is_kept_as_it_was_posted(tell):
    world = tell(stories.issued)
    (letter,) = world.rows(LetterRow)
    assert letter.address_as_posted == "\n".join((*w.HOME.lines, w.HOME.postcode))
