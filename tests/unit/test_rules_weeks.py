from datetime import date, timedelta

import narwhals as nw
import polars as pl
import pytest

from rules.law import rule_book
from rules.weeks import WeekRule, weeks_from_days
from tests.support.frames import ENGINES, frame, rows_of

RULE = WeekRule.of(rule_book("coventry"), date(2024, 9, 1))


def test_a_week_runs_from_monday_to_sunday():
    monday, sunday = date(2024, 12, 30), date(2025, 1, 5)
    assert RULE.week(monday) == RULE.week(sunday) == RULE.week(sunday + timedelta(days=1)) - 1
    assert RULE.first_day(RULE.week(date(2025, 1, 1))) == monday
    assert RULE.last_day(RULE.week(date(2025, 1, 1))) == sunday


@pytest.mark.parametrize("engine", ENGINES)
def test_every_day_of_four_centuries_has_the_same_week_in_a_frame_and_alone(engine):
    days = [date(1900, 1, 1) + timedelta(days=step) for step in range(0, 400 * 366, 5)]
    numbered = frame(pl.DataFrame({"date": days}), engine).with_columns(week=RULE.week_of("date"))
    assert rows_of(numbered, ["date", "week"]) == [(day, RULE.week(day)) for day in days]


def test_the_weeks_of_a_calendar_are_those_with_an_open_day():
    days = pl.DataFrame(
        {"school_urn": ["1", "1", "2"], "date": [date(2025, 1, 6), date(2025, 1, 10), date(2025, 1, 20)]}
    )
    weeks = weeks_from_days(nw.from_native(days), RULE)
    assert rows_of(weeks, ["school_urn", "week"]) == [
        ("1", RULE.week(date(2025, 1, 6))),
        ("2", RULE.week(date(2025, 1, 20))),
    ]
