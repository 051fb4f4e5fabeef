"""A city's year of marks as one register file: 58,400 made-up pupils, 190 days, 22.2 million rows."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from attendance.intake.upn import check_letter

PUPILS, SCHOOLS, DAYS = 58_400, 116, 190
FIRST = date(2025, 9, 1)
ON = date(2026, 7, 31)
BREAKS = (
    (date(2025, 10, 27), date(2025, 10, 31)),
    (date(2025, 12, 22), date(2026, 1, 2)),
    (date(2026, 2, 16), date(2026, 2, 20)),
    (date(2026, 3, 30), date(2026, 4, 10)),
    (date(2026, 5, 25), date(2026, 5, 29)),
)
SHARES = {
    "I": 0.033, "O": 0.016, "L": 0.015, "M": 0.006, "U": 0.004, "G": 0.004, "C": 0.004, "N": 0.003,
    "B": 0.003, "E": 0.002, "V": 0.002, "#": 0.001, "R": 0.0005, "C1": 0.0005, "Y4": 0.0005,
}  # fmt: skip


def city_year(folder: Path) -> Path:
    """Return the file; make it where it is not there yet."""
    path = folder / f"city-year-{PUPILS}-{DAYS}.csv"
    if not path.exists():
        half = path.with_suffix(".part")
        _write(half)
        half.rename(path)
    return path


def _write(path: Path) -> None:
    random = np.random.default_rng(2025)
    days = np.array(_days())
    with path.open("wb") as file:
        file.write(b"school_urn,upn,date,session,code\n")
        for school, upns in enumerate(np.array_split(np.array(_upns()), SCHOOLS)):
            _marks(103_000 + 7 * school, upns, days, random).write_csv(file, include_header=False)


def _marks(school: int, upns: np.ndarray, days: np.ndarray, random: np.random.Generator) -> pl.DataFrame:
    """Every mark of a school in the order of a register: by day, session and pupil."""
    shape = (len(days), 2, len(upns))
    codes = np.array(["/", *SHARES])[random.choice(len(SHARES) + 1, size=shape, p=_shares())]
    codes[:, 1, :][codes[:, 1, :] == "/"] = "\\"
    day, session, pupil = (axis.ravel() for axis in np.indices(shape))
    columns = (np.full(codes.size, str(school)), upns[pupil], days[day], np.array(["AM", "PM"])[session])
    names = ("school_urn", "upn", "date", "session")
    return pl.DataFrame({**dict(zip(names, columns, strict=True)), "code": codes.ravel()})


def _shares() -> list[float]:
    return [1 - sum(SHARES.values()), *SHARES.values()]


def _days() -> list[str]:
    every = (FIRST + timedelta(days=number) for number in range(400))
    school = (day for day in every if day.weekday() < 5 and not any(a <= day <= b for a, b in BREAKS))
    return [str(day) for day, _ in zip(school, range(DAYS), strict=False)]


def _upns() -> list[str]:
    rests = (f"331{number // 1000:04d}20{number % 1000:03d}" for number in range(PUPILS))
    return [check_letter(rest) + rest for rest in rests]
