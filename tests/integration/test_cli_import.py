"""`attendance import` says what it did, what it would do, and what is wrong, where."""

import json
from datetime import date

import pytest

from attendance.cli.errors import run
from attendance.cli.main import app
from attendance.domain.record.entry import Subject
from attendance.store.tables.accounts import AccountRow
from rules.roles import Role
from tests.support.people import OFFICER, URN, at, seed, upn
from tests.support.registers import register_text, row

AUTHORITY = """
organisation: Aldermere City Council
la_code: "399"
team: Attendance and Children Missing Education Team
address_lines: [1 Tithe Square]
postcode: AM1 1AA
telephone: 01632 960000
email: attendance@aldermere.example.org
website: https://aldermere.example.org
opening_hours: Monday to Friday
payment: {ways: [By telephone.]}
signatory: {name: Kit Brook, job_title: Senior officer}
"""
DAY = date(2025, 1, 13)
HEADER = "upn,surname,forename,date_of_birth\n"


@pytest.fixture
def office(sqlite_store, monkeypatch, tmp_path):
    """An office with a school, a pupil and an officer's account; the folder for files."""
    seed(sqlite_store)
    with sqlite_store.act(OFFICER, at(date(2024, 9, 1))) as act:
        act.session.add(
            AccountRow(name="officer.one", role=Role.OFFICER, active=True, created_at_utc=act.moment.at_utc)
        )
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    authority = tmp_path / "authority.yaml"
    authority.write_text(AUTHORITY)
    monkeypatch.setenv("ATTENDANCE_FOLDER", str(sqlite_store.head.parent))
    monkeypatch.setenv("ATTENDANCE_AUTHORITY", str(authority))
    monkeypatch.setenv("ATTENDANCE_ACCOUNT", "officer.one")
    return tmp_path


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def test_a_file_of_people_is_imported_and_the_second_time_changes_nothing(office, capsys):
    file = written(
        office, "pupils.csv", f"upn,surname,forename,date_of_birth\n{upn(5)},Marsh,Ana,2012-01-02\n"
    )
    assert run(app, ["import", "pupils", file, "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        "pupils: this would be the change: 1 added, 0 changed, 0 there already. Nothing was changed.\n"
    )
    assert run(app, ["import", "pupils", file, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["added"], said["entry"], said["refused"]) == (1, 3, False)
    assert run(app, ["import", "pupils", file]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_each_problem_is_on_standard_error_and_the_status_is_65(office, capsys):
    file = written(office, "pupils.csv", HEADER + "X,Marsh,Ana,2012-01-02\n")
    assert run(app, ["import", "pupils", file]) == 65
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        f"{file}:2: upn: Not a UPN, or its check letter does not fit. Correct it at the school.\n"
    )


def test_a_register_is_imported_corrected_and_told_apart(office, capsys):
    first = written(office, "one.csv", register_text([row(1, DAY, "N")]))
    assert run(app, ["import", "register", first]) == 0
    assert capsys.readouterr().out.startswith("register: 1 added, 0 changed")
    assert run(app, ["import", "register", first]) == 0
    assert capsys.readouterr().out.startswith("Nothing changed: the same was imported at ")
    later = written(office, "two.csv", register_text([row(1, DAY, "O")]))
    assert run(app, ["import", "register", later]) == 65
    assert "two.csv:2: code: This mark replaces another. Say why" in capsys.readouterr().err
    assert run(app, ["import", "register", later, "--reason", "No reason was given in time"]) == 0
    assert capsys.readouterr().out.startswith("register: 0 added, 1 changed")
    outside = written(office, "three.csv", register_text([row(1, date(2019, 9, 2), "/")]))
    assert run(app, ["import", "register", outside]) == 0
    assert "outside the enrolment" in capsys.readouterr().err


def test_a_wide_register_is_imported_by_its_mapping(office, capsys):
    mapping = written(
        office,
        "map.yaml",
        f'title: x\nupn_column: UPN\nschool_urn: "{URN}"\nheading: "{{date}} {{session}}"\n',
    )
    file = written(office, "week.csv", f"UPN,2025-01-13 AM,2025-01-13 PM\n{upn(1)},/,\\\n")
    assert run(app, ["import", "register", file, "--mapping", mapping]) == 0
    assert capsys.readouterr().out.startswith("register: 2 added")
    assert run(app, ["import", "register", file, "--mapping", file]) == 65
    assert "week.csv:1: " in capsys.readouterr().err


def test_calendars_schools_and_totals_are_imported(office, capsys):
    calendar = written(
        office, "c.csv", f"school_urn,kind,from,to,name\n{URN},closed,2025-01-20,2025-01-20,Snow\n"
    )
    assert run(app, ["import", "calendars", calendar, "--whole"]) == 0
    assert capsys.readouterr().out.startswith("calendars: 1 added, 0 changed, 0 there already, 1 withdrawn.")
    assert run(app, ["import", "totals", calendar]) == 65
    assert "not XML" in capsys.readouterr().err


def test_a_missing_file_a_large_file_and_an_unknown_account_are_told_apart(office, capsys, monkeypatch):
    assert run(app, ["import", "pupils", str(office / "none.csv")]) == 66
    file = written(office, "pupils.csv", "x" * 100)
    monkeypatch.setenv("ATTENDANCE_IMPORT_LIMIT_BYTES", "99")
    assert run(app, ["import", "pupils", file]) == 65
    assert run(app, ["import", "register", file]) == 65
    assert capsys.readouterr().err.count("at most 99 bytes") == 2
    assert run(app, ["import", "pupils", file, "--as", "nobody"]) == 65
    assert run(app, ["import"]) in {0, 2}
