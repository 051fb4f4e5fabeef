"""Unique pupil numbers made up for the demo, right by their check letter.

- Check letter, three digits of the authority, four of the school, two of the year, three of a serial.
- A temporary number ends with a letter in place of the last digit, weighed by its place in the alphabet
  used.
- Source: the Department for Education's guide to unique pupil numbers, as reproduced in python-stdnum.
"""

import numpy as np
import polars as pl

from attendance.demo.authority.streams import Bools, Ints

ALPHABET = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
WEIGHTS = np.arange(2, 14)


def make_upns(body: Ints, temporary: Bools) -> pl.Series:
    """Write unique pupil numbers out.

    Args:
        body: The twelve digits after the check letter, as one number each.
        temporary: Where the last digit is written as a letter (A for 0, B for 1 and so on).

    Returns:
        The numbers as text of thirteen characters.
    """
    powers = 10 ** np.arange(11, -1, -1, dtype=np.int64)
    digits = body[:, None] // powers % 10
    check = ALPHABET[(digits * WEIGHTS).sum(axis=1) % len(ALPHABET)]
    last = np.where(temporary, ALPHABET[digits[:, -1]], digits[:, -1].astype("U1"))
    middle = pl.Series(body // 10).cast(pl.String).str.zfill(11)
    return pl.Series(check.tolist(), dtype=pl.String) + middle + pl.Series(last.tolist(), dtype=pl.String)
