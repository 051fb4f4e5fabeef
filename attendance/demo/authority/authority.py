"""A made-up authority: its people as tables, its registers by day and by pupil.

- Everything in it follows from its size, its seed and its school year.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from attendance.demo.authority.characters import Character
from attendance.demo.authority.files import FilesWritten, write_register, write_settings, write_tables
from attendance.demo.authority.people import People
from attendance.demo.authority.school_years import DayGrid
from attendance.demo.authority.size import Size
from attendance.demo.authority.streams import Ints
from attendance.demo.authority.symbols import SYMBOLS, Marks

CODES = pl.Enum(list(SYMBOLS))
SESSIONS = pl.Enum(["AM", "PM"])


@dataclass(frozen=True, slots=True)
class SyntheticAuthority:
    """A made-up authority.

    Attributes:
        size: How large it is.
        seed: What it follows from.
        academic_year: The calendar year in which its school year begins.
        schools: The schools, in GIAS's columns.
        people: Pupils, adults, links, enrolments and flags.
        staff: Who works where, in dated parts.
        calendars: Terms, INSET days and bank holidays of every school, for the years around.
        closures: Closures that nobody planned.
        corrections: What became of marks later, in the order in which it became known.
        characters: The scripted families.
        marks: The marks as first taken: a row for each enrolment, in the order of `people.enrolments`; a
            column for each day of `days`; two sessions; numbers as in `symbols`.
        final_marks: The marks as they stand when every correction has come in.
    """

    size: Size
    seed: int
    academic_year: int
    schools: pl.DataFrame
    people: People
    staff: pl.DataFrame
    calendars: pl.DataFrame
    closures: pl.DataFrame
    corrections: pl.DataFrame
    characters: tuple[Character, ...]
    grid: DayGrid = field(repr=False)
    marks: Marks = field(repr=False)
    final_marks: Marks = field(repr=False)

    @property
    def days(self) -> tuple[date, ...]:
        """The weekdays of the school year."""
        return self.grid.days

    def school_days(self) -> tuple[date, ...]:
        """List the days on which at least one school was open."""
        columns = np.flatnonzero(self.grid.open.any(axis=0))
        return tuple(self.days[column] for column in columns)

    def character(self, key: str, cast: int = 0) -> Character:
        """Look a scripted child up.

        Raises:
            KeyError: There is none of that key.
        """
        for character in self.characters:
            if (character.key, character.cast) == (key, cast):
                return character
        raise KeyError(f"no scripted child {key!r} in cast {cast}")

    def marks_on(self, day: date) -> pl.DataFrame:
        """Give one day's return of all schools as first taken, in the columns of the long register.

        Days on which no school has a mark give no rows.
        """
        return self.marks_between(day, day)

    def marks_between(self, first: date, last: date) -> pl.DataFrame:
        """Give the marks of some days as first taken, by school, pupil, day and session."""
        columns = self.grid.columns_between(first, last)
        return self._frame(self.marks[:, columns], np.arange(len(self.marks)), columns.start)

    def marks_as_corrected(self) -> pl.DataFrame:
        """Give the whole year as it stands when every correction has come in."""
        return self._frame(self.final_marks, np.arange(len(self.marks)), 0)

    def marks_by_school(self) -> Iterator[pl.DataFrame]:
        """Give the whole year as first taken, one school at a time, so that a city fits into memory."""
        urns = self.people.enrolments["school_urn"]
        for urn in self.schools["URN"]:
            rows = (urns == urn).arg_true().to_numpy()
            yield self._frame(self.marks[rows], rows, 0)

    def corrections_known_on(self, day: date) -> pl.DataFrame:
        """Give the corrections that became known on one day."""
        return self.corrections.filter(pl.col("recorded_at").str.starts_with(day.isoformat()))

    def write(self, folder: Path, *, daily: bool = False, yearly: bool = True) -> FilesWritten:
        """Write the files that the import reads.

        Args:
            folder: Where to; made if need be. Files of the same names are replaced.
            daily: Whether to write each day's return into `registers/`.
            yearly: Whether to write the whole year into `register.csv`.

        Returns:
            What was written.
        """
        tables = {
            "calendars": self.calendars,
            "closures": self.closures,
            "pupils": self.people.pupils,
            "adults": self.people.adults,
            "parental_links": self.people.links,
            "enrolments": self.people.enrolments,
            "flags": self.people.flags,
            "staff": self.staff,
            "corrections": self.corrections,
        }
        return FilesWritten(
            folder=folder,
            tables=write_tables(folder, self.schools, tables),
            register=write_register(folder / "register.csv", self.marks_by_school()) if yearly else None,
            days=self._write_days(folder / "registers") if daily else (),
            settings=write_settings(folder),
        )

    def _write_days(self, folder: Path) -> tuple[Path, ...]:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(
            write_register(folder / f"{day.isoformat()}.csv", [self.marks_on(day)])
            for day in self.school_days()
        )

    def _frame(self, marks: Marks, rows: Ints, first: int) -> pl.DataFrame:
        row, column, session = np.nonzero(marks)
        rolls = rows[row]
        return pl.DataFrame(
            {
                "school_urn": self.people.enrolments["school_urn"].cast(pl.Categorical)[rolls],
                "upn": self.people.enrolments["upn"].cast(pl.Categorical)[rolls],
                "date": pl.Series(self.days, dtype=pl.Date)[column + first],
                "session": pl.Series(["AM", "PM"], dtype=SESSIONS)[session],
                "code": pl.Series(SYMBOLS, dtype=CODES)[marks[row, column, session]],
            }
        )
