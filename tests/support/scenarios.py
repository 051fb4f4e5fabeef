"""Scenarios of the law as YAML tables: read by pytest, readable by a lawyer.

Each row has a `name` that is a sentence, what is `given`, and what to `expect`.
"""

from pathlib import Path
from typing import Any

import pytest

from rules.law_yaml import read_yaml

SPEC = Path(__file__).parents[1] / "spec"


def read(file: str) -> Any:
    """Return one table below tests/spec, read by the loader of the law's own files."""
    return read_yaml((SPEC / file).read_text(encoding="utf-8"))


def rows(file: str) -> list[Any]:
    """Return the rows of one table below tests/spec as pytest parameters named by their sentence."""
    table = read(file)
    return [pytest.param(row["given"], row["expect"], id=row["name"]) for row in table]
