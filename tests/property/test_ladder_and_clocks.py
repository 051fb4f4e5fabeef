"""What must hold of every history of notices and every day of posting."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.clocks import ServedBy, Service, payment_clock, receipt_of
from rules.ladder import EarlierNotice, NoticeOutcome, ladder
from rules.law import rule_book
from rules.time_limits import anniversary, months_after
from tests.support.calendars import english_working_days

BOOK = rule_book("coventry")
DAYS = st.dates(date(2024, 9, 1), date(2031, 12, 31))


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=25))
def test_following_the_ladder_never_leaves_three_standing_notices_within_three_years(proposals):
    standing: list[EarlierNotice] = []
    for number, (on, withdrawn) in enumerate(sorted(proposals)):
        if ladder(tuple(standing), on, BOOK).barred:
            continue
        outcome = NoticeOutcome.WITHDRAWN if withdrawn else NoticeOutcome.UNPAID
        standing.append(EarlierNotice(f"PN-{number}", on, outcome=outcome))

    kept = [notice.issued_on for notice in standing if notice.outcome is not NoticeOutcome.WITHDRAWN]
    for first, third in zip(kept, kept[2:], strict=False):
        assert third >= anniversary(first, 3)


@given(st.lists(DAYS, min_size=2, max_size=6), DAYS)
def test_a_barred_parent_is_free_on_the_day_named_and_not_before(issued, on):
    earlier = tuple(EarlierNotice(f"PN-{number}", day) for number, day in enumerate(issued))
    found = ladder(earlier, on, BOOK)
    if found.free_on is None:
        assert not found.barred
        return
    assert found.free_on > on
    assert ladder(earlier, found.free_on - timedelta(days=1), BOOK).barred
    assert not ladder(earlier, found.free_on, BOOK).barred


@given(DAYS.filter(lambda day: day < date(2031, 12, 1)))
def test_the_payment_days_are_exact_wherever_the_post_falls(posted_on):
    receipt = receipt_of(Service(ServedBy.FIRST_CLASS_POST, posted_on), english_working_days(), BOOK)
    step = ladder((), posted_on, BOOK)
    assert step.full is not None
    clock = payment_clock(receipt.on, full=step.full, reduced=step.reduced, book=BOOK, issued_on=posted_on)

    assert 2 <= (receipt.on - posted_on).days <= 7
    assert english_working_days().is_working_day(receipt.on)
    assert clock.reduced_until == receipt.on + timedelta(days=20)
    assert clock.payable_until == receipt.on + timedelta(days=27)
    assert clock.proceedings_from == clock.payable_until + timedelta(days=1)


@given(DAYS, st.integers(1, 5))
def test_an_anniversary_is_the_same_day_or_the_first_of_march(day, years):
    found = anniversary(day, years)
    assert found.year == day.year + years
    assert (found.month, found.day) == (day.month, day.day) or (found.month, found.day) == (3, 1)


@given(DAYS, st.integers(0, 24))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    found = months_after(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)
