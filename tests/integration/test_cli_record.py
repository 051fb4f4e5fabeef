"""`attendance init`, `verify` and `record export`, as an officer or an auditor runs them."""

import json
import os
import stat
import subprocess
import sys

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from attendance.cli.errors import status_of
from attendance.cli.main import app
from attendance.domain.record import standalone_verify
from attendance.intake.problems import UnreadableFile
from attendance.store.keys import KEY_FILE
from attendance.store.unit_of_work import Store
from tests.support.acts import note
from tests.support.behind import behind, without_triggers


def run(store, *arguments):
    """Run the command on the store, in this process."""
    environment = {"ATTENDANCE_FOLDER": str(store.folder), "ATTENDANCE_DATABASE_URL": store.url}
    return CliRunner().invoke(app, list(arguments), env=environment)


def check(folder, *arguments):
    """Run the exported verifier with a Python that has nothing but its standard library."""
    command = [sys.executable, "-I", "-S", folder / "verify.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")


@pytest.fixture
def written(store):
    """A store with five entries."""
    for number in range(1, 6):
        note(store, number)
    return store


def test_init_makes_a_store_that_opens_and_a_key_that_only_its_owner_reads(tmp_path):
    folder = tmp_path / "var"
    environment = {"ATTENDANCE_FOLDER": str(folder)}
    for _ in range(2):  # a second run changes nothing
        result = CliRunner().invoke(app, ["init"], env=environment)
        assert result.exit_code == 0, result.output
        assert "The store is ready" in result.stdout
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    store = Store.open(f"sqlite:///{folder}/attendance.db", folder)
    key = store.public_key
    note(store)
    store.close()
    CliRunner().invoke(app, ["init"], env=environment)
    store = Store.open(f"sqlite:///{folder}/attendance.db", folder)
    assert store.public_key == key
    assert store.examine(None).verdict.end.seq == 1
    store.close()


def test_verify_says_that_the_record_is_intact_and_where_it_ends(written):
    result = run(written, "verify")
    assert result.exit_code == 0, result.output
    assert "The record is intact: 5 entries." in result.stdout
    assert f"Head: 5 {written.examine(None).verdict.end.hash}" in result.stdout
    said = json.loads(run(written, "verify", "--format", "json").stdout)
    assert said["intact"] is True
    assert (said["entries"], said["compared_with_head"], said["first_bad_entry"]) == (5, 5, None)


def test_verify_names_the_first_bad_entry_and_fails(written):
    with behind(written) as connection:
        without_triggers(connection)
        connection.execute(text("UPDATE record_entry SET actor = 'somebody' WHERE seq = 3"))
    result = run(written, "verify")
    assert result.exit_code == 1
    assert "First bad entry: 3." in result.stdout
    assert "trigger" in result.stdout
    result = run(written, "verify", "--format", "json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["first_bad_entry"]["seq"] == 3
    assert said["first_bad_entry"]["fault"] == "changed"
    assert said["triggers_at_fault"]


def test_verify_compares_with_a_head_kept_elsewhere(written, tmp_path):
    kept = tmp_path / "kept.json"
    kept.write_bytes(written.head.read_bytes())
    note(written)
    result = run(written, "verify", "--head", str(kept))
    assert result.exit_code == 0
    assert "the signed head of entry 5" in result.stdout
    assert "1 entries have been recorded since" in result.stdout
    kept.write_text(kept.read_text().replace('"seq":5', '"seq":4'))
    assert run(written, "verify", "--head", str(kept)).exit_code == 1
    kept.write_text("nonsense")
    for form in ("text", "json"):
        result = run(written, "verify", "--head", str(kept), "--format", form)
        assert result.exit_code == 1
        assert "does not hold the signed head" in result.stdout


def test_verify_refuses_a_named_head_that_cannot_be_read(sqlite_store, tmp_path):
    result = run(sqlite_store, "verify", "--head", str(tmp_path / "nothing.json"))
    assert isinstance(result.exception, UnreadableFile)
    assert status_of(result.exception) == 66


def test_verify_says_when_there_is_no_head_to_compare_with(written):
    written.head.unlink()
    result = run(written, "verify")
    assert result.exit_code == 0
    assert "no signed head" in result.stdout


def test_verify_fails_on_a_document_or_a_reason_that_was_altered(sqlite_store):
    from attendance.domain.record.entry import Subject
    from tests.support.acts import NOON, OFFICER

    with sqlite_store.act(OFFICER, NOON) as act:
        digest = act.keep(b"letter", media_type="text/plain", file_name="a.txt")
        kept = act.reasons.keep("late_answer", "The school was closed.")
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    with behind(sqlite_store) as connection:
        without_triggers(connection)
        connection.execute(text("UPDATE document SET content = 'x'"))
        connection.execute(text("UPDATE reason SET text = x'00'"))
    result = run(sqlite_store, "verify")
    assert result.exit_code == 1
    assert digest in result.stdout
    assert kept.hash in result.stdout


def test_an_export_is_checked_with_a_standard_python_alone(written, tmp_path):
    folder = tmp_path / "export"
    result = run(written, "record", "export", str(folder))
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.iterdir()} == {
        "entries.jsonl",
        "checkpoints.jsonl",
        "head.json",
        "public-key.txt",
        "verify.py",
    }
    done = check(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The record holds: 5 entries")
    assert check(folder, folder, written.head).returncode == 0
    assert run(written, "record", "export", str(folder)).exit_code != 0


def spoil(folder, name, old, new):
    path = folder / name
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, new, 1))


def drop_line(folder, number):
    path = folder / "entries.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    del lines[number - 1]
    path.write_text("".join(lines))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            lambda folder: spoil(folder, "entries.jsonl", 'case_id": 3', 'case_id": 4'),
            "Entry 3 is not as it was",
        ),
        (lambda folder: drop_line(folder, 2), "Entry 2 is missing"),
        (lambda folder: drop_line(folder, 5), "Entry 5 is missing: the record once reached entry 5"),
        (lambda folder: spoil(folder, "entries.jsonl", "{", ""), "Entry 1 is missing"),
        (
            lambda folder: spoil(folder, "head.json", '"seq": 5', '"seq": 4'),
            "Entry 4 is not the one that was signed",
        ),
        (lambda folder: spoil(folder, "head.json", "seq", "number"), "cannot be read"),
    ],
)
def test_a_damaged_export_is_found_out(sqlite_store, tmp_path, capsys, damage, said):
    for number in range(1, 6):
        note(sqlite_store, number)
    folder = tmp_path / "export"
    run(sqlite_store, "record", "export", str(folder))
    assert standalone_verify.main([str(folder)]) == 0
    capsys.readouterr()
    damage(folder)
    assert standalone_verify.main([str(folder)]) == 1
    assert said in capsys.readouterr().out


def test_a_damaged_export_is_found_out_by_a_standard_python_too(sqlite_store, tmp_path):
    note(sqlite_store)
    folder = tmp_path / "export"
    run(sqlite_store, "record", "export", str(folder))
    drop_line(folder, 1)
    done = check(folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert "Entry 1 is missing" in done.stdout


def test_the_exported_verifier_explains_itself(capsys):
    for arguments in (["--help"], ["one", "two", "three"]):
        assert standalone_verify.main(arguments) == 2
        assert "What it does not check" in capsys.readouterr().out


def test_every_command_of_the_record_shows_an_example():
    for command in (["init"], ["verify"], ["record", "export"]):
        result = CliRunner().invoke(app, [*command, "--help"], env={**os.environ, "COLUMNS": "120"})
        assert result.exit_code == 0
        assert "Example:" in result.stdout
