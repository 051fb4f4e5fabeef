"""Counting and the threshold against two others: plain Python, and SQL written for the purpose."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.law import rule_book
from rules.staging import StagingRules, staged
from tests.support.frames import ENGINES, Stream, frame, marks_table, rows_of
from tests.support.oracle import CHANGE, Row
from tests.support.oracle import staged as plainly

FIRST = date(2024, 6, 24)
COLUMNS = [
    "school_urn", "upn", "possible", "attended", "authorised", "unauthorised", "stage",
    "persistently_absent", "severely_absent", "unauthorised_in_window", "threshold_met_on",
]  # fmt: skip
SINCE, ON = date(2024, 8, 1), date(2025, 2, 20)
BEFORE = ["/", "\\", "L", "J", "H", "C", "D", "X", "Y", "#", *"GNOU" * 3]
AFTER = ["/", "\\", "L", "K", "J1", "C2", "E", "D", "X", "Y1", "Y4", "#", "Q", *"GNOU" * 3]


@st.composite
def registers(draw):
    """Days close together in a few spans of a year, so that windows fill; now and then whole absent weeks."""
    keys = st.tuples(
        st.sampled_from(["100001", "100002"]),
        st.sampled_from(["A", "B"]),
        st.integers(0, 35).flatmap(lambda week: st.integers(week * 7, week * 7 + 6)),
        st.sampled_from(["AM", "PM"]),
    )
    picks = st.integers(0, 999)
    chosen = draw(st.dictionaries(keys, picks, min_size=1, max_size=60))
    for school, pupil, week in draw(
        st.lists(st.tuples(st.sampled_from(["100001", "100002"]), st.sampled_from("AB"), st.integers(0, 35)))
    ):
        for day in range(5):
            chosen |= {(school, pupil, week * 7 + day, half): 13 + day for half in ("AM", "PM")}
    return [
        Row(school, pupil, day, half, codes[pick % len(codes)])
        for (school, pupil, offset, half), pick in chosen.items()
        for day in [FIRST + timedelta(days=offset)]
        for codes in [BEFORE if day < CHANGE else AFTER]
    ]


@pytest.mark.parametrize("engine", ENGINES)
@given(rows=registers())
@settings(deadline=None, max_examples=40)
def test_the_expression_equals_counting_by_hand(engine, rows):
    known = [row for row in rows if row.day <= ON]
    rules = StagingRules.of(rule_book("coventry"), ON)

    table = staged(frame(marks_table(known), engine), rules, since=SINCE, on=ON)

    assert rows_of(table, COLUMNS) == plainly(rows, SINCE, ON)


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
@settings(deadline=None, max_examples=60)
def test_the_threshold_equals_sql_that_counts_the_weeks_between(rows):
    known = marks_table([row for row in rows if row.day <= ON])
    rules = StagingRules.of(rule_book("coventry"), ON)

    table = staged(frame(known, "polars"), rules, since=SINCE, on=ON)

    connection = duckdb.connect()
    connection.register("marks", Stream(known))
    expected = connection.execute(SQL, {"on": ON}).fetchall()
    assert rows_of(table, ["school_urn", "upn", "unauthorised_in_window", "threshold_met_on"]) == expected
