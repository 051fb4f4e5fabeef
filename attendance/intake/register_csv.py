"""Reading register files in the long form: whole, or refused whole.

- Every row of every file is held against the form; keys are unique across all files given.
- A fast path decides whether the files are clean; where they are not, a slow one finds each problem and says
  it (`docs/decisions/0003-decide-clean-fast-explain-slowly.md`).
- The same mark twice counts once and is a warning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from attendance.intake.problems import FilesRefused, Problems, UnreadableFile
from attendance.intake.register_bytes import Bytes, look_at
from attendance.intake.register_fast import read_fast
from attendance.intake.register_layout import RegisterFile
from attendance.intake.register_slow import read_slowly
from rules.codes import RegisterCodes


@dataclass(frozen=True, slots=True)
class Register:
    """The marks of the files, each once, and what was odd about them.

    `marks` has school_urn and upn (Categorical), date (Date), session and code (Enum). With evidence also
    minutes_late, comment, recorded_at, recorded_by (String, null where empty or not in the file), file (the
    number of the file among those given, from 0) and line (where the row begins, from 1).
    """

    marks: pl.DataFrame
    warnings: Problems


def read_register(
    files: Sequence[RegisterFile], codes: RegisterCodes, *, latest: date | None = None, evidence: bool = False
) -> Register:
    """Read register files.

    Args:
        files: at least one file, all regular files on disk.
        codes: the register codes of every era (`rules.codes.register_codes`).
        latest: the last day a mark may have, or None; a later one is a problem.
        evidence: whether to keep the optional columns and where each row stands.

    Raises:
        UnreadableFile: a file cannot be read.
        FilesRefused: anything is wrong with any of them; holds every problem.
    """
    seen = [(file, _look_at(file)) for file in files]
    marks = read_fast(seen, codes, latest=latest, evidence=evidence)
    if marks is not None:
        return Register(marks, Problems())
    reading = read_slowly(seen, codes, latest=latest, evidence=evidence)
    if reading.marks is None:
        raise FilesRefused(reading.problems)
    return Register(reading.marks, reading.warnings)


def _look_at(file: RegisterFile) -> Bytes:
    try:
        return look_at(file.path)
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or type(error).__name__) from error
