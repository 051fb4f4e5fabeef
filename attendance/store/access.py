"""Sessions, attempts to sign in and reads, as they are kept and asked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from attendance.store.queries.accounts import AccountFound, account_with_session
from attendance.store.tables.access import AccessRow, SignInRow, WebSessionRow


@dataclass(frozen=True, slots=True)
class SessionFound:
    """A session that has not been ended, with its account."""

    id: int
    account: AccountFound
    way: str
    browser: str
    begun_at_utc: datetime
    used_at_utc: datetime


@dataclass(frozen=True, slots=True)
class ReadFound:
    """One look at a pupil's data."""

    at_utc: datetime
    account: str
    role: str
    page: str
    pupil_id: int | None
    case_id: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class AttemptFound:
    """One attempt to sign in."""

    at_utc: datetime
    account: str
    way: str
    came_in: bool
    address: str


class Access:
    """What is known of coming in, within one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def session_of(self, token_sha256: str) -> SessionFound | None:
        """Return the session that was not ended whose secret has this SHA-256, or None."""
        found = account_with_session(self._session, token_sha256)
        return None if found is None else _found(*found)

    def sessions_of(self, account: AccountFound) -> tuple[SessionFound, ...]:
        """Return the sessions of an account that were not ended, the latest used first."""
        rows = self._session.scalars(
            select(WebSessionRow)
            .where(WebSessionRow.account_id == account.id, WebSessionRow.ended_at_utc.is_(None))
            .order_by(WebSessionRow.used_at_utc.desc())
        )
        return tuple(_found(row, account) for row in rows)

    def begin(self, row: WebSessionRow) -> int:
        """Keep a new session and return its key."""
        self._session.add(row)
        self._session.flush()
        return row.id

    def use(self, session_id: int, at: datetime) -> None:
        """Note when a session was last used."""
        table = WebSessionRow
        self._session.execute(update(table).where(table.id == session_id).values(used_at_utc=at))

    def end(self, session_id: int, account_id: int, at: datetime) -> bool:
        """End a session of that account; False where the account has none of that key that goes on."""
        row = self._session.get(WebSessionRow, session_id)
        if row is None or row.account_id != account_id or row.ended_at_utc is not None:
            return False
        row.ended_at_utc = at
        return True

    def end_all(self, account_id: int, at: datetime, *, stays: int | None = None) -> None:
        """End every session of an account, but for the one that `stays`."""
        rows = self._session.scalars(
            select(WebSessionRow).where(
                WebSessionRow.account_id == account_id, WebSessionRow.ended_at_utc.is_(None)
            )
        )
        for row in rows:
            if row.id != stays:
                row.ended_at_utc = at

    def attempted(self, row: SignInRow) -> None:
        """Keep an attempt to sign in."""
        self._session.add(row)

    def has_read(self, row: AccessRow) -> None:
        """Keep one look at a pupil's data."""
        self._session.add(row)

    def reads(
        self, *, account: str = "", pupil_id: int | None = None, most: int = 100
    ) -> tuple[ReadFound, ...]:
        """Return the latest looks, the newest first; of one account or at one pupil where given."""
        query = select(AccessRow).order_by(AccessRow.id.desc()).limit(most)
        if account:
            query = query.where(AccessRow.account == account)
        if pupil_id is not None:
            query = query.where(AccessRow.pupil_id == pupil_id)
        return tuple(
            ReadFound(row.at_utc, row.account, row.role, row.page, row.pupil_id, row.case_id, row.reference)
            for row in self._session.scalars(query)
        )

    def attempts(self, *, account: str = "", most: int = 100) -> tuple[AttemptFound, ...]:
        """Return the latest attempts to sign in, the newest first; of one account where given."""
        query = select(SignInRow).order_by(SignInRow.id.desc()).limit(most)
        if account:
            query = query.where(SignInRow.account == account)
        return tuple(
            AttemptFound(row.at_utc, row.account, row.way, row.came_in, row.address)
            for row in self._session.scalars(query)
        )


def _found(row: WebSessionRow, account: AccountFound) -> SessionFound:
    return SessionFound(row.id, account, row.way, row.browser, row.begun_at_utc, row.used_at_utc)
