"""`attendance stage` from outside: streams, exit statuses, and what is printed."""

import csv
import io
import json
import os
import subprocess
import sys
import threading
from datetime import date, timedelta

import pytest

from attendance.cli.errors import run
from attendance.cli.main import app
from tests.support.register_files import HEADER, A, B, line, upn

ON = ("--on", "2025-01-17")
COLUMNS = (
    "school_urn,upn,possible,attended,authorised,unauthorised,attendance_percent,stage,"
    "persistently_absent,severely_absent,unauthorised_in_window,threshold_met_on"
)


@pytest.fixture
def register(tmp_path):
    def write(*lines, name="register.csv", header=HEADER):
        path = tmp_path / name
        path.write_text("\n".join([header, *lines, ""]))
        return str(path)

    return write


@pytest.fixture
def stage(capsys):
    def call(*arguments):
        status = run(app, ["stage", *map(str, arguments)])
        said = capsys.readouterr()
        return int(status), said.out, said.err

    return call


def week(codes, monday=date(2025, 1, 13), **other):
    days = [(monday + timedelta(days=number // 2), "AM" if number % 2 == 0 else "PM") for number in range(10)]
    return [
        line(day=str(day), session=session, code=code, **other)
        for (day, session), code in zip(days, codes, strict=True)
        if code != "."
    ]


def test_one_record_for_each_school_and_pupil_in_order(register, stage):
    lines = [
        *week("/\\/\\/\\/\\/O", pupil=B),
        *week("OOOOOOOOOO", pupil=A),
        *week("DDDDDDDDDD", school="100001", pupil=B),
    ]
    status, out, err = stage(register(*lines), *ON)

    assert (status, err) == (0, "")
    assert out.splitlines() == [
        COLUMNS,
        f"100001,{B},0,0,0,0,,,false,false,0,",
        *sorted(
            [
                f"136001,{A},10,0,0,10,0.0,targeted,true,true,10,2025-01-17",
                f"136001,{B},10,9,0,1,90.0,early_intervention,true,false,1,",
            ]
        ),
    ]
    assert "\r" not in out


def test_json_has_the_same_records_with_types(register, stage):
    path = register(*week("/\\/\\/\\/\\/O"), *week("DDDDDDDDDD", pupil=B))
    _, out, _ = stage(path, *ON, "--format", "json")
    first, second = sorted(json.loads(out), key=lambda record: record["possible"])
    assert list(first) == COLUMNS.split(",")
    assert first["upn"] == B
    assert [first[name] for name in ("attendance_percent", "stage", "threshold_met_on")] == [None] * 3
    assert second == {
        "school_urn": "136001", "upn": A, "possible": 10, "attended": 9, "authorised": 0, "unauthorised": 1,
        "attendance_percent": 90.0, "stage": "early_intervention", "persistently_absent": True,
        "severely_absent": False, "unauthorised_in_window": 1, "threshold_met_on": None,
    }  # fmt: skip


def test_marks_after_the_day_are_left_out_and_counted_on_standard_error(register, stage):
    path = register(*week("//////////"), *week("OOOOOOOOOO", date(2025, 1, 20)))
    status, out, err = stage(path, "--on", "2025-01-15")
    assert status == 0
    assert f"136001,{A},6,6,0,0,100.0,prevention,false,false,0," in out
    assert err == "14 marks after 2025-01-15 are left out.\n"


def test_rows_after_the_day_are_held_against_the_form_too(register, stage):
    path = register(*week("//////////"), line(day="2025-06-02", code="ZZ"))
    status, out, err = stage(path, "--on", "2025-01-15")
    assert (status, out) == (65, "")
    assert f"{path}:12: code: 'ZZ' is not a register code" in err


def test_a_code_withdrawn_by_its_date_is_refused(register, stage):
    status, out, err = stage(register(line(day="2024-08-18", code="H"), line(code="H", session="PM")), *ON)
    assert (status, out) == (65, "")
    assert err.count("\n") == 1
    assert ":3: code: 'H' was not a register code on 2025-01-13" in err


@pytest.mark.parametrize("form", ["csv", "json"])
def test_no_record_is_the_header_or_an_empty_list(register, stage, form):
    status, out, err = stage(register(line(day="2025-02-03")), *ON, "--format", form)
    assert (status, out) == (0, f"{COLUMNS}\n" if form == "csv" else "[]\n")
    assert "1 mark after 2025-01-17 is left out" in err


def test_a_pupil_with_marks_only_before_from_has_a_record_without_stage(register, stage):
    lines = [*week("OOOOOOOOOO", date(2025, 1, 6)), *week("//////////", pupil=B)]
    _, out, _ = stage(register(*lines), *ON, "--from", "2025-01-13")
    assert f"136001,{A},0,0,0,0,,,false,false,10,2025-01-10" in out


def test_the_default_period_is_the_academic_year_from_the_first_of_august(register, stage):
    days = ["2024-07-31", "2024-08-01", "2024-08-18", "2024-08-19"]
    _, out, _ = stage(register(*(line(day=day) for day in days)), *ON)
    assert f"136001,{A},3,3,0,0," in out
    _, out, _ = stage(register(*(line(day=day) for day in days)), "--on", "2025-08-01")
    assert f"136001,{A},0,0,0,0," in out


def test_the_window_ignores_from(register, stage):
    path = register(*week("OOOOOOOOOO", date(2025, 1, 6)), *week("//////////"))
    _, whole, _ = stage(path, *ON)
    _, later, _ = stage(path, *ON, "--from", "2025-01-17")
    assert whole.strip().endswith(",10,2025-01-10")
    assert later.strip().endswith(",10,2025-01-10")


def test_the_same_file_twice_counts_once_and_warns(register, stage):
    path = register(*week("/O........"))
    status, out, err = stage(path, path, *ON)
    assert status == 0
    assert f"136001,{A},2,1,0,1," in out
    assert err.splitlines() == [
        f"warning: {path}:{number}: row: The same mark as {path}:{number}; counted once." for number in (2, 3)
    ]


@pytest.mark.parametrize(
    ("mondays", "warned"),
    [
        (["2024-09-02", "2024-09-30"], False),
        (["2024-09-02", "2024-10-14"], True),
        (["2025-07-14", "2025-09-15"], False),
        (["2025-06-09", "2025-09-08"], True),
    ],
)
def test_a_gap_of_more_than_three_weeks_outside_the_summer_is_pointed_out(register, stage, mondays, warned):
    path = register(*(row for monday in mondays for row in week("//////////", date.fromisoformat(monday))))
    status, _, err = stage(path, "--on", "2025-10-31")
    assert status == 0
    assert ("a file may be missing" in err) == warned


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--on", "2025-02-30"), "is not a day"),
        (("--on", "20250117"), "is not a day"),
        ((), "Missing option '--on'"),
        ((*ON, "--from", "2025-01-18"), "is after --on"),
        ((*ON, "--policy", "nowhere"), "No policy is called nowhere"),
        (("--on", "2024-08-31"), "is in force from 2024-09-01"),
        ((*ON, "--format", "xml"), "csv"),
        ((*ON, "--colour"), "No such option"),
        (("--on", "9999-08-01"), "from 1900-01-01 to 2199-12-31"),
    ],
)
def test_wrong_usage_ends_with_two_and_reads_nothing(stage, tmp_path, arguments, said):
    status, out, err = stage(tmp_path / "not-there.csv", *arguments)
    assert (status, out) == (2, "")
    assert said in err


def test_the_first_day_of_the_policy_is_allowed(register, stage):
    status, out, _ = stage(register(line(day="2024-08-30")), "--on", "2024-09-01")
    assert (status, out.count("\n")) == (0, 2)


def test_no_file_is_wrong_usage(stage):
    assert stage(*ON)[0] == 2


def test_a_file_that_cannot_be_read_ends_with_sixty_six(register, stage, tmp_path):
    for path in (tmp_path / "not-there.csv", tmp_path):
        status, out, err = stage(register(line(code="ZZ")), path, *ON)
        assert (status, out) == (66, "")
        assert f"{path} cannot be read" in err


def test_beyond_a_hundred_problems_the_rest_are_counted(register, stage):
    rows = [line(code="ZZ", pupil=upn(number)) for number in range(130)]
    status, out, err = stage(register(*rows), *ON)
    assert (status, out) == (65, "")
    assert len(err.splitlines()) == 101
    assert err.endswith("and 30 more\n")


def test_beyond_a_hundred_gaps_the_rest_are_counted(register, stage):
    schools = [str(136000 + number) for number in range(103)]
    lines = [line(school=school, day=day) for school in schools for day in ("2024-10-01", "2025-01-13")]
    _, _, err = stage(register(*lines), *ON)
    assert err.count("a file may be missing") == 100
    assert err.endswith("warning: and 3 more such gaps.\n")


def test_a_pipe_is_copied_and_read(stage, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(f"{HEADER}\n{line(code='ZZ')}\n",))
    writer.start()
    status, _, err = stage(pipe, *ON)
    writer.join()
    assert status == 65
    assert err.startswith(f"{pipe}:2: code: ")


def outside(*arguments, **options):
    command = [sys.executable, "-m", "attendance", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def test_the_command_runs_as_a_program_of_its_own(register):
    path = register(*week("/O........"))
    done = outside("stage", path, *ON)
    assert (done.returncode, done.stderr) == (0, "")
    assert next(csv.DictReader(io.StringIO(done.stdout)))["attendance_percent"] == "50.0"


def test_a_register_may_come_through_a_pipe():
    done = outside("stage", "/dev/stdin", *ON, input=f"{HEADER}\n{line()}\n")
    assert (done.returncode, done.stdout.count("\n")) == (0, 2)


def test_a_reader_that_stops_early_is_no_error(register):
    path = register(*(line(pupil=upn(number)) for number in range(9000)))
    command = (
        f'"{sys.executable}" -m attendance stage {path} --on 2025-01-17 | head -1; echo "${{PIPESTATUS[0]}}"'
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout.splitlines(), done.stderr) == ([COLUMNS, "0"], "")


def test_help_is_quick_and_shows_an_example():
    probe = (
        "import sys; from attendance.cli.errors import run; from attendance.cli.main import app;"
        "run(app, ['--help']); run(app, ['stage', '--help']);"
        "heavy = ('polars', 'narwhals', 'sqlalchemy', 'rich', 'typst');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.count("Example: attendance stage") == 2
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told():
    done = outside("--version")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
