"""The page on security names what is there, and leaves no requirement out."""

import re
from itertools import chain
from pathlib import Path

import pytest
import yaml

from attendance.settings import SignInSettings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/explanation/security.md"
COUNCIL = ROOT / "docs/how-to/run-for-a-council.md"
TOP = (
    "api/",
    "attendance/",
    "docs/",
    "letters/",
    "requirements/",
    "rules/",
    "tests/",
    "Dockerfile",
    "Makefile",
    "compose.yaml",
    "package-lock.json",
    "pyproject.toml",
    ".ci/",
)
ASVS = {
    "1": "1.1-7 2.1-4 4.1 4.4 4.5 5.1-4 6.1-4 7.1-2 8.1-2 9.1-2 10.1 11.1-2 12.2 14.1-6",
    "2": "1.1-12 2.1-3 3.1-3 4.1-5 5.1-7 6.1-3 7.1-6 8.1-7 9.1-3 10.1-4",
    "3": "1.1 2.1-4 3.1-4 4.1-5 5.1-3 7.1",
    "4": "1.1-3 1.5 2.1-2 3.1-3",
    "5": "1.1-5 2.1-8 3.1-10 4.1-3 5.1-4",
    "6": "1.1-3 2.1-6 3.1-2 4.1-2",
    "7": "1.1-4 2.1-2 3.1 3.3-4 4.1-3",
    "8": "1.1-4 2.1-3 3.1-8",
    "9": "1.1-3 2.1-4",
    "10": "2.1-2 3.1-3",
    "11": "1.1-8",
    "12": "1.1-3 2.1 3.1-6 4.1-2 5.1-2 6.1",
    "13": "1.1 1.3-5 2.1-3 2.5-6 3.1-2 4.1-2",
    "14": "1.1-4 2.1-6 3.2-3 4.1-7 5.1-4",
}
"""The requirements of levels 1 and 2 that version 4.0.3 has, without those that it deleted."""


def text():
    return PAGE.read_text(encoding="utf-8")


def named():
    """Return every path that the page names, with the test in it where one is named."""
    return sorted({name for name in re.findall(r"`([^`\s]+)`", text()) if name.startswith(TOP)})


def requirements():
    for chapter, ranges in ASVS.items():
        for part in ranges.split():
            section, _, numbers = part.partition(".")
            first, _, last = numbers.partition("-")
            for number in range(int(first), int(last or first) + 1):
                yield f"{chapter}.{section}.{number}"


def answered():
    """Return every number in the first column of a table, as often as it stands there."""
    rows = re.findall(r"^\| (\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+)*) \|", text(), re.MULTILINE)
    return list(chain.from_iterable(row.split(", ") for row in rows))


@pytest.mark.parametrize("name", named())
def test_what_the_page_names_is_there(name):
    path, _, test = name.partition("::")
    assert (ROOT / path).exists()
    if test:
        assert re.search(
            rf"^def {re.escape(test)}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE
        )


def test_every_requirement_is_answered_once():
    assert sorted(answered()) == sorted(requirements())


def test_every_row_says_what_holds_it():
    rows = [line for line in text().splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 50
    for row in rows:
        held = row.split("|")[3].strip()
        assert held, row


def test_the_example_of_a_file_on_signing_in_is_one():
    example = re.search(r"```yaml\n(.*?)```", COUNCIL.read_text(encoding="utf-8"), re.DOTALL)
    settings = SignInSettings.model_validate(yaml.safe_load(example[1]))
    assert settings.providers
    assert not settings.passwords
