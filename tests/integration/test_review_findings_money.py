"""Money that was mis-keyed, that came before the issue, and that goes back only once it is decided about."""

from datetime import date

import pytest

from attendance.domain.errors import BadInput
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories


@pytest.fixture
def world(sqlite_store):
    world = stories.issued(sqlite_store)
    world.other = c.issue(world, adult_id=world.father)
    return world


def state(world, notice=None):
    return world.row(PenaltyNoticeRow, notice or world.notice).state


def rematch(world, payment, on=date(2024, 12, 13)):
    return world.do(
        "payment.rematch", on, reference=payment, notice=world.other, why="The number was mis-keyed."
    )


def letters(world):
    return [(row.name, row.state) for row in world.rows(LetterRow) if row.name != "penalty_notice"]


def test_money_keyed_to_the_wrong_parent_moves_and_the_discharge_is_taken_back(world):
    payment = c.pay(world, 8000, c.DAY_21).reference
    assert (state(world), state(world, world.other)) == ("paid", "issued")

    rematch(world, payment)

    assert (state(world), state(world, world.other)) == ("issued", "paid")
    assert world.row(PenaltyNoticeRow, world.notice).paid_on is None
    assert world.row(PenaltyNoticeRow, world.other).paid_on == c.DAY_21
    assert letters(world) == [("payment_received", "cancelled"), ("payment_received", "prepared")]
    assert world.due() == {world.notice: {"record_end_of_payment"}}
    c.say(world, "end_unpaid", c.DAY_29)
    assert state(world) == "unpaid"


def test_the_right_parents_own_money_goes_on_discharging(world):
    wrong = c.pay(world, 8000, date(2024, 12, 9)).reference
    c.pay(world, 8000, c.DAY_21)

    rematch(world, wrong)

    assert (state(world), state(world, world.other)) == ("paid", "paid")
    assert world.row(PenaltyNoticeRow, world.notice).paid_on == c.DAY_21
    assert [row.judged for row in world.rows(PaymentRow)] == ["full", "full"]
    assert world.due() == {}


def test_money_that_went_back_or_is_unmatched_is_not_moved(world):
    payment = c.pay(world, 10000, c.DAY_21).reference
    with pytest.raises(BadInput, match="another one"):
        world.do("payment.rematch", c.DAY_22, reference=payment, notice=world.notice, why="No.")
    settle(world, payment, 2000)
    world.do("payment.refund", c.DAY_22, reference=payment, pence=2000, paid_on=c.DAY_22)
    with pytest.raises(BadInput, match="gone back"):
        rematch(world, payment)
    unmatched = c.pay(world, 500, c.DAY_21, reference="unknown").reference
    with pytest.raises(BadInput, match="matched to"):
        rematch(world, unmatched)


def settle(world, payment, pence):
    world.do("payment.settle", c.DAY_22, reference=payment, refund_pence=pence, how="Back to the card.")


def test_money_from_before_the_issue_never_discharges_and_is_for_an_officer(world):
    early = c.pay(world, 8000, date(2024, 11, 18), reference="unknown").reference
    done = world.do("payment.match", c.DAY_21, reference=early, notice=world.notice)

    assert state(world) == "issued"
    (row,) = world.rows(PaymentRow)
    assert (row.judged, row.refund_due_pence) == ("before_issue", 8000)
    assert world.due()[early] == {"settle_money"}
    assert any("No letter is prepared" in sentence for sentence in done.sentences)
    assert letters(world) == []
    c.pay(world, 8000, c.DAY_21)
    assert state(world) == "paid"
    assert [row.refund_due_pence for row in world.rows(PaymentRow)] == [8000, 0]


def test_money_goes_back_only_once_somebody_has_decided_about_it(world):
    payment = c.pay(world, 10000, c.DAY_21).reference
    with pytest.raises(BadInput, match="Settle it first"):
        world.do("payment.refund", c.DAY_22, reference=payment, pence=2000, paid_on=c.DAY_22)
    settle(world, payment, 2000)
    world.do("payment.refund", c.DAY_22, reference=payment, pence=2000, paid_on=c.DAY_22)
    assert payment not in world.due()


def test_a_duplicate_gets_no_letter_that_says_it_came_late(world):
    c.pay(world, 8000, c.DAY_21)
    done = c.pay(world, 8000, c.DAY_21, transaction="again")
    assert letters(world) == [("payment_received", "prepared")]
    assert done.letters == ()
    assert any("No letter is prepared" in sentence for sentence in done.sentences)


def test_a_part_recorded_after_the_time_to_pay_asks_nobody_to_pay_by_a_day_gone_by(world):
    done = c.pay(world, 5000, c.DAY_28, recorded_on=date(2024, 12, 23))
    assert letters(world) == []
    assert not any("Still owing" in sentence for sentence in done.sentences)
