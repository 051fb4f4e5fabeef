"""Every condition that a guard can find unmet stands in a table, and every code in a table exists."""

import ast
import re
from pathlib import Path

from tests.support.scenarios import SPEC, read

STEPS = Path(__file__).parents[2] / "rules" / "steps"
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


def codes_in_source():
    """Return a pattern for each code given to `bar` or `ask`; what is filled in matches any word."""
    for path in STEPS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"bar", "ask"}
            ):
                yield from patterns(node.args[0])


def patterns(code):
    if isinstance(code, ast.Constant):
        return [str(code.value)]
    if isinstance(code, ast.IfExp):
        return [*patterns(code.body), *patterns(code.orelse)]
    assert isinstance(code, ast.JoinedStr)
    return ["".join(part.value if isinstance(part, ast.Constant) else r"\w+" for part in code.values)]


def codes_in_tables():
    for path in (SPEC / "steps").glob("*.yaml"):
        for row in read(f"steps/{path.name}")["rows"]:
            yield from (*row.get("bars", ()), *row.get("reasons", ()))


def test_every_condition_is_shown_unmet_in_a_table():
    shown = set(codes_in_tables())
    missing = {code for code in codes_in_source() if not any(re.fullmatch(code, known) for known in shown)}
    assert not missing


def test_every_code_in_a_table_is_one_that_a_guard_can_find():
    known = set(codes_in_source())
    unknown = {
        code for code in codes_in_tables() if not any(re.fullmatch(pattern, code) for pattern in known)
    }
    assert not unknown
    assert all(CODE.fullmatch(code) for code in codes_in_tables())
