"""Where every pupil stands by the registers in the store: counts, stage, absence and threshold in one table.

- The same expressions as stage register files; school weeks come from the schools' calendars.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import narwhals as nw
import polars as pl

from attendance.services.office import Office
from attendance.store.calendars import Calendars
from attendance.store.register_frame import EVER, register_frame
from rules.calendar import SchoolCalendar, academic_year
from rules.staging import StagingRules, staged
from rules.threshold import ThresholdRule
from rules.weeks import SCHOOL, weeks_from_days

PUPIL = "pupil_id"


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
    rules = StagingRules.of(office.book, on)
    with office.store.read() as session:
        marks = register_frame(session, schools, EVER[0], on)
        calendars = Calendars(session).calendars()
    weeks = _weeks(calendars, rules.threshold, on).cast({SCHOOL: marks.schema[SCHOOL]}, strict=False)
    table: pl.LazyFrame = staged(
        nw.from_native(marks.lazy()),
        rules,
        since=since or academic_year(office.book, on).first,
        on=on,
        weeks=nw.from_native(weeks.lazy()),
        pupil=PUPIL,
    ).to_native()
    return table.collect().cast({SCHOOL: pl.String}).sort(SCHOOL, PUPIL)


def _weeks(calendars: Mapping[str, SchoolCalendar], rule: ThresholdRule, on: date) -> pl.DataFrame:
    days = [(urn, day) for urn, calendar in calendars.items() for day in _open_days(calendar, rule.since, on)]
    frame = pl.DataFrame(days, schema={SCHOOL: pl.String, "date": pl.Date}, orient="row")
    weeks: pl.DataFrame = weeks_from_days(nw.from_native(frame, eager_only=True), rule.weeks).to_native()
    return weeks


def _open_days(calendar: SchoolCalendar, since: date, on: date) -> tuple[date, ...]:
    first = max(calendar.known_from or on, since)
    last = min(calendar.known_until or on, on)
    return calendar.school_days(first, last) if first <= last else ()
