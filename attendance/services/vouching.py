"""Accounts whose persons a provider vouches for (OpenID Connect).

- The first time that a provider vouches for an account, the account is linked with that provider and with the
  provider's own key for the person. From then on nobody else comes in there: neither somebody who was given
  the same address later, nor through another provider.
- A link is made and taken off by an act. Taking it off is for whoever keeps the accounts.
- A provider vouches only for the roles that it was named for.
"""

from dataclasses import dataclass

from attendance.domain.errors import BadInput
from attendance.domain.moment import Actor, Moment
from attendance.services.accounts import about, account_called, actor_of, open_row
from attendance.store.unit_of_work import Store
from rules.roles import Role


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a provider says: the name of an account, and the provider's own key for the person."""

    provider: str
    name: str
    subject: str


def comes_in(store: Store, vouched: Vouched, roles: frozenset[Role], moment: Moment) -> bool:
    """Say whether the account that a provider vouches for is this very person's, and link it if it is new.

    Args:
        store: Where the account is.
        vouched: What the provider says.
        roles: The roles that the provider vouches for; every one where it is empty.
        moment: When.
    """
    found = account_called(store, vouched.name)
    if found is None or not found.active or (roles and found.role not in roles):
        return False
    if found.provider is None:
        return _link(store, vouched, actor_of(found), moment)
    return (found.provider, found.subject) == (vouched.provider, vouched.subject)


def unlink(store: Store, name: str, actor: Actor, moment: Moment) -> None:
    """Take the link off an account, so that it is made anew; raises `NotFound`, `BadInput` without one."""
    with store.act(actor, moment) as act:
        row = open_row(act, name)
        if row.provider is None:
            raise BadInput("The account is linked with no provider.")
        row.provider = row.subject = None
        act.record("account.unlinked", subject=about(row), payload={"account": row.id})


def _link(store: Store, vouched: Vouched, actor: Actor, moment: Moment) -> bool:
    with store.act(actor, moment) as act:
        row = open_row(act, vouched.name)
        if row.provider is not None:
            raise BadInput("Somebody signed in with this account at this very moment. Sign in again.")
        row.provider, row.subject = vouched.provider, vouched.subject
        act.record("account.linked", subject=about(row), payload={"account": row.id})
    return True
