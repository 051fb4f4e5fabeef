"""Texts of reasons, kept apart from the record.

- The record holds a reason's code and the salted hash of its text: without the salt nobody can guess the text
  from the hash, and once text and salt are erased the record still holds.
"""

import secrets
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from attendance.domain.errors import NotFound
from attendance.domain.record.payload import ReasonKept
from attendance.store.tables.reasons import ReasonRow

_SALT_BYTES = 16


class Reasons:
    """The reasons of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, code: str, text: str) -> ReasonKept:
        """Keep the text with a fresh salt and return what the record may say of it."""
        salt = secrets.token_bytes(_SALT_BYTES)
        digest = salted_hash(salt, text)
        self._session.add(ReasonRow(hash=digest, salt=salt, text=text))
        return ReasonKept(code, digest)

    def text(self, digest: str) -> str:
        """Return the text of the reason with that salted hash; raises `NotFound`."""
        row = self._session.get(ReasonRow, digest)
        if row is None:
            raise NotFound("reason", digest)
        return row.text

    def altered(self) -> Iterator[str]:
        """Yield the salted hash under which a text or a salt is kept that does not fit it."""
        rows = self._session.execute(select(ReasonRow.hash, ReasonRow.salt, ReasonRow.text))
        for digest, salt, text in rows:
            if not _is_as_kept(digest, salt, text):
                yield digest


def _is_as_kept(digest: str, salt: object, text: object) -> bool:
    """Whoever alters an SQLite file may leave bytes where text belongs, or the other way round."""
    if not isinstance(salt, bytes) or not isinstance(text, str):
        return False
    return sha256(salt + text.encode(errors="surrogateescape")).hexdigest() == digest


def salted_hash(salt: bytes, text: str) -> str:
    """Return SHA-256 over the salt followed by the text in UTF-8, in hexadecimal."""
    return sha256(salt + text.encode()).hexdigest()
