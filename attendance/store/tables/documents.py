"""Documents received and sent, known by the hash of their bytes and never changed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base, append_only


class DocumentRow(Base):
    """The bytes of one document. The same bytes are kept once."""

    __tablename__ = "document"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    received_at_utc: Mapped[datetime]


append_only(DocumentRow)
