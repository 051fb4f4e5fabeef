"""Registers as they arrive: each day's marks, and what became known that day about earlier ones.

- The day's return of all schools is one file and one import, made when the schools have closed.
- A closure that nobody planned comes in on the morning of the day it happens.
- A corrected mark opens the reviews that follow, in the act that imports it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from attendance.demo.authority import SyntheticAuthority
from attendance.demo.authority.files import write_table
from attendance.demo.year.desk import Desk
from attendance.demo.year.loading import Loading, taken
from attendance.domain.moment import Actor
from attendance.intake.register_layout import RegisterFile
from attendance.services import reviews
from attendance.services.imports.register import import_registers
from attendance.services.register_facts import codes_of

TEXTS = pl.col("school_urn", "upn", "session", "code").cast(pl.String)
ByDay = dict[date, pl.DataFrame]


@dataclass(slots=True)
class Closures:
    """Brings closures in on the day they happen, and tells those who plan by the calendars."""

    desk: Desk
    actor: Actor
    folder: Path
    closures: pl.DataFrame
    tell: Callable[[], None]

    def day(self) -> None:
        """Bring in that a school had to close today."""
        closed = self.closures.filter(pl.col("from") == self.desk.on)
        if not closed.is_empty():
            path = write_table(self.folder / f"closures-{self.desk.on}.csv", closed)
            Loading(self.desk, self.actor, self.folder).calendar(path.name)
            self.tell()


@dataclass(slots=True)
class Returns:
    """Brings each day's registers in. `marks` and `corrections` count what has come in so far."""

    desk: Desk
    actor: Actor
    folder: Path
    authority: SyntheticAuthority
    marks: int = 0
    corrections: int = 0
    _later: ByDay = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        known = pl.col("recorded_at").str.slice(0, 10).str.to_date()
        parts = self.authority.corrections.with_columns(known=known).partition_by(
            "known", as_dict=True, include_key=False, maintain_order=True
        )
        self._later = {key[0]: part for key, part in parts.items()}

    def day(self) -> None:
        """Bring in the day's return, where a school was open."""
        path = self._written()
        if path is None:
            return
        moment = self.desk.now()
        outcome = taken(
            import_registers(
                self.desk.office.store,
                self.actor,
                moment,
                [RegisterFile(path.name, path)],
                codes_of(self.desk.office.book),
                follow=reviews.follow(self.desk.office, self.actor, moment),
            )
        )
        self.marks += outcome.added
        self.corrections += outcome.changed

    def _written(self) -> Path | None:
        marks = self.authority.marks_on(self.desk.on).with_columns(TEXTS)
        later = self._later.get(self.desk.on)
        if later is not None:
            marks = pl.concat([marks, later], how="diagonal")
        return write_table(self.folder / f"{self.desk.on}.csv", marks) if len(marks) else None
