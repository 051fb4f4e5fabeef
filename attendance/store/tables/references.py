"""The table that references are counted in."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base


class ReferenceRow(Base):
    """The last number given to a kind of matter in a year."""

    __tablename__ = "reference"

    prefix: Mapped[str] = mapped_column(String(5), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
