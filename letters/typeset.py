"""The PDF of a letter: a fixed Typst layout, and the document given to it as data.

- What is printed is JSON to the layout; nothing of it is ever read as Typst.
- One file claims PDF/UA-1 and PDF/A-2a. The same document gives the same bytes: its date is the letter's, and
  only the product's own fonts are seen.
- A compiler is kept per thread: the fonts are read once, and a letter takes milliseconds.

Source: ISO 14289-1 (PDF/UA-1), ISO 19005-2 (PDF/A-2); GOV.UK Notify's limits on size and pages.
"""

import json
import threading
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from typing import Literal

import typst

from letters.blocks import (
    Block,
    Break,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Strong,
    Table,
    Text,
    lines_of,
)
from letters.compose import Document
from letters.errors import CannotPrint, LetterHeld, TooLong
from letters.glyphs import FAMILIES, font_folders
from letters.texts import LAYOUT

MOST_BYTES = 2_000_000
MOST_PAGES = 10
MOST_SHORT_LINES = 12
MOST_SHORT_LETTERS = 1000
TOO_MANY_PAGES = "too many pages"
ADDRESS_TOO_LARGE = "address too large"

Json = str | int | list["Json"] | dict[str, "Json"]


class _Kept(threading.local):
    """What each thread keeps between letters."""

    compiler: typst.Compiler | None = None


_kept = _Kept()


def pdf(document: Document) -> bytes:
    """Return the letter as a PDF; raises `TooLong` or `CannotPrint` for this one letter."""
    made = _compile(document, form="pdf")
    if len(made[0]) > MOST_BYTES:
        raise TooLong(f"The letter is {len(made[0])} bytes; at most {MOST_BYTES} can be printed and posted.")
    return made[0]


def pictures(document: Document, dots_per_inch: int) -> tuple[bytes, ...]:
    """Return each page as a PNG, for a preview on a screen."""
    return _compile(document, form="png", dots_per_inch=dots_per_inch)


def _compile(
    document: Document, *, form: Literal["pdf", "png"], dots_per_inch: int = 100
) -> tuple[bytes, ...]:
    try:
        made = _compiler().compile(
            format=form,
            ppi=dots_per_inch,
            sys_inputs={"letter": json.dumps(_data(document), ensure_ascii=False, sort_keys=True)},
            pdf_standards=["ua-1", "a-2a"] if form == "pdf" else [],
            timestamp=datetime.combine(document.made_on, time(), UTC),
        )
    except typst.TypstError as error:
        raise _held(error) from error
    pages = made if isinstance(made, list) else [made]
    return tuple(page for page in pages if page is not None)


def _held(error: typst.TypstError) -> LetterHeld:
    message = str(error.message)
    if TOO_MANY_PAGES in message:
        return TooLong(f"The letter has more than {MOST_PAGES} pages. Shorten what it lists.")
    if ADDRESS_TOO_LARGE in message:
        return TooLong("The address does not fit into the window of an envelope. Shorten its lines.")
    return CannotPrint((message,))


def _compiler() -> typst.Compiler:
    if _kept.compiler is None:
        _kept.compiler = typst.Compiler(
            input=LAYOUT / "letter.typ",
            root=LAYOUT,
            font_paths=typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[str(folder) for folder in font_folders()],
            ),
        )
    return _kept.compiler


def _data(document: Document) -> Json:
    made_on = document.made_on
    return {
        "title": document.title,
        "author": document.author,
        "date": {"year": made_on.year, "month": made_on.month, "day": made_on.day},
        "fonts": list(FAMILIES),
        "most_pages": MOST_PAGES,
        "organisation": document.organisation,
        "sender": list(document.sender),
        "recipient": list(document.recipient),
        "opening": list(document.opening),
        "blocks": _blocks(document.blocks),
        "footer": list(document.footer),
    }


def _blocks(blocks: Sequence[Block]) -> Json:
    """Return blocks as data; a paragraph that leads to a list or table stays on its page."""
    after = (*blocks[1:], None)
    return [
        _block(block, leads=isinstance(following, Items | Table))
        for block, following in zip(blocks, after, strict=True)
    ]


def _block(block: Block, *, leads: bool) -> Json:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "inside": _inline(block.inside)}
        case Paragraph():
            return {"kind": "paragraph", "leads": leads, "inside": _inline(block.inside)}
        case Items():
            items: list[Json] = [_blocks(item) for item in block.items]
            return {
                "kind": "numbered" if block.ordered else "list",
                "short": _is_short(block),
                "items": items,
            }
        case Table():
            rows: list[Json] = [[_inline(cell) for cell in row] for row in block.rows]
            header: list[Json] = [_inline(cell) for cell in block.header]
            return {"kind": "table", "short": _is_short(block), "header": header, "rows": rows}


def _is_short(block: Items | Table) -> bool:
    """Say whether a list or table surely fills less than a page, and so is kept on one."""
    lines = len(block.items if isinstance(block, Items) else block.rows)
    return lines <= MOST_SHORT_LINES and sum(map(len, lines_of([block]))) <= MOST_SHORT_LETTERS


def _inline(parts: Iterable[Inline]) -> Json:
    return [_part(part) for part in parts]


def _part(part: Inline) -> Json:
    match part:
        case Text():
            return {"kind": "text", "text": part.text}
        case Break():
            return {"kind": "break"}
        case Strong():
            return {"kind": "strong", "inside": _inline(part.inside)}
        case Link():
            return {"kind": "link", "href": part.href, "inside": _inline(part.inside)}
