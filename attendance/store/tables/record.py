"""The record: its entries, its end and its signed checkpoints.

- An entry is stored exactly as it is hashed: instants and days are text, the payload is canonical JSON text.
- No foreign key leads out of an entry: deleting a person must neither break nor change it.
"""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base, append_only


class RecordEntryRow(Base):
    """One act: who, in which role, when, what, about whom, and the hash that chains it to the one before."""

    __tablename__ = "record_entry"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_utc: Mapped[str]
    on_day: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    person_id: Mapped[int | None]
    event: Mapped[str]
    case_id: Mapped[int | None]
    pupil_id: Mapped[int | None]
    adult_id: Mapped[int | None]
    school_urn: Mapped[str | None]
    step: Mapped[str | None]
    step_id: Mapped[int | None]
    payload: Mapped[str]
    wrote: Mapped[str | None]
    previous_hash: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (
        Index(None, "case_id", "seq"),
        Index(None, "pupil_id", "seq"),
        Index(None, "step", "step_id", "seq"),
    )


class RecordTailRow(Base):
    """The end of the record: one row, locked by whoever appends."""

    __tablename__ = "record_tail"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]

    __table_args__ = (CheckConstraint("id = 1", name="single"),)


class RecordCheckpointRow(Base):
    """A signed statement that the record had this hash at this number."""

    __tablename__ = "record_checkpoint"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str]
    at_utc: Mapped[str]
    public_key: Mapped[str]
    signature: Mapped[str]


append_only(RecordEntryRow)
append_only(RecordCheckpointRow)
