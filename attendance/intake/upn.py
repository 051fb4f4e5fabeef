"""The unique pupil number, checked by its check letter alone.

- 13 characters: a check letter, 11 digits and a digit, or a letter in the last place of a temporary number.
- The authority inside it is the one that issued it; no list of authorities is consulted.

Source: DfE, Unique pupil numbers: guide for schools and local authorities.
"""

import re

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"[{LETTERS}][0-9]{{11}}[0-9{LETTERS}]")
_FIRST_WEIGHT = 2


def check_letter(rest: str) -> str:
    """Return the check letter for the twelve characters that follow it."""
    values = [int(one) if one.isdigit() else LETTERS.index(one) for one in rest]
    total = sum(weight * value for weight, value in enumerate(values, _FIRST_WEIGHT))
    return LETTERS[total % len(LETTERS)]


def is_upn(text: str) -> bool:
    """Say whether the text has the form of a unique pupil number and its check letter fits."""
    return bool(_SHAPE.fullmatch(text)) and text[0] == check_letter(text[1:])
