from datetime import date

import pytest

from rules.codes import Statistics, _codes, register_codes
from rules.errors import CodeNotInForce, UnknownCode
from rules.law import rule_book

CODES = register_codes(rule_book("coventry"))
LAST_OLD, FIRST_NEW = date(2024, 8, 18), date(2024, 8, 19)


@pytest.mark.parametrize("code", ["H", "J", "Y"])
def test_codes_withdrawn_in_august_2024_hold_through_the_eighteenth_only(code):
    assert CODES.code(code, LAST_OLD).code == code
    with pytest.raises(CodeNotInForce, match="from 2006-09-01 to 2024-08-18"):
        CODES.code(code, FIRST_NEW)


@pytest.mark.parametrize("code", ["K", "Q", "C1", "C2", "J1", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"])
def test_codes_new_in_august_2024_hold_from_the_nineteenth_only(code):
    assert CODES.code(code, FIRST_NEW).code == code
    with pytest.raises(CodeNotInForce, match="from 2024-08-19 on"):
        CODES.code(code, LAST_OLD)


def test_an_interview_was_attendance_and_became_absence():
    assert CODES.code("J", LAST_OLD).statistics is Statistics.ATTENDING
    assert CODES.code("J1", FIRST_NEW).statistics is Statistics.AUTHORISED


@pytest.mark.parametrize("code", ["", " /", "l", "Ü", "C3", "//"])
def test_codes_are_exact(code):
    with pytest.raises(UnknownCode):
        CODES.code(code, FIRST_NEW)


def test_before_the_first_era_no_code_is_in_force():
    with pytest.raises(CodeNotInForce):
        CODES.code("/", date(2006, 8, 31))
    assert CODES.era(date(2006, 8, 31)) is None


def test_each_statistic_of_each_era_holds_its_codes_and_no_other():
    old, new = CODES.eras
    assert old.of(Statistics.ATTENDING) == set("/\\LBJPVW")
    assert old.of(Statistics.AUTHORISED) == set("CEHIMRST")
    assert old.of(Statistics.UNAUTHORISED) == set("GNOU")
    assert old.of(Statistics.NOT_POSSIBLE) == set()
    assert old.of(Statistics.NOT_COUNTED) == set("DXYZ#")
    assert new.of(Statistics.ATTENDING) == set("/\\LKVPWB")
    assert new.of(Statistics.AUTHORISED) == {"C1", "C2", "C", "M", "J1", "S", "T", "R", "I", "E"}
    assert new.of(Statistics.UNAUTHORISED) == set("GNOU")
    assert new.of(Statistics.NOT_POSSIBLE) == {"Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
    assert new.of(Statistics.NOT_COUNTED) == set("DXZ#")


def test_all_codes_are_known_once():
    assert len(CODES.known) == len(set(CODES.known)) == 37
    assert CODES.since == date(2006, 9, 1)


def test_a_row_of_the_law_that_is_no_table_is_refused():
    with pytest.raises(TypeError, match="O is not a table"):
        list(_codes([("O", "unauthorised")]))
