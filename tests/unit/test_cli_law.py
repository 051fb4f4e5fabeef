"""`attendance law` lists what is in force, with its source, and says what is not."""

import json

import pytest
from typer.testing import CliRunner

from attendance.cli.main import app


def _run(*arguments):
    return CliRunner().invoke(app, ["law", *arguments], terminal_width=200)


def _rows(*arguments):
    result = _run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_one_parameter_shows_value_source_and_confidence():
    result = _run("england.penalty_notice.first_amount_pence", "--on", "2024-08-19")
    assert result.exit_code == 0
    assert "16000 pence" in result.stdout
    assert "SI 2007/1867" in result.stdout
    assert "SECONDARY" in result.stdout
    assert "from 2024-08-19" in result.stdout


def test_the_day_before_shows_the_earlier_value_and_its_end():
    result = _run("england.penalty_notice.first_amount_pence", "--on", "2024-08-18")
    assert "12000 pence" in result.stdout
    assert "until 2024-08-19" in result.stdout


def test_what_is_not_yet_in_force_says_from_when():
    result = _run("england.penalty_notice.threshold_sessions", "--on", "2024-08-18")
    assert "NOT YET IN FORCE" in result.stdout
    assert "in force from 2024-08-19" in result.stdout


def test_a_reading_of_ours_is_named_as_one():
    result = _run("england.school_week.starts", "--on", "2025-01-01")
    assert "UNVERIFIED" in result.stdout
    assert "Reading: " in result.stdout


def test_what_was_not_seen_is_noted():
    assert "Note: " in _run("england.working_day.excluded", "--on", "2025-01-01").stdout


def test_a_value_that_is_never_enforced_says_so_and_why():
    result = _run(
        "stockton.warning_letter.period_weeks_older_page", "--policy", "stockton", "--on", "2025-01-01"
    )
    assert "NEVER ENFORCED" in result.stdout


def test_what_is_announced_is_listed_beside_what_is_in_force():
    result = _run("england.school_attendance_order.notice_days", "--on", "2026-11-22")
    assert "15 calendar days" in result.stdout
    assert "Announced" in result.stdout


def test_yes_and_no_and_lists_are_written_as_words():
    assert "  yes\n" in _run("england.penalty_notice.receipt_day_counts", "--on", "2025-01-01").stdout
    assert "G, N, O, U" in _run("england.penalty_notice.threshold_codes", "--on", "2025-01-01").stdout


def test_the_beginning_of_a_name_lists_all_that_begin_so():
    names = [row["name"] for row in _rows("england.register", "--on", "2025-01-01")]
    assert "england.register.codes" in names
    assert all(name.startswith("england.register") for name in names)


def test_without_a_name_everything_is_listed_and_counted():
    result = _run("--on", "2024-08-18")
    assert "england.register.codes" in result.stdout
    assert "coventry.stages.prevention_above" in result.stdout
    assert "On 2024-08-18: " in result.stdout
    assert "not yet in force" in result.stdout.splitlines()[-1]
    assert "unverified" in result.stdout.splitlines()[-1]


def test_without_a_day_today_is_taken():
    assert _rows("england.penalty_notice.threshold_sessions")[0]["standing"] == "in_force"


def test_json_holds_the_value_with_its_source():
    (row,) = _rows("england.register.codes", "--on", "2025-01-01")
    assert row["value"]["#"] == {"meaning": "Planned closure", "statistics": "not_counted"}
    assert row["confidence"] == "unverified"
    assert row["cites"][0]["url"].startswith("https://www.legislation.gov.uk/uksi/2024/208")
    assert row["until"] is None


def test_json_of_what_is_not_in_force_has_no_value():
    (row,) = _rows("england.penalty_notice.limit_count", "--on", "2024-08-18")
    assert row["value"] is None
    assert row["since"] == "2024-08-19"
    assert row["standing"] == "not_yet_in_force"


def test_json_names_what_is_announced():
    (row,) = _rows("england.school_attendance_order.notice_days", "--on", "2026-11-22")
    assert "2026" in row["announced"][0]["cites"][0]["instrument"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("england.penalty_notice.threshold_session_count",), "threshold_sessions"),
        (("xyzzy",), "coventry"),
        (("--policy", "atlantis"), "manchester"),
        (("--on", "19 August"), "--on"),
    ],
)
def test_what_is_not_known_is_a_usage_error_with_a_hint(arguments, word):
    result = _run(*arguments)
    assert result.exit_code == 2
    assert word in result.output


def test_help_has_an_example():
    assert "Example" in _run("--help").stdout
