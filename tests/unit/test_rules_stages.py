from datetime import date
from fractions import Fraction

import pytest

from rules.errors import NotYetInForce
from rules.law import rule_book
from rules.stages import Counts, StageRule, absence_of, per_cent, stage_of, suggestions_of

BOOK = rule_book("coventry")
RULE = StageRule.of(BOOK, date(2025, 1, 17))


def test_the_stage_is_said_in_sentences_with_its_values():
    finding = stage_of(Counts(attended=87, authorised=10, unauthorised=3), RULE)

    assert finding.sentences[0] == "87 of 100 possible sessions attended (87.0%)."
    assert "more than 50% and not more than 90%" in finding.sentences[1]
    assert finding.facts["share_attended"] == Fraction(87, 100)
    assert [value.name for value in finding.parameters] == [
        "coventry.stages.prevention_above",
        "coventry.stages.early_intervention_above",
    ]


def test_a_percentage_that_was_rounded_says_so():
    assert "(33.3%, rounded)" in stage_of(Counts(1, 2, 0), RULE).sentences[0]


def test_nothing_possible_says_that_there_is_no_stage():
    finding = stage_of(Counts(0, 0, 0), RULE)
    assert finding.outcome == "no_stage"
    assert "No session was possible" in finding.sentences[0]
    assert "no absence" in absence_of(Counts(0, 0, 0), RULE).sentences[0]
    assert suggestions_of(Counts(0, 0, 0), RULE) == ()


@pytest.mark.parametrize(
    ("counts", "suggested"),
    [
        (Counts(80, 0, 20), ()),
        (Counts(79, 0, 21), ("multi_agency_support",)),
        (Counts(79, 11, 10), ("multi_agency_support", "health_and_support_route")),
        (Counts(90, 5, 5), ()),
        (Counts(90, 6, 4), ("health_and_support_route",)),
        (Counts(90, 0, 0), ()),
    ],
)
def test_suggestions_begin_just_past_their_share(counts, suggested):
    assert tuple(finding.outcome for finding in suggestions_of(counts, RULE)) == suggested


def test_there_are_no_bands_before_the_policy():
    assert StageRule.of(BOOK, date(2024, 9, 1))
    with pytest.raises(NotYetInForce):
        StageRule.of(BOOK, date(2024, 8, 31))


def test_a_share_is_written_as_a_percentage():
    assert per_cent(Fraction(1, 10)) == "10%"
    assert per_cent(Fraction(1, 8)) == "12.5%"
