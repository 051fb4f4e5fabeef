"""Accounts in the store: each change is one act with one entry, and what must not be is refused."""

from dataclasses import replace

import pytest

from attendance.domain.errors import BadInput, NotAllowed, NotFound
from attendance.services import accounts
from attendance.services.accounts import COMMAND_LINE, Opening
from attendance.store.queries import accounts as queries
from rules.roles import Role
from tests.support import people
from tests.support.office import NOW, PASSWORD

SCHOOL = Opening(name="mill.lane", role=Role.SCHOOL, schools=frozenset({people.URN}))
OFFICER = Opening(name="officer.two", role=Role.OFFICER, password=PASSWORD)


@pytest.fixture
def seeded(store):
    people.seed(store, urns=(people.URN, people.OTHER_URN))
    return store


def _entries(store):
    with store.read() as session:
        from attendance.store.record import entries

        return [entry.event for entry in entries(session)]


def test_every_change_of_an_account_is_one_act_with_one_entry(seeded):
    accounts.open_account(seeded, SCHOOL, COMMAND_LINE, NOW)
    accounts.change_schools(seeded, "mill.lane", frozenset({people.OTHER_URN}), COMMAND_LINE, NOW)
    accounts.change_password(seeded, "mill.lane", PASSWORD, COMMAND_LINE, NOW)
    token = accounts.issue_token(seeded, "mill.lane", label="MIS", days=30, actor=COMMAND_LINE, moment=NOW)
    accounts.revoke_token(seeded, token.id, COMMAND_LINE, NOW)
    accounts.close_account(seeded, "mill.lane", COMMAND_LINE, NOW)

    assert _entries(seeded)[1:] == [
        "account.added",
        "account.schools_changed",
        "account.password_changed",
        "api_token.issued",
        "api_token.revoked",
        "account.closed",
    ]
    assert seeded.examine(None).intact


def test_an_account_acts_for_the_schools_it_has_now(seeded):
    accounts.open_account(seeded, SCHOOL, COMMAND_LINE, NOW)
    accounts.change_schools(seeded, "mill.lane", frozenset({people.OTHER_URN}), COMMAND_LINE, NOW)

    actor = accounts.actor_named(seeded, "mill.lane")

    assert not actor.may_see(people.URN)
    assert actor.may_see(people.OTHER_URN)


def test_neither_password_nor_token_can_be_read_back(seeded):
    accounts.open_account(seeded, OFFICER, COMMAND_LINE, NOW)
    token = accounts.issue_token(
        seeded, "officer.two", label="import", days=1, actor=COMMAND_LINE, moment=NOW
    )

    with seeded.read() as session:
        account = queries.account_named(session, "officer.two")
        listed = queries.tokens(session)
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in account.password_hash
    assert token.secret not in str(listed)
    assert accounts.actor_with_token(seeded, token.secret, NOW.at_utc).account == "officer.two"
    assert accounts.actor_with_password(seeded, "officer.two", PASSWORD).role is Role.OFFICER


def test_a_closed_account_opens_nothing_and_changes_no_more(seeded):
    accounts.open_account(seeded, OFFICER, COMMAND_LINE, NOW)
    accounts.close_account(seeded, "officer.two", COMMAND_LINE, NOW)

    assert accounts.actor_with_password(seeded, "officer.two", PASSWORD) is None
    with pytest.raises(NotAllowed):
        accounts.actor_named(seeded, "officer.two")
    with pytest.raises(BadInput):
        accounts.close_account(seeded, "officer.two", COMMAND_LINE, NOW)
    with pytest.raises(BadInput):
        accounts.change_password(seeded, "officer.two", PASSWORD, COMMAND_LINE, NOW)


@pytest.mark.parametrize(
    ("opening", "error"),
    [
        (replace(OFFICER, name="no spaces please"), BadInput),
        (replace(OFFICER, role=Role.JOB), BadInput),
        (replace(OFFICER, password="short"), BadInput),
        (replace(OFFICER, schools=frozenset({people.URN})), BadInput),
        (replace(OFFICER, person=99), NotFound),
        (replace(SCHOOL, schools=frozenset()), BadInput),
        (replace(SCHOOL, schools=frozenset({"999999"})), NotFound),
    ],
)
def test_what_no_account_may_be_is_refused_and_nothing_is_written(sqlite_store, opening, error):
    seeded = sqlite_store
    people.seed(seeded)
    before = _entries(seeded)

    with pytest.raises(error):
        accounts.open_account(seeded, opening, COMMAND_LINE, NOW)

    assert _entries(seeded) == before


def test_a_name_is_taken_once(seeded):
    accounts.open_account(seeded, OFFICER, COMMAND_LINE, NOW)

    with pytest.raises(BadInput):
        accounts.open_account(seeded, OFFICER, COMMAND_LINE, NOW)


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_works_for_a_year_at_most(seeded, days):
    accounts.open_account(seeded, OFFICER, COMMAND_LINE, NOW)

    with pytest.raises(BadInput):
        accounts.issue_token(seeded, "officer.two", label="x", days=days, actor=COMMAND_LINE, moment=NOW)


def test_what_does_not_exist_cannot_be_changed(seeded):
    with pytest.raises(NotFound):
        accounts.close_account(seeded, "nobody", COMMAND_LINE, NOW)
    with pytest.raises(NotFound):
        accounts.revoke_token(seeded, 99, COMMAND_LINE, NOW)


def test_passwords_too_long_to_be_any_match_nothing(seeded):
    accounts.open_account(seeded, OFFICER, COMMAND_LINE, NOW)

    assert accounts.actor_with_password(seeded, "officer.two", "x" * 10_000) is None
