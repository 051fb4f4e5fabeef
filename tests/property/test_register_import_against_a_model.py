"""Imports and corrections in any order leave the register that a plain table of marks would hold."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attendance.domain.moment import Moment
from attendance.domain.registers import Session
from attendance.services.imports.register import import_registers
from attendance.store.register_frame import register_frame
from attendance.store.registers import Registers
from tests.support.people import OFFICER, OTHER_URN, URN, at, seed
from tests.support.registers import codes, register_file

START = date(2024, 9, 30)
CODES = ["/", "L", "O", "G", "N", "C1", "I", "#"]
PUPILS = (1, 2, 3)
cells = st.tuples(
    st.sampled_from([URN, OTHER_URN]),
    st.sampled_from(PUPILS),
    st.integers(0, 45).map(lambda number: START + timedelta(days=number)),
    st.sampled_from(list(Session)),
)
files = st.dictionaries(cells, st.sampled_from(CODES), min_size=1, max_size=25)
steps = st.lists(st.tuples(files, st.booleans(), st.booleans()), min_size=1, max_size=5)
LAST = START + timedelta(days=60)


def register_in(session, ids, known_at=None):
    """The register as every reader of the store sees it; they must agree."""
    registers = Registers(session)
    one_by_one = {}
    for urn in (URN, OTHER_URN):
        for number in PUPILS:
            for mark in registers.marks_of(ids[number], urn, START, LAST, known_at):
                one_by_one[urn, number, mark.day, mark.session] = mark.code
    frame = register_frame(session, known_at=known_at)
    number_of = {pupil_id: number for number, pupil_id in ids.items()}
    at_once = {
        (urn, number_of[pupil], day, Session(half)): code for urn, pupil, day, half, code in frame.iter_rows()
    }
    assert one_by_one == at_once
    assert frame.height == len(at_once)
    return at_once


class Model:
    """A plain table of marks, and what every import did to it."""

    def __init__(self):
        self.marks, self.snapshots, self.changes = {}, [], []

    def take(self, file, known_at):
        self.changes += [
            (*cell, self.marks[cell], code)
            for cell, code in sorted(file.items())
            if self.marks.get(cell, code) != code
        ]
        self.marks.update(file)
        self.snapshots.append((known_at, dict(self.marks)))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_the_register_is_that_of_a_plain_table_now_and_as_known_at_every_instant(stores, kind, steps):
    store = stores.make(kind)
    ids = seed(store, pupils=PUPILS, urns=(URN, OTHER_URN))
    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        for number, (file, dry_run, twice) in enumerate(steps):
            moment = Moment(at(date(2025, 1, 1)).at_utc + timedelta(hours=number), date(2025, 1, 1))
            rows = [(*cell, code) for cell, code in file.items()]
            written = register_file(Path(folder), rows, f"{number}.csv")
            for _ in range(1 + twice):
                import_one(store, ids, model, moment, file, written, dry_run)
    with store.read() as session:
        compare(session, ids, model)
    assert store.examine(None).intact
    stores.clear()


def import_one(store, ids, model, moment, file, written, dry_run):
    new = sum(cell not in model.marks for cell in file)
    corrected = sum(model.marks.get(cell, code) != code for cell, code in file.items())
    outcome = import_registers(
        store, OFFICER, moment, [written], codes(), reason="Looked up", dry_run=dry_run
    )
    assert not outcome.refused
    if outcome.received_before_at_utc is not None:
        assert not outcome.changes
        return
    assert (outcome.added, outcome.changed) == (new, corrected)
    assert (outcome.entry is not None) == (not dry_run and bool(new or corrected))
    if dry_run:
        with store.read() as session:
            assert register_in(session, ids) == model.marks
    else:
        model.take(file, moment.at_utc)


def compare(session, ids, model):
    registers = Registers(session)
    assert register_in(session, ids) == model.marks
    for known_at, expected in model.snapshots:
        assert register_in(session, ids, known_at) == expected
        assert register_in(session, ids, known_at - timedelta(hours=100)) == {}
    found = [
        (one.school_urn, number, one.day, one.session, one.before, one.after)
        for urn in (URN, OTHER_URN)
        for number in PUPILS
        for one in registers.changes_of(ids[number], urn)
    ]
    assert sorted(found) == sorted(model.changes)
    days = {day for urn, _, day, _ in model.marks if urn == URN}
    assert registers.days_given(URN) == tuple(sorted(days))
    assert registers.weeks_given(URN) == tuple(sorted({day - timedelta(days=day.weekday()) for day in days}))
