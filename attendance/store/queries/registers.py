"""What a school's counts rest on: a mark of how far its register and its calendar have come."""

from collections.abc import Hashable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from attendance.store.tables.calendars import CalendarPeriodRow
from attendance.store.tables.registers import RegisterBatchRow


def latest_batches(session: Session) -> dict[str, int]:
    """Return the key of each school's latest batch of marks: it differs as soon as the school's marks do."""
    table = RegisterBatchRow
    rows = session.execute(select(table.school_urn, func.max(table.id)).group_by(table.school_urn))
    return {urn: int(latest) for urn, latest in rows}


def counted_from(session: Session, school_urn: str) -> Hashable:
    """Return what differs as soon as a school's marks or its calendar do: both only gain rows or an end."""
    periods = CalendarPeriodRow.school_urn == school_urn
    marks = select(func.max(RegisterBatchRow.id)).where(RegisterBatchRow.school_urn == school_urn)
    latest = select(func.max(CalendarPeriodRow.id)).where(periods)
    withdrawn = select(func.count()).where(periods, CalendarPeriodRow.withdrawn_at_utc.is_not(None))
    return tuple(
        session.execute(
            select(marks.scalar_subquery(), latest.scalar_subquery(), withdrawn.scalar_subquery())
        ).one()
    )
