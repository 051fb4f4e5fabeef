"""Settings come from the environment, the authority's details from a file; what is wrong is named."""

from datetime import date
from pathlib import Path

import pytest

from attendance.settings import Settings, SettingsInvalid, read_authority, read_settings, variable

AUTHORITY = """
organisation: Exampleshire Council
la_code: "999"
team: Attendance and Children Missing Education Team
address_lines: [1 Example Street, Exampleton]
postcode: EX1 1EX
telephone: 01632 960000
email: attendance@example.org
website: https://example.org/attendance
opening_hours: Monday to Friday, 9am to 5pm
payment:
  ways: [Online., By post.]
  online: https://example.org/pay
signatory: {name: A Example, job_title: Senior Attendance Officer}
further_bank_holidays: [2027-05-10]
"""


def test_without_any_variable_everything_lies_in_one_folder_and_coventrys_code_applies():
    settings = read_settings({"PATH": "/bin"})
    assert settings.url == "sqlite:///var/attendance.db"
    assert settings.policy == "coventry"
    assert settings.authority is None


def test_every_setting_has_its_variable_and_says_what_it_is_for():
    given = {
        "folder": "/srv",
        "database_url": "postgresql://office@db/attendance",
        "head": "/safe/head.json",
        "policy": "manchester",
        "authority": "/srv/authority.yaml",
        "upload_limit_bytes": "1000",
        "import_limit_bytes": "2000",
        "account": "officer.one",
        "bug_log": "/var/log/attendance-bugs.log",
        "sign_in": "/srv/sign-in.yaml",
        "proxies": "10.0.0.9",
        "https": "false",
        "idle_minutes": "15",
        "session_hours": "8",
    }
    assert set(given) == set(Settings.model_fields)
    settings = read_settings({variable(name): value for name, value in given.items()})
    assert settings.url == "postgresql://office@db/attendance"
    assert settings.head == Path("/safe/head.json")
    assert settings.upload_limit_bytes == 1000
    assert (settings.https, settings.idle_minutes, settings.session_hours) == (False, 15, 8)
    assert all(field.description for field in Settings.model_fields.values())


def test_an_empty_variable_counts_as_not_set():
    assert read_settings({"ATTENDANCE_POLICY": ""}) == Settings()


def test_a_misspelt_variable_and_a_wrong_value_are_both_named():
    with pytest.raises(SettingsInvalid) as caught:
        read_settings({"ATTENDANCE_POLCIY": "coventry", "ATTENDANCE_UPLOAD_LIMIT_BYTES": "-1"})
    assert "ATTENDANCE_POLCIY" in str(caught.value)
    assert "ATTENDANCE_UPLOAD_LIMIT_BYTES" in str(caught.value)


def test_the_authoritys_file_is_read_whole(tmp_path):
    path = tmp_path / "authority.yaml"
    path.write_text(AUTHORITY)
    authority = read_authority(path)
    assert authority.organisation == "Exampleshire Council"
    assert authority.payment.ways == ("Online.", "By post.")
    assert authority.further_bank_holidays == (date(2027, 5, 10),)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (AUTHORITY.replace("postcode: EX1 1EX\n", ""), "postcode"),
        (AUTHORITY + "crest: yes.png\n", "crest"),
        (AUTHORITY.replace("[Online., By post.]", "[]"), "payment.ways"),
        ("- a\n- list", "valid dictionary"),
        ("a: [", "not YAML"),
        ("", "valid dictionary"),
    ],
)
def test_what_is_wrong_in_the_authoritys_file_is_named(tmp_path, content, named):
    path = tmp_path / "authority.yaml"
    path.write_text(content)
    with pytest.raises(SettingsInvalid, match=named):
        read_authority(path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "authority.yaml"
    path.write_bytes(b"organisation: \xff")
    with pytest.raises(SettingsInvalid, match="UTF-8"):
        read_authority(path)
