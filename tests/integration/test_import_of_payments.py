"""Payments by file: whole or refused, each transaction once, the unmatched ones said."""

import json
from datetime import date

import pytest

from attendance.cli.errors import run
from attendance.cli.main import app as commands
from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor
from attendance.intake.received import ReceivedFile
from attendance.services.imports.payments import import_payments
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.record import RecordEntryRow
from rules.roles import Role
from tests.support import casework as usual
from tests.support.world import at

HEADER = "received_on,amount,reference,transaction\n"
DAY = date(2024, 12, 2)


def take(world, rows, *, header=HEADER, actor=None, dry_run=False):
    file = ReceivedFile("pay.csv", (header + rows).encode())
    return import_payments(world.office, actor or world.officer, at(DAY), file, dry_run=dry_run)


def entries(world):
    with world.store.read() as session:
        return [row.event for row in session.query(RecordEntryRow).order_by(RecordEntryRow.seq)]


@pytest.fixture
def world(worked):
    """The small world with a notice that can be paid."""
    return worked


def test_each_payment_is_an_act_of_its_own_and_a_paid_notice_is_paid(world):
    before = len(entries(world))
    found = take(world, "2024-11-29,80.00,PN-2024-000001,B-1\n2024-11-30,12,somebody,B-2\n")
    assert (found.outcome.added, found.outcome.unchanged) == (2, 0)
    assert [(line.line, line.notice) for line in found.lines] == [(2, "PN-2024-000001"), (3, None)]
    assert entries(world)[before:] == ["payment.received", "payment.received", "payments.imported"]
    (unmatched,) = found.unmatched
    assert unmatched.payment.state == "unmatched"


def test_a_transaction_is_recognised_and_recorded_no_second_time(world):
    rows = "2024-11-29,80.00,PN-2024-000001,B-1\n"
    take(world, rows)
    before = entries(world)
    again = take(world, rows)
    assert (again.outcome.added, again.outcome.unchanged) == (0, 1)
    assert again.lines[0].there_before
    assert entries(world) == before
    more = take(world, rows + "2024-11-30,5,,B-3\n")
    assert (more.outcome.added, more.outcome.unchanged) == (1, 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2024-12-03,80.00,PN-2024-000001,B-1", "received_on"),
        ("2024-11-29,-80.00,PN-2024-000001,B-1", "amount"),
        ("2024-11-29,80.0,PN-2024-000001,B-1", "amount"),
        ("2024-11-29,0,PN-2024-000001,B-1", "amount"),
        ("2024-11-29,80.00,PN-2024-000001,", "transaction"),
        ("29/11/2024,80.00,PN-2024-000001,B-1", "received_on"),
        ("2024-11-27,81.00,unknown,T-9", "transaction"),
    ],
)
def test_a_problem_in_one_line_refuses_the_whole_file(world, row, column):
    before = entries(world)
    found = take(world, f"2024-11-29,80.00,PN-2024-000001,B-7\n{row}\n")
    assert [(problem.line, problem.column) for problem in found.outcome.problems] == [(3, column)]
    assert entries(world) == before
    assert not world.rows(PaymentRow, transaction="B-7")


def test_one_transaction_with_two_sums_in_one_file_is_refused(world):
    found = take(world, "2024-11-29,80,x,B-1\n2024-11-29,81,x,B-1\n")
    assert found.outcome.refused


def test_pence_may_stand_in_place_of_pounds_but_not_beside_them(world):
    header = "received_on,pence,reference,transaction\n"
    found = take(world, "2024-11-29,8000,PN-2024-000001,B-1\n", header=header)
    assert found.lines[0].arrival.pence == 8000
    both = "received_on,pence,amount,reference,transaction\n"
    assert take(world, "2024-11-29,8000,80,x,B-2\n", header=both).outcome.refused


def test_a_dry_run_says_what_is_unmatched_and_records_nothing(world):
    before = entries(world)
    found = take(world, "2024-11-29,80,pn-2024-000001,B-1\n2024-11-29,80,PN-2024-000099,B-2\n", dry_run=True)
    assert [line.arrival.transaction for line in found.unmatched] == ["B-2"]
    assert entries(world) == before


def test_a_school_records_no_payments(world):
    with pytest.raises(NotAllowed):
        take(world, "2024-11-29,80,x,B-1\n", actor=Actor("school.one", Role.SCHOOL, frozenset({usual.URN})))


def test_the_command_lists_each_unmatched_line(world, tmp_path, monkeypatch, capsys):
    file = tmp_path / "pay.csv"
    file.write_text(HEADER + "2024-11-29,80,nobody,B-1\n")
    authority = tmp_path / "authority.yaml"
    authority.write_text(json.dumps(world.office.authority.model_dump(mode="json")))
    monkeypatch.setenv("ATTENDANCE_FOLDER", str(world.store.folder))
    monkeypatch.setenv("ATTENDANCE_AUTHORITY", str(authority))
    assert run(commands, ["import", "payments", str(file), "--as", "officer.one"]) == 0
    said = capsys.readouterr()
    assert "payments: 1 added" in said.out
    assert ":2: reference: No issued notice has it; the money is unmatched (PY-" in said.err
