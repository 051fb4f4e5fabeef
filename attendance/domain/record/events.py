"""Every kind of entry that the record knows: one line each.

- A name is `<noun>.<what happened>`, in the past tense.
- An event that is not listed here cannot be recorded; a field that is not listed cannot be said.
"""

from collections.abc import Mapping

from attendance.domain.record.errors import UnknownEvent
from attendance.domain.record.payload import Event, Kind, Many

_REGISTERED = (
    # Accounts
    Event(
        "account.added",
        {"account": Kind.ID, "role": Kind.CODE},
        {"schools": Many(Kind.URN), "person": Kind.ID},
    ),
    Event("account.closed", {"account": Kind.ID}),
    Event("account.password_changed", {"account": Kind.ID}),
    Event("api_token.issued", {"account": Kind.ID, "token": Kind.ID, "expires": Kind.INSTANT}),
    Event("api_token.revoked", {"account": Kind.ID, "token": Kind.ID}),
)

EVENTS: Mapping[str, Event] = {event.name: event for event in _REGISTERED}


def event_named(name: str) -> Event:
    """Return the event of that name, or raise `UnknownEvent`."""
    if name not in EVENTS:
        raise UnknownEvent(name)
    return EVENTS[name]
