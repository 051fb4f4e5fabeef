"""Who may issue notices for a school, in words."""

import re

from api.pages import paths
from api.pages.parts import Cell, Table, Tag
from api.pages.words import day, plain
from attendance.domain.people import StaffMember
from attendance.services.issuers import AUTHORISED
from attendance.services.reading.issuers import Issuers
from attendance.services.registry import act_named
from rules.roles import Role

_DIGEST = re.compile(r"[0-9a-f]{64}")


def issuers_tables(found: Issuers, role: Role, urn: str) -> tuple[Table, ...]:
    """Return who may issue now, and who could before."""
    ends = role in act_named("issuer.end").by
    columns = ("Name", "In which capacity", "From", "Until", "Authorisation")
    now = tuple((*_row(one), _end(one, urn) if ends else Cell()) for one in found.now)
    shown = now if ends else tuple(row[:-1] for row in now)
    nobody = "Nobody is recorded. The attendance office imports the heads of schools."
    heading = (*columns, "End it") if ends else columns
    return (
        Table("Today, or from a later day on", heading, shown, nobody),
        Table("Before", columns, tuple(_row(one) for one in found.before), "Nobody."),
    )


def _row(one: StaffMember) -> tuple[Cell, ...]:
    return (
        Cell(one.name),
        Cell(plain(one.role.value)),
        Cell(day(one.since)),
        Cell(day(one.until, "Until it is ended")),
        _document(one),
    )


def _document(one: StaffMember) -> Cell:
    if one.role not in AUTHORISED:
        return Cell("By office")
    if _DIGEST.fullmatch(one.authorised_by_document):
        return Cell("Written authorisation", href=paths.document(one.authorised_by_document))
    if one.authorised_by_document:
        return Cell(one.authorised_by_document)
    return Cell("No written authorisation is recorded", tag=Tag("May not issue", "red"))


def _end(one: StaffMember, urn: str) -> Cell:
    if one.role not in AUTHORISED:
        return Cell("")
    href = paths.act("issuer.end", school_urn=urn, staff_id=one.id)
    return Cell(f"End {one.name}’s authorisation", href=href)
