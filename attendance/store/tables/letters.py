"""Tables of letters, their batches and how each was served.

- A letter's bytes are documents, kept by their hash and never rendered again.
- The address is kept as it was posted.
"""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class LetterBatchRow(Base):
    """Letters that are looked at, held and released together."""

    __tablename__ = "letter_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    for_posting_on: Mapped[date]
    prepared_on: Mapped[date]
    prepared_by: Mapped[str] = mapped_column(String(80))
    sampled_on: Mapped[date | None]
    sampled_by: Mapped[str] = mapped_column(String(80), default="")


class LetterRow(Base):
    """One letter to one recipient."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_subject", "subject_kind", "subject_id"),
        Index("ix_letter_state_for_posting_on", "state", "for_posting_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    template_version: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int]
    tells_of_id: Mapped[int | None]
    adult_id: Mapped[int | None] = mapped_column(ForeignKey("adult.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    addressee: Mapped[str] = mapped_column(Text)
    address_as_posted: Mapped[str] = mapped_column(Text)
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    html_sha256: Mapped[str] = mapped_column(String(64))
    data_sha256: Mapped[str] = mapped_column(String(64))
    contents: Mapped[str] = mapped_column(Text, default="")
    prepared_on: Mapped[date]
    prepared_by: Mapped[str] = mapped_column(String(80))
    for_posting_on: Mapped[date]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("letter_batch.id"), index=True)
    method: Mapped[str] = mapped_column(String(30))
    served_on: Mapped[date | None]
    served_by: Mapped[str] = mapped_column(String(80), default="")
    delivered_on: Mapped[date | None]
    delivered_by: Mapped[str] = mapped_column(Text, default="")
    delivered_how: Mapped[str] = mapped_column(String(30), default="")
    delivered_to: Mapped[str] = mapped_column(Text, default="")
    deemed_received_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    returned_why: Mapped[str] = mapped_column(Text, default="")
