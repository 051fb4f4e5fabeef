"""The files beside the database: the signing key and the signed head of the record.

- The private key is written once, readable by its owner alone.
- The head is replaced in one step, never half written, and never by an older one.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import TypeAdapter, ValidationError

from attendance.domain.record.seal import Seal
from attendance.store.errors import HeadUnreadable, StoreNotPrepared

KEY_FILE = "record-signing-key.pem"
HEAD_FILE = "record-head.json"

_SEAL = TypeAdapter(Seal)


def ensure_key(folder: Path) -> Ed25519PrivateKey:
    """Return the signing key in the folder, made now if there is none."""
    path = folder / KEY_FILE
    if not path.exists():
        make_folder(folder)
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
    return read_key(folder)


def make_folder(folder: Path) -> None:
    """Make the folder if it is not there, open to its owner alone: it holds the key and personal data."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """Make an empty file for its owner alone, unless it is there: its folder may be open to others."""
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def read_key(folder: Path) -> Ed25519PrivateKey:
    """Return the signing key in the folder; raises `StoreNotPrepared` where there is none."""
    path = folder / KEY_FILE
    if not path.is_file():
        raise StoreNotPrepared(
            f"The signing key {path} is not there. Restore it from a copy, or run `attendance init`."
        )
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise StoreNotPrepared(f"{path} does not hold an Ed25519 key. Restore it from a copy.")
    return key


def derived(key: Ed25519PrivateKey, purpose: str) -> bytes:
    """Return 32 secret bytes for a purpose, which tell nothing of the key or of those for another purpose."""
    material = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(material)


def read_head(path: Path) -> Seal | None:
    """Return the signed head kept in the file, or None where there is no file; raises `HeadUnreadable`."""
    if not path.is_file():
        return None
    try:
        return _SEAL.validate_json(path.read_bytes())
    except ValidationError as error:
        raise HeadUnreadable(path) from error


def write_head(path: Path, seal: Seal, *, lasting: bool = True) -> None:
    """Replace the head in the file, unless the file already holds a later one.

    Without `lasting` it does not wait for the disk.
    """
    with _only_writer(path):
        try:
            there = read_head(path)
        except HeadUnreadable:
            there = None
        if there is not None and there.seq > seal.seq:
            return
        _replace(path, _SEAL.dump_json(seal) + b"\n", lasting=lasting)


def _replace(path: Path, content: bytes, *, lasting: bool) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        if lasting:
            os.fsync(file.fileno())
    fresh.replace(path)


@contextmanager
def _only_writer(path: Path) -> Iterator[None]:
    with path.with_name(path.name + ".lock").open("wb") as file:
        if sys.platform != "win32":  # pragma: no branch - Windows has no such lock
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
