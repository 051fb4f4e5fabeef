"""One act is one transaction and one entry, on both databases."""

import pytest
from sqlalchemy import select

from attendance.domain.errors import NotFound
from attendance.domain.record.entry import Subject
from attendance.domain.record.errors import NothingRecorded, PayloadInvalid, RecordedTwice, UnknownEvent
from attendance.store import record
from attendance.store.documents import Documents
from attendance.store.errors import CommitOutsideTheStore
from attendance.store.keys import read_head
from attendance.store.reasons import Reasons
from attendance.store.tables.accounts import AccountRow
from rules.roles import Role
from tests.support.acts import NOON, OFFICER, note


def account(name="school.one"):
    return AccountRow(name=name, role=Role.SCHOOL, active=True, created_at_utc=NOON.at_utc)


def names(store):
    with store.read() as session:
        return list(session.scalars(select(AccountRow.name)))


def end(store):
    with store.read() as session:
        return record.stored_end(session)


def test_an_act_commits_what_it_changed_together_with_its_entry(store):
    with store.act(OFFICER, NOON) as act:
        row = account()
        act.session.add(row)
        act.session.flush()
        number = act.record(
            "account.added", subject=Subject(), payload={"account": row.id, "role": Role.SCHOOL.value}
        )
    assert names(store) == ["school.one"]
    with store.read() as session:
        [entry] = record.entries(session)
    assert (entry.seq, entry.event, entry.actor, entry.role) == (
        number,
        "account.added",
        "officer.one",
        "officer",
    )
    assert (entry.at_utc, entry.on_day) == ("2025-03-03T12:00:00.000000Z", "2025-03-03")
    assert entry.payload == f'{{"account":{row.id},"role":"school"}}'


def test_the_signed_head_beside_the_database_follows_every_act(store):
    for number in (1, 2, 3):
        note(store, number)
        head = read_head(store.head)
        assert head is not None
        assert head.seq == number
        assert head.signed_by(store.public_key)


def test_an_exception_in_an_act_undoes_all_of_it_and_leaves_the_head(store):
    note(store)
    before = end(store)
    with pytest.raises(ZeroDivisionError), store.act(OFFICER, NOON) as act:
        act.session.add(account())
        act.record("account.closed", subject=Subject(), payload={"account": 1})
        raise ZeroDivisionError
    assert names(store) == []
    assert end(store) == before
    assert read_head(store.head).seq == 1


def test_an_act_that_records_nothing_is_undone_and_refused(store):
    with pytest.raises(NothingRecorded), store.act(OFFICER, NOON) as act:
        act.session.add(account())
    assert names(store) == []
    assert end(store).seq == 0


def test_an_act_that_records_twice_is_undone_and_refused(store):
    with pytest.raises(RecordedTwice), store.act(OFFICER, NOON) as act:
        act.session.add(account())
        act.record("account.closed", subject=Subject(), payload={"account": 1})
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    assert names(store) == []
    assert end(store).seq == 0


@pytest.mark.parametrize(
    ("event", "payload", "error"),
    [
        ("account.vanished", {"account": 1}, UnknownEvent),
        ("account.closed", {}, PayloadInvalid),
        ("account.closed", {"account": 1, "name": "A"}, PayloadInvalid),
        ("account.closed", {"account": "Anna Example"}, PayloadInvalid),
    ],
)
def test_an_entry_that_is_not_as_registered_is_refused(sqlite_store, event, payload, error):
    with pytest.raises(error), sqlite_store.act(OFFICER, NOON) as act:
        act.record(event, subject=Subject(), payload=payload)
    assert end(sqlite_store).seq == 0


@pytest.mark.parametrize("misuse", ["commit", "rollback"])
def test_nothing_below_an_act_can_commit_or_roll_back(store, misuse):
    with pytest.raises(CommitOutsideTheStore), store.act(OFFICER, NOON) as act:
        act.session.add(account())
        getattr(act.session, misuse)()
    assert names(store) == []


def test_nothing_can_be_written_through_a_reading_session(store):
    with store.read() as session:
        session.add(account())
        with pytest.raises(Exception, match=r"read-?only"):
            session.flush()
    assert names(store) == []


def test_a_reader_keeps_the_view_it_began_with(store):
    note(store)
    with store.read() as session:
        assert record.stored_end(session).seq == 1
        note(store)
        assert record.stored_end(session).seq == 1
    assert end(store).seq == 2


def test_the_number_of_the_entry_is_known_inside_the_act(store):
    note(store)
    with store.act(OFFICER, NOON) as act:
        assert act.seq == 2
        assert act.record("account.closed", subject=Subject(), payload={"account": 1}) == 2


def test_a_document_is_kept_once_under_the_hash_of_its_bytes(store):
    with store.act(OFFICER, NOON) as act:
        first = act.keep(b"letter", media_type="text/plain", file_name="a.txt")
        assert act.keep(b"letter", media_type="text/plain", file_name="b.txt") == first
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    with store.read() as session:
        kept = Documents(session).get(first)
        assert (kept.content, kept.size, kept.file_name) == (b"letter", 6, "a.txt")
        assert list(Documents(session).altered()) == []


def test_the_record_holds_only_the_salted_hash_of_a_reason(store):
    with store.act(OFFICER, NOON) as act:
        one = act.reasons.keep("late_answer", "The school was closed.")
        two = act.reasons.keep("late_answer", "The school was closed.")
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    assert one.hash != two.hash
    with store.read() as session:
        assert Reasons(session).text(one.hash) == "The school was closed."


def test_an_act_stands_although_its_head_could_not_be_written_and_the_next_one_catches_up(
    sqlite_store, caplog
):
    note(sqlite_store)
    fresh = sqlite_store.head.with_name(sqlite_store.head.name + ".new")
    fresh.mkdir()  # in the way of the next head
    note(sqlite_store)
    assert "could not be written" in caplog.text
    assert end(sqlite_store).seq == 2
    head = read_head(sqlite_store.head)
    assert head.seq == 1
    assert sqlite_store.examine(head).intact
    fresh.rmdir()
    note(sqlite_store)
    assert read_head(sqlite_store.head).seq == 3


def test_what_is_not_there_is_not_found(sqlite_store):
    with sqlite_store.read() as session:
        for repository in (Documents(session).get, Reasons(session).text):
            with pytest.raises(NotFound):
                repository("0" * 64)
