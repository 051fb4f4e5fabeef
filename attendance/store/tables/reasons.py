"""Texts of reasons, apart from the record, which holds only their salted hashes."""

from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base, append_only


class ReasonRow(Base):
    """One text and its salt. `hash` is SHA-256 over the salt followed by the text in UTF-8."""

    __tablename__ = "reason"

    hash: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    text: Mapped[str]


append_only(ReasonRow)
