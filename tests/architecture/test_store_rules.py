"""Rules of the store that no single test of it would notice being broken."""

import ast
from pathlib import Path

import pytest
from sqlalchemy.orm import configure_mappers

from attendance.domain.record.events import EVENTS
from attendance.store.tables import metadata
from attendance.store.tables.base import Base, UtcDateTime

ROOT = Path(__file__).parents[2]
OURS = sorted(path for top in ("attendance", "api") for path in (ROOT / top).rglob("*.py"))
COMMITS = ROOT / "attendance/store/unit_of_work.py"


def calls(path, *names):
    """Every call of a method of one of these names in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield node


def test_nothing_but_the_unit_of_work_commits_or_rolls_back():
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in OURS
        if path != COMMITS
        for node in calls(path, "commit", "rollback")
    ]
    assert offenders == []


def recorded():
    """The name of every event that is recorded by name."""
    for path in OURS:
        for node in calls(path, "record"):
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.args[0].value


def test_every_event_that_is_recorded_is_registered():
    assert set(recorded()) - EVENTS.keys() == set()


def test_every_relationship_loads_nothing_by_itself():
    configure_mappers()
    for mapper in Base.registry.mappers:
        for relationship in mapper.relationships:
            assert relationship.lazy in {"raise", "write_only"}, f"{relationship}: say what you read"


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_instant_says_utc_in_its_name_and_every_table_has_a_named_key(table):
    assert table.primary_key.columns
    for column in table.columns:
        if isinstance(column.type, UtcDateTime):
            assert column.name == "at_utc" or column.name.endswith("_at_utc"), column
        if column.name.endswith("_at_utc"):
            assert isinstance(column.type, UtcDateTime) or table.name.startswith("record_"), column


def test_no_foreign_key_leads_out_of_the_record_and_none_cascades():
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            assert not table.name.startswith("record_"), key
            assert key.ondelete is None, key
            assert key.onupdate is None, key
