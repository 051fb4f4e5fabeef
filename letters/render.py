"""Rendering: from a letter's name and context to the bytes that are issued.

- PDF and HTML twin come from one document; what is issued is stored with its hash and never rendered again.
- The same letter, context and rule book give the same bytes, on any machine.
- Nothing is read but the product's own files, and nothing is written.
"""

import hashlib
from dataclasses import dataclass

from letters.catalogue import letter as letter_of
from letters.compose import Document, compose
from letters.contexts import LetterContext
from letters.page import html
from letters.texts import text
from letters.typeset import pdf
from rules.law import RuleBook


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter as it is issued, with what made it. Hashes are SHA-256 in hexadecimal.

    `contents` are the keys of what the law asks for that were proved to stand in it.
    """

    name: str
    title: str
    version: int
    pdf: bytes
    html: str
    pdf_sha256: str
    html_sha256: str
    data_sha256: str
    text_sha256: str
    contents: tuple[str, ...]


def render(letter: str, context: LetterContext, book: RuleBook) -> RenderedLetter:
    """Render a letter.

    Raises `LetterHeld` (`Incomplete`, `CannotPrint`, `CannotPost`, `TooLong`) where this one letter's data
    must be put right first; `ContentsMissing`, `TemplateInvalid` or `TemplateChanged` where its text must;
    `UnknownLetter` or `WrongContext` where the caller is mistaken.
    """
    found = text(letter_of(letter).name)
    document = compose(letter_of(letter), found, context, book)
    printed, twin = pdf(document), html(document)
    return RenderedLetter(
        name=letter,
        title=document.title,
        version=found.meta.version,
        pdf=printed,
        html=twin,
        pdf_sha256=hashlib.sha256(printed).hexdigest(),
        html_sha256=hashlib.sha256(twin.encode()).hexdigest(),
        data_sha256=document.data_sha256,
        text_sha256=found.sha256,
        contents=tuple(document.contents),
    )


def draft(letter: str, context: LetterContext, book: RuleBook) -> Document:
    """Put a letter together from a text that may not be sealed yet, to look at it. It is never issued."""
    return compose(letter_of(letter), text(letter, sealed=False), context, book)
