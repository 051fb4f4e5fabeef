"""Signing in: sessions that begin, go on and end on the server, and the log of attempts and of reads.

- A session's secret is given to the browser once and kept as its SHA-256. A new one is made at every sign-in.
- A session ends when it is ended, when it was not used for a while, and after some hours in any case; the one
  before ends where the same browser signs in again, and all others where the password is changed.
- An attempt is kept whether it came in or not; what was typed is kept only where it is an account's name.
- A look at a pupil's data is kept with who looked and when.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from attendance.domain.errors import NotFound
from attendance.domain.moment import Actor, Moment
from attendance.services.accounts import account_called, actor_of, actor_with_password, change_password
from attendance.store.access import Access, AttemptFound, ReadFound, SessionFound
from attendance.store.queries.accounts import account_named
from attendance.store.tables.access import AccessRow, SignInRow, WebSessionRow
from attendance.store.unit_of_work import Store

PASSWORD = "password"  # noqa: S105 - the name of a way to sign in
_SECRET_BYTES = 32
_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_BROWSER, _LONGEST_ADDRESS = 200, 60


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: without use, and at most."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that goes on, and who acts in it."""

    session: int
    account: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to sign in: the name that was given, the way, and from where."""

    name: str
    way: str
    address: str
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: through which page, whose data, and in which matter or document."""

    page: str
    pupil_id: int | None = None
    case_id: int | None = None
    reference: str = ""


def begin_session(
    store: Store, attempt: Attempt, moment: Moment, *, before: SignedIn | None = None
) -> str | None:
    """Begin a session for whoever was found to be the account of that name; return its secret.

    None where there is no open account of that name; either is kept as an attempt. The session that the
    browser had before ends.
    """
    found = account_called(store, attempt.name)
    if found is None or not found.active:
        refuse(store, attempt, moment)
        return None
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with store.note() as session:
        access = Access(session)
        access.attempted(_attempt(attempt, found.name, moment, came_in=True))
        if before is not None:
            access.end(before.session, before.account, moment.at_utc)
        access.begin(
            WebSessionRow(
                account_id=found.id,
                token_sha256=_hash(secret),
                way=attempt.way,
                browser=attempt.browser[:_LONGEST_BROWSER],
                begun_at_utc=moment.at_utc,
                used_at_utc=moment.at_utc,
            )
        )
    return secret


def refuse(store: Store, attempt: Attempt, moment: Moment) -> None:
    """Keep an attempt that did not come in."""
    attempted(store, attempt, moment, came_in=False)


def attempted(store: Store, attempt: Attempt, moment: Moment, *, came_in: bool) -> None:
    """Keep an attempt, under the account's name where there is one of that name."""
    found = account_called(store, attempt.name)
    with store.note() as session:
        name = "" if found is None else found.name
        Access(session).attempted(_attempt(attempt, name, moment, came_in=came_in))


def signed_in(store: Store, secret: str, moment: Moment, limits: Limits) -> SignedIn | None:
    """Return the session with that secret, or None where it is unknown, ended or has run out."""
    with store.read() as session:
        found = Access(session).session_of(_hash(secret))
    if found is None or not goes_on(found, moment, limits):
        return None
    if moment.at_utc - found.used_at_utc >= _NOTED_EVERY:
        with store.note() as session:
            Access(session).use(found.id, moment.at_utc)
    return SignedIn(found.id, found.account.id, actor_of(found.account))


def goes_on(found: SessionFound, moment: Moment, limits: Limits) -> bool:
    """Say whether a session has not run out, and its account is open."""
    unused = moment.at_utc - found.used_at_utc
    lasted = moment.at_utc - found.begun_at_utc
    return found.account.active and unused < limits.idle and lasted < limits.whole


def sessions_of(store: Store, actor: Actor, moment: Moment, limits: Limits) -> tuple[SessionFound, ...]:
    """Return the sessions of the actor's account that go on, the latest used first."""
    with store.read() as session:
        account = account_named(session, actor.account)
        found = () if account is None else Access(session).sessions_of(account)
    return tuple(one for one in found if goes_on(one, moment, limits))


def end_session(store: Store, who: SignedIn, session_id: int, moment: Moment) -> None:
    """End a session of the account that is signed in; raises `NotFound` for any other."""
    with store.note() as session:
        if not Access(session).end(session_id, who.account, moment.at_utc):
            raise NotFound("session", str(session_id))


def change_own_password(store: Store, who: SignedIn, current: str, password: str, moment: Moment) -> bool:
    """Give the account that is signed in another password; False where the current one is another.

    Its other sessions end. Raises `BadInput` where the new password is not fit.
    """
    if actor_with_password(store, who.actor.account, current) is None:
        return False
    change_password(store, who.actor.account, password, who.actor, moment, stays=who.session)
    return True


def has_password(store: Store, who: SignedIn) -> bool:
    """Say whether the account that is signed in has a password here."""
    found = account_called(store, who.actor.account)
    return found is not None and found.password_hash is not None


def has_looked(store: Store, actor: Actor, moment: Moment, look: Look) -> None:
    """Keep that somebody looked at a pupil's data."""
    with store.note() as session:
        Access(session).has_read(
            AccessRow(
                at_utc=moment.at_utc,
                account=actor.account,
                role=actor.role.value,
                page=look.page,
                pupil_id=look.pupil_id,
                case_id=look.case_id,
                reference=look.reference,
            )
        )


def _attempt(attempt: Attempt, name: str, moment: Moment, *, came_in: bool) -> SignInRow:
    return SignInRow(
        at_utc=moment.at_utc,
        account=name,
        way=attempt.way,
        came_in=came_in,
        address=attempt.address[:_LONGEST_ADDRESS],
    )


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def looks(store: Store, account: str = "") -> tuple[ReadFound, ...]:
    """Return the latest looks at pupils' data, the newest first; of one account where given."""
    with store.read() as session:
        return Access(session).reads(account=account)


def attempts_to_sign_in(store: Store, account: str = "") -> tuple[AttemptFound, ...]:
    """Return the latest attempts to sign in, the newest first; of one account where given."""
    with store.read() as session:
        return Access(session).attempts(account=account)
