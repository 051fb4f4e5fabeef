"""Letters and documents: lists, the very bytes that were sent or received, and uploads."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from api.reading import Reference, SchoolQuery, StateQuery, ThePart, TheReader
from api.responses import MATTER_RESPONSES, READ_RESPONSES, bytes_of
from api.security.guard import guarded_router
from attendance.services.inputs import Sha256
from attendance.services.reading import letters
from attendance.services.reading.letters import DocumentLine, WholeLetter
from attendance.store.documents import Document
from attendance.store.queries.letters import LetterFilter, LetterLine
from attendance.store.queries.made import Page

router = guarded_router("papers")

PDF, HTML = "application/pdf", "text/html"
Digest = Annotated[Sha256, Path(description="The SHA-256 of the document's bytes, in hexadecimal.")]
NameQuery = Annotated[
    str | None, Query(description="Only letters of this name.", pattern=r"^[a-z_]*$", max_length=60)
]
BatchQuery = Annotated[str | None, Query(description="Only letters of this batch.", max_length=20)]
PostingQuery = Annotated[date | None, Query(description="Only letters for posting on this day.")]


@router.get("/letters", name="letters.list", responses=READ_RESPONSES)
def list_letters(  # noqa: PLR0913 - one parameter for each filter
    reader: TheReader,
    part: ThePart,
    *,
    state: StateQuery = None,
    school: SchoolQuery = None,
    name: NameQuery = None,
    batch: BatchQuery = None,
    posting_on: PostingQuery = None,
) -> Page[LetterLine]:
    """List letters, the newest first."""
    wanted = LetterFilter(state=state, school=school, name=name, batch=batch, for_posting_on=posting_on)
    return reader.read(lambda work: letters.letter_lines(work, wanted, part))


@router.get("/letters/{reference}", name="letters.read", responses=MATTER_RESPONSES)
def read_letter(reference: Reference, reader: TheReader) -> WholeLetter:
    """Return a letter: to whom, how it was served, and the hashes of its bytes."""
    return reader.read(lambda work: letters.whole_letter(work, reference))


@router.get(
    "/letters/{reference}/pdf",
    name="letters.pdf",
    response_class=Response,
    responses={**MATTER_RESPONSES, **bytes_of(PDF, "The letter as PDF.")},
)
def read_letter_pdf(reference: Reference, reader: TheReader) -> Response:
    """Return a letter's PDF, byte by byte as it was looked at and sent."""
    found = reader.read(lambda work: letters.letter_bytes(work, reference, html=False))
    return _bytes(found, f"{reference}.pdf")


@router.get(
    "/letters/{reference}/html",
    name="letters.html",
    response_class=Response,
    responses={**MATTER_RESPONSES, **bytes_of(HTML, "The letter's HTML twin.")},
)
def read_letter_html(reference: Reference, reader: TheReader) -> Response:
    """Return a letter's HTML twin, byte by byte as it was made with the PDF."""
    found = reader.read(lambda work: letters.letter_bytes(work, reference, html=True))
    return _bytes(found, f"{reference}.html")


@router.get("/documents/{digest}", name="documents.read", responses=MATTER_RESPONSES)
def read_document(digest: Digest, reader: TheReader) -> DocumentLine:
    """Return what is known of a document, without its bytes."""
    return reader.read(lambda work: letters.document_line(work, digest))


@router.get(
    "/documents/{digest}/content",
    name="documents.content",
    response_class=Response,
    responses={**MATTER_RESPONSES, **bytes_of("application/octet-stream", "The document's bytes.")},
)
def read_document_content(digest: Digest, reader: TheReader) -> Response:
    """Return a document's bytes, as they were received or sent."""
    found = reader.read(lambda work: letters.document(work, digest))
    return _bytes(found, found.file_name)


def _bytes(found: Document, file_name: str) -> Response:
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(file_name, safe='')}",
        "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        "digest-sha256": found.sha256,
    }
    return Response(found.content, media_type=found.media_type, headers=headers)


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of this module."""
    return (router,)
