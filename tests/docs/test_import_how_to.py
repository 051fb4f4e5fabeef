"""The examples of how to import files are files that the import reads, and its commands exist."""

import re
from datetime import date
from pathlib import Path

import pytest

from attendance.cli.errors import run
from attendance.cli.main import app
from attendance.intake import payment_files, people_files, school_files
from attendance.intake.received import ReceivedFile
from attendance.intake.register_csv import read_register
from attendance.intake.register_layout import RegisterFile
from attendance.intake.register_wide import read_wide
from attendance.intake.wide_layout import read_layout
from tests.support.registers import codes

TEXT = (Path(__file__).parents[2] / "docs/how-to/import-registers.md").read_text(encoding="utf-8")
READERS = {
    "calendars": school_files.read_calendars,
    "pupils": people_files.read_pupils,
    "parents": people_files.read_adults,
    "links": people_files.read_links,
    "enrolments": people_files.read_enrolments,
    "flags": people_files.read_flags,
    "staff": people_files.read_staff,
}


def test_the_row_and_the_file_of_payments_shown_are_read():
    (row,) = re.findall(r"^\| payments \|.*`(.*?)` \|$", TEXT, re.MULTILINE)
    header = "received_on,reference,transaction,amount"
    (in_pounds,) = payment_files.read_payments("f", f"{header}\n{row}\n".encode()).values
    assert in_pounds.value.pence == 8000
    shown = payment_files.read_payments("f", blocks("csv")[2].encode())
    assert [located.value.pence for located in shown.values] == [8000, 16000]
    assert not shown.problems


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("kind", READERS)
def test_each_row_of_the_table_is_a_row_that_is_read(kind):
    (columns, row) = re.search(rf"^\| {kind} \| (.*?) \| `(.*?)` \|$", TEXT, re.MULTILINE).groups()
    required = re.sub(r"\(.*?\)", "", columns.split(";")[0]).replace(" ", "")
    reading = READERS[kind]("f", f"{required}\n{row}\n".encode())
    assert len(reading.values) == 1
    assert not reading.problems


def test_the_long_form_shown_is_read(tmp_path):
    (tmp_path / "r.csv").write_text(blocks("csv")[0])
    assert read_register([RegisterFile("r.csv", tmp_path / "r.csv")], codes()).marks.height == 2


def test_the_mapping_shown_reads_the_sheet_shown():
    (mapping,) = blocks("yaml")
    sheet = ReceivedFile("week.csv", blocks("csv")[1].encode())
    marks = read_wide([sheet], read_layout("map", mapping.encode()), codes()).marks
    assert marks.select("date", "session", "code").rows() == [
        (date(2025, 1, 13), "AM", "/"),
        (date(2025, 1, 13), "PM", "N"),
    ]


def test_every_command_shown_exists(capsys):
    commands = {line.split()[2] for block in blocks("sh") for line in block.splitlines()}
    assert commands >= {"register", "totals", "payments", *READERS}
    for command in sorted(commands):
        assert run(app, ["import", command, "--help"]) == 0
        assert "Example: attendance import" in capsys.readouterr().out
