"""What must hold of every run of payments."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.steps.payment import Paid, discharged_on, judge_payment, money_to_decide, sum_due
from tests.support.guards import clock_of

RECEIVED = date(2025, 2, 5)
PENCE = st.sampled_from([1, 2000, 4000, 8000, 12000, 15999, 16000, 20000])
PAYMENTS = st.lists(
    st.builds(Paid, PENCE, st.integers(0, 40).map(lambda days: RECEIVED + timedelta(days=days))), max_size=8
).map(lambda payments: tuple(sorted(payments, key=lambda paid: paid.received_on)))
NOTICES = st.sampled_from(["first", "second"])


@given(PAYMENTS, NOTICES)
def test_a_notice_is_discharged_only_by_the_full_sum_in_time(payments, notice):
    clock = clock_of(RECEIVED, notice)
    totals = [sum(paid.pence for paid in payments[: place + 1]) for place in range(len(payments))]
    enough = [
        paid.received_on
        for paid, total in zip(payments, totals, strict=True)
        if paid.received_on <= clock.payable_until
        and total
        >= (8000 if notice == "first" and paid.received_on <= RECEIVED + timedelta(days=20) else 16000)
    ]
    assert discharged_on(payments, clock) == (enough[0] if enough else None)


@given(PAYMENTS, NOTICES)
def test_exactly_one_payment_discharges_and_every_penny_is_accounted_for(payments, notice):
    clock = clock_of(RECEIVED, notice)
    judged = [judge_payment(payments[:place], paid, clock) for place, paid in enumerate(payments)]
    day = discharged_on(payments, clock)

    assert sum(judgement.discharges for judgement in judged) == (0 if day is None else 1)
    kept = 0 if day is None else sum_due(day, clock)
    after = clock.payable_until + timedelta(days=30)
    assert money_to_decide(payments, after, clock) == sum(paid.pence for paid in payments) - kept


@given(PAYMENTS, NOTICES, st.randoms(use_true_random=False))
def test_in_whichever_order_money_is_recorded_one_payment_completes_the_sum(payments, notice, chance):
    clock = clock_of(RECEIVED, notice)
    recorded = list(payments)
    chance.shuffle(recorded)
    judged = [judge_payment(tuple(recorded[:place]), paid, clock) for place, paid in enumerate(recorded)]
    day = discharged_on(payments, clock)
    assert sum(judgement.discharges for judgement in judged) == (0 if day is None else 1)


@given(PAYMENTS, NOTICES)
def test_paying_what_is_owing_by_its_day_discharges(payments, notice):
    clock = clock_of(RECEIVED, notice)
    for place, paid in enumerate(payments):
        for owing in judge_payment(payments[:place], paid, clock).owing:
            rest = judge_payment(payments[: place + 1], Paid(owing.pence, owing.by), clock)
            assert rest.discharges
            assert rest.to_decide_pence == 0
