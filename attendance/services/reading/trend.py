"""Reading how a pupil's attendance went month by month, at each school of this academic year."""

from dataclasses import dataclass
from datetime import date

from attendance.services.reading.pupils import WholePupil
from attendance.services.reading.register import MonthCounted, months_counted
from attendance.services.work import Work
from rules.calendar import academic_year
from rules.errors import RulesError


@dataclass(frozen=True, slots=True)
class SchoolTrend:
    """The months of this academic year up to a day, at one school; without months nothing was given yet."""

    school_urn: str
    on: date
    months: tuple[MonthCounted, ...]


def trends_of(work: Work, found: WholePupil) -> tuple[SchoolTrend, ...]:
    """Return the months at each school on whose roll the pupil is or was this academic year.

    `found` says which schools the actor may see. The marks were read with it, so nothing further is asked.
    Empty where no rule on counting is in force.
    """
    try:
        since = academic_year(work.book, work.on).first
        urns = {
            one.school_urn: None
            for one in found.enrolments
            if one.since <= work.on and (one.until is None or one.until >= since)
        }
        return tuple(SchoolTrend(urn, work.on, months_counted(work, found.id, urn)) for urn in urns)
    except RulesError:  # where the pupil stands says why the rules have no answer
        return ()
