"""Tables are read as text, exactly, or refused with what to do."""

from datetime import date, datetime, time

import pytest

from attendance.intake.limits import Limits
from attendance.intake.problems import FilesRefused
from attendance.intake.sheets import UTF_8_OR_WINDOWS, read_sheet
from tests.support.workbooks import part, with_entry, workbook

HALF_PAST_ONE = datetime(2025, 1, 9, 13, 30)  # noqa: DTZ001 - a cell of a workbook has no time zone
SMALL = Limits(
    sheet_cells=20,
    file_bytes=10_000,
    workbook_bytes=10_000,
    unpacked_bytes=100_000,
    unpacked_ratio=20,
    sheet_rows=5,
    columns=6,
    field_characters=20,
)


def rows_of(data, **options):
    return [(row.line, row.fields) for row in read_sheet("f", data, **options).rows]


def refusal(data, **options):
    with pytest.raises(FilesRefused) as refused:
        read_sheet("f", data, **options)
    return str(refused.value)


def test_csv_is_read_with_its_lines_and_nothing_trimmed():
    data = '\ufeffa,b\r\n 1 ,"x\ny"\r\n\r\n2,é\r\n'.encode()
    assert rows_of(data) == [(1, ("a", "b")), (2, (" 1 ", "x\ny")), (5, ("2", "é"))]


def test_windows_letters_are_read_only_where_they_may_occur():
    data = "a\ncaf\xe9\n".encode("cp1252")
    assert rows_of(data, encodings=UTF_8_OR_WINDOWS)[1] == (2, ("café",))
    assert refusal(data) == "f:2: file: These bytes are not UTF-8. Save the file as CSV UTF-8."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "f:1: file: The file is empty"),
        ("a,b\n1,2\n".encode("utf-16"), "f:1: file: The file is in UTF-16"),
        ("a,b\n1,2\n".encode("utf-16-le"), "f:1: file: There is a NUL byte"),
        (b"a,b\n1,\x002\n", "f:2: file: There is a NUL byte"),
        (b'a,b\n1,"2\n', "f:2: file: Not a line of CSV"),
        (b'a,b\n1,"2"x\n', "f:2: file: Not a line of CSV"),
        (b"a,b\n1,2,3,4,5,6,7\n", "f:2: file: 7 columns; at most 6"),
        (b"a,b\n1," + b"x" * 21, "f:2: column 2: 21 characters; at most 20"),
        (b"a\n" + b"x" * 10_000, "f:1: file: The file has 10002 bytes; at most 10000"),
        (b"\xd0\xcf\x11\xe0rest", "f:1: file: This is an old Excel workbook"),
        (b"a\n" + b'"' + b"x" * 200_000 + b'"', "f:2: file: Not a line of CSV"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data, said):
    limits = Limits(field_characters=300_000) if len(data) > 100_000 else SMALL
    assert refusal(data, limits=limits).startswith(said)


def test_a_workbook_is_read_as_the_same_text_as_csv():
    data = workbook(
        [
            ["a", "b", "c", "d", "e", "f"],
            [1, 2.0, 2.5, True, date(2025, 1, 9), None],
            [None, None],
            ["007", HALF_PAST_ONE, time(8, 45), False, "=not", "x"],
        ]
    )
    data = with_entry(
        data,
        "xl/worksheets/sheet1.xml",
        part(data, "xl/worksheets/sheet1.xml").replace(b"<f>not</f>", b"").replace(b't="str"', b""),
    )
    rows = rows_of(data)
    assert rows[1] == (2, ("1", "2", "2.5", "true", "2025-01-09", ""))
    assert rows[2][0] == 4
    assert rows[2][1][:4] == ("007", "2025-01-09T13:30:00", "08:45:00", "false")


def test_a_formula_or_an_error_in_a_workbook_is_refused_and_never_evaluated():
    said = refusal(workbook([["a", "b"], ["=1+1", "#REF!"], ["x", "=cmd|' /C calc'!A0"]]))
    assert said.splitlines() == [
        "f:2: column 1: A formula stands here. Paste its value instead.",
        "f:2: column 2: An error value stands here. Correct the cell.",
        "f:3: column 2: A formula stands here. Paste its value instead.",
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = with_entry(workbook([["a"], ["b"]]), "xl/worksheets/sheet1.xml", b" " * 5_000_000)
    assert len(bomb) < 20_000
    assert "would unpack to" in refusal(bomb, limits=Limits(unpacked_ratio=50))
    assert "would unpack to" in refusal(bomb, limits=Limits(unpacked_bytes=1_000_000, unpacked_ratio=10**6))


def test_rows_and_columns_are_counted_while_reading_whatever_the_sheet_states():
    wide = workbook([["a"] * 7, ["b"] * 7])
    assert refusal(wide, limits=SMALL) == "f:1: file: At most 5 rows, 6 columns and 20 cells are read."
    tall = workbook([["a"]] * 6)
    lying = with_entry(
        tall,
        "xl/worksheets/sheet1.xml",
        part(tall, "xl/worksheets/sheet1.xml").replace(b'ref="A1:A6"', b'ref="A1:A1"'),
    )
    assert refusal(tall, limits=SMALL) == "f:6: file: At most 5 rows, 6 columns and 20 cells are read."
    assert read_or_refuse(lying) in {"f:6: file: At most 5 rows, 6 columns and 20 cells are read.", "1 row"}
    far = (
        part(tall, "xl/worksheets/sheet1.xml").replace(b'r="6"', b'r="1048576"').replace(b"A6", b"XFD1048576")
    )
    assert "At most 5 rows" in refusal(with_entry(tall, "xl/worksheets/sheet1.xml", far), limits=SMALL)
    full = workbook([["a"] * 6] * 4)
    assert refusal(full, limits=SMALL) == "f:4: file: At most 5 rows, 6 columns and 20 cells are read."


def read_or_refuse(data):
    try:
        return f"{len(read_sheet('f', data, limits=SMALL).rows)} row"
    except FilesRefused as refused:
        return str(refused)


@pytest.mark.parametrize("size", [30, 500, 2000])
def test_a_workbook_that_is_cut_off_is_refused(size):
    assert "cut off or damaged" in refusal(workbook([["a"], ["b"]])[:size])


def test_entities_in_a_workbook_are_refused_and_never_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    ).encode()
    said = refusal(with_entry(workbook([["a"]]), "xl/worksheets/sheet1.xml", xml))
    assert said.startswith("f:1: file: The workbook is damaged")
    book = part(workbook([["a"]]), "xl/workbook.xml")
    laughing = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + book
    assert "damaged" in refusal(with_entry(workbook([["a"]]), "xl/workbook.xml", laughing))


def test_a_zip_file_that_is_no_workbook_is_refused():
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert "damaged or not a workbook" in refusal(stream.getvalue())


def test_a_named_sheet_is_chosen_and_a_missing_one_named():
    from attendance.intake.workbooks import read_workbook

    data = workbook([["a"], ["b"]], title="Week 1")
    assert len(read_workbook("f", data, Limits(), sheet="Week 1").rows) == 2
    with pytest.raises(FilesRefused, match="no sheet named 'Week 2'; the workbook has: Week 1"):
        read_workbook("f", data, Limits(), sheet="Week 2")


def test_a_field_too_long_or_a_workbook_too_large_is_refused():
    assert "at most 20 characters" in refusal(workbook([["a"], ["x" * 21]]), limits=SMALL)
    assert "at most 100 are read" in refusal(workbook([["a"]]), limits=Limits(workbook_bytes=100))
