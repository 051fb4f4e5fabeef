"""Reading what is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from attendance.services.reading.asking import is_authority, seen_by
from attendance.services.work import Work
from attendance.store.queries import duties
from attendance.store.queries.duties import DutyFilter, DutyLine
from attendance.store.queries.made import Page, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which duties: one's own, one school's, those due by a day, those overdue."""

    mine: bool = False
    school: str | None = None
    due_by: date | None = None
    overdue: bool = False


def duty_lines(work: Work, wanted: Wanted, part: Part) -> Page[DutyLine]:
    """Return what is due that the actor may see, the most urgent first.

    A school's own duties are all that it sees; an officer's own are those in the officer's name.
    """
    yesterday = work.on - timedelta(days=1)
    days = [day for day in (wanted.due_by, yesterday if wanted.overdue else None) if day is not None]
    own = work.actor.account if wanted.mine and is_authority(work.actor) else None
    filtered = DutyFilter(owner=own, school=wanted.school, due_by=min(days, default=None))
    return duties.duties(work.opened.session, filtered, seen_by(work.actor), part, work.on)
