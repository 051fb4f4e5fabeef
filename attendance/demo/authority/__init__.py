"""A synthetic authority: a made-up city whose schools, families and registers look like a real one's.

- Deterministic: the same size, seed and school year give the same files, byte for byte.
- Its figures come out near those published for Coventry (attendance 93.0%, persistent absence 20.2%,
  about 2% severe), its people and places do not exist.
- It is written as the files that the import reads, so that the demo runs the real import.
- Scripted families force each situation of the casework; they are looked up by key.
"""

from attendance.demo.authority.authority import SyntheticAuthority
from attendance.demo.authority.characters import Character
from attendance.demo.authority.files import FilesWritten
from attendance.demo.authority.making import make
from attendance.demo.authority.size import Size

__all__ = ["Character", "FilesWritten", "Size", "SyntheticAuthority", "make_authority"]

DEFAULT_SEED = 2024
DEFAULT_ACADEMIC_YEAR = 2024


def make_authority(
    size: Size = Size.SMALL, seed: int = DEFAULT_SEED, academic_year: int = DEFAULT_ACADEMIC_YEAR
) -> SyntheticAuthority:
    """Make an authority up.

    Args:
        size: How large it shall be.
        seed: What it follows from.
        academic_year: The calendar year in which its school year begins.

    Raises:
        ValueError: There are no term dates on file for that school year.
    """
    return make(size, seed, academic_year)
