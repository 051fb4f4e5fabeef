"""The loader refuses what is malformed and freezes what it reads."""

import copy
import json
import pickle
from collections.abc import Mapping
from datetime import date

import pytest

from rules.errors import LawFileInvalid
from rules.law_files import read_folder
from rules.law_table import LawTable, as_data

CITES = '    cites: {kind: act, instrument: "An Act", url: "https://example.org/act"}\n'
REST = "    confidence: verified\n    checked: {on: 2026-01-01, by: someone}\n"
HEAD = "title: A thing\nunit: days\nvalues:\n"


def _entry(since="2024-08-19", value="10", cites=CITES, rest=REST):
    return f"  - from: {since}\n    value: {value}\n{cites}{rest}"


def _read(folder, text, name="thing.yaml"):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return read_folder(folder, prefix="")


def test_the_path_is_the_name(tmp_path):
    assert _read(tmp_path, HEAD + _entry(), "england/penalty_notice/thing.yaml")[0].name == (
        "england.penalty_notice.thing"
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + _entry() + "unit: weeks\n", "written twice: unit"),
        (HEAD + _entry() + "colour: red\n", "colour"),
        (HEAD + _entry(rest=REST + "    colour: red\n"), "colour"),
        (HEAD + _entry("2024-08-19") + _entry("2024-08-18"), "dates of the values must rise"),
        (HEAD + _entry("2024-08-19") + _entry("2024-08-19"), "dates of the values must rise"),
        (HEAD + _entry(cites=""), "lacks cites"),
        (HEAD + _entry(cites="    cites: []\n"), "lacks cites"),
        (HEAD + _entry(cites="    cites: {kind: act, instrument: An Act}\n"), "lacks a url"),
        (HEAD + _entry(cites='    cites: {kind: house, instrument: ""}\n'), "instrument"),
        (HEAD + _entry(cites='    cites: {kind: rumour, instrument: It, url: "https://x.org"}\n'), "kind"),
        (HEAD + _entry(rest="    checked: {on: 2026-01-01, by: someone}\n"), "lacks confidence"),
        (HEAD + _entry(rest="    confidence: verified\n"), "lacks checked"),
        (HEAD + _entry(rest="    confidence: certain\n    checked: {on: 2026-01-01, by: x}\n"), "confidence"),
        (HEAD + _entry(rest='    confidence: verified\n    checked: {on: 2026-01-01, by: ""}\n'), "by"),
        (HEAD + _entry(value="ten"), "not of the unit days"),
        (HEAD + _entry(value="true"), "not of the unit days"),
        (HEAD + _entry(value="10.5"), "not of the unit days"),
        ("title: A thing\nunit: days\nvalues: []\n", "values"),
        ("unit: days\nvalues:\n" + _entry(), "title"),
        ("- a list\n", "mapping"),
        ("title: [\n", "thing.yaml"),
    ],
)
def test_a_malformed_file_is_refused_and_named(tmp_path, text, problem):
    with pytest.raises(LawFileInvalid) as refusal:
        _read(tmp_path, text)
    assert problem in str(refusal.value)
    assert "thing.yaml" in refusal.value.path


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [
        ("share", "9/10", "nine tenths"),
        ("share", "1/2", "1/0"),
        ("share", "1/2", "0.5"),
        ("day", "2024-08-19", "19 August"),
        ("day", '"2024-08-19"', "20240"),
        ("month and day", "08-01", "13-01"),
        ("month and day", "02-29", "02-30"),
        ("months and days", "[03-31, 12-31]", "[03-32]"),
        ("yes or no", "true", '"true"'),
        ("text", "words", "7"),
        ("code", "G", "[G]"),
        ("codes", "[G, N]", "G"),
        ("list", "[a]", "[1]"),
        ("table", "{a: 1}", "[a]"),
        ("pence", "6000", "60.00"),
    ],
)
def test_a_value_has_the_form_of_its_unit(tmp_path, unit, good, bad):
    head = f"title: A thing\nunit: {unit}\nvalues:\n"
    assert _read(tmp_path, head + _entry(value=good))
    with pytest.raises(LawFileInvalid, match="not of the unit"):
        _read(tmp_path, head + _entry(value=bad))


def test_bare_words_of_yaml_stay_words(tmp_path):
    head = "title: A thing\nunit: codes\nvalues:\n"
    assert _read(tmp_path, head + _entry(value="[N, Y, No, on]"))[0].values[0].value == ("N", "Y", "No", "on")


def test_a_day_is_kept_as_text(tmp_path):
    head = "title: A thing\nunit: day\nvalues:\n"
    assert _read(tmp_path, head + _entry(value="2024-08-19"))[0].values[0].value == "2024-08-19"


def test_an_announced_value_needs_no_confidence(tmp_path):
    text = HEAD + _entry() + "  - from: 2099-01-01\n    announced: true\n"
    assert _read(tmp_path, text)[0].values[1].announced


def test_a_file_that_is_not_text_is_refused(tmp_path):
    (tmp_path / "thing.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(LawFileInvalid):
        read_folder(tmp_path, prefix="")


def test_a_nested_value_is_immutable_however_deep(tmp_path):
    head = "title: A thing\nunit: table\nvalues:\n"
    table = _read(tmp_path, head + _entry(value="{outer: {inner: [a, {deep: b}]}}"))[0].values[0].value
    assert isinstance(table, Mapping)
    for change in (
        lambda: table.__setitem__("outer", 1),
        lambda: table["outer"].__setitem__("inner", 1),
        lambda: table["outer"]["inner"].append("c"),
        lambda: table["outer"]["inner"][1].__setitem__("deep", "c"),
        lambda: setattr(table, "cells", ()),
    ):
        with pytest.raises((AttributeError, TypeError)):
            change()


def test_a_table_can_be_hashed_copied_and_written():
    table = LawTable((("a", LawTable((("b", (1, "c")),))), ("d", True)))
    twin = LawTable((("d", True), ("a", LawTable((("b", (1, "c")),)))))
    assert table == twin
    assert hash(table) == hash(twin)
    assert copy.deepcopy(table) == table
    assert pickle.loads(pickle.dumps(table)) == table
    assert len(table) == len(list(table))
    assert json.loads(json.dumps(as_data(table))) == {"a": {"b": [1, "c"]}, "d": True}
    with pytest.raises(KeyError):
        table["z"]


def test_a_day_of_checking_is_read(tmp_path):
    assert _read(tmp_path, HEAD + _entry())[0].values[0].checked.on == date(2026, 1, 1)
