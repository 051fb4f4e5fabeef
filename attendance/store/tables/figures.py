"""The table of counted sessions: what each school's register of a month comes to, pupil by pupil.

- Derived: every row can be counted again from the register. It is written in the act that imports a register,
  so it never lags behind it.
- A city has some twelve hundred rows a year; the counts themselves stand packed in `pupils`.
"""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class MonthCountRow(Base):
    """The sessions of one school's pupils in one calendar month, by pupil.

    `month` is its first day, `last_day` the latest day with a mark.
    """

    __tablename__ = "month_count"

    month: Mapped[date] = mapped_column(primary_key=True)
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True)
    last_day: Mapped[date]
    pupils: Mapped[bytes]
