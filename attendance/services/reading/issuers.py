"""Reading who may issue penalty notices for a school: its head, and whom the head authorised in writing."""

from dataclasses import dataclass

from attendance.domain.errors import NotFound
from attendance.domain.people import StaffMember, StaffRole
from attendance.services.issuers import AUTHORISED
from attendance.services.work import Work


@dataclass(frozen=True, slots=True)
class Issuers:
    """Who may issue today or from a later day on, and who could once."""

    now: tuple[StaffMember, ...]
    before: tuple[StaffMember, ...]


def issuers_of(work: Work, school_urn: str) -> Issuers:
    """Return who may issue for a school, and who could; raises `NotFound` where it may not be seen."""
    if not work.actor.may_see(school_urn):
        raise NotFound("school", school_urn)
    work.people.school(school_urn)
    found = [one for one in work.people.staff(school_urn) if one.role in AUTHORISED | {StaffRole.HEAD}]
    ended = [one for one in found if one.until is not None and one.until < work.on]
    return Issuers(tuple(one for one in found if one not in ended), tuple(ended))
