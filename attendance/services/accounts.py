"""Accounts: who may act, in which role, for which schools."""

from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor
from attendance.store.matters import Matters
from attendance.store.tables.accounts import AccountRow, AccountSchoolRow
from attendance.store.unit_of_work import Store


def actor_named(store: Store, name: str) -> Actor:
    """Return who acts through the account of that name.

    Raises `NotAllowed` where there is none or it is closed.
    """
    with store.read() as session:
        matters = Matters(session)
        account = matters.one(AccountRow, name=name)
        if account is None or not account.active:
            raise NotAllowed("There is no open account of that name. Ask the senior officer for one.")
        schools = matters.find(AccountSchoolRow, account_id=account.id)
        return Actor(
            account.name, account.role, frozenset(row.school_urn for row in schools), account.person_id
        )
