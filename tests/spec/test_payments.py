"""Payments against their table."""

from datetime import date

import pytest

from rules.steps.payment import Paid, judge_payment, money_to_decide
from tests.support.guards import clock_of
from tests.support.scenarios import rows

RECEIVED = date(2025, 2, 5)


@pytest.mark.parametrize(("given", "expect"), rows("england/penalty_notice/payments.yaml"))
def test_payment(given, expect):
    *earlier, payment = [Paid(*paid) for paid in given["payments"]]
    clock = clock_of(RECEIVED, given["notice"])

    found = judge_payment(tuple(earlier), payment, clock)

    assert {
        "kind": found.kind.value,
        "discharges": found.discharges,
        "owing": [[owing.pence, owing.by] for owing in found.owing],
        "to_decide": found.to_decide_pence,
        "undecided": money_to_decide((*earlier, payment), date(2025, 4, 1), clock),
    } == expect
    assert found.sentences


def test_while_the_payment_time_runs_a_part_payment_waits_for_the_rest():
    assert money_to_decide((Paid(5000, RECEIVED),), date(2025, 3, 4), clock_of(RECEIVED)) == 0


@pytest.mark.parametrize("pence", [0, -8000])
def test_a_payment_is_a_positive_sum(pence):
    with pytest.raises(ValueError, match="positive"):
        Paid(pence, RECEIVED)


def test_the_sentences_say_what_would_still_discharge():
    said = judge_payment((), Paid(5000, date(2025, 2, 10)), clock_of(RECEIVED)).sentences
    assert said[1] == "Still owing: £30 by Tuesday 25 February 2025, or £110 by Tuesday 4 March 2025."
