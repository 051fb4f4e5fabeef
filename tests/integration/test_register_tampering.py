"""Marks changed behind the program's back are found by what the record says of their import."""

from datetime import date

import pytest
from sqlalchemy import text

from attendance.services.imports.register import import_registers
from attendance.store.register_codec import Cells, pack, unpack
from tests.support.behind import behind, without_triggers
from tests.support.people import OFFICER, at, seed
from tests.support.registers import codes, register_file, row

DAY = date(2025, 1, 13)
COPIED = "kind, sha256, received_at_utc, received_by, reason, rows, added, corrected, unchanged"


@pytest.fixture
def imported(store, tmp_path):
    """A store with one import of a mark and one of its correction; their ids."""
    seed(store)
    for number, code in enumerate("NO"):
        file = register_file(tmp_path, [row(1, DAY, code)], f"{number}.csv", comment=f"Note {number}")
        assert import_registers(store, OFFICER, at(DAY, 12 + number), [file], codes()).entry
    return store


def test_what_was_imported_is_what_the_record_tells_of(imported):
    assert imported.examine(None).intact


@pytest.mark.parametrize(
    ("statement", "imports"),
    [
        ("UPDATE mark_change SET before = 'I'", (2,)),
        ("UPDATE mark_change SET changed_by = 'nobody'", (2,)),
        ("UPDATE register_batch SET known_at_utc = '2025-01-12T12:00:00.000000Z' WHERE import_id = 1", (1,)),
        ("UPDATE register_batch SET kind = 'first' WHERE import_id = 2", (2,)),
        ("UPDATE register_batch SET details = NULL WHERE import_id = 1", (1,)),
        ("UPDATE register_batch SET first_day = '2025-01-12' WHERE import_id = 1", (1,)),
        ("DELETE FROM mark_change", (2,)),
        ("DELETE FROM register_batch WHERE import_id = 1", (1,)),
        (f"INSERT INTO register_import (id, {COPIED}) SELECT 9, {COPIED} FROM register_import LIMIT 1", (9,)),
    ],
)
def test_a_change_behind_the_programs_back_is_found_at_its_import(imported, statement, imports):
    with behind(imported) as connection:
        without_triggers(connection)
        connection.execute(text(statement))
    examination = imported.examine(None)
    assert examination.imports == imports
    assert examination.verdict.intact
    assert not examination.intact


def test_a_mark_changed_inside_its_batch_is_found(imported):
    with behind(imported) as connection:
        without_triggers(connection)
        blob = connection.execute(text("SELECT marks FROM register_batch WHERE import_id = 1")).scalar_one()
        cells = unpack(bytes(blob))
        forged = pack(Cells(cells.pupil, cells.day, cells.session, cells.code * 0 + ord("/")))
        connection.execute(
            text("UPDATE register_batch SET marks = :marks WHERE import_id = 1"), {"marks": forged}
        )
    assert imported.examine(None).imports == (1,)


def test_a_value_that_cannot_be_read_is_found_too(sqlite_store, tmp_path):
    seed(sqlite_store)
    file = register_file(tmp_path, [row(1, DAY, "N")])
    import_registers(sqlite_store, OFFICER, at(DAY), [file], codes())
    with behind(sqlite_store) as connection:
        without_triggers(connection)
        connection.execute(text("UPDATE register_batch SET kind = 'nothing'"))
    assert sqlite_store.examine(None).imports == (1,)
