"""What kind of document some bytes are, told by the bytes alone.

- Taken are PDF, PNG, JPEG, Word documents without macros, and plain text in UTF-8. All else is refused: what
  is kept as evidence must open on any machine for years, and run nothing.
- What a browser or a file name says of the kind is not believed: a name gets the ending of what the bytes
  are, so that nobody who opens the file later runs it.
"""

import io
import zipfile

from attendance.domain.errors import BadInput

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"

_BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_ZIP = b"PK\x03\x04"
_WORD, _MACROS = "word/document.xml", "vbaproject.bin"
_LAYOUT = {"\t", "\n", "\r", "\f"}


class DocumentNotTaken(BadInput):
    """The bytes are no kind of document that is taken."""

    code = "document_not_taken"


_ENDINGS = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    TEXT: (".txt",),
}


def fitting_name(name: str, media_type: str) -> str:
    """Return a file's name with an ending that says what it is."""
    endings = _ENDINGS.get(media_type, ())
    return name if not endings or name.lower().endswith(endings) else name + endings[0]


def media_type_of(content: bytes) -> str:
    """Return the media type of a document; raises `DocumentNotTaken` saying what is taken."""
    for beginning, media_type in _BEGINNINGS.items():
        if content.startswith(beginning):
            return media_type
    if content.startswith(_ZIP):
        return _word(content)
    if _is_text(content):
        return TEXT
    raise DocumentNotTaken(
        "This is no kind of document that is taken. Send a PDF, a PNG or JPEG picture, a Word document "
        "(.docx) or plain text in UTF-8."
    )


def _word(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {name.lower() for name in packed.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentNotTaken("The file is damaged. Save it anew and send it again.") from error
    if _WORD not in names:
        raise DocumentNotTaken("Of packed files only Word documents (.docx) are taken. Send a PDF instead.")
    if any(name.endswith(_MACROS) for name in names):
        raise DocumentNotTaken("The document holds macros. Save it as .docx without them, or as a PDF.")
    return DOCX


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in _LAYOUT for character in text)
