from datetime import date

import pytest

from attendance.intake.problems import FilesRefused, UnreadableFile
from attendance.intake.register_csv import read_register
from attendance.intake.register_layout import RegisterFile
from attendance.intake.upn import is_upn
from tests.support.register_files import CODES, HEADER, A, B, line, mark, marks_of, written


def read(tmp_path, *contents, **options):
    files = [written(tmp_path, content, f"{place}.csv") for place, content in enumerate(contents)]
    return read_register(files, CODES, **options)


def refused(tmp_path, *contents, **options):
    with pytest.raises(FilesRefused) as caught:
        read(tmp_path, *contents, **options)
    return caught.value.problems


def lines(problems):
    return [str(problem) for problem in problems]


GOOD = f"{HEADER}\n{line()}\n{line(session='PM', code='O')}\n"
GOOD_MARKS = [mark(), mark(session="PM", code="O")]


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        GOOD.removesuffix("\n"),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        "\ufeff" + GOOD.replace("\n", "\r\n"),
        GOOD.replace("AM", '"AM"'),
        f"code,session,upn,date,school_urn\n/,AM,{A},2025-01-13,136001\nO,PM,{A},2025-01-13,136001\n",
        f'"school_urn",upn,date,session,code\n{line()}\n{line(session="PM", code="O")}\n',
    ],
    ids=["LF", "no last LF", "CRLF", "BOM", "BOM and CRLF", "quoted", "another order", "quoted header"],
)
def test_the_same_register_is_read_from_every_spelling(tmp_path, content):
    register = read(tmp_path, content)
    assert marks_of(register.marks) == GOOD_MARKS
    assert not register.warnings


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        (line(school="13600"), "school_urn"),
        (line(school="1360011"), "school_urn"),
        (line(school=" 136001"), "school_urn"),
        (line(school="13600\u0661"), "school_urn"),
        (line(school=""), "school_urn"),
        (line(pupil=A[:-1]), "upn"),
        (line(pupil="A" + A[1:]), "upn"),
        (line(pupil=A.lower()), "upn"),
        (line(pupil="I" + A[1:]), "upn"),
        (line(pupil=""), "upn"),
        (line(day="2025-02-29"), "date"),
        (line(day="2025-1-13"), "date"),
        (line(day="13/01/2025"), "date"),
        (line(day="20250113"), "date"),
        (line(day="2025-01-13T00:00"), "date"),
        (line(day=""), "date"),
        (line(session="am"), "session"),
        (line(session="EV"), "session"),
        (line(session=""), "session"),
        (line(code=""), "code"),
        (line(code="/ "), "code"),
        (line(code="o"), "code"),
        (line(code="C3"), "code"),
        (line(code="H"), "code"),
        (line(code="J1", day="2024-08-18"), "code"),
        (line(code="/", day="2006-08-31"), "code"),
        (line() + ",x", "row"),
        (line() + ",", "row"),
        (line().rpartition(",")[0], "row"),
        ("", "row"),
        (line() + "\0", "file"),
    ],
)
@pytest.mark.parametrize("last_feed", ["\n", ""], ids=["last LF", "no last LF"])
def test_a_wrong_field_is_refused_at_its_line(tmp_path, changed, column, last_feed):
    if not changed and not last_feed:
        return  # then there is no such line
    content = f"{HEADER}\n{line(session='PM')}\n{changed}{last_feed}"

    problems = refused(tmp_path, content).listed

    assert {problem.column for problem in problems} <= {column, "code"}
    expected_line = 1 if column == "file" else 3
    assert str(problems[0]).startswith(f"0.csv:{expected_line}: {column}: ")


def test_every_problem_of_a_row_is_told(tmp_path):
    problems = refused(tmp_path, f"{HEADER}\n1,2,3,4,5\n")
    assert [problem.column for problem in problems] == ["school_urn", "upn", "date", "session", "code"]


def test_messages_repeat_no_pupil_and_no_long_text(tmp_path):
    wrong = "A" + A[1:]
    problems = refused(tmp_path, f"{HEADER}\n{line(pupil=wrong, code='Anna stayed at home')}\n")
    assert wrong not in "".join(problems.lines())
    assert "Anna" not in "".join(problems.lines())


@pytest.mark.parametrize("number", ["R201100018042", "P207000016049"])
def test_published_pupil_numbers_fit_by_their_check_letter(number):
    assert is_upn(number)


def test_a_published_example_with_a_wrong_check_letter_is_refused():
    assert not is_upn("Q207000016049")


@pytest.mark.parametrize("number", ["838", "839", "940", "941", "942", "943"])
def test_numbers_issued_by_reorganised_authorities_are_good(number):
    from attendance.intake.upn import check_letter

    rest = f"{number}999912345"
    assert is_upn(check_letter(rest) + rest)


def test_a_temporary_number_ends_in_a_letter_that_counts(tmp_path):
    from attendance.intake.upn import check_letter

    rest = "33199990800Z"
    temporary = check_letter(rest) + rest
    register = read(tmp_path, f"{HEADER}\n{line(pupil=temporary)}\n")
    assert marks_of(register.marks) == [mark(pupil=temporary)]
    assert not is_upn(temporary[:-1] + "Y")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "1: file: The file is empty"),
        ("\ufeff", "1: file: The file is empty"),
        (HEADER, "1: file: There is no row"),
        (HEADER + "\r\n", "1: file: There is no row"),
        ("school_urn,upn,date,session\n", "1: code: This column is missing"),
        (f"School_URN,upn,date,session,code\n{line()}\n", "1: school_urn: This column is missing"),
        (f"{HEADER},code\n{line()},/\n", "1: code: This column is there more than once"),
        ("\n" + GOOD, "1: school_urn: This column is missing"),
        (GOOD.encode("utf-16"), "1: file: Not UTF-8 text, first on line 1"),
        (GOOD.encode() + b"\xff", "1: file: Not UTF-8 text, first on line 4"),
        (
            f"{HEADER},comment\n{line()},".encode() + b"\xe9t\xe9\n",
            "1: file: Not UTF-8 text, first on line 2",
        ),
        (f"{HEADER},comment\n{line()},a\0b\n", "1: file: It holds a NUL byte, first on line 2"),
        (GOOD.replace("\n", "\r"), "1: row: A carriage return stands alone"),
        (GOOD.replace("AM", '"AM'), "2: row: A quotation mark opens here"),
        (GOOD.replace("AM", '"AM"x'), "2: row: Something follows a closing quotation mark"),
        (GOOD.replace("AM", "A" * 140_000), "2: row: A field is far too long"),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_told(tmp_path, content, said):
    assert str(refused(tmp_path, content).listed[0]).startswith(f"0.csv:{said}")


def test_a_quoted_field_may_hold_line_breaks_and_lines_are_still_counted_right(tmp_path):
    content = f'{HEADER},comment\n{line()},"one\ntwo\r\nthree, ""four"""\n{line(code="ZZ", session="PM")},\n'
    assert lines(refused(tmp_path, content))[0].startswith("0.csv:5: code: 'ZZ'")
    register = read(tmp_path, content.replace("ZZ", "O"), evidence=True)
    assert register.marks["comment"].to_list() == ['one\ntwo\r\nthree, "four"', None]
    assert register.marks["line"].to_list() == [2, 5]


@pytest.mark.parametrize("short_at_the_end", [True, False])
def test_a_short_row_is_never_padded_where_the_last_column_may_be_empty(tmp_path, short_at_the_end):
    rows = [f"{line()},", line(session="PM")]
    content = "\n".join([f"{HEADER},comment", *(rows if short_at_the_end else reversed(rows)), ""])
    assert [problem.column for problem in refused(tmp_path, content)] == ["row"]


def test_one_row_too_long_does_not_hide_one_too_short(tmp_path):
    content = f"{HEADER},comment\n{line()}\n{line(session='PM')},,\n"
    assert [problem.line for problem in refused(tmp_path, content)] == [2, 3]


def test_unknown_columns_are_left_out_with_a_warning(tmp_path):
    register = read(tmp_path, f"{HEADER},mood\n{line()},sunny\n")
    assert marks_of(register.marks) == [mark()]
    assert lines(register.warnings) == ["0.csv:1: mood: This column is not known and is left out."]


def test_the_same_mark_twice_counts_once_and_is_a_warning(tmp_path):
    register = read(tmp_path, GOOD, f"{HEADER}\n{line(pupil=B)}\n{line()}\n")
    assert marks_of(register.marks) == sorted([*GOOD_MARKS, mark(pupil=B)])
    assert lines(register.warnings) == ["1.csv:3: row: The same mark as 0.csv:2; counted once."]


def test_two_codes_for_one_session_are_refused_across_files(tmp_path):
    problems = refused(tmp_path, GOOD, f"{HEADER}\n{line(pupil=B)}\n{line(code='O')}\n")
    assert lines(problems) == ["1.csv:3: code: Another code than 0.csv:2 for the same session. Keep one."]


def test_the_same_session_at_another_school_is_another_mark(tmp_path):
    register = read(tmp_path, f"{HEADER}\n{line()}\n{line(school='136002', code='D')}\n")
    assert register.marks.height == 2


def test_beyond_a_hundred_problems_the_rest_are_counted(tmp_path):
    rows = "".join(f"{line(code='ZZ')}\n" for _ in range(140))
    problems = refused(tmp_path, f"{HEADER}\n{rows}", f"{HEADER}\n{rows}")
    assert len(problems.listed) == 100
    assert problems.total == 280
    assert problems.lines()[-1] == "and 180 more"
    assert {problem.file for problem in problems} == {"0.csv"}


def test_a_mark_after_the_latest_day_is_refused_where_one_is_given(tmp_path):
    content = f"{HEADER}\n{line()}\n{line(day='2025-01-14')}\n"
    assert read(tmp_path, content, latest=date(2025, 1, 14)).marks.height == 2
    problems = refused(tmp_path, content, latest=date(2025, 1, 13))
    assert lines(problems)[0].startswith("0.csv:3: date: After 2025-01-13")


@pytest.mark.parametrize("quoted", [False, True])
def test_evidence_is_kept_with_its_file_and_line(tmp_path, quoted):
    late = '"late, 20"' if quoted else "20"
    register = read(
        tmp_path,
        GOOD,
        f"{HEADER},recorded_by,minutes_late\n{line(pupil=B, code='L')},T1,{late}\n",
        evidence=True,
    )
    row = register.marks.row(2, named=True)
    assert (row["recorded_by"], row["minutes_late"]) == ("T1", late.strip('"'))
    assert (row["comment"], row["recorded_at"], row["file"], row["line"]) == (None, None, 1, 2)


def test_a_file_that_is_not_there_or_is_a_folder_cannot_be_read(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UnreadableFile, match=r"x\.csv cannot be read"):
            read_register([RegisterFile("x.csv", path)], CODES)


@pytest.mark.parametrize(("sparse", "least"), [(0, 0), (0, 2), (0, 5)])
def test_keys_that_lie_far_apart_are_compared_instead_of_flagged(tmp_path, monkeypatch, sparse, least):
    monkeypatch.setattr("attendance.intake.register_fast.SPARSE", sparse)
    monkeypatch.setattr("attendance.intake.register_fast.LEAST_ROOM", least)
    assert marks_of(read(tmp_path, GOOD).marks) == GOOD_MARKS
    twice = read(tmp_path, f"{GOOD}{line()}\n{line(pupil=B, day='2024-12-02', school='136002')}\n")
    assert twice.marks.height == 3
    assert twice.warnings.total == 1
