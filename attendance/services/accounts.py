"""Accounts: who may act, in which role, for which schools; their passwords and their tokens.

- Opening, closing and changing an account, issuing and revoking a token are acts: one entry each.
- An account is closed, never deleted. A closed account's password and tokens open nothing.
- An account of a school names its schools; every other account sees all of them.
- An account's name is kept in small letters and found however it is typed: no two differ by case alone.
- Another password ends every session of the account that is signed in.
- A token is shown once and kept as its SHA-256.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from attendance.domain.errors import BadInput, NotAllowed, NotFound
from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.services.passwords import hash_of, matches
from attendance.store.access import Access
from attendance.store.matters import Matters
from attendance.store.people import People
from attendance.store.queries import accounts as queries
from attendance.store.queries.accounts import AccountFound
from attendance.store.tables.accounts import AccountRow, AccountSchoolRow, ApiTokenRow
from attendance.store.unit_of_work import OpenAct, Store
from rules.roles import Role

COMMAND_LINE = Actor("command line", Role.JOB)
"""Who acts where accounts are kept by somebody who can reach the database itself."""

OPEN_TO = frozenset(Role) - {Role.JOB}
"""The roles that an account may have; jobs have no account."""

LONGEST_TOKEN_DAYS = 366
TOKEN_BEGINS = "att_"  # noqa: S105 - what every token begins with, so that a leaked one can be found
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{1,79}")
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A new account: its name, role and, for a school's, its schools by URN.

    `person` is its person in the staff list, if any; `password` may be given later. `password_hash` is the
    hash of a password (`hash_of`) where it was made beforehand.
    """

    name: str
    role: Role
    schools: frozenset[str] = frozenset()
    person: int | None = None
    password: str | None = None
    password_hash: str | None = None


@dataclass(frozen=True, slots=True)
class TokenIssued:
    """A new token. `secret` is shown this once and kept nowhere."""

    id: int
    secret: str
    expires_at_utc: datetime


def as_name(typed: str) -> str | None:
    """Return what was typed as the name of an account, or None where no account can be called so."""
    return typed.lower() if _NAME.fullmatch(typed) else None


def open_account(store: Store, opening: Opening, actor: Actor, moment: Moment) -> int:
    """Open an account and return its id; raises `BadInput` or `NotFound`."""
    name = as_name(opening.name)
    if name is None:
        raise BadInput("An account's name is 2 to 80 letters, digits and . _ @ + - and begins with one.")
    if opening.role not in OPEN_TO:
        raise BadInput(f"No account has the role {opening.role.value}.")
    _schools_fit(opening.role, opening.schools)
    hashed = opening.password_hash if opening.password is None else hash_of(opening.password, name)
    with store.act(actor, moment) as act:
        matters = Matters(act.session)
        if matters.one(AccountRow, name=name) is not None:
            raise BadInput("There is an account of that name already. Choose another name.")
        _must_exist(act, opening.schools, opening.person)
        row = AccountRow(
            name=name,
            role=opening.role,
            person_id=opening.person,
            password_hash=hashed,
            provider=None,
            subject=None,
            active=True,
            created_at_utc=moment.at_utc,
        )
        matters.add(row)
        for urn in sorted(opening.schools):
            matters.add(AccountSchoolRow(account_id=row.id, school_urn=urn))
        said: dict[str, PayloadValue] = {"account": row.id, "role": opening.role.value}
        if opening.schools:
            said["schools"] = tuple(sorted(opening.schools))
        if opening.person is not None:
            said["person"] = opening.person
        act.record("account.added", subject=about(row), payload=said)
        return row.id


def close_account(store: Store, name: str, actor: Actor, moment: Moment) -> None:
    """Close an account; raises `NotFound`, or `BadInput` where it is closed already."""
    with store.act(actor, moment) as act:
        row = open_row(act, name)
        row.active = False
        act.record("account.closed", subject=about(row), payload={"account": row.id})


def change_password(
    store: Store, name: str, password: str, actor: Actor, moment: Moment, *, stays: int | None = None
) -> None:
    """Give an open account another password; raises `NotFound` or `BadInput`.

    Every session of the account ends with it, but for the one that `stays`.
    """
    hashed = hash_of(password, name)
    with store.act(actor, moment) as act:
        row = open_row(act, name)
        row.password_hash = hashed
        Access(act.session).end_all(row.id, moment.at_utc, stays=stays)
        act.record("account.password_changed", subject=about(row), payload={"account": row.id})


def change_schools(store: Store, name: str, schools: frozenset[str], actor: Actor, moment: Moment) -> None:
    """Let a school's account see these schools and no others; raises `NotFound` or `BadInput`."""
    with store.act(actor, moment) as act:
        row = open_row(act, name)
        _schools_fit(row.role, schools)
        _must_exist(act, schools, None)
        matters = Matters(act.session)
        before = {link.school_urn for link in matters.find(AccountSchoolRow, account_id=row.id)}
        queries.take_schools(act.session, row.id, before - schools)
        for urn in sorted(schools - before):
            matters.add(AccountSchoolRow(account_id=row.id, school_urn=urn))
        said: dict[str, PayloadValue] = {"account": row.id, "schools": tuple(sorted(schools))}
        act.record("account.schools_changed", subject=about(row), payload=said)


def issue_token(
    store: Store, name: str, *, label: str, days: int, actor: Actor, moment: Moment
) -> TokenIssued:
    """Issue a token for programs that act as this account; raises `NotFound` or `BadInput`.

    Args:
        store: Where the account is.
        name: The account's name.
        label: What the token is for, so that it can be told apart.
        days: For how many days it works.
        actor: Who issues it.
        moment: When.
    """
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise BadInput(f"A token works for 1 to {LONGEST_TOKEN_DAYS} days. Choose a number of days.")
    secret = TOKEN_BEGINS + secrets.token_urlsafe(_TOKEN_BYTES)
    with store.act(actor, moment) as act:
        account = open_row(act, name)
        row = ApiTokenRow(
            account_id=account.id,
            token_sha256=_token_hash(secret),
            label=label,
            created_at_utc=moment.at_utc,
            expires_at_utc=moment.at_utc + timedelta(days=days),
        )
        Matters(act.session).add(row)
        said: dict[str, PayloadValue] = {
            "account": account.id,
            "token": row.id,
            "expires": row.expires_at_utc,
        }
        act.record("api_token.issued", subject=about(account), payload=said)
        return TokenIssued(row.id, secret, row.expires_at_utc)


def revoke_token(store: Store, token_id: int, actor: Actor, moment: Moment) -> None:
    """Revoke a token at once; raises `NotFound`, or `BadInput` where it is revoked already."""
    with store.act(actor, moment) as act:
        matters = Matters(act.session)
        row = matters.one(ApiTokenRow, id=token_id)
        if row is None:
            raise NotFound("token", str(token_id))
        if row.revoked_at_utc is not None:
            raise BadInput("The token is revoked already.")
        row.revoked_at_utc = moment.at_utc
        account = matters.get(AccountRow, row.account_id)
        said: dict[str, PayloadValue] = {"account": account.id, "token": row.id}
        act.record("api_token.revoked", subject=about(account), payload=said)


def account_called(store: Store, typed: str) -> AccountFound | None:
    """Return the account of the name that was typed, open or closed, or None."""
    name = as_name(typed)
    if name is None:
        return None
    with store.read() as session:
        return queries.account_named(session, name)


def actor_named(store: Store, name: str) -> Actor:
    """Return who acts through the account of that name.

    Raises `NotAllowed` where there is none or it is closed.
    """
    found = account_called(store, name)
    if found is None or not found.active:
        raise NotAllowed("There is no open account of that name. Ask the senior officer for one.")
    return actor_of(found)


def actor_with_password(store: Store, name: str, password: str) -> Actor | None:
    """Return who signs in with that name and password, or None.

    An unknown name takes as long as a wrong password.
    """
    found = account_called(store, name)
    known = found.password_hash if found is not None and found.active else None
    return actor_of(found) if matches(known, password) and found is not None else None


def actor_with_token(store: Store, secret: str, at: datetime) -> Actor | None:
    """Return who acts with that token at that instant.

    None where it is unknown, expired or revoked, or its account is closed.
    """
    with store.read() as session:
        found = queries.account_with_token(session, _token_hash(secret), at)
    return actor_of(found) if found is not None and found.active else None


def _token_hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def actor_of(found: AccountFound) -> Actor:
    """Return who acts through an account."""
    return Actor(found.name, found.role, found.schools, found.person_id)


def open_row(act: OpenAct, name: str) -> AccountRow:
    """Return the row of an open account; raises `NotFound`, or `BadInput` where it is closed."""
    row = Matters(act.session).one(AccountRow, name=as_name(name) or "")
    if row is None:
        raise NotFound("account", name)
    if not row.active:
        raise BadInput("The account is closed. Open another.")
    return row


def _schools_fit(role: Role, schools: frozenset[str]) -> None:
    if role is Role.SCHOOL and not schools:
        raise BadInput("An account of a school names the schools it may see. Name at least one.")
    if role is not Role.SCHOOL and schools:
        raise BadInput(f"An account with the role {role.value} sees every school. Name none.")


def _must_exist(act: OpenAct, schools: frozenset[str], person: int | None) -> None:
    people = People(act.session)
    for urn in sorted(schools):
        people.school(urn)
    if person is not None:
        people.staff_member(person)


def about(row: AccountRow) -> Subject:
    """Return what an entry of the record about an account is about."""
    return Subject(step="account", step_id=row.id)
