"""A received file: what it is called, and its bytes."""

from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it came in; `name` names it in problems and is never trusted as a path."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes in hexadecimal."""
        return sha256(self.data).hexdigest()
