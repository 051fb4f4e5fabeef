"""Tables that somebody opens in a spreadsheet."""

import csv

import pytest

from attendance.reports.tables import harmless, write_csv


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "O'Hara", "12", "3.5", "Mill Lane = a school", "'=1"])
def test_what_it_would_not_run_stands_as_it_is(cell):
    assert harmless(cell) == cell


def test_every_cell_of_a_table_is_harmless(tmp_path):
    write_csv(tmp_path / "t.csv", ("name", "why"), [("=1", "-2"), ("Ada", "x")])
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["name", "why"], ["'=1", "'-2"], ["Ada", "x"]]
