"""Tables of schools' requests and the evidence that comes with them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class RequestRow(Base):
    """A school's request for a notice, for one pupil and the parents it names."""

    __tablename__ = "request"
    __table_args__ = (Index("ix_request_school_urn_state", "school_urn", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    school_urn: Mapped[str] = mapped_column(ForeignKey("school.urn"))
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(30))
    state_since: Mapped[date]
    absent_from: Mapped[date]
    absent_until: Mapped[date]
    child_returned_on: Mapped[date | None]
    leave_applied_for: Mapped[bool] = mapped_column(default=False)
    exceptional_considered: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    made_on: Mapped[date]
    made_by: Mapped[str] = mapped_column(String(80))
    sent_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    answer: Mapped[str] = mapped_column(Text, default="")


class RequestParentRow(Base):
    """A parent whom the school names in a request, with the name and address it gave."""

    __tablename__ = "request_parent"
    __table_args__ = (UniqueConstraint("request_id", "adult_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    adult_id: Mapped[int] = mapped_column(ForeignKey("adult.id"))
    name_given: Mapped[str] = mapped_column(Text)
    address_given: Mapped[str] = mapped_column(Text)


class EvidenceRow(Base):
    """A document given for one required item of a request."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("request_id", "item", "document_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    item: Mapped[str] = mapped_column(String(60))
    document_sha256: Mapped[str] = mapped_column(String(64))
    made_on: Mapped[date | None]
    given_on: Mapped[date]
    given_by: Mapped[str] = mapped_column(String(80))
