"""Who may use which route.

- A route that performs an act is open to the roles of that act; nothing is listed for it here.
- Every other route stands in one table. A route that is in neither is refused when the application is made.
- Legal services and auditors read; no route that changes anything is open to them.
- Whether a matter of a school may be seen is asked where the matter is read.
"""

from collections.abc import Mapping

from attendance.services.acts import OFFICERS, SCHOOLS_AND_OFFICERS
from attendance.services.registry import ACTS
from rules.roles import Role

EVERYBODY = frozenset({Role.OFFICER, Role.SENIOR_OFFICER, Role.SCHOOL, Role.LEGAL, Role.AUDITOR})
AUTHORITY = EVERYBODY - {Role.SCHOOL}

PUBLIC = frozenset({"openapi", "problems", "health"})
"""Routes that tell nothing about anybody and need no account."""

TELLS_OF_NOBODY = PUBLIC | {"account.read", "law.list", "record.verification", "schools.list"}
"""Routes that tell nothing of a child. Every other that reads is kept with who read it."""

TABLE: Mapping[str, frozenset[Role]] = {
    "account.read": EVERYBODY,
    "cases.list": EVERYBODY,
    "cases.read": EVERYBODY,
    "cases.record": AUTHORITY,
    "documents.content": EVERYBODY,
    "documents.read": EVERYBODY,
    "documents.receive": SCHOOLS_AND_OFFICERS,
    "duties.list": EVERYBODY,
    "imports.calendars": OFFICERS,
    "imports.register": SCHOOLS_AND_OFFICERS,
    "imports.table": OFFICERS,
    "imports.totals": OFFICERS,
    "law.list": EVERYBODY,
    "letters.html": EVERYBODY,
    "letters.list": EVERYBODY,
    "letters.pdf": EVERYBODY,
    "letters.read": EVERYBODY,
    "notices_to_improve.list": EVERYBODY,
    "notices_to_improve.read": EVERYBODY,
    "payments.list": AUTHORITY,
    "penalty_notices.list": EVERYBODY,
    "penalty_notices.read": EVERYBODY,
    "pupils.read": EVERYBODY,
    "pupils.search": EVERYBODY,
    "record.notices": AUTHORITY,
    "record.verification": AUTHORITY,
    "requests.list": EVERYBODY,
    "requests.read": EVERYBODY,
    "schools.list": EVERYBODY,
}

_ACTS = {act.name: act.by for act in ACTS}


def roles_of(route: str) -> frozenset[Role]:
    """Return the roles a route is open to, by the route's name; raises KeyError for an unknown one."""
    return _ACTS[route] if route in _ACTS else TABLE[route]
