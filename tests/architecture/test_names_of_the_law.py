"""Every parameter that the code names is in the law's files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.errors import UnknownParameter
from rules.law import NATION, rule_book

ROOT = Path(__file__).parents[2]
POLICY = "coventry"
BOOK = rule_book(POLICY)
PREFIX = {"law": f"{NATION}.", "policy": f"{POLICY}.", "value": "", "parameter": ""}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in PREFIX and _is_book(node.func.value):
            yield from (PREFIX[node.func.attr] + text for text in _texts(node.args[:1]))
        yield from _texts(keyword.value for keyword in node.keywords if keyword.arg == "cites")


def _is_book(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and "book" in node.id) or (
        isinstance(node, ast.Attribute) and "book" in node.attr
    )


def _texts(nodes) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(".") >= 1:
            yield node.value


FILES = sorted(
    path for folder in ("rules", "letters", "attendance", "api") for path in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_parameter_that_the_code_names_is_in_the_laws_files(path):
    unknown = []
    for name in _names(ast.parse(path.read_text(encoding="utf-8"))):
        try:
            BOOK.parameter(name)
        except UnknownParameter as error:
            unknown.append(str(error))
    assert not unknown


def test_a_name_is_found_where_it_is_looked_up_and_where_it_is_cited():
    tree = ast.parse("book.law('a.b', on); self.book.policy('c.d', on); Step('x', cites='england.e')")
    assert set(_names(tree)) == {"england.a.b", "coventry.c.d", "england.e"}
