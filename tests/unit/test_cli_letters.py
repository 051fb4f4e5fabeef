"""`attendance letters` lists the letters, shows one to made-up people and seals a changed text."""

import re

import pytest
from typer.testing import CliRunner

from attendance.cli import letters as command
from attendance.cli.main import app
from letters import texts
from letters.catalogue import LETTERS


def _run(*arguments):
    return CliRunner().invoke(app, ["letters", *arguments])


def _said(result):
    """What was said, without the frame and the line breaks of the terminal."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.output).split())


def test_every_letter_is_listed_with_its_version_reader_and_purpose():
    result = _run("list")
    assert result.exit_code == 0
    for name in LETTERS:
        assert f"{name} (version " in result.stdout
    assert "The penalty notice under section 444A" in result.stdout


def test_a_preview_writes_each_variant_as_pdf_page_and_pictures(tmp_path):
    result = _run("preview", "withdrawal", "--out", str(tmp_path / "drafts"), "--pictures")
    assert result.exit_code == 0, result.output
    files = {file.name: file.read_bytes() for file in (tmp_path / "drafts").iterdir()}
    assert set(files) == {
        f"withdrawal-{variant}{ending}"
        for variant in ("refund", "not-prosecuted")
        for ending in (".pdf", ".html", "-1.png")
    }
    assert files["withdrawal-refund.pdf"].startswith(b"%PDF-1.7")
    assert files["withdrawal-refund-1.png"].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("love_letter",), "No letter is called love_letter"),
        (("withdrawal", "--policy", "atlantis"), "No policy is called atlantis"),
    ],
)
def test_a_preview_of_what_is_not_there_is_a_usage_error(arguments, said, tmp_path):
    result = _run("preview", *arguments, "--out", str(tmp_path))
    assert result.exit_code == 2
    assert said in _said(result)


def test_sealing_what_is_sealed_changes_nothing(tmp_path, monkeypatch):
    sealed = texts.SEALS.read_bytes()
    monkeypatch.setattr(command, "SEALS", tmp_path / "seals.yaml")
    assert _run("seal").exit_code == 0
    assert (tmp_path / "seals.yaml").read_bytes() == sealed


def test_a_version_that_stands_for_another_text_is_not_sealed_again(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "SEALS", tmp_path / "seals.yaml")
    monkeypatch.setattr(
        command, "seals", lambda: {"withdrawal": {max(texts.seals()["withdrawal"]): "another"}}
    )
    result = _run("seal", "withdrawal")
    assert result.exit_code == 2
    assert "Give the text the next version" in _said(result)
    assert not (tmp_path / "seals.yaml").exists()


def test_a_new_version_is_sealed_beside_the_old_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "SEALS", tmp_path / "seals.yaml")
    monkeypatch.setattr(command, "sealed_now", lambda name: (99, f"hash of {name}"))
    assert _run("seal", "withdrawal").exit_code == 0
    written = (tmp_path / "seals.yaml").read_text(encoding="utf-8")
    assert f"1: {texts.seals()['withdrawal'][1]}" in written
    assert "99: hash of withdrawal" in written
