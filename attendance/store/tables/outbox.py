"""What is to be sent, written in the act that decided it and sent only after that act is committed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class OutboxRow(Base):
    """One thing to send. `record_seq` is the entry of the act that decided it.

    `kind` says what to do, `step` and `step_id` what it is about, `document` what to send. `sent_at_utc`
    stays empty until it is done; `attempts` and `failure` tell what went wrong so far.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_seq: Mapped[int]
    kind: Mapped[str]
    step: Mapped[str | None]
    step_id: Mapped[int | None]
    document: Mapped[str | None] = mapped_column(ForeignKey("document.sha256"))
    created_at_utc: Mapped[datetime]
    sent_at_utc: Mapped[datetime | None]
    attempts: Mapped[int]
    failure: Mapped[str]

    __table_args__ = (Index(None, "sent_at_utc", "id"),)
