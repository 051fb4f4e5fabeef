"""The page of scenarios: what the tables below tests/spec hold the law to, as sentences."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docs.generator import Page, code
from rules.law_yaml import read_yaml

SPEC = Path(__file__).resolve().parents[2] / "tests" / "spec"


def pages() -> Iterator[Page]:
    """Yield the page."""
    yield Page("scenarios.md", "Scenarios that hold", tuple(_lines()))


def _lines() -> Iterator[str]:
    yield "Each sentence is a row of a table that the tests run. A change of the law adds a row on"
    yield "each side of its day."
    yield ""
    for path in sorted(SPEC.rglob("*.yaml")):
        rows = read_yaml(path.read_text(encoding="utf-8"))
        yield f"## {path.relative_to(SPEC).with_suffix('').as_posix()}"
        yield ""
        yield f"In {code(path.relative_to(SPEC.parents[1]).as_posix())}."
        yield ""
        yield from (_line(row) for row in (rows["rows"] if isinstance(rows, dict) else rows))
        yield ""


def _line(row: dict[str, Any]) -> str:
    """Return the row's sentence, and for a guard the conditions that it finds unmet."""
    unmet = {"barred by": row.get("bars"), "a reason is required for": row.get("reasons")}
    found = "; ".join(f"{word} {', '.join(map(code, codes))}" for word, codes in unmet.items() if codes)
    return f"- {row['name']}{f': {found}' if found else ''}"
