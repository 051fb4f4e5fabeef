"""An error that names a field names one that an act asks for."""

import ast
from pathlib import Path

from attendance.services.registry import ACTS

ROOT = Path(__file__).parents[2]
SERVICES = sorted((ROOT / "attendance/services").rglob("*.py"))


def fields_named():
    """Yield the place and the field of every error that names one."""
    for path in SERVICES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "BadInput":
                for given in node.keywords:
                    if given.arg == "field" and isinstance(given.value, ast.Constant):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", given.value.value


def test_every_field_that_an_error_names_is_asked_for_by_an_act():
    asked = {field for act in ACTS for field in act.input.model_fields}
    named = dict(fields_named())
    assert len(named) > 30
    assert {place: field for place, field in named.items() if field not in asked} == {}
