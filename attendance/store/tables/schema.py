"""The table that says which revisions made the tables of this store."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class SchemaRevisionRow(Base):
    """A revision that was run, and the SHA-256 of it as it was then."""

    __tablename__ = "schema_revision"

    revision: Mapped[str] = mapped_column(String(40), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
