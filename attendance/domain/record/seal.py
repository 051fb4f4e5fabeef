"""A signed statement of where the record ends: at this number, with this hash, at this instant.

- Kept inside the database every so many entries (a checkpoint) and outside it after every act (the head): a
  chain alone does not show that its end was cut off, nor that someone computed all of it anew.
- Signed with Ed25519. Whoever holds the private key can sign anything: a copy of the head that is kept
  elsewhere is what an insider cannot change.
"""

from dataclasses import dataclass

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The number and hash of an entry, signed. Keys and signature are hexadecimal."""

    seq: int
    hash: str
    at_utc: str
    public_key: str
    signature: str

    def signed_by(self, public_key: str) -> bool:
        """Say whether the holder of the key signed exactly this."""
        if self.public_key != public_key:
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
            key.verify(
                bytes.fromhex(self.signature), _statement(self.seq, self.hash, self.at_utc, self.public_key)
            )
        except (InvalidSignature, ValueError, TypeError):
            return False
        return True


def sign(seq: int, entry_hash: str, at_utc: str, key: Ed25519PrivateKey) -> Seal:
    """Sign where the record ends. `at_utc` is ISO text."""
    public_key = public_key_of(key)
    signature = key.sign(_statement(seq, entry_hash, at_utc, public_key)).hex()
    return Seal(seq=seq, hash=entry_hash, at_utc=at_utc, public_key=public_key, signature=signature)


def public_key_of(key: Ed25519PrivateKey) -> str:
    """Return the public half of the key in hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


def _statement(seq: int, entry_hash: str, at_utc: str, public_key: str) -> bytes:
    return rfc8785.dumps({"seq": seq, "hash": entry_hash, "at_utc": at_utc, "public_key": public_key})
