"""Whatever somebody changes in the casework behind the program's back, verification names with its entry."""

import json
import re

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from attendance.cli.main import app
from attendance.store.tables import metadata
from attendance.store.wrote import NOT_COMPARED, WHOLE, UnwatchedWriting, compared
from tests.support import casework as c
from tests.support import stories
from tests.support.acts import NOON, OFFICER
from tests.support.behind import behind, without_triggers

CHANGED = {
    "UPDATE penalty_notice SET full_pence = 12000": r"PN-2024-000001: full_pence",
    "UPDATE penalty_notice SET payable_until = '2025-12-31'": r"PN-2024-000001: payable_until",
    "UPDATE penalty_notice SET state = 'withdrawn'": r"PN-2024-000001: state",
    "UPDATE payment SET pence = 1": r"[A-Z]+-2024-000001: pence",
    "UPDATE offence_session SET code = 'G' WHERE id = 1": r"offence session 1: code",
    "UPDATE letter SET pdf_sha256 = 'other'": r"LT-2024-000001: pdf_sha256",
    "UPDATE decision SET finding = '{}' WHERE id = 1": r"decision 1: finding",
    "UPDATE document SET received_at_utc = '2020-01-01T00:00:00.000000Z'": r"document \w+: received_at_utc",
    "UPDATE register_import SET sha256 = 'other'": r"register import 1: sha256",
    "UPDATE register_import SET received_by = 'nobody'": r"register import 1: received_by",
    "UPDATE register_import SET reason = 'other'": r"register import 1: reason",
    "UPDATE account SET role = 'senior_officer' WHERE name = 'officer.two'": r"account officer.two: role",
    "UPDATE \"case\" SET state = 'closed'": r"C-2024-000001: state",
}
WHOLLY = {
    "UPDATE staff_member SET role = 'deputy_head' WHERE role = 'head'": "staff member",
    "UPDATE adult SET surname = 'Other' WHERE id = 1": "adult",
    "UPDATE parent_link SET until = '2024-09-01'": "parent link",
    "DELETE FROM calendar_period": "calendar period",
}


def paid_too_much(store):
    """A notice was issued and paid more than once; the rest went back."""
    world = stories.issued(store, stories.truant)
    payment = c.pay(world, 24000, c.DAY_21).reference
    world.do("payment.settle", c.DAY_22, reference=payment, refund_pence=8000, how="Paid too much.")
    world.do("payment.refund", c.DAY_22, reference=payment, pence=8000, paid_on=c.DAY_22)
    return world


def found(store):
    return store.examine(None).differences


def test_an_untouched_store_holds_what_the_record_says(store):
    paid_too_much(store)
    examination = store.examine(None)
    assert examination.differences == ()
    assert examination.intact


def test_every_falsified_column_is_named_with_the_entry_that_says_otherwise(store):
    paid_too_much(store)
    with behind(store) as connection:
        without_triggers(connection)
        for statement in CHANGED:
            connection.execute(text(statement))
    said = found(store)
    for statement, expected in CHANGED.items():
        pattern = re.compile(expected + r" is not what entry \d+ says\.")
        assert any(pattern.fullmatch(one) for one in said), (statement, said)
    assert not store.examine(None).intact
    assert store.examine(None).verdict.intact


def test_a_table_that_files_fill_is_named_as_a_whole(store):
    paid_too_much(store)
    for statement in WHOLLY:
        with behind(store) as connection:
            connection.execute(text(statement))
    names = {one.partition(":")[0] for one in found(store)}
    assert names == set(WHOLLY.values())


def test_a_row_taken_away_or_put_in_is_named(store):
    paid_too_much(store)
    with behind(store) as connection:
        connection.execute(text("DELETE FROM refund"))
        connection.execute(text("INSERT INTO refund VALUES (77, 1, 100, '2024-12-12', 'why', 'somebody')"))
    assert any(
        re.fullmatch(r"refund \d+: it is gone, and entry \d+ tells of it\.", one) for one in found(store)
    )
    assert "refund 77: no entry tells of it." in found(store)


def test_the_command_names_the_difference_and_what_it_does_not_compare(sqlite_store):
    world = paid_too_much(sqlite_store)
    environment = {"ATTENDANCE_FOLDER": str(world.store.folder), "ATTENDANCE_DATABASE_URL": world.store.url}
    good = CliRunner().invoke(app, ["verify"], env=environment)
    with behind(sqlite_store) as connection:
        connection.execute(text("UPDATE penalty_notice SET full_pence = 1"))
    bad = CliRunner().invoke(app, ["verify"], env=environment)
    as_json = CliRunner().invoke(app, ["verify", "--format", "json"], env=environment)

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert good.stdout.splitlines()[-1].startswith(
        "Not compared row by row with the record: access log, duty"
    )
    assert re.search(r"^PN-2024-000001: full_pence is not what entry \d+ says\.$", bad.stdout, re.MULTILINE)
    assert "The record is intact" not in bad.stdout
    assert len(json.loads(as_json.stdout)["differences"]) == 1


def test_where_the_record_itself_is_broken_the_tables_are_not_compared(sqlite_store):
    world = paid_too_much(sqlite_store)
    with behind(sqlite_store) as connection:
        without_triggers(connection)
        connection.execute(text("UPDATE record_entry SET wrote = NULL WHERE seq = 2"))
        connection.execute(text("UPDATE penalty_notice SET full_pence = 1"))
    examination = world.store.examine(None)
    assert examination.verdict.broken.seq == 2
    assert examination.differences == ()


def test_no_text_stands_in_what_an_entry_says_of_rows(store):
    world = paid_too_much(store)
    with world.store.read() as session:
        wrote = (
            session.execute(text("SELECT wrote FROM record_entry WHERE wrote IS NOT NULL")).scalars().all()
        )
    assert len(wrote) > 10
    for name in ("Marsh", "Paid too much", "officer.one", "officer.two", "home_visit", "Mill Lane"):
        assert not any(name in said for said in wrote), name


def test_every_table_is_compared_or_says_why_not():
    assert set(metadata.tables) == set(compared()) | WHOLE | NOT_COMPARED.keys()
    assert not WHOLE & NOT_COMPARED.keys()


def test_many_rows_at_once_cannot_be_written_past_the_record(sqlite_store):
    table = metadata.tables["penalty_notice"]
    with pytest.raises(UnwatchedWriting), sqlite_store.act(OFFICER, NOON) as act:
        act.session.execute(table.delete())
