"""Which passwords are taken."""

import pytest

from attendance.domain.errors import BadInput
from attendance.services.passwords import LONGEST_PASSWORD, hash_of, is_easy, matches

FIT = "seven green kettles sing"


@pytest.mark.parametrize(
    "password",
    [
        "Password1234",
        "p@ssw0rd2024!",
        "Welcome12345!",
        "attendance2024",
        "SchoolAttendance1",
        "qwertyuiop123",
        "1234567890123",
        "abcdefghijklm",
        "aaaaaaaaaaaaaaaa",
        "abc1!abc1!abc1!",
        "letmein letmein",
        "Coventry Council 1",
        "September2024!",
        "1qaz2wsx3edc",
        "Anna.Reed.2024",
        "correcthorsebatterystaple",
        "\uff50assword1234",
    ],
)
def test_what_is_guessed_first_is_too_easy(password):
    assert is_easy(password, "anna.reed@aldermere.example")


@pytest.mark.parametrize(
    "password",
    [
        FIT,
        "a long enough password",
        "Tr0ub4dor&3xyzw",
        "vksydQM9DZCCDRWM",
        "пароль из слов",
        "🔑" * 3 + "nine keys",
    ],
)
def test_what_is_not_is_taken(password):
    assert not is_easy(password, "anna.reed@aldermere.example")


@pytest.mark.parametrize("length", [12, 64, LONGEST_PASSWORD])
def test_a_password_of_any_length_between_is_taken_whole(length):
    password = (f"{FIT} " * 9)[:length]
    known = hash_of(password)
    assert known.startswith("$argon2id$")
    assert matches(known, password)
    assert not matches(known, password[:-1])


@pytest.mark.parametrize("password", ["eleven char", "x" + FIT * 9])
def test_a_password_that_is_too_short_or_too_long_is_refused(password):
    with pytest.raises(BadInput, match="12 to 128"):
        hash_of(password)


def test_without_a_hash_nothing_matches():
    assert not matches(None, FIT)
    assert not matches("no hash", FIT)
