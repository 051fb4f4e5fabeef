"""Wide weekly registers of two made-up management systems, and what is wrong with them."""

from datetime import date

import pytest

from attendance.domain.registers import Session
from attendance.intake.limits import Limits
from attendance.intake.problems import FilesRefused, UnreadableFile
from attendance.intake.received import ReceivedFile
from attendance.intake.register_files import Form, read_registers
from attendance.intake.register_layout import RegisterFile
from attendance.intake.register_wide import read_wide
from attendance.intake.wide_layout import MappingInvalid, Slot, Weekday, read_layout
from tests.support.people import upn
from tests.support.registers import codes
from tests.support.workbooks import workbook

LARKSPUR = b"""
title: Larkspur, weekly sheet
header_line: 3
upn_column: UPN
other_columns: [Pupil]
school_urn: "900001"
heading: "{day} {session}"
sessions: {am: AM, pm: PM}
week: {line: 1, column: 2, after: "w/c "}
date_format: "%d/%m/%Y"
codes: {"\\\\/": "/", "-": "#"}
nothing: ["", "?"]
"""
TEASEL = b"""
title: Teasel, one heading a date
upn_column: Unique number
school_column: School
heading: "{session} {date}"
date_format: "%d %b %Y"
"""
TODAY = date(2025, 2, 1)


def larkspur(*rows, week="w/c 13/01/2025"):
    return [["Class 7A", week], [], ["Pupil", "UPN", "Mon am", "Mon pm", "Fri pm"], *rows]


def csv(rows):
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode()


def read(data, mapping=LARKSPUR, name="f", **options):
    files = [ReceivedFile(name, one) for one in (data if isinstance(data, list) else [data])]
    return read_wide(files, read_layout("map", mapping), codes(), latest=TODAY, **options)


def problems_of(data, mapping=LARKSPUR, **options):
    with pytest.raises(FilesRefused) as refused:
        read(data, mapping, **options)
    return [str(problem) for problem in refused.value.problems]


def marks_of(register):
    return [
        (urn, pupil, day.isoformat(), half, code)
        for urn, pupil, day, half, code in register.marks[:, :5].rows()
    ]


@pytest.mark.parametrize("make", [csv, workbook])
def test_a_week_with_its_first_day_in_a_cell_is_read(make):
    register = read(make(larkspur(["Ann", upn(1), "\\/", "L", "O"], ["Bob", upn(2), "?", "", "-"])))
    assert marks_of(register) == [
        ("900001", upn(1), "2025-01-13", "AM", "/"),
        ("900001", upn(1), "2025-01-13", "PM", "L"),
        ("900001", upn(1), "2025-01-17", "PM", "O"),
        ("900001", upn(2), "2025-01-17", "PM", "#"),
    ]
    assert register.marks["line"].to_list() == [4, 4, 4, 5]
    assert not register.warnings


def test_headings_with_dates_and_a_column_of_schools_are_read():
    data = csv(
        [
            ["School", "Unique number", "AM 13 Jan 2025", "PM 13 Jan 2025", "Tutor"],
            ["900002", upn(1), "/", "\\", "x"],
        ]
    )
    register = read(data, TEASEL)
    assert [mark[0] for mark in marks_of(register)] == ["900002", "900002"]
    assert [str(one) for one in register.warnings] == [
        "f:1: Tutor: This column is not known and is left out."
    ]


def test_a_cell_of_a_workbook_may_hold_the_week_as_a_real_date():
    rows = larkspur(["Ann", upn(1), "/", "\\", ""], week=date(2025, 1, 13))
    register = read(workbook(rows), LARKSPUR.replace(b', after: "w/c "', b""))
    assert len(marks_of(register)) == 2


def test_every_problem_is_listed_at_its_heading():
    assert problems_of(csv(larkspur(["Ann", "X", "Q9", "J", "TOOLONG"], ["Bob", upn(2), "/", "\\", ""]))) == [
        "f:4: UPN: Not a UPN, or its check letter does not fit. Correct it at the school.",
        *problems_of(csv(larkspur(["Ann", upn(1), "Q9", "J", "TOOLONG"]))),
    ]
    found = problems_of(csv(larkspur(["Ann", upn(1), "Q9", "J", "TOOLONG"])))
    assert [problem.split(": ")[:2] for problem in found] == [
        ["f:4", "Mon am"],
        ["f:4", "Mon pm"],
        ["f:4", "Fri pm"],
    ]
    late = problems_of(csv(larkspur(["Ann", upn(1), "/", "", ""], week="w/c 03/02/2025")))
    assert late == ["f:4: Mon am: After 2025-02-01: a mark cannot be made before its session."]
    wrong_school = csv([["School", "Unique number", "AM 13 Jan 2025"], ["9", upn(1), "/"]])
    assert problems_of(wrong_school, TEASEL)[0].startswith("f:2: School: Not a school's URN")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            larkspur(week="13/01/2025"),
            "f:1: column 2: The week's first day should stand here: it does",
        ),
        (
            larkspur(week="w/c 14/01/2025"),
            "f:1: column 2: The week's first day should stand here: it is",
        ),
        (larkspur(week="w/c soon"), "f:1: column 2: The week's first day should stand here: not a date"),
        (larkspur(), "f:1: file: There is no mark in it"),
        ([["x", "w/c 13/01/2025"]], "f:1: file: Line 3 should hold the headings"),
        (
            [["x", "w/c 13/01/2025"], ["y"], ["Pupil", "Mon am"]],
            "f:3: UPN: This heading must stand there exactly once",
        ),
        (
            [["x", "w/c 13/01/2025"], ["y"], ["UPN", "Monday"]],
            "f:3: row: No heading reads like '{day} {session}'",
        ),
        (
            [["x", "w/c 13/01/2025"], ["y"], ["UPN", "Mon am", "Mon am"]],
            "f:3: Mon am: Another heading names the same session",
        ),
    ],
)
def test_a_sheet_that_does_not_fit_the_mapping_is_refused(rows, said):
    assert problems_of(csv(rows))[0].startswith(said)


def test_a_heading_with_a_wrong_date_is_refused():
    data = csv([["School", "Unique number", "AM 31 Feb 2025"], ["900002", upn(1), "/"]])
    assert problems_of(data, TEASEL)[0].startswith("f:1: AM 31 Feb 2025: The heading names no day")


def test_two_files_may_not_contradict_each_other():
    one, other = (csv(larkspur(["Ann", upn(1), code, "", ""])) for code in ("/", "O"))
    assert problems_of([one, other]) == ["f:4: code: Another code than f:4 for the same session. Keep one."]
    assert read([one, one]).warnings.total == 1
    assert "f:1: file: The file is empty. Export it again." in problems_of([one, b""])


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (b"[", "This is not YAML"),
        (b"\xff", "This is not YAML"),
        (b"title: x", "upn_column"),
        (LARKSPUR + b"colour: red\n", "colour"),
        (LARKSPUR.replace(b"{day} {session}", b"{day}"), "heading names {session}"),
        (TEASEL + b"week: {line: 1, column: 1}\n", "week says"),
        (TEASEL + b'school_urn: "900001"\n', "either school_urn or school_column"),
        (LARKSPUR.replace(b"900001", b"9"), "A school's URN has six digits"),
    ],
)
def test_a_mapping_file_that_is_not_as_it_must_be_is_refused(mapping, said):
    with pytest.raises(MappingInvalid, match="map:1: ") as refused:
        read_layout("map", mapping)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (b"[" * 60_000, "nested too deeply"),
        (b"# " + b"x" * 70_000, "at most 65536"),
        (TEASEL.replace(b"%d %b %Y", b"%d %d"), "twice"),
    ],
    ids=["deep", "large", "twice"],
)
def test_a_mapping_file_that_would_break_the_reader_is_refused(mapping, said):
    with pytest.raises(MappingInvalid, match=said):
        read_layout("map", mapping)


def test_days_of_the_week_have_their_names():
    layout = read_layout("map", LARKSPUR)
    assert layout.session_of("Wed pm", date(2025, 1, 13)) == Slot(date(2025, 1, 15), Session.PM)
    assert layout.days["Fri"] is Weekday.FRIDAY
    assert layout.session_of("wed pm", date(2025, 1, 13)) is None


def test_the_long_form_is_read_from_a_workbook_too(tmp_path):
    path = tmp_path / "register.xlsx"
    header = ["school_urn", "upn", "date", "session", "code", "comment", "tutor"]
    path.write_bytes(workbook([header, ["900001", upn(1), date(2025, 1, 13), "AM", "/", None, None]]))
    form = Form(codes(), TODAY)
    register = read_registers([RegisterFile("r.xlsx", path)], form)
    assert marks_of(register) == [("900001", upn(1), "2025-01-13", "AM", "/")]
    assert register.warnings.total == 1
    for rows, said in (
        ([header, ["900001", upn(1), date(2025, 1, 13), "AM", "=1", None]], "A formula stands here"),
        ([header], "There is no row below the header"),
        ([["upn"], ["x"]], "This column is missing"),
    ):
        path.write_bytes(workbook(rows))
        with pytest.raises(FilesRefused, match=said):
            read_registers([RegisterFile("r.xlsx", path)], form)


def test_a_file_too_large_or_missing_is_refused_unread(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("x" * 100)
    small = Form(codes(), TODAY, limits=Limits(file_bytes=99))
    with pytest.raises(FilesRefused, match="at most 99 bytes"):
        read_registers([RegisterFile("r.csv", path)], small)
    with pytest.raises(UnreadableFile):
        read_registers([RegisterFile("r.csv", tmp_path / "none.csv")], small)
