"""Service, wording and what the tables of the clocks leave out."""

from datetime import date

import pytest

from rules.clocks import ServedBy, Service, payment_clock, receipt_of
from rules.errors import NotReceived
from rules.ladder import ladder
from rules.law import rule_book
from rules.time_limits import time_limit, time_to_prosecute
from rules.wording import said_count, said_list, said_pence, said_span
from tests.support.calendars import english_working_days

BOOK = rule_book("coventry")
POSTED = date(2025, 2, 3)


def receipt(**known):
    return receipt_of(Service(**known), english_working_days(), BOOK)


@pytest.mark.parametrize("how", [ServedBy.HAND_DELIVERY, ServedBy.LEFT_AT_ADDRESS])
def test_a_letter_delivered_or_left_is_received_that_day(how):
    assert receipt(how=how, on=POSTED).on == POSTED
    assert not receipt(how=how, on=POSTED).presumed


def test_the_presumption_of_post_yields_to_evidence():
    found = receipt(how=ServedBy.FIRST_CLASS_POST, on=POSTED, receipt_shown_on=date(2025, 2, 10))
    assert (found.on, found.presumed) == (date(2025, 2, 10), False)


def test_returned_mail_was_not_received():
    with pytest.raises(NotReceived, match="came back on Thursday 13 February 2025"):
        receipt(how=ServedBy.FIRST_CLASS_POST, on=POSTED, returned_on=date(2025, 2, 13))


def test_email_without_agreement_is_no_service_even_if_read():
    with pytest.raises(NotReceived, match="agreed"):
        receipt(how=ServedBy.EMAIL, on=POSTED, receipt_shown_on=POSTED)


def test_agreed_email_needs_evidence_of_receipt():
    with pytest.raises(NotReceived, match="No day of receipt is presumed"):
        receipt(how=ServedBy.EMAIL, on=POSTED, email_agreed=True)
    shown = receipt(how=ServedBy.EMAIL, on=POSTED, email_agreed=True, receipt_shown_on=date(2025, 2, 4))
    assert shown.on == date(2025, 2, 4)


def test_post_over_a_bank_holiday_names_the_days_left_out():
    found = receipt(how=ServedBy.FIRST_CLASS_POST, on=date(2025, 4, 16))
    assert "Friday 18 April 2025, Monday 21 April 2025" in found.sentences[1]


def clock_received(on):
    step = ladder((), POSTED, BOOK)
    assert step.full is not None
    return payment_clock(on, full=step.full, reduced=step.reduced, book=BOOK, issued_on=POSTED)


@pytest.mark.parametrize(("first_offence", "fits"), [("2024-10-16", True), ("2024-10-15", False)])
def test_the_unpaid_path_fits_up_to_the_day_of_the_earlier_limit(first_offence, fits):
    limit = time_limit(date.fromisoformat(first_offence), date(2024, 12, 2), BOOK)
    found = time_to_prosecute(clock_received(date(2025, 2, 5)), limit, BOOK, POSTED)
    assert found.ready_on == date(2025, 4, 16)
    assert found.fits is fits


@pytest.mark.parametrize(
    ("first_offence", "last_offence", "later"),
    [
        ("2024-10-16", "2024-12-02", ""),
        ("2024-10-15", "2024-10-16", "That is not later than the later limit of Wednesday 16 April 2025"),
        ("2024-10-14", "2024-10-15", "It is after the later limit of Tuesday 15 April 2025 too"),
        ("2024-10-15", "2024-10-15", ""),
    ],
    ids=["fits", "fits before the later limit", "fits before neither", "has but one limit"],
)
def test_what_does_not_fit_before_the_earlier_limit_is_said_of_the_later(first_offence, last_offence, later):
    limit = time_limit(date.fromisoformat(first_offence), date.fromisoformat(last_offence), BOOK)
    found = time_to_prosecute(clock_received(date(2025, 2, 5)), limit, BOOK, POSTED)
    assert " ".join(found.sentences[2:]).startswith(later)
    assert len(found.sentences) == (3 if later else 2)


def test_wording_of_sums_counts_and_lists():
    assert said_pence(8050) == "£80.50"
    assert said_pence(16000) == "£160"
    assert said_count(1, "session") == "1 session"
    assert said_list(()) == ""
    assert said_list(("a",)) == "a"
    assert said_list(("a", "b", "c")) == "a, b and c"
    assert said_span(POSTED, POSTED) == "Monday 3 February 2025"
    assert said_span(POSTED, date(2025, 2, 4)) == "Monday 3 February 2025 to Tuesday 4 February 2025"
