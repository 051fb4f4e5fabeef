"""Counted months never lag behind the register: each import counts what it touched, corrections too."""

from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.domain.registers import Session
from attendance.services.imports.register import import_registers
from attendance.services.pupils_staged import stage_pupils
from attendance.store.month_counts import COUNTS, PUPIL_AND_COUNTS, MonthCounts
from rules.law import rule_book
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
