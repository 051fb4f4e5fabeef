"""Where every pupil stands by the registers in the store, for the office."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from attendance.services.office import Office
from attendance.services.pupils_staged import stage_pupils


def standing(
    office: Office, on: date, *, since: date | None = None, schools: Sequence[str] | None = None
) -> pl.DataFrame:
    """Return where every pupil stands on a day, by school and pupil; without marks an empty table.

    Args:
        office: whose registers are read, as they stand now.
        on: the day judged; later marks are left out.
        since: first day counted; the first day of the academic year of `on` where None.
        schools: only these schools, by URN; all where None.
    """
    return stage_pupils(office.store, office.book, on, since=since, schools=schools).table
