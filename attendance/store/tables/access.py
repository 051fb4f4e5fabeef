"""Tables of coming in: signed-in sessions, attempts to sign in, and who read what.

- A session is known by the SHA-256 of its secret; ended or run out, it opens nothing.
- Attempts and reads are only ever added to. They are no acts: nothing of them stands in the record's chain.
- No foreign key leads out of the logs, so that erasing a person leaves them as they are.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from attendance.store.tables.base import Base, append_only


class WebSessionRow(Base):
    """One signed-in session of an account in one browser. `way` is how it was signed in."""

    __tablename__ = "web_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    way: Mapped[str] = mapped_column(String(40))
    browser: Mapped[str] = mapped_column(String(200))
    begun_at_utc: Mapped[datetime]
    used_at_utc: Mapped[datetime]
    ended_at_utc: Mapped[datetime | None]


class SignInRow(Base):
    """One attempt to sign in. `account` is empty where what was typed is no account's name."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_account_at_utc", "account", "at_utc"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at_utc: Mapped[datetime]
    account: Mapped[str] = mapped_column(String(80))
    way: Mapped[str] = mapped_column(String(40))
    came_in: Mapped[bool]
    address: Mapped[str] = mapped_column(String(60))


class AccessRow(Base):
    """One look at a pupil's data: who, when, through which page, at whom and at which matter."""

    __tablename__ = "access_log"
    __table_args__ = (
        Index("ix_access_log_pupil_id", "pupil_id", "id"),
        Index("ix_access_log_account", "account", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at_utc: Mapped[datetime]
    account: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(30))
    page: Mapped[str] = mapped_column(String(60))
    pupil_id: Mapped[int | None]
    case_id: Mapped[int | None]
    reference: Mapped[str] = mapped_column(String(80))


append_only(SignInRow)
append_only(AccessRow)
