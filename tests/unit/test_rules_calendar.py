"""School days, school weeks, working days and academic years."""

from datetime import date, timedelta

import pytest

from rules.calendar import SchoolCalendar, Term, WorkingDays, academic_year
from rules.errors import BankHolidaysNotKnown, TermDatesNotKnown
from rules.law import rule_book
from tests.support.calendars import english_working_days, school_calendar


def test_a_closed_day_and_a_weekend_are_no_school_days():
    calendar = school_calendar()
    assert calendar.is_school_day(date(2025, 1, 7))
    assert not calendar.is_school_day(date(2025, 1, 6))
    assert not calendar.is_school_day(date(2025, 1, 11))


def test_days_between_two_known_terms_are_known_to_be_no_school_days():
    assert not school_calendar().is_school_day(date(2024, 12, 27))
    assert school_calendar().school_days(date(2024, 12, 21), date(2025, 1, 6)) == ()


def test_counting_from_a_holiday_begins_with_the_first_school_day():
    assert school_calendar().nth_school_day(date(2024, 10, 26), 1) == date(2024, 11, 4)
    assert school_calendar().nth_school_day(date(2024, 11, 4), 5) == date(2024, 11, 8)


def test_counting_school_days_begins_with_one():
    with pytest.raises(ValueError, match="counted from 1"):
        school_calendar().nth_school_day(date(2024, 11, 4), 0)


def test_a_count_beyond_the_term_dates_known_says_how_far_they_reach():
    with pytest.raises(TermDatesNotKnown, match="known from 2024-09-03 to 2026-12-18") as caught:
        school_calendar().nth_school_day(date(2026, 12, 17), 3)
    assert caught.value.code == "term_dates_not_known"


@pytest.mark.parametrize(
    ("first", "last"),
    [("2024-09-02", "2024-09-10"), ("2026-12-01", "2026-12-19"), ("2027-01-04", "2027-01-04")],
)
def test_a_span_outside_the_term_dates_known_is_refused(first, last):
    with pytest.raises(TermDatesNotKnown):
        school_calendar().school_days(date.fromisoformat(first), date.fromisoformat(last))


def test_a_school_without_term_dates_knows_no_day():
    calendar = SchoolCalendar(terms=())
    assert (calendar.known_from, calendar.known_until) == (None, None)
    with pytest.raises(TermDatesNotKnown, match="none are known"):
        calendar.is_school_day(date(2025, 1, 7))


def test_a_week_without_a_school_day_is_no_school_week():
    assert school_calendar().school_weeks(date(2024, 10, 21), date(2024, 11, 8)) == (
        date(2024, 10, 21),
        date(2024, 11, 4),
    )


def test_terms_may_come_in_any_order_but_not_overlap():
    autumn = Term(date(2024, 9, 2), date(2024, 12, 20))
    spring = Term(date(2025, 1, 6), date(2025, 4, 11))
    assert SchoolCalendar((spring, autumn)).terms == (autumn, spring)
    with pytest.raises(ValueError, match="overlaps"):
        SchoolCalendar((autumn, Term(date(2024, 12, 20), date(2025, 1, 3))))
    with pytest.raises(ValueError, match="before it begins"):
        Term(date(2024, 9, 2), date(2024, 9, 1))


def test_a_working_day_is_a_weekday_without_a_bank_holiday():
    working = english_working_days()
    assert working.is_working_day(date(2025, 4, 17))
    assert not working.is_working_day(date(2025, 4, 18))
    assert not working.is_working_day(date(2025, 4, 19))


def test_working_days_of_a_year_whose_bank_holidays_are_not_known_are_refused():
    with pytest.raises(BankHolidaysNotKnown, match="2026"):
        WorkingDays(frozenset({date(2025, 12, 25)})).nth_after(date(2025, 12, 31), 1)


@pytest.mark.parametrize(
    ("day", "first", "name"),
    [
        ("2025-07-31", "2024-08-01", "2024/25"),
        ("2025-08-01", "2025-08-01", "2025/26"),
        ("2000-01-01", "1999-08-01", "1999/00"),
    ],
)
def test_an_academic_year_begins_on_the_day_the_law_says(day, first, name):
    year = academic_year(rule_book("coventry"), date.fromisoformat(day))
    assert year.first == date.fromisoformat(first)
    assert year.last == year.first.replace(year=year.first.year + 1) - timedelta(days=1)
    assert year.name == name
