"""Tables of money that came in and money that goes back. Amounts are pence."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class PaymentRow(Base):
    """Money received, with what it was judged to be; without a notice it is unmatched."""

    __tablename__ = "payment"
    __table_args__ = (Index("ix_payment_penalty_notice_id", "penalty_notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    penalty_notice_id: Mapped[int | None] = mapped_column(ForeignKey("penalty_notice.id"))
    received_on: Mapped[date]
    pence: Mapped[int]
    paid_with_reference: Mapped[str] = mapped_column(Text)
    transaction: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    state_since: Mapped[date]
    judged: Mapped[str] = mapped_column(String(20))
    recorded_on: Mapped[date]
    recorded_by: Mapped[str] = mapped_column(String(80))
    refund_due_pence: Mapped[int] = mapped_column(default=0)
    settled_on: Mapped[date | None]
    settled_how: Mapped[str] = mapped_column(Text, default="")


class RefundRow(Base):
    """Money given back."""

    __tablename__ = "refund"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    pence: Mapped[int]
    paid_on: Mapped[date]
    why: Mapped[str] = mapped_column(String(60))
    recorded_by: Mapped[str] = mapped_column(String(80))
