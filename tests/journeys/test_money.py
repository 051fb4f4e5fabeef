"""Money for a notice: part, late, too much, twice, unmatched, and money that goes back.

SI 2007/1867 as amended, regs 4 and 5: only the full sum due on the day it is received discharges. Everything
else is for an officer to decide about: nothing is kept silently, and nothing else marks a notice paid.
"""

import re
from datetime import date

import pytest

from attendance.domain.errors import BadInput, NotFound
from attendance.store.documents import Documents
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support.refusals import refused, turned_away


def state(world):
    return world.row(PenaltyNoticeRow, world.notice).state


def money(world):
    return [(row.judged, row.state, row.refund_due_pence) for row in world.rows(PaymentRow)]


def letters(world):
    return [row.name for row in world.rows(LetterRow)][1:]


def test_eighty_pounds_on_day_22_then_the_rest_by_day_28_discharge(tell):
    world = tell(stories.issued)
    c.pay(world, 8000, c.DAY_22)
    c.pay(world, 8000, c.DAY_28)
    assert (state(world), letters(world)) == ("paid", ["part_payment", "payment_received"])
    assert world.row(PenaltyNoticeRow, world.notice).paid_on == c.DAY_28
    assert world.due() == {}


def test_a_second_part_is_told_with_the_first_so_that_the_sum_adds_up(tell):
    world = tell(stories.issued)
    c.pay(world, 5000, c.DAY_21)
    c.pay(world, 6000, c.DAY_22)
    with world.store.read() as session:
        html = Documents(session).get(world.rows(LetterRow)[-1].html_sha256).content.decode()
    cells = re.findall(r"<td[^>]*>(.*?)</td>", re.sub(r"</?strong>", "", html), flags=re.DOTALL)
    sums = dict(zip(cells[::2], cells[1::2], strict=False))
    assert sums["Sum due"] == "£160"
    assert sums["Received before"] == "£50"
    assert sums["Received on 12 December 2024"] == "£60"
    assert sums["Still owed"] == "£50"


def test_the_full_sum_on_day_22_discharges(tell):
    """After the lower sum's last day the full £160 settles it, in one payment (SI 2007/1867 as amended)."""
    world = tell(stories.issued)
    c.pay(world, 16000, c.DAY_22)
    assert (state(world), letters(world)) == ("paid", ["payment_received"])


def test_eighty_pounds_on_day_22_and_no_more_leave_it_unpaid_and_the_money_to_an_officer(tell):
    """The part neither discharges nor is kept: whoever ends the notice unpaid must decide about it."""
    world = tell(stories.issued)
    payment = c.pay(world, 8000, c.DAY_22).reference
    c.say(world, "end_unpaid", c.DAY_29)
    assert (state(world), money(world)) == ("unpaid", [("part", "matched", 8000)])
    assert world.due()[payment] == {"settle_money"}


def test_a_part_on_day_29_changes_nothing(tell):
    world = tell(stories.issued)
    c.pay(world, 8000, c.DAY_22)
    c.pay(world, 8000, c.DAY_29)
    assert [row.judged for row in world.rows(PaymentRow)] == ["part", "late"]
    c.say(world, "end_unpaid", c.DAY_29)
    assert state(world) == "unpaid"


def test_money_received_in_time_but_recorded_after_the_notice_ended_unpaid_discharges_it(tell):
    world = tell(stories.unpaid)
    c.pay(world, 16000, c.DAY_28, recorded_on=date(2024, 12, 23))
    assert state(world) == "paid"
    assert world.row(PenaltyNoticeRow, world.notice).paid_on == c.DAY_28
    assert world.due() == {}


def test_money_received_in_time_is_recorded_even_when_the_papers_have_gone_to_legal_services(tell):
    """Payment discharges liability for the period: nothing may be prosecuted then, so Legal must be told."""
    world = tell(stories.handed_over)
    done = c.pay(world, 16000, c.DAY_28, recorded_on=date(2025, 2, 3))
    assert state(world) == "paid"
    assert any("Legal Services" in sentence for sentence in done.sentences)


def test_more_than_the_sum_discharges_and_the_surplus_is_decided_about_and_goes_back(tell):
    world = tell(stories.issued)
    payment = c.pay(world, 10000, c.DAY_21).reference
    assert (state(world), money(world)) == ("paid", [("over", "matched", 2000)])
    settle(world, payment, 2000, c.DAY_22)
    assert world.due()[payment] == {"pay_refund"}
    refund(world, payment, 2000, c.DAY_28)
    assert money(world) == [("over", "settled", 0)]
    assert [(row.pence, row.paid_on) for row in world.rows(RefundRow)] == [(2000, c.DAY_28)]
    assert world.due() == {}


def test_a_second_payment_for_a_discharged_notice_is_a_duplicate(tell):
    world = tell(stories.issued)
    c.pay(world, 8000, c.DAY_21)
    c.pay(world, 8000, c.DAY_21, transaction="another")
    assert money(world) == [("full", "matched", 0), ("duplicate", "matched", 8000)]


def test_money_recorded_out_of_order_is_judged_by_the_day_it_came(tell):
    """£80 of day 22 is recorded first, as a part; £80 of day 21, recorded later, discharges: one is over."""
    world = tell(stories.issued)
    c.pay(world, 8000, c.DAY_22)
    c.pay(world, 8000, c.DAY_21, recorded_on=date(2024, 12, 16))
    assert (state(world), world.row(PenaltyNoticeRow, world.notice).paid_on) == ("paid", c.DAY_21)
    assert sum(row.refund_due_pence for row in world.rows(PaymentRow)) == 8000


def test_the_same_transaction_is_recorded_once(tell):
    world = tell(stories.issued)
    c.pay(world, 4000, c.DAY_21, transaction="T1")
    with turned_away(world, BadInput, "recorded already"):
        c.pay(world, 4000, c.DAY_21, transaction="T1")


def test_money_without_a_known_number_stays_unmatched_until_somebody_matches_it(tell):
    world = tell(stories.issued)
    payment = c.pay(world, 8000, c.DAY_21, reference="ADA MARSH").reference
    assert (state(world), world.due()[payment]) == ("issued", {"settle_money"})
    with turned_away(world, NotFound):
        world.do("payment.match", c.DAY_29, reference=payment, notice="PN-2024-000099")
    world.do("payment.match", c.DAY_29, reference=payment, notice=world.notice)
    assert (state(world), money(world)) == ("paid", [("full", "matched", 0)])
    with turned_away(world, BadInput, "Only unmatched money"):
        world.do("payment.match", c.DAY_29, reference=payment, notice=world.notice)


def test_unmatched_money_that_nobody_can_place_goes_back(tell):
    world = tell(stories.issued)
    payment = c.pay(world, 5000, c.DAY_21, reference="unknown").reference
    settle(world, payment, 5000, c.DAY_28)
    refund(world, payment, 5000, c.DAY_29)
    assert (state(world), world.due().get(payment)) == ("issued", None)


def test_money_that_went_back_no_longer_counts_towards_the_sum(tell):
    """£80 of day 22 went back; £80 of day 28 is a part again, for only £80 is held."""
    world = tell(stories.issued)
    payment = c.pay(world, 8000, c.DAY_22).reference
    settle(world, payment, 8000, c.DAY_22)
    refund(world, payment, 8000, c.DAY_22)
    c.pay(world, 8000, c.DAY_28)
    assert (state(world), money(world)[1][0]) == ("issued", "part")


def settle(world, payment, pence, on):
    world.do("payment.settle", on, reference=payment, refund_pence=pence, how="Back to the payer's card.")


def refund(world, payment, pence, on):
    world.do("payment.refund", on, reference=payment, pence=pence, paid_on=on)


def test_no_more_goes_back_than_is_due_and_nothing_is_settled_twice(tell):
    world = tell(stories.issued)
    payment = c.pay(world, 10000, c.DAY_21).reference
    with turned_away(world, BadInput, "No more goes back"):
        settle(world, payment, 10001, c.DAY_22)
    settle(world, payment, 2000, c.DAY_22)
    with turned_away(world, BadInput, "decided already"):
        settle(world, payment, 1000, c.DAY_22)
    with turned_away(world, BadInput, "£20 is due back"):
        refund(world, payment, 2001, c.DAY_28)
    refund(world, payment, 500, c.DAY_28)
    with turned_away(world, BadInput, "£15 is due back"):
        refund(world, payment, 2000, c.DAY_28)


def test_the_money_that_discharged_does_not_go_back_while_the_notice_stands_paid(tell):
    world = tell(stories.issued)
    payment = c.pay(world, 8000, c.DAY_21).reference
    with turned_away(world, BadInput, "This money discharged the notice"):
        settle(world, payment, 8000, c.DAY_22)


def test_money_for_a_withdrawn_notice_is_not_kept(tell):
    """SI 2007/1867 reg. 8: what was paid goes back."""
    world = tell(stories.issued)
    c.say(world, "withdraw", c.DAY_21, ground="material_errors", why="The days were wrong.")
    payment = c.pay(world, 8000, c.DAY_21).reference
    with turned_away(world, BadInput, "all that was paid for it goes back"):
        settle(world, payment, 0, c.DAY_22)
    settle(world, payment, 8000, c.DAY_22)
    assert world.due()[payment] == {"pay_refund"}


def test_money_is_recorded_when_it_has_arrived(tell):
    world = tell(stories.issued)
    with turned_away(world, BadInput, "once it has arrived"):
        c.pay(world, 8000, c.DAY_22, recorded_on=c.DAY_21)


@pytest.mark.parametrize("story", [stories.decided, stories.prepared])
def test_money_for_a_notice_that_was_never_issued_is_unmatched(tell, story):
    world = tell(story)
    c.pay(world, 8000, c.DAY_21)
    assert money(world) == [("unmatched", "unmatched", 0)]


def test_a_paid_notice_is_not_ended_unpaid(tell):
    world = tell(stories.issued)
    c.pay(world, 8000, c.DAY_22)
    with refused(world, "payment_time_not_over"):
        c.say(world, "end_unpaid", c.DAY_22)
    c.pay(world, 8000, c.DAY_28)
    assert state(world) == "paid"
