"""The unique pupil number, checked by its check letter alone.

- 13 characters: a check letter, 11 digits and a digit, or a letter in the last place of a temporary number.
- The authority inside it is the one that issued it; no list of authorities is consulted.

Source: DfE, Unique pupil numbers: guide for schools and local authorities.
"""

import re
from operator import mul

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]")
_VALUES = {sign: value for signs in ("0123456789", LETTERS) for value, sign in enumerate(signs)}
_WEIGHTS = range(2, 14)


def check_letter(rest: str) -> str:
    """Return the check letter for the twelve characters that follow it."""
    total = sum(map(mul, _WEIGHTS, map(_VALUES.__getitem__, rest)))
    return LETTERS[total % len(LETTERS)]


def is_upn(text: str) -> bool:
    """Say whether the text has the form of a unique pupil number and its check letter fits."""
    return bool(_SHAPE.fullmatch(text)) and text[0] == check_letter(text[1:])
