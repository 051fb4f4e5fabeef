from datetime import date, timedelta

import pytest

from rules.law import rule_book
from rules.patterns import PatternRule, counts_of, first_time_persistent, pattern_counts, patterns_of
from tests.support.frames import ENGINES, frame, marks_table
from tests.support.oracle import Row

BOOK = rule_book("coventry")
ON = date(2025, 3, 28)
RULE = PatternRule.of(BOOK, ON)
SCHOOL_DAYS = [
    day
    for day in (
        date(2024, 9, 2) + timedelta(days=number) for number in range((ON - date(2024, 9, 2)).days + 1)
    )
    if day.weekday() < 5
]


def register(code_of, pupil="A"):
    return [
        Row("136001", pupil, day, session, code)
        for day in SCHOOL_DAYS
        for session in ("AM", "PM")
        if (code := code_of(day, session))
    ]


def found(rows, engine="polars"):
    counted = pattern_counts(frame(marks_table(rows), engine), RULE)
    native = counted.to_native()
    if engine == "polars":
        row = native.row(0, named=True)
    else:
        table = native.collect().rows(named=True) if engine == "polars lazy" else None
        row = table[0] if table else dict(zip(native.columns, native.fetchall()[0], strict=True))
    return {finding.outcome: finding for finding in patterns_of(counts_of(row), RULE)}


RECENT = date(2025, 2, 15)
CASES = [
    ("nothing to look at", lambda day, session: "/", set()),
    ("no attendance this year", lambda day, session: "I", {"no_attendance_this_year"}),
    (
        "no attendance for three weeks",
        lambda day, session: "O" if day >= date(2025, 3, 8) else "/",
        {"no_attendance_lately", "falling"},
    ),
    (
        "one of those weeks was authorised",
        lambda day, session: "I" if day >= date(2025, 3, 8) else "/",
        {"falling"},
    ),
    ("Mondays", lambda day, session: "I" if day.weekday() == 0 and day.month < 3 else "/", {"one_weekday"}),
    (
        "afternoons now and then",
        lambda day, session: "O" if session == "PM" and day.day % 6 == 0 else "/",
        {"one_session"},
    ),
    (
        "late each Friday morning",
        lambda day, session: "L" if day.weekday() == 4 and session == "AM" else "/",
        {"often_late"},
    ),
    (
        "four without a reason",
        lambda day, session: "N" if day >= date(2025, 3, 27) else "/",
        {"often_unexplained"},
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("name", "code_of", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_pattern_is_found_on_every_engine(name, code_of, expected, engine):
    assert set(found(register(code_of), engine)) == expected


def test_a_pattern_says_its_numbers_and_days():
    pattern = found(register(lambda day, session: "O" if day >= date(2025, 3, 8) else "/"))
    sentence = pattern["no_attendance_lately"].sentences[0]
    assert sentence == (
        "No attendance, Saturday 8 March 2025 to Friday 28 March 2025: 30 unauthorised sessions and no other."
    )
    assert [value.name for value in pattern["no_attendance_lately"].parameters] == [
        "coventry.targeting_support.no_attendance_weeks"
    ]


@pytest.mark.parametrize("missed", [5, 6])
def test_few_absences_show_no_weekday(missed):
    mondays = [day for day in SCHOOL_DAYS if day.weekday() == 0][:3]
    sessions = [(day, session) for day in mondays for session in ("AM", "PM")][:missed]
    pattern = found(register(lambda day, session: "I" if (day, session) in sessions else "/"))
    assert set(pattern) == ({"one_weekday"} if missed == 6 else set())


@pytest.mark.parametrize(
    ("this_year", "earlier", "first"),
    [
        ((10, 100), ((9, 100),), True),
        ((9, 100), ((9, 100),), False),
        ((10, 100), ((9, 100), (10, 100)), False),
        ((10, 100), (), False),
        ((10, 100), ((0, 0),), False),
        ((0, 0), ((0, 100),), False),
    ],
)
def test_persistent_absence_is_the_first_where_no_known_year_had_it(this_year, earlier, first):
    assert (first_time_persistent(this_year, earlier, RULE) is not None) == first


def test_a_day_early_in_the_year_has_nothing_before_the_recent_weeks():
    rule = PatternRule.of(BOOK, date(2024, 9, 6))
    rows = register(lambda day, session: "O" if day <= date(2024, 9, 6) else "/")
    row = pattern_counts(frame(marks_table(rows), "polars"), rule).to_native().row(0, named=True)
    assert [finding.outcome for finding in patterns_of(counts_of(row), rule)] == ["no_attendance_this_year"]
