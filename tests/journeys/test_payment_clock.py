"""Until when which sum is paid, by the clock that the notice itself shows.

SI 2007/1867 as amended: £80 within 21 days, £160 within 28, the days beginning with the day of receipt. A
notice posted first class is taken as received on the second working day after posting; weekends, Good Friday,
Christmas Day and bank holidays are none. Nothing about non-payment is done before the 28 days have ended.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pytest

from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import world as w
from tests.support.refusals import refused
from tests.support.world_marks import school_days_before


@dataclass(frozen=True)
class Posting:
    """A day of posting, and by hand: the day of receipt, the last days for £80 and for £160."""

    posted: date
    received: date
    day_21: date
    day_28: date


POSTINGS = {
    "an ordinary Tuesday": Posting(
        date(2024, 11, 19), date(2024, 11, 21), date(2024, 12, 11), date(2024, 12, 18)
    ),
    "over Christmas": Posting(date(2024, 12, 24), date(2024, 12, 30), date(2025, 1, 19), date(2025, 1, 26)),
    "over Easter": Posting(date(2025, 4, 17), date(2025, 4, 23), date(2025, 5, 13), date(2025, 5, 20)),
    "over the May holiday": Posting(date(2025, 5, 2), date(2025, 5, 7), date(2025, 5, 27), date(2025, 6, 3)),
    "over 29 February": Posting(date(2028, 2, 28), date(2028, 3, 1), date(2028, 3, 21), date(2028, 3, 28)),
}
ONE_DAY = timedelta(days=1)


def issued_to_post_on(posted, store):
    world = w.build(store)
    missed = school_days_before(posted, 6)[:5]
    c.register(world, *missed, first=posted - timedelta(days=90), last=posted)
    c.support(world, missed[0])
    c.earlier_notices_asked(world, posted, world.mother)
    world.notice = c.issue(world, posted, posted)
    return world


STORIES = {name: partial(issued_to_post_on, posting.posted) for name, posting in POSTINGS.items()}


@pytest.fixture(params=list(POSTINGS))
def posting(request):
    return POSTINGS[request.param]


@pytest.fixture
def world(request, posting, tell):
    return tell(STORIES[request.node.callspec.params["posting"]])


def state(world):
    return world.row(PenaltyNoticeRow, world.notice).state


def judged(world):
    return [payment.judged for payment in world.rows(PaymentRow)]


def test_the_clock_stands_on_the_notice_and_is_said_when_it_is_issued(world, posting):
    row = world.row(PenaltyNoticeRow, world.notice)
    assert (row.issued_on, row.received_on) == (posting.posted, posting.received)
    assert (row.reduced_until, row.payable_until) == (posting.day_21, posting.day_28)
    assert (posting.day_21 - posting.received).days == 20
    assert (posting.day_28 - posting.received).days == 27


def test_eighty_pounds_on_day_21_discharge(world, posting):
    done = c.pay(world, 8000, posting.day_21)
    assert (state(world), judged(world)) == ("paid", ["full"])
    assert done.letters


def test_eighty_pounds_on_day_22_are_a_part_and_leave_eighty_owing_by_day_28(world, posting):
    done = c.pay(world, 8000, posting.day_21 + ONE_DAY)
    assert (state(world), judged(world)) == ("issued", ["part"])
    assert f"Still owing: £80 by {posting.day_28:%A} {posting.day_28.day} {posting.day_28:%B %Y}." in (
        done.sentences
    )


def test_the_whole_on_day_22_and_on_day_28_discharges(world, posting):
    c.pay(world, 16000, posting.day_28)
    assert (state(world), judged(world)) == ("paid", ["full"])


def test_the_whole_on_day_29_is_late_and_for_an_officer_to_decide_about(world, posting):
    done = c.pay(world, 16000, posting.day_28 + ONE_DAY)
    assert (state(world), judged(world)) == ("issued", ["late"])
    assert world.rows(PaymentRow)[0].refund_due_pence == 16000
    assert world.due()[done.reference] == {"settle_money"}


def test_it_ends_unpaid_on_day_29_and_not_on_day_28(world, posting):
    with refused(world, "payment_time_not_over"):
        c.say(world, "end_unpaid", posting.day_28)
    c.say(world, "end_unpaid", posting.day_28 + ONE_DAY)
    assert state(world) == "unpaid"


def test_a_day_before_the_last_counts_as_in_time_even_in_the_middle_of_a_holiday(world, posting):
    c.pay(world, 8000, posting.received)
    assert state(world) == "paid"
