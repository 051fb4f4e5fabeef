"""The guide to staging does what it says."""

import re
import shlex
from pathlib import Path

from attendance.cli.errors import run
from attendance.cli.main import app

GUIDE = (Path(__file__).parents[2] / "docs/how-to/stage-a-register.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\w+\n(.*?)```", GUIDE, re.DOTALL)


def test_the_command_prints_what_the_guide_shows(tmp_path, monkeypatch, capsys):
    register, command, printed, said, _ = BLOCKS
    monkeypatch.chdir(tmp_path)
    Path("register.csv").write_text(register)

    assert run(app, shlex.split(command)[1:]) == 0

    out, err = capsys.readouterr()
    assert (out, err) == (printed, said)


def test_a_refusal_reads_as_the_guide_shows(tmp_path, monkeypatch, capsys):
    register, command, *_, refusal = BLOCKS
    monkeypatch.chdir(tmp_path)
    Path("register.csv").write_text(register.replace("PM,O", "PM,H"))

    assert run(app, shlex.split(command)[1:]) == 65

    assert capsys.readouterr() == ("", refusal)
