"""Whose files are taken."""

from collections.abc import Iterable

from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor
from rules.roles import Role

_OFFICE = frozenset({Role.OFFICER, Role.SENIOR_OFFICER, Role.JOB})


def must_be_office(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor works in the authority's attendance office."""
    if actor.role not in _OFFICE:
        raise NotAllowed("Files of people, schools and calendars are imported by the attendance office.")


def must_return_registers(actor: Actor) -> None:
    """Raise `NotAllowed` unless the actor's role may return registers at all."""
    if actor.role is not Role.SCHOOL and actor.role not in _OFFICE:
        raise NotAllowed("Registers are returned by the school or imported by the attendance office.")


def not_its_own(actor: Actor, school_urns: Iterable[str]) -> tuple[str, ...]:
    """Return the schools among these whose registers the actor may not return."""
    return tuple(urn for urn in sorted(set(school_urns)) if not actor.may_see(urn))
