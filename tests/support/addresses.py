"""Every address of the application in a world: read from its routes, so that a new one is visited by itself.

A route with a part that is not known here stops the tests that go everywhere: say below what it stands for.
"""

import re
from dataclasses import dataclass
from itertools import product

from sqlalchemy import select

from api.app import routes_of
from api.pages.rooms import pages_of
from attendance.services.registry import ACTS
from attendance.store.tables.base import Base
from attendance.store.tables.documents import DocumentRow
from attendance.store.tables.people import PupilRow, SchoolRow

PROVIDERS = frozenset({"page.sign_in.with", "page.sign_in.back"})
"""Ways in through somebody else's sign-in: they are tried where there is such a provider."""
_PART = re.compile(r"\{(\w+)(?::\w+)?\}")
_KINDS = {
    "cases": "case",
    "requests": "request",
    "penalty-notices": "penalty_notice",
    "notices-to-improve": "notice_to_improve",
    "letters": "letter",
    "letter-batches": "letter_batch",
    "payments": "payment",
    "representations": "representation",
    "reviews": "review",
    "earlier-notices": "earlier_notice",
    "notice-checks": "notice_check",
}


@dataclass(frozen=True)
class Address:
    """Where a route leads: its name, and a path with every part filled in."""

    route: str
    method: str
    path: str


class Addresses:
    """The addresses of an application, with what there is in its world."""

    def __init__(self, app, store):
        self.app = app
        with store.read() as session:
            self.references = {kind: _references(session, kind) for kind in _tables()}
            self.digests = tuple(session.scalars(select(DocumentRow.sha256)))
            self.pupils = tuple(session.scalars(select(PupilRow.id)))
            self.schools = tuple(session.scalars(select(SchoolRow.urn)))

    def pages(self, role=None, *, most=1):
        """Yield every address of a page that is read, each part filled in with at most so many things."""
        for route in pages_of(self.app):
            if "GET" in route.methods and route.name not in PROVIDERS:
                for path in self.filled(route.path, role, most):
                    yield Address(route.name, "GET", path)

    def everything(self, *, most=1):
        """Yield every address of pages and API alike, read or sent to."""
        for route in (*pages_of(self.app), *routes_of(self.app)):
            if route.name not in PROVIDERS:
                for method, path in product(sorted(route.methods), self.filled(route.path, None, most)):
                    yield Address(route.name, method, path)

    def filled(self, path, role=None, most=1):
        """Return a route's paths with every part filled in."""
        names = _PART.findall(path)
        known = [list(self._known(name, path, role))[-self._most(name, most) :] for name in names]
        return [self._with(path, names, values) for values in product(*known)]

    def _most(self, name, most):
        return len(ACTS) if name == "name" else most

    def _known(self, name, path, role):
        match name:
            case "pupil_id":
                return self.pupils
            case "urn":
                return (*reversed(self.schools),)
            case "digest":
                return self.digests
            case "session_id":
                return (1,)
            case "kind":
                return ("pupils",)
            case "name" if path.startswith("/acts/"):
                return [act.name for act in ACTS if role is None or role in act.by]
            case "reference":
                return self.references[_KINDS[path.removeprefix("/api/v1").split("/")[1]]]
        raise LookupError(f"{path}: say in tests/support/addresses.py what {{{name}}} stands for")

    def _with(self, path, names, values):
        found = dict(zip(names, values, strict=True))
        filled = _PART.sub(lambda match: str(found[match[1]]), path)
        return filled + self._query(found["name"]) if path.startswith("/acts/") else filled

    def _query(self, act):
        kind = act.partition(".")[0]
        wanted = next(one.input.model_fields for one in ACTS if one.name == act)
        if "reference" in wanted:
            return f"?reference={self.references[kind][-1]}"
        return f"?pupil_id={self.pupils[0]}" if "pupil_id" in wanted else ""


def _tables():
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return {kind: tables[kind] for kind in _KINDS.values()}


def _references(session, kind):
    table = _tables()[kind]
    return tuple(session.scalars(select(table.reference).order_by(table.id)))
