"""Counted months never lag behind the register: each import counts what it touched, corrections too."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.domain.registers import Session
from attendance.services.imports.register import import_registers
from attendance.services.pupils_staged import stage_pupils
from attendance.services.reading import year_counts
from attendance.services.reading.asking import reading
from attendance.services.reading.kept import Kept
from attendance.services.reading.year_counts import counted_year
from attendance.store.month_counts import COUNTS, PUPIL_AND_COUNTS, MonthCounts
from rules.law import rule_book
from tests.support.office import office_on
from tests.support.people import OFFICER, OTHER_URN, URN, at, seed
from tests.support.registers import codes, register_file, row

FIRST, LAST = date(2024, 9, 2), date(2024, 11, 29)
ON = date(2024, 12, 2)
DAYS = [FIRST + timedelta(days=step) for step in range((LAST - FIRST).days + 1)]
MARK = st.tuples(
    st.sampled_from((1, 2)),
    st.sampled_from([day for day in DAYS if day.weekday() < 5]),
    st.sampled_from(tuple(Session)),
    st.sampled_from(("/", "\\", "O", "I", "G", "L", "#", "X", "N")),
    st.sampled_from((URN, OTHER_URN)),
)


def imported(store, folder, name, marks, moment):
    unique = {(pupil, day, session, urn): code for pupil, day, session, code, urn in marks}
    rows = [row(pupil, day, code, session, urn=urn) for (pupil, day, session, urn), code in unique.items()]
    outcome = import_registers(
        store, OFFICER, moment, [register_file(folder, rows, name)], codes(), reason="Evidence came later"
    )
    assert not outcome.refused, outcome.problems


def summed(store):
    with store.read() as session:
        counts = MonthCounts(session).between(FIRST.replace(day=1), LAST, None)
    found = {}
    for one in counts:
        for pupil, *sessions in one.pupils.T.tolist():
            before = found.get((one.school_urn, pupil), (0, 0, 0))
            found[one.school_urn, pupil] = tuple(a + b for a, b in zip(before, sessions, strict=True))
    return found, counts


def staged(store):
    table = stage_pupils(store, rule_book("coventry"), ON, since=date(2024, 9, 1)).table
    rows = table.select("school_urn", *PUPIL_AND_COUNTS).iter_rows()
    return {(urn, pupil): tuple(sessions) for urn, pupil, *sessions in rows}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(MARK, min_size=1, max_size=25), min_size=1, max_size=3))
def test_months_counted_at_imports_come_to_what_the_register_comes_to(stores, tmp_path, files):
    store = stores.make("sqlite")
    seed(store, pupils=(1, 2), urns=(URN, OTHER_URN))
    for number, marks in enumerate(files):
        imported(store, tmp_path, f"{number}.csv", marks, at(ON + timedelta(days=0), 8 + number))
    found, counts = summed(store)
    assert found == staged(store)
    for one in counts:
        assert one.month == one.last_day.replace(day=1)


def as_said(year):
    """What a counted year says, in order."""
    return (
        [(one.month, one.last_day) for one in year.months],
        [sorted(one.pupils.rows()) for one in year.months],
        [sorted(one.schools.rows()) for one in year.months],
        year.last_days,
        year.rests_on,
        year.known_at,
    )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(MARK, min_size=1, max_size=25), min_size=2, max_size=4))
def test_a_year_that_is_kept_and_brought_up_to_date_equals_one_counted_anew(stores, tmp_path, files):
    store = stores.make("sqlite")
    seed(store, pupils=(1, 2), urns=(URN, OTHER_URN))
    office = office_on(store)
    for number, marks in enumerate(files):
        moment = at(ON, 8 + number)
        imported(store, tmp_path, f"{number}.csv", marks, moment)
        with reading(office, OFFICER, moment) as work:
            kept = counted_year(work)
            with pytest.MonkeyPatch.context() as nothing_kept:
                nothing_kept.setattr(year_counts, "_kept", Kept(maxsize=1))
                assert as_said(kept) == as_said(counted_year(work))


def test_after_a_school_s_import_only_that_school_is_counted_anew(sqlite_store, tmp_path, monkeypatch):
    seed(sqlite_store, pupils=(1, 2), urns=(URN, OTHER_URN))
    office, day = office_on(sqlite_store), date(2024, 9, 10)
    both = [(1, day, Session.AM, "/", URN), (2, day, Session.AM, "/", OTHER_URN)]
    imported(sqlite_store, tmp_path, "first.csv", both, at(ON, 8))
    with reading(office, OFFICER, at(ON, 9)) as work:
        counted_year(work)
    imported(sqlite_store, tmp_path, "later.csv", [(1, day, Session.PM, "O", URN)], at(ON, 10))
    asked = []
    between = MonthCounts.between
    monkeypatch.setattr(
        MonthCounts, "between", lambda self, *which: asked.append(which[2]) or between(self, *which)
    )
    with reading(office, OFFICER, at(ON, 11)) as work:
        (month,) = counted_year(work).months
    assert asked == [[URN]]
    assert sorted(month.pupils.select("school_urn", *COUNTS).rows()) == [(URN, 1, 0, 1), (OTHER_URN, 1, 0, 0)]


def test_a_corrected_mark_is_counted_anew_in_its_own_month(store, tmp_path):
    seed(store)
    marks = [(1, day, Session.AM, "/", URN) for day in (date(2024, 9, 10), date(2024, 10, 8))]
    imported(store, tmp_path, "first.csv", marks, at(ON, 8))
    imported(store, tmp_path, "later.csv", [(1, date(2024, 9, 10), Session.AM, "O", URN)], at(ON, 9))
    with store.read() as session:
        counts = MonthCounts(session).between(date(2024, 9, 1), date(2024, 10, 31), (URN,))
    frames = [dict(zip(PUPIL_AND_COUNTS, one.pupils[:, 0].tolist(), strict=True)) for one in counts]
    said = pl.DataFrame(frames).select(COUNTS).rows()
    assert said == [(0, 0, 1), (1, 0, 0)]
