"""The counted months of an academic year put together: where every pupil stood at the end of each month.

- Read from what imports counted (`month_count`), never from the register itself.
- What was put together is kept in memory until the next import of a register; a city takes some 20 MB.
- Each school is counted apart, so a pupil who changed school stands at both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from attendance.services.reading.kept import Kept
from attendance.services.work import Work
from attendance.store.month_counts import COUNTS, MonthCount, MonthCounts
from rules.calendar import AcademicYear, academic_year
from rules.law import RuleBook
from rules.stages import NO_STAGE, Stage, StageRule, with_stage
from rules.weeks import SCHOOL

PUPIL, MONTH = "pupil_id", "month"
ALONE = tuple(f"month_{name}" for name in COUNTS)
FLAGS = ("persistently_absent", "severely_absent")
STAGES = (*(stage.value for stage in Stage), NO_STAGE)
_PUPIL_BITS = 32


@dataclass(frozen=True, slots=True)
class CountedMonth:
    """One month: where each pupil stands at its end, and what that comes to by school.

    Args:
        month: its first day.
        last_day: the latest day with a mark at any school.
        pupils: the columns of `rules.stages.with_stage`, counted from the first day of the academic year.
        schools: by school the same counts, those of the month alone (`month_attended` and so on), how many
            pupils had a possible session (`counted`), are persistently and severely absent, and how many
            stand at each stage, with `no_stage`.
    """

    month: date
    last_day: date
    pupils: pl.DataFrame
    schools: pl.DataFrame


@dataclass(frozen=True, slots=True)
class CountedYear:
    """An academic year as far as it is counted. `last_days` has the latest day with a mark by school."""

    year: AcademicYear
    months: tuple[CountedMonth, ...]
    last_days: dict[str, date]


_kept: Kept[CountedYear] = Kept(maxsize=4)


def counted_year(work: Work) -> CountedYear | None:
    """Return the latest academic year that anything is counted of, up to today; None before the first."""
    counts = MonthCounts(work.opened.session)
    latest = counts.latest_month(work.on)
    if latest is None:
        return None
    year = academic_year(work.book, latest)
    key = (str(work.office.store.folder), work.registers.latest_known_at(), year.first, latest)
    return _kept.get(
        key, lambda: _put_together(counts.between(year.first.replace(day=1), latest, None), year, work.book)
    )


def _put_together(counts: Sequence[MonthCount], year: AcademicYear, book: RuleBook) -> CountedYear:
    last_days: dict[str, date] = {}
    for one in counts:
        last_days[one.school_urn] = max(one.last_day, last_days.get(one.school_urn, one.last_day))
    urns = sorted(last_days)
    months = sorted({one.month for one in counts})
    latest = {month: max(one.last_day for one in counts if one.month == month) for month in months}
    who, alone, there = _sessions(counts, urns, months)
    schools = pl.Series(SCHOOL, urns)[who[0]]
    so_far, known = np.cumsum(alone, axis=1, dtype=np.int32), np.logical_or.accumulate(there, axis=1)
    made = []
    for place, month in enumerate(months):
        table = pl.DataFrame(
            {
                SCHOOL: schools,
                PUPIL: who[1],
                **{name: so_far[:, place, column] for column, name in enumerate(COUNTS)},
                **{name: alone[:, place, column] for column, name in enumerate(ALONE)},
            }
        )
        made.append(_month(table.filter(known[:, place]), month, latest[month], book))
    return CountedYear(year, tuple(made), last_days)


def _sessions(
    counts: Sequence[MonthCount], urns: list[str], months: list[date]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return who is counted (school by place, pupil), their sessions by month, and whether they had any."""
    columns = np.concatenate([one.pupils for one in counts], axis=1)
    lengths = [one.pupils.shape[1] for one in counts]
    school = np.repeat([urns.index(one.school_urn) for one in counts], lengths)
    month = np.repeat([months.index(one.month) for one in counts], lengths)
    keys = np.stack([school, columns[0].astype(np.int64)])
    packed, place = np.unique((keys[0] << _PUPIL_BITS) + keys[1], return_inverse=True)
    sessions = np.zeros((len(packed), len(months), len(COUNTS)), dtype=np.int32)
    there = np.zeros((len(packed), len(months)), dtype=np.bool_)
    sessions[place, month] = columns[1:].T
    there[place, month] = True
    return np.stack([packed >> _PUPIL_BITS, packed & (2**_PUPIL_BITS - 1)]), sessions, there


def _month(table: pl.DataFrame, month: date, last_day: date, book: RuleBook) -> CountedMonth:
    counts = table.with_columns(pl.sum_horizontal(COUNTS).alias("possible"))
    staged = with_stage(nw.from_native(counts, eager_only=True), StageRule.of(book, last_day)).to_native()
    pupils = staged.with_columns(pl.col("stage").fill_null(NO_STAGE))
    schools = pupils.group_by(SCHOOL).agg(
        pl.col(COUNTS).sum(),
        pl.col(ALONE).sum(),
        (pl.col("possible") > 0).sum().alias("counted"),
        pl.col(FLAGS).sum(),
        *((pl.col("stage") == stage).sum().alias(stage) for stage in STAGES),
    )
    return CountedMonth(month, last_day, pupils.drop(ALONE), schools)
