"""Tables of the register: imports, batches of marks, corrected marks and the days with a register.

- Batches, changes and imports are only ever added to. A correction is a further batch.
- The marks themselves stand packed in `register_batch.marks` (`attendance/store/register_codec.py`): a city
  makes 22 million a year.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from attendance.domain.registers import BatchKind, Session
from attendance.store.tables.base import Base, append_only


class RegisterImportRow(Base):
    """One file that was received and changed something: which bytes, when, by whom, why, and what it did."""

    __tablename__ = "register_import"
    __table_args__ = (Index(None, "kind", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sha256: Mapped[str]
    received_at_utc: Mapped[datetime]
    received_by: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    rows: Mapped[int]
    added: Mapped[int]
    corrected: Mapped[int]
    unchanged: Mapped[int]


class RegisterBatchRow(Base):
    """The marks of one school in one calendar month that one import made known.

    `kind` is `first` (sessions that had no mark before) or `correction` (sessions whose mark it replaces).
    """

    __tablename__ = "register_batch"
    __table_args__ = (Index(None, "school_urn", "first_day", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"), index=True)
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    kind: Mapped[BatchKind]
    first_day: Mapped[date]
    last_day: Mapped[date]
    known_at_utc: Mapped[datetime]
    count: Mapped[int]
    marks: Mapped[bytes]
    details: Mapped[bytes | None]


class MarkChangeRow(Base):
    """One corrected mark: what stood before, what stands now, since when it is known, by whom and why."""

    __tablename__ = "mark_change"
    __table_args__ = (Index(None, "pupil_id", "school_urn", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"), index=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    day: Mapped[date]
    session: Mapped[Session]
    before: Mapped[str]
    after: Mapped[str]
    known_at_utc: Mapped[datetime]
    changed_by: Mapped[str]
    reason: Mapped[str]


class AttendanceTotalRow(Base):
    """A pupil's yearly totals at a school as a transfer file stated them; kept apart from marks."""

    __tablename__ = "attendance_total"
    __table_args__ = (UniqueConstraint("pupil_id", "school_urn", "academic_year", "import_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    academic_year: Mapped[int]
    possible: Mapped[int]
    attended: Mapped[int]
    authorised: Mapped[int]
    unauthorised: Mapped[int]
    known_at_utc: Mapped[datetime]


class RegisterDayRow(Base):
    """A day for which a school has given a register, and since when."""

    __tablename__ = "register_day"

    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    known_at_utc: Mapped[datetime]


for _model in (RegisterImportRow, RegisterBatchRow, MarkChangeRow, AttendanceTotalRow):
    append_only(_model)
