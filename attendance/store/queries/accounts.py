"""Accounts as signing in asks for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, delete, select
from sqlalchemy.orm import Session

from attendance.store.queries.made import AnyRow
from attendance.store.tables.access import WebSessionRow
from attendance.store.tables.accounts import AccountRow, AccountSchoolRow, ApiTokenRow
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class AccountFound:
    """An account with the schools it may see."""

    id: int
    name: str
    role: Role
    person_id: int | None
    password_hash: str | None
    provider: str | None
    subject: str | None
    active: bool
    created_at_utc: datetime
    schools: frozenset[str]


@dataclass(frozen=True, slots=True)
class TokenFound:
    """A token of an account, without its secret."""

    id: int
    account: str
    label: str
    created_at_utc: datetime
    expires_at_utc: datetime
    revoked_at_utc: datetime | None


_SELECT = select(AccountRow, AccountSchoolRow.school_urn).outerjoin(
    AccountSchoolRow, AccountSchoolRow.account_id == AccountRow.id
)


def account_named(session: Session, name: str) -> AccountFound | None:
    """Return the account of that name, open or closed, or None."""
    return _one(session, _SELECT.where(AccountRow.name == name))


def account_with_token(session: Session, token_sha256: str, at: datetime) -> AccountFound | None:
    """Return the account whose token of that SHA-256 works at that instant, or None."""
    return _one(
        session,
        _SELECT.join(ApiTokenRow, ApiTokenRow.account_id == AccountRow.id).where(
            ApiTokenRow.token_sha256 == token_sha256,
            ApiTokenRow.revoked_at_utc.is_(None),
            ApiTokenRow.expires_at_utc > at,
        ),
    )


def account_with_session(session: Session, token_sha256: str) -> tuple[WebSessionRow, AccountFound] | None:
    """Return the session that was not ended whose secret has this SHA-256, with its account, or None."""
    query = (
        select(AccountRow, AccountSchoolRow.school_urn, WebSessionRow)
        .join(WebSessionRow, WebSessionRow.account_id == AccountRow.id)
        .outerjoin(AccountSchoolRow, AccountSchoolRow.account_id == AccountRow.id)
        .where(WebSessionRow.token_sha256 == token_sha256, WebSessionRow.ended_at_utc.is_(None))
    )
    rows = session.execute(query).all()
    return (rows[0][2], _account(rows)) if rows else None


def accounts(session: Session) -> tuple[AccountFound, ...]:
    """Return every account, open and closed, in order of name."""
    found: dict[int, list[Row[AccountRow, str]]] = {}
    for row in session.execute(_SELECT.order_by(AccountRow.name)):
        found.setdefault(row[0].id, []).append(row)
    return tuple(_account(rows) for rows in found.values())


def tokens(session: Session) -> tuple[TokenFound, ...]:
    """Return every token, the newest first."""
    rows = session.execute(
        select(ApiTokenRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == ApiTokenRow.account_id)
        .order_by(ApiTokenRow.id.desc())
    )
    return tuple(
        TokenFound(
            token.id, name, token.label, token.created_at_utc, token.expires_at_utc, token.revoked_at_utc
        )
        for token, name in rows
    )


def take_schools(session: Session, account_id: int, schools: Iterable[str]) -> None:
    """Take schools away from an account."""
    session.execute(
        delete(AccountSchoolRow).where(
            AccountSchoolRow.account_id == account_id, AccountSchoolRow.school_urn.in_(sorted(schools))
        )
    )


def _one(session: Session, query: Select[AccountRow, str]) -> AccountFound | None:
    rows = session.execute(query).all()
    return _account(rows) if rows else None


def _account(rows: Iterable[AnyRow]) -> AccountFound:
    rows = list(rows)
    account: AccountRow = rows[0][0]
    return AccountFound(
        id=account.id,
        name=account.name,
        role=account.role,
        person_id=account.person_id,
        password_hash=account.password_hash,
        provider=account.provider,
        subject=account.subject,
        active=account.active,
        created_at_utc=account.created_at_utc,
        schools=frozenset(urn for row in rows if (urn := _urn(row))),
    )


def _urn(row: AnyRow) -> str | None:
    urn: str | None = row[1]  # an outer join leaves it empty where the account names no school
    return urn
