"""Reading letters and documents: lists, and the very bytes that were sent or received.

- A school reads letters that are addressed to it and those that schools prepare, and documents of its own
  matters. The authority reads all.
"""

from dataclasses import dataclass
from datetime import datetime

from attendance.domain.errors import NotFound
from attendance.domain.steps.letter import LetterState
from attendance.services.reading.asking import is_authority, seen_by
from attendance.services.work import Work
from attendance.store.documents import Document
from attendance.store.queries import documents, letters
from attendance.store.queries.letters import LetterFilter, LetterLine
from attendance.store.queries.made import Page, Part
from rules.clocks import ServedBy
from rules.steps.letter import BY_HAND


@dataclass(frozen=True, slots=True)
class WholeLetter:
    """A letter and the address as it was posted, which only the authority sees.

    `waits_for_delivery` says that it went by hand and its delivery is not recorded yet.
    """

    letter: LetterLine
    address_as_posted: str | None
    waits_for_delivery: bool


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document without its bytes. `size` is in bytes."""

    sha256: str
    media_type: str
    file_name: str
    size: int
    received_at_utc: datetime


def letter_lines(work: Work, wanted: LetterFilter, part: Part) -> Page[LetterLine]:
    """Return the letters that the actor may read, the newest first."""
    return letters.letters(work.opened.session, wanted, seen_by(work.actor), part)


def whole_letter(work: Work, reference: str) -> WholeLetter:
    """Return a letter; raises `NotFound`."""
    line = _letter(work, reference)
    address = letters.address_of(work.opened.session, reference) if is_authority(work.actor) else None
    by_hand = line.adult_id is not None and ServedBy(line.method) in BY_HAND
    waits = by_hand and line.state == LetterState.RELEASED.value and line.delivered_on is None
    return WholeLetter(line, address, waits)


def letter_bytes(work: Work, reference: str, *, html: bool) -> Document:
    """Return a letter's PDF, or its HTML twin, as it was looked at and sent; raises `NotFound`."""
    line = _letter(work, reference)
    return work.opened.documents.get(line.html_sha256 if html else line.pdf_sha256)


def document(work: Work, digest: str) -> Document:
    """Return a document that the actor may see, by the SHA-256 of its bytes; raises `NotFound`."""
    _must_see(work, digest)
    return work.opened.documents.get(digest)


def document_line(work: Work, digest: str) -> DocumentLine:
    """Return what is known of a document, without its bytes; raises `NotFound`."""
    _must_see(work, digest)
    row = documents.about(work.opened.session, digest)
    if row is None:
        raise NotFound("document", digest)
    return DocumentLine(row.sha256, row.media_type, row.file_name, row.size, row.received_at_utc)


def _must_see(work: Work, digest: str) -> None:
    if not documents.may_see_document(work.opened.session, work.actor, digest):
        raise NotFound("document", digest)


def _letter(work: Work, reference: str) -> LetterLine:
    line = letters.letter(work.opened.session, reference, seen_by(work.actor))
    if line is None:
        raise NotFound("letter", reference)
    return line
