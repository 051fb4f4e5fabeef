"""Accounts that may act, and their tokens for programs.

- Passwords are kept as argon2 hashes, tokens as SHA-256 of a long random secret; neither can be read back.
- An account is closed, never deleted: the record names it.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from attendance.store.tables.base import Base
from rules.roles import Role


class AccountRow(Base):
    """One account. `person_id` is the person in the staff list whom it belongs to, if any.

    `provider` and `subject` say who vouches for its person, and under which key, once somebody did.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    person_id: Mapped[int | None]
    password_hash: Mapped[str | None]
    provider: Mapped[str | None]
    subject: Mapped[str | None]
    active: Mapped[bool]
    created_at_utc: Mapped[datetime]

    schools: Mapped[list["AccountSchoolRow"]] = relationship(lazy="raise")


class AccountSchoolRow(Base):
    """A school that an account of a school may see."""

    __tablename__ = "account_school"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    school_urn: Mapped[str] = mapped_column(primary_key=True)


class ApiTokenRow(Base):
    """A token of one account, known by its SHA-256."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    created_at_utc: Mapped[datetime]
    expires_at_utc: Mapped[datetime]
    revoked_at_utc: Mapped[datetime | None]
