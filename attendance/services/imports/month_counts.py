"""Counting the months that an import touched, in the very act that imports them.

- A month is counted from the register as it stands after the import, by the expression that stages pupils.
- Only the schools and months of the import are counted; a day's return of a city costs one month.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import narwhals as nw
import numpy as np
import polars as pl

from attendance.store.month_counts import PUPIL_AND_COUNTS, MonthCount, MonthCounts
from attendance.store.register_frame import register_frame
from attendance.store.unit_of_work import OpenAct
from rules.codes import RegisterCodes
from rules.counting import counted
from rules.weeks import SCHOOL

PUPIL = "pupil_id"
_LONGEST_MONTH = timedelta(days=31)


def count_months(act: OpenAct, schools: Sequence[str], first: date, last: date, codes: RegisterCodes) -> None:
    """Count the sessions of some schools in every calendar month from one day to another, and keep them.

    Args:
        act: the act that imports.
        schools: the schools, by URN.
        first: a day in the first month.
        last: a day in the last month.
        codes: the register codes of every era.
    """
    months = MonthCounts(act.session)
    for begins, ends in _months(first, last):
        months.replace(begins, schools, _counts(act, schools, begins, ends, codes))


def _counts(
    act: OpenAct, schools: Sequence[str], begins: date, ends: date, codes: RegisterCodes
) -> Iterator[MonthCount]:
    marks = register_frame(act.session, schools, since=begins, until=ends)
    if marks.is_empty():
        return
    table = counted(nw.from_native(marks.lazy()), codes, since=begins, on=ends, pupil=PUPIL)
    counts = table.to_native().collect().select(pl.col(SCHOOL).cast(pl.String), *PUPIL_AND_COUNTS)
    latest = dict(marks.group_by(pl.col(SCHOOL).cast(pl.String)).agg(pl.col("date").max()).iter_rows())
    for urn in sorted(latest):
        pupils = counts.filter(pl.col(SCHOOL) == urn).sort(PUPIL)
        columns = np.stack([pupils[name].to_numpy().astype(np.int32) for name in PUPIL_AND_COUNTS])
        yield MonthCount(urn, begins, latest[urn], columns)


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    begins = first.replace(day=1)
    while begins <= last:
        following = (begins + _LONGEST_MONTH).replace(day=1)
        yield begins, following - timedelta(days=1)
        begins = following
