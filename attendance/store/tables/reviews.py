"""Tables of reviews for withdrawal and of parents' representations."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class ReviewRow(Base):
    """A mark that a notice rests on was corrected after issue: before and after, and what was decided."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_notice", "notice_kind", "notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    notice_kind: Mapped[str] = mapped_column(String(30))
    notice_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    opened_on: Mapped[date]
    sessions_before: Mapped[int]
    sessions_after: Mapped[int]
    threshold_stands: Mapped[bool]
    changes: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(80), default="")


class RepresentationRow(Base):
    """What a parent said about a penalty notice, and the answer."""

    __tablename__ = "representation"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    penalty_notice_id: Mapped[int] = mapped_column(ForeignKey("penalty_notice.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    made_for_them_by: Mapped[str] = mapped_column(Text, default="")
    received_on: Mapped[date]
    received_by: Mapped[str] = mapped_column(String(80))
    said: Mapped[str] = mapped_column(Text)
    document_sha256: Mapped[str] = mapped_column(String(64), default="")
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(String(80), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    withdrawal_considered: Mapped[bool] = mapped_column(default=False)
