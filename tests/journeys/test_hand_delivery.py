"""A letter that goes by hand is served by its delivery, not by leaving the office (EA 1996 s.572).

Until the delivery is recorded nobody has received it: no day to pay and no period runs, and it is due. Its
dates assume one day; delivered on another it is no good service of what stands in it and is prepared anew.
"""

from datetime import date

import pytest

from attendance.domain.errors import BadInput, NotAllowed, StepNotAvailable
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.outbox import OutboxRow
from tests.support import casework as c
from tests.support import stories
from tests.support.refusals import refused, turned_away

LATER = date(2024, 11, 20)
WHO = {"delivered_by": "Sam Okoro, attendance officer", "given_to": "The parent, at the door"}


def by_hand(world, method="hand_delivery"):
    """Decide, prepare and let go a penalty notice that goes by hand, and return its letter."""
    world.notice = c.decide(world)
    c.prepare(world, world.notice, method=method)
    c.release(world, world.notice)
    return world.rows(LetterRow)[-1].reference


def deliver(world, letter, on=c.POSTED, *, delivered_on=c.POSTED, how="hand_delivery", **fields):
    given = {"reference": letter, "delivered_on": delivered_on, "how": how, **WHO, **fields}
    return world.do("letter.deliver", on, **given)


def notice(world):
    return world.row(PenaltyNoticeRow, world.notice)


@pytest.mark.parametrize("method", ["hand_delivery", "left_at_address"])
def test_a_notice_given_out_for_delivery_is_issued_but_received_by_nobody_yet(tell, method):
    world = tell(stories.ready)
    letter = by_hand(world, method)
    row = notice(world)
    assert (row.state, row.issued_on) == ("issued", c.POSTED)
    assert (row.received_on, row.reduced_until, row.payable_until) == (None, None, None)
    assert world.row(LetterRow, letter).deemed_received_on is None
    assert world.due() == {letter: {"record_delivery"}}
    assert world.rows(OutboxRow)[-1].kind == method


@pytest.mark.parametrize("how", ["hand_delivery", "left_at_address"])
def test_the_days_to_pay_run_from_the_delivery_that_is_recorded(tell, how):
    world = tell(stories.ready)
    letter = by_hand(world)
    done = deliver(world, letter, LATER, how=how)
    row, sent = notice(world), world.row(LetterRow, letter)
    assert (row.received_on, row.reduced_until) == (c.POSTED, date(2024, 12, 9))
    assert (sent.deemed_received_on, sent.delivered_on, sent.delivered_how) == (c.POSTED, c.POSTED, how)
    assert (sent.delivered_by, sent.delivered_to) == (WHO["delivered_by"], WHO["given_to"])
    assert world.due() == {world.notice: {"record_end_of_payment"}}
    assert "9 December 2024" in " ".join(done.sentences)


def test_the_record_holds_the_delivery_and_nobody_s_name(tell):
    world = tell(stories.ready)
    letter = by_hand(world)
    deliver(world, letter)
    event, said = world.last_entry()
    assert event == "letter.delivered"
    assert (said["delivered_on"], said["received_on"]) == ("2024-11-19", "2024-11-19")
    assert (said["method"], said["notice"]) == ("hand_delivery", world.notice)
    assert said["payable_until"] == "2024-12-16"
    assert "Okoro" not in str(said)


def test_a_delivery_on_another_day_than_the_dates_assume_does_not_serve_the_notice(tell):
    world = tell(stories.ready)
    letter = by_hand(world)
    with refused(world, "delivery_day_differs"):
        deliver(world, letter, LATER, delivered_on=LATER)
    c.say(world, "record_returned_mail", LATER, returned_on=LATER, why="Nobody was in on the day.")
    assert world.due() == {world.notice: {"serve_again"}}
    c.prepare(world, world.notice, LATER, posting_on=LATER, method="hand_delivery")
    c.release(world, world.notice, LATER)
    deliver(world, world.rows(LetterRow)[-1].reference, LATER, delivered_on=LATER)
    assert notice(world).received_on == LATER


@pytest.mark.parametrize("day", [c.DECIDED, LATER])
def test_a_letter_is_not_delivered_before_it_went_nor_in_the_future(tell, day):
    world = tell(stories.ready)
    letter = by_hand(world)
    with refused(world, "delivery_day_differs", "delivery_day_impossible"):
        deliver(world, letter, delivered_on=day)


def test_only_what_went_by_hand_is_delivered_by_hand_and_once(tell):
    world = tell(stories.issued)
    (posted,) = (row.reference for row in world.rows(LetterRow))
    with turned_away(world, BadInput, "went by first class post"):
        deliver(world, posted)
    world = tell(stories.ready)
    letter = by_hand(world)
    deliver(world, letter)
    with turned_away(world, BadInput, "recorded already"):
        deliver(world, letter)


def test_a_letter_is_not_delivered_before_it_was_let_go_and_not_by_a_school(tell):
    world = tell(stories.decided)
    c.prepare(world, world.notice, method="hand_delivery")
    (letter,) = (row.reference for row in world.rows(LetterRow))
    with turned_away(world, StepNotAvailable):
        deliver(world, letter)
    with turned_away(world, NotAllowed):
        deliver(world, letter, by=world.school)


def test_money_that_comes_before_the_delivery_is_recorded_waits_for_that_record(tell):
    world = tell(stories.ready)
    letter = by_hand(world)
    done = c.pay(world, 8000, LATER)
    assert world.rows(PaymentRow)[0].state == "unmatched"
    assert "delivery" in " ".join(done.sentences)
    match = {"reference": done.reference, "notice": world.notice}
    with turned_away(world, BadInput, "delivery"):
        world.do("payment.match", LATER, **match)
    deliver(world, letter, LATER)
    world.do("payment.match", LATER, **match)
    assert notice(world).state == "paid"


def test_no_days_to_pay_have_ended_while_the_delivery_is_not_recorded(tell):
    world = tell(stories.ready)
    by_hand(world)
    with turned_away(world, BadInput, "delivery"):
        c.say(world, "end_unpaid", date(2025, 1, 6))


def test_a_withdrawn_notice_waits_for_no_delivery(tell):
    world = tell(stories.ready)
    by_hand(world)
    c.say(world, "withdraw", LATER, ground="material_errors", why="A wrong day.")
    assert world.due() == {}


def test_the_period_of_a_notice_to_improve_runs_from_the_delivery_that_is_recorded(tell):
    world = tell(stories.ready)
    reference = c.decide_improvement(world)
    given = {"reference": reference, "posting_on": c.POSTED, "method": "left_at_address"}
    world.do("notice_to_improve.prepare", c.DECIDED, **given)
    world.do("notice_to_improve.release", c.POSTED, reference=reference)
    row = world.row(NoticeToImproveRow, reference)
    letter = world.rows(LetterRow)[-1].reference
    assert (row.state, row.received_on, row.period_from) == ("monitoring", None, None)
    assert world.due() == {letter: {"record_delivery"}}
    with turned_away(world, BadInput, "delivery"):
        world.do("notice_to_improve.review", date(2025, 1, 6), reference=reference)
    early = {"ground": "improvement_clearly_not_happening", "ends_on": date(2024, 12, 6), "why": "Again."}
    with turned_away(world, BadInput, "delivery"):
        world.do("notice_to_improve.tell_of_early_end", date(2024, 12, 2), reference=reference, **early)
    deliver(world, letter, LATER, how="left_at_address")
    row = world.row(NoticeToImproveRow, reference)
    assert (row.received_on, row.period_from) == (c.POSTED, date(2024, 11, 20))
    assert world.due() == {reference: {"review_period"}}
