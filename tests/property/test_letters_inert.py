"""Whatever stands in the data, it prints as itself: never as Markdown, HTML, Typst or Jinja."""

import dataclasses
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.blocks import Heading, Items, Paragraph, Table, lines_of, read, token
from letters.catalogue import LETTERS
from letters.compose import compose, unprintable_characters
from letters.formats import one_line
from letters.glyphs import printable
from letters.page import html
from letters.samples import sample_context
from letters.texts import text
from letters.typeset import pdf
from tests.support.letters import BOOK, text_of_pdf, words

MARKUP = (
    "*Anna* [x](y)",
    "**b** __c__ _d_ `e` ~~f~~",
    "a | b | c",
    "# Title",
    "- item",
    "1. first",
    "> quote",
    "--- \n\n# x\n\n| a |\n|---|",
    "<script>alert(1)</script>",
    "<b>&amp;</b> &lt;",
    '"><img src=x onerror=alert(1)>',
    '#import "x.typ"',
    '#panic("x")',
    "$x^2$ @ref <label> \\ ~ //",
    "{{ sender.name }} {% if x %} {# c #}",
    "![i](http://a.example)",
    "http://a.example <http://b.example>",
    "'quoted' -- \"double\" ... (c)",
    "\\*",
    "]( ) [",
)
TEXTS = st.one_of(
    st.sampled_from(MARKUP),
    st.text(st.sampled_from(sorted(map(chr, printable() - {0x2028, 0x2029}))), min_size=1, max_size=60),
    st.text(st.sampled_from("*_`[]()<>|#!{}%\\\n\t \"'&-+.1~^$@/=:"), min_size=1, max_size=60),
)


def _about(name):
    context = sample_context("payment_received", BOOK)
    child = dataclasses.replace(context.child, name=name, first_name=name, school_name=name)
    return dataclasses.replace(context, child=child)


def _document(context):
    return compose(LETTERS["payment_received"], text("payment_received"), context, BOOK)


PLAIN = _document(_about("Anna"))


@given(TEXTS)
@settings(max_examples=150)
def test_a_value_changes_no_shape_and_stands_there_letter_for_letter(name):
    context = _about(name)
    if not name.strip() or unprintable_characters(context):
        return
    document = _document(context)
    assert [_shape(block) for block in document.blocks] == [_shape(block) for block in PLAIN.blocks]
    expected = [line.replace("Anna", one_line(name)) for line in lines_of(PLAIN.blocks)]
    assert [one_line(line) for line in lines_of(document.blocks)] == [one_line(line) for line in expected]


@given(TEXTS)
@settings(max_examples=100)
def test_the_page_gains_no_element_and_loses_no_letter(name):
    context = _about(name)
    if not name.strip() or unprintable_characters(context):
        return
    page, plain = _read(html(_document(context))), _read(html(PLAIN))
    assert [tag for tag in page.tags if tag != "bdi"] == plain.tags
    assert one_line(name) in one_line(page.text)


@pytest.mark.parametrize("name", MARKUP)
def test_the_pdf_prints_markup_as_it_is_written(name):
    assert words(name) in words(text_of_pdf(pdf(_document(_about(name)))))


@given(st.lists(TEXTS, min_size=1, max_size=4).filter(lambda values: values[0].strip()))
@settings(max_examples=100)
def test_values_in_tables_and_lists_stay_in_their_cells(values):
    rows = "\n".join(f"| {token(number)} | x |" for number in range(len(values)))
    items = "\n".join(f"- {token(number)}" for number in range(len(values)))
    reading = read(f"# T\n\n| a | b |\n|---|---|\n{rows}\n\nBetween\n\n{items}\n", values)
    heading, table, between, listed = reading.blocks
    assert isinstance(heading, Heading)
    assert isinstance(between, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(listed, Items)
    assert len(table.rows) == len(values)
    assert len(listed.items) == sum(bool(value.strip()) for value in values)
    assert all(len(row) == 2 for row in table.rows)


@given(TEXTS)
@settings(max_examples=50)
def test_a_value_that_looks_like_a_token_is_no_token(value):
    disguised = f"{token(0)}{value}"
    reading = read(f"# {token(0)}\n", [disguised])
    assert list(lines_of(reading.blocks)) == [one_line(disguised)]


def _shape(block):
    return json.dumps(_kinds(block))


def _kinds(value):
    if isinstance(value, tuple):
        return [_kinds(entry) for entry in value]
    if dataclasses.is_dataclass(value):
        kept = {"level", "ordered"}
        return [
            type(value).__name__,
            [
                getattr(value, field.name) if field.name in kept else _kinds(getattr(value, field.name))
                for field in dataclasses.fields(value)
                if field.name not in {"text", "of_data", "href"}
            ],
        ]
    return None


class _Read(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def _read(page):
    reader = _Read()
    reader.feed(page)
    return reader
