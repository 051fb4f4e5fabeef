"""The fast and the slow path of a register file: one verdict, the same marks."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.intake.problems import FilesRefused
from attendance.intake.register_bytes import look_at
from attendance.intake.register_csv import read_register
from attendance.intake.register_fast import read_fast
from attendance.intake.register_slow import read_slowly
from tests.support.register_files import CODES, HEADER, A, B, written

GOOD = {
    "school_urn": ["136001", "136002"],
    "upn": [A, B],
    "date": ["2024-08-18", "2024-08-19", "2025-01-13", "2024-02-29"],
    "session": ["AM", "PM"],
    "code": ["/", "\\", "O", "D", "#"],
    "comment": ["", "late", "été"],
    "mood": ["", "x"],
}
ODD = {
    "school_urn": ["13600", "136001 ", "", '"136001"', "13600\u0661"],
    "upn": [A[:-1], A.lower(), "", "I" + A[1:], f'"{A}"'],
    "date": ["2025-02-29", "2025-1-13", "", "2006-08-31", " 2025-01-13", "2025-01-13\r"],
    "session": ["am", "", '"AM"', "AM "],
    "code": ["H", "K", "J1", "Y4", "ZZ", "", '"/"', "/ ", "o"],
    "comment": ['"a,b"', '"a\nb"', '"a""b"', 'a"b', '"a"b', '"a', "\u2028", "a\rb", "\0", " "],
    "mood": ['"', ","],
}
BYTES = [b"\xff", b"\xc3", b"\0", b"\xef\xbb\xbf", b"\n", b"\r", b'"', b","]
EDGES = ["", "\n", "\r\n", "\n\n", " ", ",", "\r", "\x1a"]


CUTS = (
    lambda row: row[:-1],
    lambda row: [*row, ""],
    lambda row: [*row, "x"],
    lambda row: [*row[:-2], *row[-1:]],
    lambda _: [],
)
THEMES = ("clean", "clean", "fields", "rows", "bytes", "end", "end", "all")


@st.composite
def files(draw):
    """A file that is clean, or off it by one thing: a field, a row too short or long, a byte, its end."""
    theme = draw(st.sampled_from(THEMES))
    extra = draw(st.sampled_from([[], ["comment"], ["comment"], ["mood"]]))
    columns = [*HEADER.split(","), *extra]
    if draw(st.booleans()):
        columns = draw(st.permutations(columns))
    rows = [
        [draw(st.sampled_from(GOOD[column])) for column in columns] for _ in range(draw(st.integers(0, 5)))
    ]
    if rows and theme in {"fields", "all"}:
        row, place = draw(st.sampled_from(rows)), draw(st.integers(0, len(columns) - 1))
        row[place] = draw(st.sampled_from(ODD[columns[place]]))
    if rows and theme in {"rows", "all"}:
        for _ in range(draw(st.integers(1, 2))):
            place = draw(st.integers(0, len(rows) - 1))
            rows[place] = draw(st.sampled_from(CUTS))(rows[place])
    feed = draw(st.sampled_from(["\n", "\r\n"]))
    text = draw(st.sampled_from(["", "\ufeff"])) + feed.join(map(",".join, [columns, *rows]))
    last = draw(st.sampled_from(EDGES if theme in {"end", "all"} else ["", feed]))
    data = (text + last).encode()
    if theme in {"bytes", "all"}:
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.sampled_from(BYTES)) + data[place:]
    return data


def both(contents):
    with tempfile.TemporaryDirectory() as folder:
        given = [written(folder, content, f"{place}.csv") for place, content in enumerate(contents)]
        seen = [(file, look_at(file.path)) for file in given]
        fast = read_fast(seen, CODES, latest=None, evidence=True)
        slow = read_slowly(seen, CODES, latest=None, evidence=True)
        return fast, slow, given_verdict(given)


def given_verdict(given):
    try:
        return read_register(given, CODES, evidence=True).marks
    except FilesRefused:
        return None


def rows_of(table):
    return sorted(table.rows(), key=repr)


@given(contents=st.lists(files(), min_size=1, max_size=2))
@settings(max_examples=500)
def test_what_the_fast_path_accepts_the_slow_path_reads_the_same_without_a_word(contents):
    fast, slow, verdict = both(contents)

    assert (verdict is None) == (slow.marks is None) == bool(slow.problems)
    if fast is not None:
        assert not slow.problems
        assert not slow.warnings
        assert rows_of(fast) == rows_of(slow.marks)
        assert fast.columns == slow.marks.columns
    if slow.marks is not None:
        assert rows_of(verdict) == rows_of(slow.marks)


@given(contents=st.lists(files(), min_size=1, max_size=2))
@settings(max_examples=200)
def test_a_clean_file_of_plain_lines_takes_the_fast_path(contents):
    fast, slow, _ = both(contents)

    silent = slow.marks is not None and not slow.warnings
    if silent and all(_is_plain(content) for content in contents):
        assert fast is not None


def _is_plain(content):
    return b'"' not in content and b"\r" not in content.replace(b"\r\n", b"")


def test_bytes_are_seen_alike_however_they_are_cut_into_pieces(tmp_path, monkeypatch):
    data = "a,b\r\né,1\r\r\n\0,2,\n".encode() + b"\xff,"
    path = Path(tmp_path) / "x.csv"
    path.write_bytes(data)
    whole = look_at(path)
    assert (whole.lone_return, whole.nul_line, whole.not_utf8_line) == (True, 3, 4)
    assert (whole.lines, whole.commas_after_last_feed, whole.first_line) == (4, 1, b"a,b")
    for size in range(1, len(data)):
        monkeypatch.setattr("attendance.intake.register_bytes.PIECE", size)
        assert look_at(path) == whole


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_letter_cut_in_two_at_the_end_is_not_utf8(tmp_path, cut):
    path = Path(tmp_path) / "x.csv"
    path.write_bytes(b"a\n" + "𝄞".encode()[:cut])
    assert look_at(path).not_utf8_line == 2
