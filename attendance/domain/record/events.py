"""Every kind of entry that the record knows: one line each.

- A name is `<noun>.<what happened>`, in the past tense.
- An event that is not listed here cannot be recorded; a field that is not listed cannot be said.
"""

from collections.abc import Mapping

from attendance.domain.record.casework_events import CASEWORK_EVENTS
from attendance.domain.record.errors import UnknownEvent
from attendance.domain.record.payload import Event, FieldKind, Kind, Many

_FILE: Mapping[str, FieldKind] = {
    "files": Many(Kind.HASH),
    "rows": Kind.COUNT,
    "added": Kind.COUNT,
    "changed": Kind.COUNT,
    "unchanged": Kind.COUNT,
}

_REGISTERED = (
    # Accounts
    Event(
        "account.added",
        {"account": Kind.ID, "role": Kind.CODE},
        {"schools": Many(Kind.URN), "person": Kind.ID},
    ),
    Event("account.closed", {"account": Kind.ID}),
    Event("account.password_changed", {"account": Kind.ID}),
    Event("account.linked", {"account": Kind.ID}),
    Event("account.unlinked", {"account": Kind.ID}),
    Event("account.schools_changed", {"account": Kind.ID, "schools": Many(Kind.URN)}),
    Event("api_token.issued", {"account": Kind.ID, "token": Kind.ID, "expires": Kind.INSTANT}),
    Event("api_token.revoked", {"account": Kind.ID, "token": Kind.ID}),
    # Files received
    Event("schools.imported", _FILE),
    Event("pupils.imported", _FILE),
    Event("adults.imported", _FILE),
    Event("parental_links.imported", _FILE),
    Event("enrolments.imported", _FILE),
    Event("flags.imported", _FILE),
    Event("staff.imported", _FILE),
    Event("payments.imported", _FILE),
    Event("calendars.imported", _FILE, {"withdrawn": Kind.COUNT}),
    Event(
        "register.imported",
        {
            **_FILE,
            "import": Kind.ID,
            "marks": Kind.HASH,
            "schools": Many(Kind.URN),
            "first_day": Kind.DAY,
            "last_day": Kind.DAY,
        },
        {"reason": Kind.REASON, "reviews": Many(Kind.REFERENCE)},
    ),
    Event("attendance_totals.imported", {**_FILE, "import": Kind.ID}),
    Event("document.received", {"document": Kind.HASH}, {"schools": Many(Kind.URN)}),
    *CASEWORK_EVENTS,
)

EVENTS: Mapping[str, Event] = {event.name: event for event in _REGISTERED}


def event_named(name: str) -> Event:
    """Return the event of that name, or raise `UnknownEvent`."""
    if name not in EVENTS:
        raise UnknownEvent(name)
    return EVENTS[name]
