"""Who acts in the demo: officers and their senior officer, each school, Legal Services, an auditor.

- Each has an account; an officer's account belongs to the person in the staff list, so that authority to
  issue and to withdraw is that person's own.
- All share one password, made up anew for each demo and written beside its store for its owner alone.
"""

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from attendance.demo.authority.places import MAIL_DOMAIN
from attendance.demo.authority.staff import SENIOR_OFFICER_EMAIL
from attendance.demo.year.desk import Desk
from attendance.domain.moment import Actor
from attendance.domain.people import StaffMember, StaffRole
from attendance.services.accounts import COMMAND_LINE, Opening, actor_named, open_account
from attendance.services.passwords import hash_of
from attendance.store.people import People
from rules.roles import Role

LEGAL, AUDITOR = f"legal@{MAIL_DOMAIN}", f"auditor@{MAIL_DOMAIN}"


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who acts. `authorised` are those officers, by account, who may issue a penalty notice, with their key.

    `officers` are by account; `schools` are the schools' accounts by URN.
    """

    officers: Mapping[str, Actor]
    senior: Actor
    schools: Mapping[str, Actor]
    authorised: Mapping[str, int]

    def officer(self, account: str) -> Actor:
        """Return the officer of that account; the senior officer where it is nobody's."""
        return self.officers.get(account, self.senior)

    def issuer(self, officer: Actor) -> int:
        """Return the key of the person who issues for an officer: the officer, else the senior officer."""
        return self.authorised.get(officer.account) or self.authorised[self.senior.account]

    def may_issue(self, officer: Actor) -> bool:
        """Say whether the officer may issue and withdraw notices."""
        return officer.account in self.authorised


def open_accounts(desk: Desk, urns: Iterable[str]) -> tuple[Staffing, str]:
    """Open every account and return who acts, and the password they share."""
    password = secrets.token_urlsafe(12)
    hashed = hash_of(password)  # once: a hash takes long on purpose, and a city has many schools
    office = _office_staff(desk)
    parts = {member.email: member for member in office if member.role is StaffRole.LAAO}
    authorised = {m.email: m.id for m in office if m.role is StaffRole.AUTHORISED_OFFICER}
    for email, member in sorted(parts.items()):
        person = authorised.get(email, member.id)
        _open(desk, Opening(name=email, role=Role.OFFICER, person=person, password_hash=hashed))
    person = authorised[SENIOR_OFFICER_EMAIL]
    senior = Opening(name=SENIOR_OFFICER_EMAIL, role=Role.SENIOR_OFFICER, person=person, password_hash=hashed)
    _open(desk, senior)
    schools = {urn: f"attendance@school-{urn}.{MAIL_DOMAIN}" for urn in urns}
    for urn, name in schools.items():
        _open(desk, Opening(name=name, role=Role.SCHOOL, schools=frozenset({urn}), password_hash=hashed))
    _open(desk, Opening(name=LEGAL, role=Role.LEGAL, password_hash=hashed))
    _open(desk, Opening(name=AUDITOR, role=Role.AUDITOR, password_hash=hashed))
    store = desk.office.store
    staffing = Staffing(
        officers={name: actor_named(store, name) for name in sorted(parts)},
        senior=actor_named(store, SENIOR_OFFICER_EMAIL),
        schools={urn: actor_named(store, name) for urn, name in schools.items()},
        authorised=authorised,
    )
    return staffing, password


def write_accounts(path: Path, staffing: Staffing, password: str) -> None:
    """Write who may sign in, readable by the owner of the demo alone."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"Made-up accounts of the demo; the password of each is {password}\n\n")
        file.writelines(f"{name:<48} {what}\n" for name, what in accounts_of(staffing))


def accounts_of(staffing: Staffing) -> Iterator[tuple[str, str]]:
    """Yield every account by name, with who it is."""
    yield staffing.senior.account, "senior officer, may issue notices"
    for name in staffing.officers:
        yield name, "officer, may issue notices" if name in staffing.authorised else "officer"
    for urn, actor in staffing.schools.items():
        yield actor.account, f"school {urn}"
    yield LEGAL, "legal services"
    yield AUDITOR, "auditor"


def _open(desk: Desk, opening: Opening) -> None:
    open_account(desk.office.store, opening, COMMAND_LINE, desk.now())


def _office_staff(desk: Desk) -> tuple[StaffMember, ...]:
    with desk.office.store.read() as session:
        return People(session).staff(None, on=desk.on)
