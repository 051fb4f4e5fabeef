"""The offence period that is proposed by default."""

from datetime import date

from rules.steps.facts import SessionMark, Threshold
from rules.steps.penalty_notice import default_offence_period

FIRST = SessionMark(date(2024, 11, 11), "AM", "O")
LATER = SessionMark(date(2024, 11, 15), "PM", "O")
MONITORED = SessionMark(date(2025, 1, 24), "PM", "U")


def test_it_runs_from_the_first_threshold_mark_to_the_last_mark_of_the_monitored_time():
    found = default_offence_period(Threshold(LATER.day, (FIRST, LATER)), (MONITORED,))
    assert found == (FIRST.day, MONITORED.day)


def test_without_a_monitored_time_it_ends_with_the_last_threshold_mark():
    assert default_offence_period(Threshold(LATER.day, (FIRST, LATER)), ()) == (FIRST.day, LATER.day)


def test_without_any_mark_there_is_none_to_propose():
    assert default_offence_period(Threshold(None, ()), ()) is None
