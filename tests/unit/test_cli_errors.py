import sys
from datetime import date

import pytest
import typer

from attendance.cli.acts import act_groups
from attendance.cli.commands import ACT_GROUPS, COMMANDS
from attendance.cli.errors import BUG_LOG, ExitStatus, run, status_of
from attendance.cli.main import app
from attendance.cli.progress import working
from attendance.domain.errors import AttendanceError, BadInput, BrokenIntegrity, NotFound, StepRefused
from attendance.intake.problems import FilesRefused, Problems, UnreadableFile
from attendance.settings import read_settings
from rules.errors import LawFileInvalid, UnknownCode, UnknownPolicy
from rules.findings import Aspect, Force, Unmet
from rules.law import rule_book


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnknownPolicy("x", ()), 2),
        (FilesRefused(Problems()), 65),
        (BadInput("x"), 65),
        (NotFound("case", "C-1"), 65),
        (AttendanceError("x"), 65),
        (UnknownCode("x"), 65),
        (UnreadableFile("x", "y"), 66),
        (BrokenIntegrity("x"), 1),
        (LawFileInvalid("x", "y"), 70),
        (ValueError("x"), 70),
        (MemoryError(), 70),
    ],
)
def test_each_error_has_one_exit_status(error, status):
    assert status_of(error) == status


def failing(error):
    program = typer.Typer()

    @program.command()
    def fail():
        """Fail."""
        raise error from KeyError("row of A1")

    return program


class Panic(BaseException):
    """As an engine's panic is: no Exception."""


@pytest.mark.parametrize("error", [ValueError("row of A1"), Panic("row of A1")])
def test_a_bug_shows_a_reference_and_no_traceback(error, capsys, monkeypatch):
    monkeypatch.delenv(BUG_LOG, raising=False)
    assert run(failing(error), []) == ExitStatus.BUG
    said = capsys.readouterr().err
    assert "a bug of ours" in said
    assert "reference B-" in said
    assert "Traceback" not in said
    assert "A1" not in said


def test_where_a_bug_happened_is_kept_without_the_data_it_happened_on(capsys, monkeypatch, tmp_path):
    log = tmp_path / "bugs.log"
    monkeypatch.setenv(BUG_LOG, str(log))
    run(failing(ValueError("row of A1")), [])
    kept = log.read_text()
    assert str(log) in capsys.readouterr().err
    assert "builtins.ValueError" in kept
    assert "builtins.KeyError" in kept
    assert "in fail" in kept
    assert "A1" not in kept


def test_a_log_that_cannot_be_written_is_said(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv(BUG_LOG, str(tmp_path))
    run(failing(ValueError("x")), [])
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), typer.Abort()])
def test_a_command_that_is_stopped_says_so(error, capsys):
    assert run(failing(error), []) == ExitStatus.INTERRUPTED
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["case", "nothing"]])
def test_a_command_that_does_not_exist_is_wrong_usage(arguments, capsys):
    assert run(app, arguments) == ExitStatus.USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_every_command_can_be_loaded_and_its_help_shows_an_example(capsys):
    for name in [*COMMANDS, *ACT_GROUPS]:
        assert run(app, [name, "--help"]) == 0
    assert capsys.readouterr().out.count("Usage: ") == len(COMMANDS) + len(ACT_GROUPS)


def test_the_version_is_told_and_ends_well(capsys):
    assert run(app, ["--version"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_long_work_shows_on_a_terminal_and_nowhere_else(capsys, monkeypatch):
    with working("Reading"):
        pass
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with working("Reading"):
        pass
    assert capsys.readouterr().out == ""


def test_the_list_of_act_groups_is_that_of_the_acts():
    assert tuple(group.name for group in act_groups()) == ACT_GROUPS


def test_the_variable_of_the_bug_log_is_a_setting():
    assert read_settings({BUG_LOG: sys.executable}).bug_log is not None


def test_a_refusal_says_of_each_condition_where_it_comes_from_and_how_sure_that_is(capsys):
    book, on = rule_book("coventry"), date(2025, 3, 3)
    sure = book.law("penalty_notice.threshold_sessions", on)
    doubtful = book.policy("office.target_days", on)
    unmet = (
        Unmet("one", Aspect.PERMITTED, Force.BAR, "It is so.", "Do this.", (sure,)),
        Unmet("two", Aspect.AGREED, Force.BAR, "It is not.", "Do that.", (sure, doubtful)),
        Unmet("three", Aspect.EVIDENCED, Force.BAR, "Neither.", "Do nothing."),
    )
    assert run(failing(StepRefused("Notice: issue", unmet)), []) == 65
    said = capsys.readouterr().err.splitlines()
    source = f"  Source: {'; '.join(map(str, sure.cites))} (secondary)"
    assert said[1:3] == ["- It is so. Do this.", source]
    assert said[3:6] == ["- It is not. Do that.", source, f"  Source: {doubtful.cites[0]} (unverified)"]
    assert said[6:] == ["- Neither. Do nothing."]
