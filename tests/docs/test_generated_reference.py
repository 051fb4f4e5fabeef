"""The generated reference is current, and the generator says when it is not."""

import subprocess
import sys
from pathlib import Path

import pytest

from docs.generator import Page, cell, table
from rules.law import known_policies, rule_book

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "docs" / "reference" / "generated"


def _generate(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_generated_reference_is_current():
    result = _generate("--check")
    assert result.returncode == 0, result.stderr


def test_what_is_stale_is_named_and_then_mended(tmp_path):
    _generate("--folder", tmp_path)
    (tmp_path / "parameters.md").write_text("altered", encoding="utf-8")
    (tmp_path / "left-over.md").write_text("no page", encoding="utf-8")
    (tmp_path / "scenarios.md").unlink()
    check = _generate("--check", "--folder", tmp_path)
    assert check.returncode == 1
    assert all(file in check.stderr for file in ("parameters.md", "left-over.md", "scenarios.md"))
    assert "parameters-england.md" not in check.stderr
    assert (tmp_path / "parameters.md").read_text(encoding="utf-8") == "altered"
    assert _generate("--folder", tmp_path).returncode == 0
    assert _generate("--check", "--folder", tmp_path).returncode == 0
    assert not (tmp_path / "left-over.md").exists()


@pytest.mark.parametrize("policy", known_policies())
def test_every_parameter_and_every_source_is_on_a_page(policy):
    text = "".join(path.read_text(encoding="utf-8") for path in GENERATED.glob("parameters-*.md"))
    for parameter in rule_book(policy):
        assert f"### {parameter.name}\n" in text
        for value in parameter.values:
            assert all(str(cite) in text for cite in value.cites)
            assert value.not_enforced in text


def test_a_cell_cannot_break_its_table():
    assert cell("a|b\nc") == "a\\|b c"
    assert list(table(("A",), [("b",)])) == ["| A |", "|---|", "| b |"]


def test_a_page_begins_with_its_title():
    assert Page("x.md", "X", ("line", "")).text.startswith("# X\n")
