"""Documents by the hash of their bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from attendance.domain.errors import NotFound
from attendance.store.tables.documents import DocumentRow


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `size` is in bytes."""

    sha256: str
    media_type: str
    file_name: str
    size: int
    content: bytes
    received_at_utc: datetime


class Documents:
    """The documents of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, content: bytes, *, media_type: str, file_name: str, at_utc: datetime) -> str:
        """Keep the bytes, once, and return their SHA-256 in hexadecimal."""
        digest = sha256(content).hexdigest()
        if self._session.get(DocumentRow, digest) is None:
            self._session.add(
                DocumentRow(
                    sha256=digest,
                    media_type=media_type,
                    file_name=file_name,
                    size=len(content),
                    content=content,
                    received_at_utc=at_utc,
                )
            )
            self._session.flush()
        return digest

    def get(self, digest: str) -> Document:
        """Return the document with that SHA-256; raises `NotFound`."""
        row = self._session.get(DocumentRow, digest, options=[undefer(DocumentRow.content)])
        if row is None:
            raise NotFound("document", digest)
        return Document(
            sha256=row.sha256,
            media_type=row.media_type,
            file_name=row.file_name,
            size=row.size,
            content=row.content,
            received_at_utc=row.received_at_utc,
        )

    def altered(self) -> Iterator[str]:
        """Yield the SHA-256 under which bytes are kept that have another, or another size than is said."""
        rows = self._session.execute(
            select(DocumentRow.sha256, DocumentRow.size, DocumentRow.content)
            .order_by(DocumentRow.sha256)
            .execution_options(yield_per=16)
        )
        for digest, size, content in rows:
            if not _is_as_kept(digest, size, content):
                yield digest


def _is_as_kept(digest: str, size: int, content: object) -> bool:
    """Whoever alters an SQLite file may leave text where bytes belong."""
    return isinstance(content, bytes) and len(content) == size and sha256(content).hexdigest() == digest
