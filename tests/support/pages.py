"""The small world with a case in it, on whose pages there is something to see."""

import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import date

from fastapi.testclient import TestClient

from api.app import create_app
from api.pages.front import Front
from attendance.services import accounts
from attendance.services.accounts import COMMAND_LINE, Opening
from attendance.store.tables.accounts import AccountRow
from attendance.store.unit_of_work import Store
from rules.roles import Role
from tests.support import casework as usual
from tests.support import world as small
from tests.support.tour import tour
from tests.support.world import OTHER_URN, URN, at

PASSWORD = "a long enough password"
TODAY = date(2024, 12, 2)
TOURED = date(2025, 6, 5)
PEOPLE = {
    "officer.one": (Role.OFFICER, frozenset()),
    "senior.one": (Role.SENIOR_OFFICER, frozenset()),
    "school.one": (Role.SCHOOL, frozenset({URN})),
    "school.two": (Role.SCHOOL, frozenset({OTHER_URN})),
    "auditor.one": (Role.AUDITOR, frozenset()),
    "legal.one": (Role.LEGAL, frozenset()),
}


def with_accounts(world):
    """Open an account of every role that has none yet, and return the world."""
    there = {row.name for row in world.rows(AccountRow)}
    for name, (role, schools) in PEOPLE.items():
        if name in there:
            continue
        person = world.officer_person if role in {Role.OFFICER, Role.SENIOR_OFFICER} else None
        opening = Opening(name=name, role=role, schools=schools, person=person, password=PASSWORD)
        accounts.open_account(world.store, opening, COMMAND_LINE, at(small.START, 11))
    return world


def a_case(store):
    """Return the world with marks and support, and an account of every role."""
    world = with_accounts(small.build(store))
    usual.register(world, *usual.ABSENT, last=date(2024, 11, 29))
    usual.support(world, usual.SUPPORTED)
    usual.earlier_notices_asked(world, usual.DECIDED, world.mother)
    notice = usual.issue(world)
    usual.pay(world, 8000, date(2024, 11, 27), reference="unknown", transaction="T-9")
    usual.say(
        world,
        "record_returned_mail",
        date(2024, 11, 28),
        notice=notice,
        returned_on=date(2024, 11, 28),
        why="Moved",
    )
    world.do(
        "request.make",
        date(2024, 11, 29),
        by=world.school,
        pupil_id=world.pupil,
        school_urn=URN,
        kind="leave_of_absence",
        leave_applied_for=False,
        exceptional_considered=False,
        absent_from=usual.ABSENT[0],
        absent_until=usual.ABSENT[-1],
        parents=[{"adult_id": world.father, "name": "Sam Marsh", "address": "9 Quarry Road, AM2 2BB"}],
    )
    return world


@dataclass
class Noting(small.World):
    """A world that notes what every act was given last."""

    given: dict[str, dict[str, object]] = field(default_factory=dict)

    def do(self, name, day, /, **fields):
        """Perform an act, and note what it was given."""
        self.given[name] = {key: value for key, value in fields.items() if key not in {"by", "hour"}}
        return super().do(name, day, **fields)


def toured(store):
    """Return the world after the tour, with an account of every role, a draft and a request that waits."""
    world = Noting(**vars(small.build(store)))
    tour(world)
    with_accounts(world)
    asked = {
        "pupil_id": world.pupil,
        "school_urn": URN,
        "kind": "irregular",
        "absent_from": usual.ABSENT[0],
        "absent_until": usual.ABSENT[-1],
        "parents": usual.named(world),
    }
    waiting, _ = (world.do("request.make", TOURED, by=world.school, **asked).reference for _ in range(2))
    world.do("request.send", TOURED, by=world.school, reference=waiting)
    return world


def copied(world, folder):
    """Return the same world in a store of its own, copied file by file."""
    shutil.copytree(world.store.folder, folder)
    store = Store.open(f"sqlite:///{folder}/attendance.db", folder)
    return replace(world, office=replace(world.office, store=store))


def application(world, *, front=None, day=TODAY, clock=None):
    """Return the application for the world, on one day, or with a clock of its own."""
    moment = at(day)
    return create_app(world.office, clock=clock or (lambda: moment), front=front or Front(https=False))


def token_on(html):
    """Return the token that the forms on a page carry."""
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', html)
    assert found, html[:400]
    return found[1]


def signed_in(app, name):
    """Return a client of the application that is signed in as somebody."""
    client = TestClient(app, follow_redirects=False)
    page = client.get("/sign-in")
    form = {"form_token": token_on(page.text), "name": name, "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 303, answer.text
    return client
