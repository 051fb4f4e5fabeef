"""A received file: what it is called, and its bytes."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

LONGEST_NAME = 120


def plain_name(given: str | None, otherwise: str = "file") -> str:
    """Return the name that a file came with: no folders, nothing unprintable, and not too long."""
    last = PurePosixPath((given or "").replace("\\", "/")).name
    return "".join(character for character in last if character.isprintable())[-LONGEST_NAME:] or otherwise


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it came in; `name` names it in problems and is never trusted as a path."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes in hexadecimal."""
        return sha256(self.data).hexdigest()
