"""What demo is asked for."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from attendance.demo.authority import DEFAULT_SEED
from attendance.demo.authority.size import Size

POLICY: Final = "coventry"
OFFICE_OPENS: Final = date(2024, 8, 27)
YEAR_BEGINS: Final = date(2024, 9, 2)
TODAY: Final = date(2025, 7, 11)
CASES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What demo is asked for: how large, from which seed, where, and up to which day it runs.

    `cases` is how many cases are worked beside those of the scripted families.
    """

    folder: Path
    size: Size = Size.SMALL
    seed: int = DEFAULT_SEED
    until: date = TODAY
    cases: int = CASES
