from datetime import date

import polars as pl
import pytest

from rules.law import rule_book
from rules.stages import Counts, StageRule, absence_of, percent_text, stage_of, with_stage
from tests.support.frames import ENGINES, frame, rows_of
from tests.support.scenarios import read, rows

TABLE = "coventry/stages.yaml"
RULE = StageRule.of(rule_book("coventry"), date(2025, 1, 17))


@pytest.mark.parametrize(("given", "expect"), rows(TABLE))
def test_the_finding_for_one_pupil_reads_as_the_table_says(given, expect):
    counts = Counts(**given)

    assert stage_of(counts, RULE).outcome == (expect["stage"] or "no_stage")
    absence = absence_of(counts, RULE).outcome
    assert absence == ("severe" if expect["severe"] else "persistent" if expect["persistent"] else "neither")
    shown = percent_text(counts.attended, counts.possible) if counts.possible else ""
    assert shown == expect["percent"]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_table_for_a_city_says_the_same(engine):
    cases = read(TABLE)
    counts = [Counts(**case["given"]) for case in cases]
    table = pl.DataFrame(
        {
            "number": range(len(counts)),
            "possible": [each.possible for each in counts],
            "attended": [each.attended for each in counts],
            "authorised": [each.authorised for each in counts],
            "unauthorised": [each.unauthorised for each in counts],
        }
    )

    staged = with_stage(frame(table, engine), RULE)

    assert rows_of(staged, ["number", "stage", "persistently_absent", "severely_absent"]) == [
        (number, case["expect"]["stage"], case["expect"]["persistent"], case["expect"]["severe"])
        for number, case in enumerate(cases)
    ]
