"""Whoever changes the stored record behind the program's back is found out, and the entry is named."""

import shutil
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from attendance.domain.record.chain import Fault
from attendance.domain.record.entry import COLUMNS, Subject
from attendance.store.keys import read_head
from attendance.store.unit_of_work import Store
from tests.support.acts import NOON, OFFICER, note
from tests.support.behind import behind, without_triggers

LENGTH = 7
NUMBERS = st.integers(1, LENGTH)
WHOLE = {"seq", "person_id", "case_id", "pupil_id", "adult_id", "step_id"}
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
VALUES = {
    column: st.integers(-(2**62), 2**62) if column in WHOLE else st.one_of(TEXT, st.just(" "), st.just("1"))
    for column in COLUMNS
}
CHANGES = st.one_of([st.tuples(st.just(column), values) for column, values in VALUES.items()])


@pytest.fixture
def written(store):
    """A store with a few entries, whose triggers somebody took away."""
    for number in range(1, LENGTH):
        note(store, number)
    with store.act(OFFICER, NOON) as act:
        subject = Subject(case=1, pupil=2, adult=3, school="100001", step="penalty_notice", step_id=4)
        act.record("account.closed", subject=subject, payload={"account": 1})
    with behind(store) as connection:
        without_triggers(connection)
    return store


@contextmanager
def changed(store):
    """A connection that changes the record; afterwards every row is put back as it was."""
    tables = ("record_entry", "record_tail", "record_checkpoint")
    with behind(store) as connection:
        before = {
            table: [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]
            for table in tables
        }
        try:
            yield connection
        finally:
            for table, rows in before.items():
                connection.execute(text(f"DELETE FROM {table}"))
                for row in rows:
                    columns = ", ".join(row)
                    values = ", ".join(f":{column}" for column in row)
                    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)


def first_bad(store, *, head=True):
    broken = store.examine(read_head(store.head) if head else None).verdict.broken
    return None if broken is None else broken.seq


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=NUMBERS, change=CHANGES)
def test_any_single_change_of_any_column_of_any_entry_is_found_and_named(written, number, change):
    column, value = change
    with changed(written) as connection:
        there = connection.execute(
            text(f"SELECT {column} FROM record_entry WHERE seq = :seq"), {"seq": number}
        ).scalar_one()
        assume(value != there)
        if column == "seq":
            assume(not 1 <= value <= LENGTH)
        connection.execute(
            text(f"UPDATE record_entry SET {column} = :value WHERE seq = :seq"),
            {"value": value, "seq": number},
        )
        assert first_bad(written) == (min(number, value) if column == "seq" else number)
    assert first_bad(written) is None


def test_an_emptied_column_is_found(written):
    for column in ("case_id", "pupil_id", "adult_id", "school_urn", "step", "step_id"):
        with changed(written) as connection:
            connection.execute(text(f"UPDATE record_entry SET {column} = NULL WHERE seq = {LENGTH}"))
            assert first_bad(written) == LENGTH


@pytest.mark.parametrize(
    "stored", ["CAST(x'6f6666ff' AS TEXT)", "CAST(actor AS BLOB)", "actor || char(0)", "5"]
)
def test_what_only_sqlite_can_hold_is_found_too(stores, stored):
    store = stores.make("sqlite")
    for number in (1, 2, 3):
        note(store, number)
    with behind(store) as connection:
        without_triggers(connection)
        connection.execute(text(f"UPDATE record_entry SET actor = {stored} WHERE seq = 2"))
    assert first_bad(store) == 2


def test_a_deleted_entry_is_found(written):
    for number in (1, 4, LENGTH):
        with changed(written) as connection:
            connection.execute(text(f"DELETE FROM record_entry WHERE seq = {number}"))
            assert first_bad(written) == number
            assert first_bad(written, head=False) == number


def test_an_entry_put_in_is_found(written):
    with changed(written) as connection:
        connection.execute(text("UPDATE record_entry SET seq = -seq WHERE seq >= 4"))
        connection.execute(text("UPDATE record_entry SET seq = 1 - seq WHERE seq < 0"))
        others = ", ".join(column for column in COLUMNS if column != "seq")
        connection.execute(
            text(
                f"INSERT INTO record_entry (seq, {others}) SELECT 4, {others} FROM record_entry WHERE seq = 3"
            )
        )
        assert first_bad(written) == 4


def test_entries_that_changed_places_are_found(written):
    with changed(written) as connection:
        connection.execute(text("UPDATE record_entry SET seq = -1 WHERE seq = 2"))
        connection.execute(text("UPDATE record_entry SET seq = 2 WHERE seq = 5"))
        connection.execute(text("UPDATE record_entry SET seq = 5 WHERE seq = -1"))
        assert first_bad(written) == 2


def test_a_cut_end_is_found_and_a_cut_that_was_covered_up_only_by_the_head(written):
    for left in (0, 1, LENGTH - 1):
        with changed(written) as connection:
            connection.execute(text(f"DELETE FROM record_entry WHERE seq > {left}"))
            assert first_bad(written, head=False) == left + 1
            connection.execute(
                text(
                    f"UPDATE record_tail SET seq = {left}, "
                    f"hash = coalesce((SELECT hash FROM record_entry WHERE seq = {left}), '{'0' * 64}')"
                )
            )
            assert first_bad(written, head=False) is None
            assert first_bad(written) == left + 1


def test_a_deleted_stored_end_is_found_and_stops_further_acts(written):
    from attendance.store.errors import RecordEndMissing

    with changed(written) as connection:
        connection.execute(text("DELETE FROM record_tail"))
        assert first_bad(written) == LENGTH
        with pytest.raises(RecordEndMissing):
            note(written)


def test_a_changed_checkpoint_is_found(written):
    written.seal(NOON)
    for column in ("hash", "at_utc", "public_key", "signature"):
        with changed(written) as connection:
            connection.execute(text(f"UPDATE record_checkpoint SET {column} = 'x'"))
            assert written.examine(None).verdict.broken.fault is Fault.SEAL


def test_a_checkpoint_is_signed_after_every_hundred_entries_and_missed_when_removed(sqlite_store):
    for number in range(1, 103):
        note(sqlite_store, number)
    assert sqlite_store.examine(None).intact
    with behind(sqlite_store) as connection:
        assert list(connection.execute(text("SELECT seq FROM record_checkpoint")).scalars()) == [100]
        without_triggers(connection)
        connection.execute(text("DELETE FROM record_checkpoint"))
    broken = sqlite_store.examine(None).verdict.broken
    assert (broken.seq, broken.fault) == (100, Fault.SEAL_MISSING)


def test_a_checkpoint_can_be_asked_for_at_any_time_and_as_often_as_one_likes(store):
    assert store.seal(NOON).seq == 0
    note(store)
    assert store.seal(NOON) == store.seal(NOON)
    assert store.examine(read_head(store.head)).intact


def test_a_document_whose_bytes_were_changed_is_found(store):
    with store.act(OFFICER, NOON) as act:
        digest = act.keep(b"letter", media_type="text/plain", file_name="a.txt")
        act.keep(b"another", media_type="text/plain", file_name="b.txt")
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    with behind(store) as connection:
        without_triggers(connection)
        connection.execute(
            text("UPDATE document SET content = :bytes WHERE sha256 = :key"), {"bytes": b"x", "key": digest}
        )
    examination = store.examine(None)
    assert examination.verdict.intact
    assert examination.documents == (digest,)
    assert not examination.intact


def test_a_reason_whose_text_or_salt_was_changed_is_found(store):
    with store.act(OFFICER, NOON) as act:
        kept = act.reasons.keep("late_answer", "The school was closed.")
        act.reasons.keep("late_answer", "The post was late.")
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    for column, value in (("text", "Another."), ("salt", b"x")):
        with behind(store) as connection:
            without_triggers(connection)
            connection.execute(
                text(f"UPDATE reason SET {column} = :value WHERE hash = :key"),
                {"value": value, "key": kept.hash},
            )
        examination = store.examine(None)
        assert examination.reasons == (kept.hash,)
        assert not examination.intact


def test_an_older_copy_of_the_database_is_found_by_the_head(sqlite_store, tmp_path):
    note(sqlite_store)
    with behind(sqlite_store) as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    shutil.copyfile(sqlite_store.folder / "attendance.db", tmp_path / "older.db")
    note(sqlite_store)
    older = Store.open(f"sqlite:///{tmp_path}/older.db", sqlite_store.folder)
    assert first_bad(older) == 2
    older.close()
