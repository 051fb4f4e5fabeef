"""Every row of tests/spec/*/parameters asks one parameter on one day."""

from functools import reduce
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.law import NATION, RuleBook, rule_book
from rules.law_yaml import read_yaml

HERE = Path(__file__).parent
ROWS = [
    pytest.param(row, path.parent.parent.name, id=row["name"])
    for path in sorted(HERE.glob("*/parameters/*.yaml"))
    for row in read_yaml(path.read_text(encoding="utf-8"))
]


def _book(folder: str) -> RuleBook:
    return rule_book("coventry" if folder == NATION else folder)


@pytest.mark.parametrize(("row", "folder"), ROWS)
def test_the_parameter_has_the_value_of_the_table_on_that_day(row, folder):
    expect = row["expect"]
    book = _book(folder)
    if "raises" in expect:
        with pytest.raises(RulesError) as refusal:
            book.value(row["parameter"], row["on"])
        assert refusal.value.code == expect["raises"]
        return
    value = book.value(row["parameter"], row["on"])
    if "value" in expect:
        assert reduce(lambda cells, key: cells[key], expect.get("cell", []), value.data) == expect["value"]
    if "cells" in expect:
        assert list(value.table) == expect["cells"]
    if "absent" in expect:
        assert expect["absent"] not in value.table
    assert value.confidence == expect.get("confidence", value.confidence)


def test_every_change_of_a_value_is_in_the_table_on_both_sides():
    asked = {(row.values[0]["parameter"], row.values[0]["on"]) for row in ROWS}
    for parameter in rule_book("coventry"):
        for value in parameter.values[1:]:
            days = {day for name, day in asked if name == parameter.name}
            assert value.since in days, f"{parameter.name} is not asked on {value.since}"
            assert any((value.since - day).days == 1 for day in days), (
                f"{parameter.name} is not asked on the day before {value.since}"
            )
