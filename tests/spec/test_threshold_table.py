from datetime import date, timedelta

import pytest

from rules.law import rule_book
from rules.staging import StagingRules, staged
from tests.support.frames import ENGINES, frame, marks_table, rows_of
from tests.support.oracle import Row
from tests.support.scenarios import rows

SCHOOL, SECOND = "136001", "136002"


def marks_of(school, pupil, weeks):
    for first, text in weeks.items():
        for number, day in enumerate(text.split()):
            codes = day.split(",") if "," in day else list(day)
            for session, code in zip(("AM", "PM"), codes, strict=True):
                if code != ".":
                    yield Row(school, pupil, first + timedelta(days=number), session, code)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("given", "expect"), rows("england/penalty_notice/threshold.yaml"))
def test_the_threshold_reads_as_the_table_says(given, expect, engine):
    on = given["on"]
    marks = [
        *marks_of(SCHOOL, "A", given["register"]),
        *marks_of(SCHOOL, "B", given.get("others", {})),
        *marks_of(SECOND, "A", given.get("second_school", {})),
    ]
    known = marks_table([row for row in marks if row.day <= on])
    rules = StagingRules.of(rule_book("coventry"), given.get("policy_day", on))

    table = staged(frame(known, engine), rules, since=given.get("from", date(2024, 8, 1)), on=on)

    columns = ["school_urn", "upn", "unauthorised_in_window", "threshold_met_on"]
    found = {(school, pupil): (count, met) for school, pupil, count, met in rows_of(table, columns)}
    assert found[SCHOOL, "A"] == (expect["in_window"], expect["met_on"])
