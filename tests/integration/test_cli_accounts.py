"""Accounts, acts and the server as they are used from the command line."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

import httpx2
import pytest
import yaml
from typer.testing import CliRunner

from attendance.cli.clock import now
from attendance.cli.errors import run as run_command
from attendance.cli.main import app
from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.record.entry import Subject
from attendance.services.vouching import Vouched, comes_in
from attendance.store.calendars import Calendars
from tests.support import people
from tests.support.office import AUTHORITY, PASSWORD


@pytest.fixture
def settings(sqlite_store, tmp_path):
    """The environment of an office with one school's pupil."""
    people.seed(sqlite_store)
    terms = [CalendarPeriod(people.URN, PeriodKind.TERM, date(2025, 9, 1), now().on + timedelta(days=90))]
    with sqlite_store.act(people.OFFICER, people.at(date(2025, 9, 1))) as act:
        Calendars(act.session).add(terms, act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    authority = tmp_path / "authority.yaml"
    authority.write_text(yaml.safe_dump(AUTHORITY.model_dump(mode="json")))
    return {
        "ATTENDANCE_FOLDER": str(sqlite_store.folder),
        "ATTENDANCE_DATABASE_URL": sqlite_store.url,
        "ATTENDANCE_AUTHORITY": str(authority),
    }


def run(settings, *arguments, stdin=""):
    """Run a command in this process and return what it says."""
    result = CliRunner().invoke(app, ["accounts", *arguments], env=settings, input=stdin)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def command(settings, *arguments):
    """Run a command in this process and return what it says."""
    result = CliRunner().invoke(app, list(arguments), env=settings)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


@pytest.fixture
def attendance(monkeypatch, capsys):
    """Runs a command as its own process would end: with a status, and with every error told."""

    def run_whole(settings, *arguments):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        return Ended(run_command(app, arguments), *capsys.readouterr())

    return run_whole


class Ended(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def test_accounts_are_opened_listed_changed_and_closed(settings):
    run(settings, "add", "mill.lane", "--role", "school", "--school", people.URN)
    run(settings, "add", "anna.reed", "--role", "senior_officer", "--ask-password", stdin=PASSWORD + "\n")
    run(settings, "password", "mill.lane", stdin=PASSWORD + "\n")
    run(settings, "schools", "mill.lane", "--school", people.URN)
    run(settings, "close", "anna.reed")

    assert run(settings, "list").splitlines() == [
        "anna.reed: senior officer (closed)",
        f"mill.lane: school, {people.URN}",
    ]
    listed = json.loads(run(settings, "list", "--format", "json"))
    assert [row["has_password"] for row in listed] == [True, True]


def test_the_link_of_an_account_with_its_provider_is_listed_and_taken_off(settings, sqlite_store, attendance):
    run(settings, "add", "anna.reed", "--role", "officer")
    without = attendance(settings, "accounts", "unlink", "anna.reed")
    assert (without.returncode, without.stderr) == (65, "The account is linked with no provider.\n")

    vouched = Vouched("council", "Anna.Reed", "key-1")
    assert comes_in(sqlite_store, vouched, frozenset(), now())

    assert run(settings, "list") == "anna.reed: officer, linked with council\n"
    run(settings, "unlink", "anna.reed")
    assert run(settings, "list") == "anna.reed: officer\n"


def test_a_token_is_shown_once_and_revoked_by_its_number(settings):
    run(settings, "add", "anna.reed", "--role", "officer")

    secret = run(settings, "token", "anna.reed", "--label", "nightly return").splitlines()[0]
    run(settings, "revoke", "1")

    assert secret.startswith("att_")
    assert secret not in run(settings, "tokens") + run(settings, "tokens", "--format", "json")
    assert "nightly return, revoked" in run(settings, "tokens")


def test_an_act_is_done_and_refused_from_the_command_line(settings, attendance):
    run(settings, "add", "anna.reed", "--role", "officer")
    case = ("--pupil-id", "1", "--school-urn", people.URN, "--as", "anna.reed")

    opened = attendance(settings, "case", "open", *case, "--officer", "anna.reed", "--format", "json")
    assert opened.returncode == 0, opened.stderr
    assert json.loads(opened.stdout)["reference"].startswith("C-")

    refused = attendance(
        settings, "notice-to-improve", "decide", *case, "--adult-id", "1", "--target-sessions", "2",
        "--period-school-days", "20", "--further-support", '["A mentor."]',
    )  # fmt: skip
    assert refused.returncode == 65
    assert refused.stdout == ""
    assert "is refused:" in refused.stderr
    assert "--reason " in refused.stderr
    assert "Traceback" not in refused.stderr


def test_cases_and_duties_are_listed_and_documents_received(settings, tmp_path):
    run(settings, "add", "anna.reed", "--role", "officer")
    by = ("--as", "anna.reed")
    case = ("--pupil-id", "1", "--school-urn", people.URN, "--officer", "anna.reed")
    opened = command(settings, "case", "open", *case, *by)
    reference = opened.partition(":")[0]
    paper = tmp_path / "reply.txt"
    paper.write_text("We will do better.")

    assert command(settings, "cases", "list", *by).startswith(f"{reference} open: Ada Marsh")
    assert json.loads(command(settings, "cases", "list", *by, "--format", "json"))["next"] is None
    assert "case.opened by anna.reed" in command(settings, "cases", "show", reference, *by)
    assert json.loads(command(settings, "cases", "show", reference, *by, "--format", "json"))["record"]
    assert command(settings, "duties", "--mine", "--overdue", "--due-by", "2025-01-01", *by) == "None.\n"
    digest = command(settings, "documents", "add", str(paper), *by).strip()
    assert digest == sha256(paper.read_bytes()).hexdigest()


def test_a_file_that_is_not_there_ends_on_66(settings, attendance):
    run(settings, "add", "anna.reed", "--role", "officer")

    assert attendance(settings, "documents", "add", "nowhere.pdf", "--as", "anna.reed").returncode == 66


def test_a_closed_account_acts_no_more(settings, attendance):
    run(settings, "add", "anna.reed", "--role", "officer")
    run(settings, "close", "anna.reed")

    answer = attendance(settings, "case", "close", "C-2025-000001", "--why", "x", "--as", "anna.reed")

    assert answer.returncode == 65
    assert answer.stderr == "There is no open account of that name. Ask the senior officer for one.\n"


def test_the_server_answers_and_its_log_tells_nothing_of_anybody(settings):
    command = [sys.executable, "-m", "attendance", "serve", "--port", "0"]
    run(settings, "add", "anna.reed", "--role", "officer")
    token = run(settings, "token", "anna.reed", "--label", "test").splitlines()[0]
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            base = server.stdout.readline().split()[2]
            _until_it_answers(f"{base}api/v1/health")
            headers = {"authorization": f"Bearer {token}"}
            answer = httpx2.get(f"{base}api/v1/account", headers=headers)
            strange = httpx2.get(f"{base}api/v1/account?name=Marsh", headers=headers)
        finally:
            server.send_signal(signal.SIGINT)
            _, log = server.communicate(timeout=30)

    assert answer.json()["name"] == "anna.reed"
    assert strange.status_code == 422
    assert "GET /api/v1/account 200" in log
    assert "GET /api/v1/account 422" in log
    assert "Marsh" not in log
    assert re.match(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3}Z INFO", log), "in UTC"
    assert "Traceback" not in log


def _until_it_answers(url):
    for _ in range(100):
        try:
            return httpx2.get(url)
        except httpx2.ConnectError:
            time.sleep(0.1)
    pytest.fail("the server does not answer")


def test_a_port_that_is_taken_is_wrong_usage(settings, attendance):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = attendance(settings, "serve", "--port", str(taken.getsockname()[1]))

    assert answer.returncode == 2
    assert "cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_staging_and_help_start_without_the_store_or_the_web(tmp_path):
    heavy = ("sqlalchemy", "fastapi", "jinja2", "typst", "alembic", "argon2")
    code = (
        "import sys\n"
        "from attendance.cli.errors import run\n"
        "from attendance.cli.main import app\n"
        "for arguments in (['stage', '--help'], ['--help']):\n"
        "    run(app, arguments)\n"
        f"found = [name for name in {heavy!r} if name in sys.modules]\n"
        "sys.exit(', '.join(found) if found else 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
