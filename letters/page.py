"""The HTML twin of a letter: the same words, for a screen and a screen reader.

- One file, no script, nothing fetched; everything from data is escaped.
- A value in a right-to-left script is isolated, so that it cannot turn the words around it.
"""

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import assert_never

from letters.blocks import Block, Break, Heading, Inline, Items, Link, Paragraph, Strong, Table, Text
from letters.compose import Document

STYLE = """
body { font-family: Arimo, Arial, Helvetica, sans-serif; font-size: 1.1875rem; line-height: 1.5;
  color: #0b0c0c; background: #ffffff; margin: 0 auto; max-width: 42rem; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.3125rem; line-height: 1.3; margin-top: 2rem; }
header, .recipient, .opening { margin-bottom: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #767676; padding: 0.5rem 1rem 0.5rem 0; }
th, td { text-align: left; vertical-align: top; }
a { color: #1a65a6; }
footer { border-top: 1px solid #767676; font-size: 1rem; margin-top: 3rem; padding-top: 1rem; }
@media print { body { font-size: 12pt; max-width: none; } }
""".strip()

RIGHT_TO_LEFT = frozenset({"R", "AL"})


def html(document: Document) -> str:
    """Return the letter as one HTML file."""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en-GB">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex">',
            f"<title>{escape(document.title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            f"<header>{_lines((document.organisation, *document.sender))}</header>",
            "<main>",
            f'<div class="recipient">{_lines(document.recipient)}</div>',
            f'<div class="opening">{_lines(document.opening)}</div>',
            *map(_block, document.blocks),
            "</main>",
            f"<footer>{_lines(document.footer)}</footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def _lines(lines: Iterable[str]) -> str:
    return "<br>".join(_value(line) for line in lines)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_inline(block.inside)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_inline(block.inside)}</p>"
        case Items():
            kind = "ol" if block.ordered else "ul"
            return f"<{kind}>{''.join(f'<li>{_item(item)}</li>' for item in block.items)}</{kind}>"
        case Table():
            return _table(block)
        case _:
            assert_never(block)


def _item(blocks: tuple[Block, ...]) -> str:
    match blocks:
        case (Paragraph(inside),):
            return _inline(inside)
        case _:
            return "".join(map(_block, blocks))


def _table(table: Table) -> str:
    header = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in table.header)
    rows = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"


def _inline(parts: Iterable[Inline]) -> str:
    return "".join(map(_part, parts))


def _part(part: Inline) -> str:
    match part:
        case Text():
            return _value(part.text) if part.of_data else escape(part.text)
        case Break():
            return "<br>"
        case Strong():
            return f"<strong>{_inline(part.inside)}</strong>"
        case Link():
            return f'<a href="{escape(part.href)}">{_inline(part.inside)}</a>'
        case _:
            assert_never(part)


def _value(text: str) -> str:
    if any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text):
        return f"<bdi>{escape(text)}</bdi>"
    return escape(text)
