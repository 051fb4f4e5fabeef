"""Every step, act, letter and command appears in the generated reference."""

from pathlib import Path

import pytest

from api.app import described_app, routes_of
from attendance.cli.commands import ACT_GROUPS, COMMANDS
from attendance.domain.steps import TABLES
from attendance.services.reading.steps import OTHERWISE_NAMED
from attendance.services.registry import ACTS
from letters.catalogue import LETTERS
from rules.law import rule_book

GENERATED = Path(__file__).parents[2] / "docs" / "reference" / "generated"


def text(page):
    return (GENERATED / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_step_and_state_is_there(table):
    page = text("steps.md")
    assert f"## {table.title}\n" in page
    assert all(f"`{row.name}`" in page for row in table.rows)
    assert all(str(state) in page for state in table.states)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_step_rests_on_a_parameter_that_exists(table):
    for row in table.rows:
        assert rule_book("coventry").parameter(row.cites)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_letter_of_a_step_is_in_the_catalogue(table):
    assert {row.letter for row in table.rows if row.letter} <= set(LETTERS)


def test_every_act_is_there_with_its_fields():
    page = text("acts.md")
    for act in ACTS:
        assert f"`{act.name}`" in page
        assert all(f"`{field}`" in page for field in act.input.model_fields)


def test_every_step_of_a_table_has_an_act_that_takes_it():
    named = {act.name for act in ACTS}
    for table in TABLES:
        for row in table.rows:
            name = f"{table.kind}.{row.name}"
            assert OTHERWISE_NAMED.get(name, name) in named, name


def test_every_letter_is_there():
    page = text("letters.md")
    assert all(f"## {name}\n" in page for name in LETTERS)


def test_every_command_is_there():
    page = text("commands.md")
    for name in (*COMMANDS, *ACT_GROUPS):
        assert f"## attendance {name}\n" in page
    for act in ACTS:
        kind, verb = (part.replace("_", "-") for part in (act.kind, act.verb))
        assert f"### attendance {kind} {verb}\n" in page


def test_every_route_is_there_with_who_may_use_it():
    page = text("rest-api.md")
    for route in routes_of(described_app()):
        if route.include_in_schema:
            assert f"### {next(iter(route.methods))} {route.path}\n" in page
