"""The block tree: what a letter says, apart from how it looks.

- Headings, paragraphs, lists, tables; in them text, strong text and links. Nothing else exists.
- Markdown is parsed while every value is still an opaque token; the values are put into text nodes
  afterwards, so that no value can become markup.
- The same tree becomes the HTML twin and the PDF.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import assert_never

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from letters.errors import TemplateInvalid
from letters.formats import Linked, one_line

OPEN, CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; `of_data` where it came in as a value."""

    text: str
    of_data: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    """Text of weight."""

    inside: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere."""

    href: str
    inside: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the letter's title."""

    level: int
    inside: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inside: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not; each item holds blocks."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row."""

    header: tuple[tuple["Inline", ...], ...]
    rows: tuple[tuple[tuple["Inline", ...], ...], ...]


Inline = Text | Strong | Link | Break
Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Mark:
    """The start or the end of contents that the law asks for; it prints nothing."""

    key: str
    opens: bool


Held = str | Linked | Mark
"""What a token stands for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed text: its blocks, and the text found between the marks of each key."""

    blocks: tuple[Block, ...]
    contents: Mapping[str, str]


def token(number: int) -> str:
    """Return the opaque token that stands for the value of that number while Markdown is parsed."""
    return f"{OPEN}{number}{CLOSE}"


def read(markdown: str, held: Sequence[Held]) -> Reading:
    """Parse Markdown whose values are tokens, then put the values in; raises `TemplateInvalid`."""
    reader = _Reader(held)
    blocks = tuple(reader.blocks(SyntaxTreeNode(_parser().parse(markdown)).children))
    if reader.open:
        raise TemplateInvalid(f"contents never closed: {', '.join(reader.open)}")
    _check_headings(blocks)
    return Reading(blocks, {key: " ".join(texts) for key, texts in reader.found.items()})


def text_of(parts: Iterable[Inline]) -> str:
    """Return the plain text of inline parts."""
    return "".join(map(_plain, parts))


def _plain(part: Inline) -> str:
    match part:
        case Text():
            return part.text
        case Break():
            return " "
        case Strong() | Link():
            return text_of(part.inside)
        case _:
            assert_never(part)


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the plain text of each heading, paragraph, list item and table cell, in reading order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield text_of(block.inside)
            case Items():
                for item in block.items:
                    yield from lines_of(item)
            case Table():
                for row in (block.header, *block.rows):
                    yield from (text_of(cell) for cell in row)
            case _:
                assert_never(block)


@cache
def _parser() -> MarkdownIt:
    # Curly quotes come out of the template's straight ones; values are tokens still and stay as they are.
    parser = MarkdownIt("zero", {"html": False, "typographer": True})
    return parser.enable(["heading", "list", "table", "emphasis", "escape", "smartquotes", "newline"])


class _Reader:
    """Turns Markdown's syntax tree into blocks and notes the text between marks."""

    def __init__(self, held: Sequence[Held]) -> None:
        self.held = held
        self.open: list[str] = []
        self.found: dict[str, list[str]] = defaultdict(list)

    def blocks(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
        for node in nodes:
            block = self.block(node)
            if block is not None:
                yield block

    def block(self, node: SyntaxTreeNode) -> Block | None:
        match node.type:
            case "heading":
                return Heading(int(node.tag.removeprefix("h")), self.line(node))
            case "paragraph":
                inside = self.line(node)
                return Paragraph(inside) if inside else None
            case "bullet_list" | "ordered_list":
                found = (tuple(self.blocks(item.children)) for item in node.children)
                items = tuple(item for item in found if item)
                return Items(node.type == "ordered_list", items) if items else None
            case "table":
                return self.table(node)
        raise TemplateInvalid(f"a letter cannot hold {node.type.replace('_', ' ')}")

    def table(self, node: SyntaxTreeNode) -> Table:
        rows = [
            tuple(self.line(cell) for cell in row.children) for part in node.children for row in part.children
        ]
        return Table(rows[0], tuple(rows[1:]))

    def line(self, node: SyntaxTreeNode) -> tuple[Inline, ...]:
        inline = [child for found in node.children if found.type == "inline" for child in found.children]
        return _trimmed(self.inline(inline))

    def inline(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        parts: list[Inline] = []
        for node in nodes:
            match node.type:
                case "text":
                    parts.extend(self.text(node.content))
                case "softbreak":
                    parts.append(Text(" "))
                case "hardbreak":
                    parts.append(Break())
                case "strong":
                    parts.append(Strong(self.inline(node.children)))
                case _:
                    raise TemplateInvalid(f"a letter cannot hold {node.type.replace('_', ' ')} within a line")
        return tuple(parts)

    def text(self, text: str) -> Iterator[Inline]:
        for position, piece in enumerate(TOKEN.split(text)):
            if position % 2:
                yield from self.value(int(piece))
            elif piece:
                self.note(piece)
                yield Text(piece)

    def value(self, number: int) -> Iterator[Inline]:
        match self.held[number]:
            case Mark(key, opens):
                self.turn(key, opens=opens)
            case Linked(text, href):
                self.note(text)
                yield Link(href, (Text(one_line(text), of_data=True),))
            case str(text):
                self.note(text)
                yield Text(one_line(text), of_data=True)

    def turn(self, key: str, *, opens: bool) -> None:
        if opens:
            self.open.append(key)
        else:
            self.open.remove(key)

    def note(self, text: str) -> None:
        if text.strip():
            for key in self.open:
                self.found[key].append(one_line(text))


def _trimmed(parts: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Drop the white space that a mark on a line of its own leaves at the ends."""
    kept = list(parts)
    while kept and isinstance(kept[0], Text) and not kept[0].text.strip():
        kept.pop(0)
    while kept and isinstance(kept[-1], Text) and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)


def _check_headings(blocks: Sequence[Block]) -> None:
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    if not blocks or not isinstance(blocks[0], Heading) or levels[0] != 1 or levels.count(1) != 1:
        raise TemplateInvalid("a letter opens with its title, and has no other heading of the first level")
    if any(below - above > 1 for above, below in pairwise(levels)):
        raise TemplateInvalid("a heading skips a level")
