"""Passwords: how long, which are too easy to guess, and how they are kept.

- A password is kept as an argon2id hash; each takes time and memory on purpose.
- White space counts as it was typed, and any character may stand in a password. None ever runs out.
- Too easy are runs, repetitions, and passwords made of nothing but words that guesses begin with, the
  account's own name among them, whatever digits and signs stand around or for letters.

Source: OWASP ASVS 4.0.3, 2.1.1 to 2.1.9 and 2.4.1.
"""

import re
import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from attendance.domain.errors import BadInput

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128
_LEAST_DIFFERENT = 5
_LONGEST_UNIT = 8
_SHORTEST_PART = 3

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(32))
_HASHING = BoundedSemaphore(2)  # each hash takes 64 MiB: guesses must not fill the memory

_STAND_FOR = str.maketrans("013457@$!", "oieastasi")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
)
_WORDS = """
password passwort passphrase pass word secret letmein welcome hello login signin admin administrator root
user guest default changeme change test testing temp temporary demo iloveyou love you trustno dragon
monkey master sunshine princess football liverpool arsenal chelsea qwerty qwertz asdf zxcv abc abcd azerty
spring summer autumn winter january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday
attendance attend absence school schools academy college council coventry city office officer senior team
education register teacher pupil england london family parent case casework work service the and is my our
one two three correct horse battery staple
"""
_FIRST_GUESSES = frozenset(_WORDS.split())


def hash_of(password: str, name: str = "") -> str:
    """Return the hash of a password fit for the account of that name; raises `BadInput` saying why not."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise BadInput(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    if is_easy(password, name):
        raise BadInput(
            "This password is among the first that somebody would guess. Choose another: several words that "
            "have nothing to do with each other or with the work are easy to keep in mind."
        )
    with _HASHING:
        return _HASHER.hash(password)


def matches(known: str | None, password: str) -> bool:
    """Say whether the password is that of the hash. Without one it is not, after as long a time."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        with _HASHING:
            _HASHER.verify(known or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return known is not None


def is_easy(password: str, name: str = "") -> bool:
    """Say whether a password is among the first that somebody would guess for the account of that name."""
    plain = unicodedata.normalize("NFKC", password).lower()
    if len(set(plain)) < _LEAST_DIFFERENT or _repeats(plain):
        return True
    if any(plain in run or plain in run[::-1] for run in _RUNS):
        return True
    words = _FIRST_GUESSES | {part for part in re.split(r"[^a-z]+", name.lower()) if part}
    return any(_made_of(letters, words) for letters in (_letters(plain), _letters(_as_letters(plain))))


def _repeats(text: str) -> bool:
    """Say whether the text is a short one, over and over."""
    return any(text == (text[:unit] * len(text))[: len(text)] for unit in range(1, _LONGEST_UNIT + 1))


def _as_letters(text: str) -> str:
    """Return the text with the digits and signs within it read as the letters that they stand for."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text).translate(_STAND_FOR)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text) if text.isascii() else text


def _made_of(letters: str, words: frozenset[str]) -> bool:
    """Say whether the letters are words and runs, one after the other, and nothing else."""
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            rest = letters[start:]
            reached |= {start + len(word) for word in words if rest.startswith(word)}
            reached |= {start + length for length in _run_lengths(rest)}
    return bool(letters) and len(letters) in reached


def _run_lengths(text: str) -> range:
    """Return how long a run of the keyboard or the alphabet that the text begins with may be."""
    longest = 0
    while longest < len(text) and any(
        text[: longest + 1] in run for run in (*_RUNS, *(r[::-1] for r in _RUNS))
    ):
        longest += 1
    return range(_SHORTEST_PART, longest + 1)
