"""Counting and the threshold against two others: plain Python, and SQL written for the purpose."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.law import rule_book
from rules.staging import StagingRules, staged
from rules.threshold import (
    COMPLETES,
    IN_LATEST,
    completing_marks,
    counting_marks,
    in_framework,
    in_latest_window,
    judged_marks,
    numbered_weeks,
)
from rules.weeks import weeks_from_marks
from tests.support.frames import Stream, frame, marks_table, rows_of
from tests.support.oracle import CHANGE, Row
from tests.support.oracle import staged as plainly

FIRST = date(2024, 6, 24)
COLUMNS = [
    "school_urn", "upn", "possible", "attended", "authorised", "unauthorised", "stage",
    "persistently_absent", "severely_absent", "unauthorised_in_window", "threshold_met_on",
]  # fmt: skip
MARK = ["school_urn", "upn", "date", "session"]
SINCE, ON = date(2024, 8, 1), date(2025, 2, 20)
BEFORE = ["/", "\\", "L", "J", "H", "C", "D", "X", "Y", "#", "K", *"GNOU"]
AFTER = ["/", "\\", "L", "K", "J1", "C2", "E", "D", "X", "Y1", "Y4", "#", "Q", "J", "H", *"GNOU"]
SCHOOLS, PUPILS, WEEKS = ["100001", "100002"], ["A", "B"], 35


@st.composite
def registers(draw):
    """Weeks mostly open, absences in clusters, so that windows fill or fall short by one; and odd marks."""
    marks = {}
    for school in SCHOOLS:
        closed = draw(st.sets(st.integers(0, WEEKS - 1), max_size=12))
        marks |= {(school, "Z", week * 7 + 2, "AM"): "/" for week in range(WEEKS) if week not in closed}
    clusters = st.tuples(
        st.sampled_from(SCHOOLS), st.sampled_from(PUPILS), st.integers(0, WEEKS - 1), st.integers(1, 10)
    )
    for school, pupil, week, size in draw(st.lists(clusters, min_size=1, max_size=8)):
        places = [(week * 7 + place // 2, ("AM", "PM")[place % 2]) for place in range(size)]
        marks |= {(school, pupil, *place): "OUGN"[number % 4] for number, place in enumerate(places)}
    keys = st.tuples(
        st.sampled_from(SCHOOLS),
        st.sampled_from(PUPILS),
        st.integers(0, WEEKS * 7 - 1),
        st.sampled_from(["AM", "PM"]),
    )
    for key, pick in draw(st.dictionaries(keys, st.integers(0, 999), max_size=30)).items():
        codes = BEFORE if FIRST + timedelta(days=key[2]) < CHANGE else AFTER
        marks[key] = codes[pick % len(codes)]
    return [
        Row(school, pupil, FIRST + timedelta(days=offset), half, code)
        for (school, pupil, offset, half), code in marks.items()
    ]


def equals_counting_by_hand(rows, engine):
    known = [row for row in rows if row.day <= ON]
    rules = StagingRules.of(rule_book("coventry"), ON)

    table = staged(frame(marks_table(known), engine), rules, since=SINCE, on=ON)

    assert rows_of(table, COLUMNS) == plainly(rows, SINCE, ON)


@pytest.mark.parametrize("engine", ["polars", "polars lazy"])
@given(rows=registers())
@settings(max_examples=120)
def test_the_expression_equals_counting_by_hand(engine, rows):
    equals_counting_by_hand(rows, engine)


@given(rows=registers())
@settings(max_examples=15)
def test_the_expression_equals_counting_by_hand_on_another_engine(rows):
    equals_counting_by_hand(rows, "duckdb")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@given(rows=registers())
@settings(max_examples=40)
def test_what_is_said_of_each_mark_equals_what_is_kept(engine, rows):
    marks = frame(marks_table([row for row in rows if row.day <= ON]), engine)
    rule = StagingRules.of(rule_book("coventry"), ON).threshold
    numbered = numbered_weeks(weeks_from_marks(in_framework(marks, rule, ON), rule.weeks), rule)
    counting = counting_marks(marks, numbered, rule, on=ON)

    said = rows_of(judged_marks(counting, numbered, rule, "upn"), [*MARK, COMPLETES, IN_LATEST])

    completing = rows_of(completing_marks(counting, rule, "upn"), MARK)
    assert [tuple(mark) for *mark, completes, _ in said if completes] == completing
    inside = rows_of(in_latest_window(counting, numbered, rule), MARK)
    assert [tuple(mark) for *mark, _, latest in said if latest] == inside


SQL = """
with weeks as (
  select distinct school_urn, date_trunc('week', date) as monday from marks
  where date >= '2024-08-19' and date <= $on and code not in ('#', 'Y4', 'X', 'Z')),
bad as (
  select school_urn, upn, date, date_trunc('week', date) as monday,
    row_number() over (partition by school_urn, upn order by date, session) as place
  from marks where date >= '2024-08-19' and date <= $on and code in ('G', 'N', 'O', 'U')),
met as (
  select late.school_urn, late.upn, min(late.date) as met_on
  from bad as late join bad as early
    on early.school_urn = late.school_urn and early.upn = late.upn and early.place = late.place - 9
  where (select count(*) from weeks where weeks.school_urn = late.school_urn
         and weeks.monday between early.monday and late.monday) <= 10
  group by 1, 2)
select school_urn, upn,
  (select count(*) from bad where bad.school_urn = pupils.school_urn and bad.upn = pupils.upn and
     (select count(*) from weeks where weeks.school_urn = bad.school_urn and weeks.monday > bad.monday) < 10),
  (select met_on from met where met.school_urn = pupils.school_urn and met.upn = pupils.upn)
from (select distinct school_urn, upn from marks where date <= $on) as pupils
order by 1, 2
"""


@given(rows=registers())
@settings(max_examples=50)
def test_the_threshold_equals_sql_that_counts_the_weeks_between(rows):
    known = marks_table([row for row in rows if row.day <= ON])
    rules = StagingRules.of(rule_book("coventry"), ON)

    table = staged(frame(known, "polars"), rules, since=SINCE, on=ON)

    connection = duckdb.connect()
    connection.register("marks", Stream(known))
    expected = connection.execute(SQL, {"on": ON}).fetchall()
    assert rows_of(table, ["school_urn", "upn", "unauthorised_in_window", "threshold_met_on"]) == expected
