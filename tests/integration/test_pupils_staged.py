"""Every pupil is staged from the store as from the files, with what is missing pointed out."""

from datetime import date, timedelta

import pytest

from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.record.entry import Subject
from attendance.domain.registers import Session
from attendance.services.imports.register import import_registers
from attendance.services.pupils_staged import MISSING, stage_pupil, stage_pupils
from attendance.services.staging import stage_registers
from attendance.store.calendars import Calendars
from rules.law import rule_book
from tests.support.people import OFFICER, OTHER_URN, URN, at, seed
from tests.support.registers import codes, register_file, row

BOOK = rule_book("coventry")
FIRST = date(2024, 9, 2)
ON = date(2024, 12, 13)
PUPILS = (1, 2, 3)
COLUMNS = [
    "school_urn",
    "possible",
    "attended",
    "authorised",
    "unauthorised",
    "stage",
    "persistently_absent",
    "severely_absent",
    "unauthorised_in_window",
    "threshold_met_on",
]


def school_days(until=ON):
    every = (FIRST + timedelta(days=number) for number in range((until - FIRST).days + 1))
    return [day for day in every if day.weekday() < 5]


def rows(left_out=()):
    """Pupil 1 attends, pupil 2 is absent each Monday, pupil 3 is ill half the time."""
    marks = []
    for number, day in enumerate(school_days()):
        if day in left_out:
            continue
        for urn in (URN, OTHER_URN):
            for half in Session:
                marks += [
                    row(1, day, "/", half, urn),
                    row(2, day, "O" if day.weekday() == 0 else "/", half, urn),
                    row(3, day, "I" if number % 2 else "L", half, urn),
                ]
    return marks


def imported(store, folder, marks, name="register.csv", moment=None, **options):
    file = register_file(folder, marks, name)
    outcome = import_registers(store, OFFICER, moment or at(ON), [file], codes(), **options)
    assert not outcome.refused
    return file


def closed(store, urn, first, last):
    with store.act(OFFICER, at(ON)) as act:
        period = CalendarPeriod(urn, PeriodKind.CLOSED, first, last)
        Calendars(act.session).add([period], act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})


def table_of(staged):
    return sorted(staged.table.select(COLUMNS).rows(), key=str)


def test_the_store_stages_as_the_files_do(store, tmp_path):
    ids = seed(store, pupils=PUPILS, urns=(URN, OTHER_URN))
    file = imported(store, tmp_path, rows())
    from_store = stage_pupils(store, BOOK, ON)
    assert table_of(from_store) == table_of(stage_registers([file], policy="coventry", on=ON))
    assert from_store.table["pupil_id"].to_list() == sorted(ids.values()) * 2
    assert from_store.table[MISSING].to_list() == [0] * 6
    assert not from_store.weeks.missing
    assert not from_store.weeks.uncharted
    some = stage_pupils(store, BOOK, ON, schools=[URN], since=ON)
    assert some.table["possible"].to_list() == [2, 2, 2]


def test_one_pupil_stands_where_the_table_says_with_reasons(store, tmp_path):
    ids = seed(store, pupils=PUPILS)
    imported(store, tmp_path, [one for one in rows() if one[0] == URN])
    for line in stage_pupils(store, BOOK, ON).table.rows(named=True):
        standing = stage_pupil(store, BOOK, ON, line["pupil_id"], URN)
        assert standing.counts.attended == line["attended"]
        assert standing.stage.outcome == line["stage"]
        assert (standing.absence.outcome == "persistent") == (
            line["persistently_absent"] and not line["severely_absent"]
        )
        assert len(standing.threshold.in_window) == line["unauthorised_in_window"]
        assert standing.threshold.met_on == line["threshold_met_on"]
        assert all(
            finding.sentences for finding in (standing.stage, standing.absence, standing.threshold.finding)
        )
        assert standing.weeks_without_register == ()
    assert stage_pupil(store, BOOK, ON, ids[2], URN).threshold.met_on == date(2024, 9, 30)
    assert stage_pupil(store, BOOK, ON, 999, URN).stage.outcome == "no_stage"


def test_a_school_week_without_a_register_is_pointed_out_and_not_stretched_over(store, tmp_path):
    ids = seed(store, pupils=PUPILS)
    lost = {day for day in school_days() if date(2024, 11, 4) <= day <= date(2024, 11, 8)}
    imported(store, tmp_path, [one for one in rows(lost) if one[0] == URN])
    staged = stage_pupils(store, BOOK, ON)
    assert staged.weeks.missing == {URN: (date(2024, 11, 4),)}
    assert staged.table[MISSING].to_list() == [1, 1, 1]
    standing = stage_pupil(store, BOOK, ON, ids[1], URN)
    assert standing.weeks_without_register == (date(2024, 11, 4),)
    assert len(standing.threshold.window.weeks) == 10
    closed(store, URN, date(2024, 11, 4), date(2024, 11, 8))
    assert stage_pupils(store, BOOK, ON).table[MISSING].to_list() == [0, 0, 0]
    assert stage_pupil(store, BOOK, ON, ids[1], URN).weeks_without_register == ()


def test_a_correction_restages_and_the_earlier_register_can_still_be_staged(store, tmp_path):
    seed(store, pupils=PUPILS)
    imported(store, tmp_path, [row(1, day, "N", half) for day in school_days()[:6] for half in Session])
    later = [row(1, school_days()[0], "I", half) for half in Session]
    imported(store, tmp_path, later, "later.csv", at(ON, 14), reason="A letter came")
    now, before = stage_pupils(store, BOOK, ON), stage_pupils(store, BOOK, ON, known_at=at(ON, 13).at_utc)
    assert now.table["unauthorised"].to_list() == [10]
    assert before.table["unauthorised"].to_list() == [12]
    assert now.table["authorised"].to_list() == [2]


def test_a_school_without_term_dates_has_its_weeks_from_its_registers(store, tmp_path):
    seed(store, pupils=PUPILS)
    with store.act(OFFICER, at(ON)) as act:
        calendars = Calendars(act.session)
        calendars.withdraw(calendars.periods((URN,)), act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    file = imported(store, tmp_path, [one for one in rows() if one[0] == URN])
    staged = stage_pupils(store, BOOK, ON)
    assert staged.weeks.uncharted == (URN,)
    assert table_of(staged) == table_of(stage_registers([file], policy="coventry", on=ON))


@pytest.mark.parametrize("schools", [None, ["999999"]])
def test_nobody_is_staged_where_no_mark_is(store, schools):
    seed(store, pupils=PUPILS)
    assert stage_pupils(store, BOOK, ON, schools=schools).table.height == 0
