"""Counting sessions: one dataframe expression for one pupil, a city or a nation.

- Runs unchanged on every engine that Narwhals speaks to (Polars eager and lazy, DuckDB, Spark).
- A mark counts by what its code meant on its own day; possible is attended + authorised + unauthorised.
- Each school is counted apart. A pupil with marks only outside the period has a row of zeros.
- Columns in: school_urn, the pupil's key, date, session, code; each mark once.

Source: DfE, Pupil attendance in schools, methodology; SI 2024/208 reg. 10 for the codes.
"""

from datetime import date
from functools import reduce
from operator import or_

import narwhals as nw
from narwhals.typing import FrameT

from rules.codes import RegisterCodes, Statistics
from rules.weeks import SCHOOL

COUNTED = (Statistics.ATTENDING, Statistics.AUTHORISED, Statistics.UNAUTHORISED)
COLUMNS = {
    Statistics.ATTENDING: "attended",
    Statistics.AUTHORISED: "authorised",
    Statistics.UNAUTHORISED: "unauthorised",
}


def counted(marks: FrameT, codes: RegisterCodes, *, since: date, on: date, pupil: str = "upn") -> FrameT:
    """Count the sessions of each pupil at each school.

    Args:
        marks: every mark known, one row each; the period is chosen here.
        codes: the register codes of every era.
        since: first day counted.
        on: last day counted.
        pupil: the column that holds the pupil's key.

    Returns:
        school_urn, the pupil's key, possible, attended, authorised, unauthorised; one row for each pupil and
        school among the marks, in no order.
    """
    return (
        marks.group_by(SCHOOL, pupil)
        .agg(
            *(
                is_a(statistics, codes, since=since, on=on).sum().cast(nw.Int64).alias(COLUMNS[statistics])
                for statistics in COUNTED
            )
        )
        .with_columns((nw.col("attended") + nw.col("authorised") + nw.col("unauthorised")).alias("possible"))
        .select(SCHOOL, pupil, "possible", *COLUMNS.values())
    )


def is_a(statistics: Statistics, codes: RegisterCodes, *, since: date, on: date) -> nw.Expr:
    """Say of each mark whether it falls in the period and its code, on its day, counts so."""
    eras = (
        nw.col("code").is_in(sorted(era.of(statistics)))
        & nw.col("date").is_between(max(era.since, since), min(era.last, on))
        for era in codes.between(since, on)
    )
    return reduce(or_, eras, nw.lit(value=False))
