"""The table of terms and closed days of each school; future ones matter: deadlines count school days.

- A period that changes is not overwritten: it is marked as withdrawn from an instant on, and the new one
  added, so that the calendar as it was known at any instant can be shown again.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from attendance.domain.calendars import PeriodKind
from attendance.store.tables.base import Base


class CalendarPeriodRow(Base):
    """A run of days of one kind (a term, or a closure inside one), both ends included."""

    __tablename__ = "calendar_period"
    __table_args__ = (
        Index(None, "school_urn", "first_day"),
        CheckConstraint("last_day >= first_day", name="last_after_first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    kind: Mapped[PeriodKind]
    first_day: Mapped[date]
    last_day: Mapped[date]
    name: Mapped[str] = mapped_column(default="")
    known_at_utc: Mapped[datetime]
    withdrawn_at_utc: Mapped[datetime | None]
