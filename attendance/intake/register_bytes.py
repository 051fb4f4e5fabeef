"""What the bytes of a file tell before any of it is read as a table.

- A file is read once, in pieces, so that memory does not grow with it.
- Line numbers count line feeds: a carriage return alone ends no line.
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

PIECE = 1 << 22
FIRST_LINE = 1 << 16
BOM = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class Bytes:
    """What was seen. Lines are numbered from 1; None where there is none such.

    `first_line` is cut after `FIRST_LINE` bytes. `commas_after_last_feed` counts in a last line without a
    line feed. `lone_return` says that a carriage return stands anywhere but before a line feed.
    """

    size: int
    lines: int
    first_line: bytes
    ends_in_feed: bool
    commas_after_last_feed: int
    quotes: bool
    lone_return: bool
    nul_line: int | None
    not_utf8_line: int | None

    @property
    def plain(self) -> bool:
        """Whether each line is one row and each comma parts two fields, in valid text."""
        oddities = (self.quotes, self.lone_return, self.nul_line, self.not_utf8_line)
        return self.size > 0 and len(self.first_line) < FIRST_LINE - len(BOM) and not any(oddities)


def look_at(path: Path) -> Bytes:
    """Look at every byte of a file; raises OSError where it cannot be read."""
    seen = _Seen()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            seen.take(piece)
    return seen.end()


class _Seen:
    def __init__(self) -> None:
        self.size = self.feeds = 0
        self.first, self.first_done = b"", False
        self.tail = self.tail_commas = 0
        self.quotes = self.lone_return = self.ends_in_return = False
        self.nul_line: int | None = None
        self.not_utf8_line: int | None = None
        self.decoder = codecs.getincrementaldecoder("utf-8")()

    def take(self, piece: bytes) -> None:
        feeds = piece.count(b"\n")
        self._first_and_last(piece)
        self.quotes = self.quotes or b'"' in piece
        self._returns(piece)
        if self.nul_line is None and b"\0" in piece:
            self.nul_line = self.feeds + piece.count(b"\n", 0, piece.index(b"\0")) + 1
        self._text(piece)
        self.feeds += feeds
        self.size += len(piece)

    def _first_and_last(self, piece: bytes) -> None:
        if not self.first_done:
            head, feed, _ = piece.partition(b"\n")
            self.first = (self.first + head)[:FIRST_LINE]
            self.first_done = bool(feed)
        start = piece.rfind(b"\n") + 1
        if start:
            self.tail = self.tail_commas = 0
        self.tail += len(piece) - start
        self.tail_commas += piece.count(b",", start)

    def _returns(self, piece: bytes) -> None:
        if self.ends_in_return and not piece.startswith(b"\n"):
            self.lone_return = True
        self.ends_in_return = piece.endswith(b"\r")
        if b"\r" in piece:
            returns = piece.count(b"\r") - self.ends_in_return
            self.lone_return = self.lone_return or returns != piece.count(b"\r\n")

    def _text(self, piece: bytes) -> None:
        if self.not_utf8_line is not None or (piece.isascii() and not self.decoder.getstate()[0]):
            return
        held = len(self.decoder.getstate()[0])
        try:
            self.decoder.decode(piece)
        except UnicodeDecodeError as error:
            self.not_utf8_line = self.feeds + piece.count(b"\n", 0, max(error.start - held, 0)) + 1

    def end(self) -> Bytes:
        self.lone_return = self.lone_return or self.ends_in_return
        if self.not_utf8_line is None and self.decoder.getstate()[0]:
            self.not_utf8_line = self.feeds + 1
        return Bytes(
            size=self.size,
            lines=self.feeds + bool(self.tail),
            first_line=self.first.removeprefix(BOM).removesuffix(b"\r"),
            ends_in_feed=not self.tail,
            commas_after_last_feed=self.tail_commas,
            quotes=self.quotes,
            lone_return=self.lone_return,
            nul_line=self.nul_line,
            not_utf8_line=self.not_utf8_line,
        )
