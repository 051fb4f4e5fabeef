"""The counted months of an academic year put together: where every pupil stood at the end of each month.

- Read from what imports counted (`month_count`), never from the register itself.
- What was put together is kept in memory, and an import of a register changes only the schools that it was
  of: on a school morning one arrives every minute. A city takes some 20 MB.
- Each school is counted apart, so a pupil who changed school stands at both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from attendance.services.reading.kept import Kept
from attendance.services.work import Work
from attendance.store.month_counts import COUNTS, PUPIL_AND_COUNTS, MonthCount, MonthCounts
from attendance.store.queries.registers import latest_batches
from rules.calendar import AcademicYear, academic_year
from rules.law import RuleBook
from rules.stages import NO_STAGE, Stage, StageRule, with_stage
from rules.weeks import SCHOOL

PUPIL, MONTH = "pupil_id", "month"
ALONE = tuple(f"month_{name}" for name in COUNTS)
FLAGS = ("persistently_absent", "severely_absent")
STAGES = (*(stage.value for stage in Stage), NO_STAGE)
_PUPIL_BITS = 32
_MOST_CHANGED = 20
"""Where more schools changed, as after an import of a whole city, everything is counted anew."""


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
    """An academic year as far as it is counted. `last_days` has the latest day with a mark by school.

    `rests_on` has the latest batch of marks by school, `known_at` the latest import.
    """

    year: AcademicYear
    months: tuple[CountedMonth, ...]
    last_days: dict[str, date]
    rests_on: dict[str, int] = field(default_factory=dict)
    known_at: datetime | None = None

    @property
    def ends(self) -> dict[date, date]:
        """The latest day with a mark of each month."""
        return {one.month: one.last_day for one in self.months}


_kept: Kept[CountedYear] = Kept(maxsize=4)


def counted_year(work: Work) -> CountedYear | None:
    """Return the latest academic year that anything is counted of, up to today; None before the first."""
    latest = MonthCounts(work.opened.session).latest_month(work.on)
    if latest is None:
        return None
    year = academic_year(work.book, latest)
    key = (str(work.office.store.folder), year.first, latest)
    before, known_at = _kept.latest(key), work.registers.latest_known_at()
    if before is not None and before.known_at == known_at:
        return before
    rests_on = latest_batches(work.opened.session)
    found = _with_what_came(work, before, latest, rests_on) if before else None
    found = replace(found or _whole(work, year, latest), rests_on=rests_on, known_at=known_at)
    _kept.keep(key, found)
    return found


def _whole(work: Work, year: AcademicYear, latest: date) -> CountedYear:
    counts = MonthCounts(work.opened.session).between(year.first.replace(day=1), latest, None)
    ends: dict[date, date] = {}
    for one in counts:
        ends[one.month] = max(one.last_day, ends.get(one.month, one.last_day))
    return CountedYear(
        year=year,
        months=_put_together(counts, dict(sorted(ends.items())), work.book),
        last_days=_last_days(counts),
    )


def _with_what_came(
    work: Work, before: CountedYear, latest: date, rests_on: dict[str, int]
) -> CountedYear | None:
    """Count the schools anew whose marks have changed, and no other; None where all must be."""
    changed = [urn for urn, batch in rests_on.items() if before.rests_on.get(urn) != batch]
    if len(changed) > _MOST_CHANGED:
        return None
    counts = MonthCounts(work.opened.session).between(before.year.first.replace(day=1), latest, changed)
    ends = before.ends
    for one in counts:
        if one.month not in ends:
            return None
        ends[one.month] = max(one.last_day, ends[one.month])
    if not _judged_alike(work.book, before.ends, ends):
        return None
    anew = _put_together(counts, ends, work.book)
    months = tuple(_merged(*pair, changed) for pair in zip(before.months, anew, strict=True))
    return replace(before, months=months, last_days=before.last_days | _last_days(counts))


def _judged_alike(book: RuleBook, before: dict[date, date], now: dict[date, date]) -> bool:
    return all(StageRule.of(book, before[month]) == StageRule.of(book, now[month]) for month in now)


def _merged(before: CountedMonth, anew: CountedMonth, changed: Sequence[str]) -> CountedMonth:
    others = ~pl.col(SCHOOL).is_in(list(changed))
    return CountedMonth(
        anew.month,
        anew.last_day,
        pl.concat([before.pupils.filter(others), anew.pupils], rechunk=True),
        pl.concat([before.schools.filter(others), anew.schools], rechunk=True),
    )


def _last_days(counts: Sequence[MonthCount]) -> dict[str, date]:
    found: dict[str, date] = {}
    for one in counts:
        found[one.school_urn] = max(one.last_day, found.get(one.school_urn, one.last_day))
    return found


def _put_together(
    counts: Sequence[MonthCount], ends: dict[date, date], book: RuleBook
) -> tuple[CountedMonth, ...]:
    """Put counts together month by month; `ends` has the day on which each month is judged."""
    urns, months = sorted({one.school_urn for one in counts}), list(ends)
    who, alone, there = _sessions(counts, urns, months)
    schools = pl.Series(SCHOOL, urns, dtype=pl.String)[who[0]]
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
        made.append(_month(table.filter(known[:, place]), month, ends[month], book))
    return tuple(made)


def _sessions(
    counts: Sequence[MonthCount], urns: list[str], months: list[date]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_]]:
    """Return who is counted (school by place, pupil), their sessions by month, and whether they had any."""
    none = np.empty((len(PUPIL_AND_COUNTS), 0), np.int32)
    columns = np.concatenate([none, *(one.pupils for one in counts)], axis=1)
    lengths = [one.pupils.shape[1] for one in counts]
    school = np.repeat(np.array([urns.index(one.school_urn) for one in counts], np.int64), lengths)
    month = np.repeat(np.array([months.index(one.month) for one in counts], np.int64), lengths)
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
