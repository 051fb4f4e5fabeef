"""The demo: a made-up authority's year of casework, run through the real services."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_demo(folder, *arguments):
    """Run the command as a user would, without anything of this environment's settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ATTENDANCE_")}
    return subprocess.run(
        [sys.executable, "-m", "attendance", "demo", "--no-serve", "--folder", str(folder), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_tiny_run_ends_with_its_summary(tmp_path):
    folder = tmp_path / "demo"
    ended = run_demo(folder, "--until", "2024-09-06", "--cases", "0")
    assert ended.returncode == 0, ended.stderr
    assert "on the rolls of 7 schools" in ended.stdout
    assert "verified, nothing altered" in ended.stdout
    assert "September 2024" in ended.stderr
    assert (folder / "accounts.txt").stat().st_mode & 0o077 == 0
    again = run_demo(folder, "--until", "2024-09-04", "--cases", "0")
    assert again.returncode == 0, again.stderr


@pytest.mark.parametrize("what", ["a file in it", "a file in its place"])
def test_a_folder_that_the_demo_did_not_make_is_left_alone(tmp_path, what):
    folder = tmp_path / "mine"
    if what == "a file in it":
        folder.mkdir()
        kept = folder / "attendance.db"
    else:
        kept = folder
    kept.write_text("my own")
    ended = run_demo(folder, "--until", "2024-09-04")
    assert ended.returncode == 65
    assert "did not make" in ended.stderr
    assert kept.read_text() == "my own"
