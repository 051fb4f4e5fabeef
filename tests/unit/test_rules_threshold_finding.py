from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.law import rule_book
from rules.steps.facts import SessionMark, Span
from rules.threshold import ThresholdRule
from rules.threshold_finding import explain
from tests.support.oracle import Row, monday, threshold

MONDAY = date(2025, 1, 6)
RULE = ThresholdRule.of(rule_book("coventry"), date(2025, 1, 6))


def days(first, count):
    every = (first + timedelta(days=number) for number in range(count * 7))
    return [day for day in every if day.weekday() < 5]


def week(codes, first=MONDAY):
    return [
        SessionMark(first + timedelta(days=place // 2), ("AM", "PM")[place % 2], code)
        for place, code in enumerate(codes)
    ]


def test_met_says_which_marks_which_weeks_and_that_it_is_a_duty_to_consider():
    found = explain(week("OOOOOOOOOO"), days(MONDAY, 12), RULE, on=date(2025, 1, 10))

    assert (found.finding.outcome, found.met_on) == ("met", date(2025, 1, 10))
    assert found.met_by == found.in_window == tuple(week("OOOOOOOOOO"))
    assert (found.window.first, found.window.last) == (MONDAY, date(2025, 1, 12))
    assert "10 unauthorised sessions (G, N, O and U)" in found.finding.sentences[0]
    assert "must be considered" in found.finding.sentences[1]
    assert "does not follow" in found.finding.sentences[1]
    assert "first met on Friday 10 January 2025" in found.finding.sentences[2]
    assert "england.penalty_notice.threshold_sessions" in {value.name for value in found.finding.parameters}


def test_met_once_is_history_when_the_window_has_moved_on():
    found = explain(week("OOOOOOOOOO"), days(MONDAY, 12), RULE, on=date(2025, 3, 28))

    assert (found.finding.outcome, found.met_on) == ("not_met", date(2025, 1, 10))
    assert found.in_window == ()
    assert found.window.first == date(2025, 1, 20)


def test_used_marks_count_no_further():
    span = Span(date(2025, 1, 6), date(2025, 1, 7))
    found = explain(week("OOOOOOOOOO"), days(MONDAY, 12), RULE, on=date(2025, 1, 10), used=[span])

    assert (found.finding.outcome, found.met_on, len(found.in_window)) == ("not_met", None, 6)
    assert found.used == tuple(week("OOOO"))
    assert any("4 further unauthorised sessions" in sentence for sentence in found.finding.sentences)


def test_a_mark_in_a_week_without_a_school_day_is_pointed_out_and_not_counted():
    half_term = date(2025, 2, 17)
    open_days = [day for day in days(MONDAY, 9) if not half_term <= day <= half_term + timedelta(days=4)]
    marks = [*week("OOOOOOOO"), *week("OO", half_term)]
    found = explain(marks, open_days, RULE, on=date(2025, 2, 28))

    assert (found.finding.outcome, len(found.in_window)) == ("not_met", 8)
    assert found.outside == tuple(week("OO", half_term))
    assert any("Check the calendar" in sentence for sentence in found.finding.sentences)


def test_weeks_of_the_window_without_any_mark_are_pointed_out_and_not_stretched_over():
    marks = [*week("OOOOO/////"), *week("OOOOO/////", date(2025, 3, 17))]
    found = explain(marks, days(MONDAY, 11), RULE, on=date(2025, 3, 21))

    assert found.finding.outcome == "not_met"
    assert found.weeks_without_marks == tuple(date(2025, 1, 13) + timedelta(weeks=n) for n in range(9))
    assert "a register may be missing" in found.finding.sentences[-1]


def test_without_a_calendar_nothing_is_counted_and_it_says_so():
    found = explain(week("OOOOOOOOOO"), [], RULE, on=date(2025, 1, 10))
    assert (found.finding.outcome, found.window, found.met_on) == ("not_met", None, None)
    assert "calendar has no school week" in found.finding.sentences[0]


marks_of_a_year = st.dictionaries(
    st.tuples(st.integers(0, 160), st.sampled_from(["AM", "PM"])), st.sampled_from("OUGN/I"), max_size=70
)


@given(chosen=marks_of_a_year, closed=st.sets(st.integers(0, 22)), on=st.integers(0, 160))
@settings(max_examples=80)
def test_the_explanation_has_the_numbers_of_counting_by_hand(chosen, closed, on):
    day = MONDAY + timedelta(days=on)
    open_days = [d for d in days(MONDAY, 23) if (d - MONDAY).days // 7 not in closed]
    marks = [SessionMark(MONDAY + timedelta(days=n), half, code) for (n, half), code in chosen.items()]
    weeks = sorted({monday(d) for d in open_days if d <= day})
    rows = [Row("1", "A", mark.day, mark.session, mark.code) for mark in marks if monday(mark.day) in weeks]

    found = explain(marks, open_days, RULE, on=day)

    assert (len(found.in_window), found.met_on) == threshold(rows, weeks, day)
    assert len(found.met_by) == (10 if found.met_on else 0)
    fresh = {mark for mark in marks if mark.code in "OUGN" and mark.day <= day}
    assert set(found.outside) == {mark for mark in fresh if monday(mark.day) not in weeks}


@pytest.mark.parametrize("code", ["L", "C2", "E", "Y1", "I"])
def test_codes_that_never_count_do_not(code):
    marks = [SessionMark(day, half, code) for day in days(MONDAY, 2) for half in ("AM", "PM")]
    assert explain(marks, days(MONDAY, 2), RULE, on=date(2025, 1, 31)).in_window == ()
