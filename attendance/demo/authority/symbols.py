"""Register codes as small numbers, the form in which 22 million marks fit into memory.

- Zero means that there is no mark. What each code counts as is the law's business (`rules.codes`); the
  demo only says which of them it deals out as absence.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.uint8]

SYMBOLS: Final[tuple[str, ...]] = (
    "",
    *("/", "\\", "L", "K", "V", "P", "W", "B", "D"),
    *("C1", "C2", "C", "M", "J1", "S", "T", "R", "I", "E"),
    *("G", "O", "U", "N"),
    *("Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"),
    *("X", "Z", "#"),
)
_NUMBERS = {symbol: number for number, symbol in enumerate(SYMBOLS)}
ABSENT: Final = frozenset({"C1", "C2", "C", "M", "J1", "S", "T", "R", "I", "E", "G", "O", "U", "N"})
UNCOUNTED: Final = frozenset({"", "D", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "X", "Z", "#"})


def number_of(symbol: str) -> int:
    """Give the number of a register code.

    Raises:
        KeyError: The demo does not deal that code out.
    """
    return _NUMBERS[symbol]


def numbers_of(symbols: str) -> Marks:
    """Give the numbers of register codes that are written with spaces between them."""
    return np.array([_NUMBERS[symbol] for symbol in symbols.split()], dtype=np.uint8)


def tallies(marks: Marks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the possible and the absent sessions of each row of marks (pupil, day, session)."""
    is_absent = np.array([symbol in ABSENT for symbol in SYMBOLS])
    is_possible = np.array([symbol not in UNCOUNTED for symbol in SYMBOLS])
    return is_possible[marks].sum(axis=(1, 2)), is_absent[marks].sum(axis=(1, 2))
