"""What could be decided for a pupil today and what could not, parent by parent."""

from dataclasses import dataclass

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.presenters.matters import state_tag
from api.pages.presenters.refusals import Barrier, barrier_shown, met, source_shown
from api.pages.words import plain
from attendance.services.reading.prospects import ParentProspects, Prospect
from attendance.services.registry import act_named
from rules.roles import Role
from rules.steps.guard import Permission

_TAGS = {
    Permission.PERMITTED: Tag("Nothing stands in the way", "green"),
    Permission.REASON_REQUIRED: Tag("Needs a recorded reason", "yellow"),
    Permission.BARRED: Tag("Not now", "red"),
}
_SILENT = Tag("No answer", "grey")
_TITLES = {"notice_to_improve.decide": "Notice to Improve", "penalty_notice.decide": "Penalty Notice"}


@dataclass(frozen=True, slots=True)
class ProspectShown:
    """One decision: whether it could be taken today, everything in its way, and what was looked at."""

    title: str
    tag: Tag
    link: Link | None
    silent: str
    barriers: tuple[Barrier, ...]
    looked_at: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParentShown:
    """One parent with the notices there are and the decisions that could be taken."""

    name: str
    matters: Table
    ladder: tuple[str, ...]
    prospects: tuple[ProspectShown, ...]


def parents_shown(
    found: tuple[ParentProspects, ...], pupil_id: int, school_urn: str, role: Role
) -> tuple[ParentShown, ...]:
    """Return what could be decided, for a role."""
    return tuple(
        ParentShown(
            name=one.name,
            matters=_matters(one),
            ladder=one.ladder,
            prospects=tuple(
                _shown(prospect, role, pupil_id=pupil_id, school_urn=school_urn, adult_id=one.adult_id)
                for prospect in one.prospects
            ),
        )
        for one in found
    )


def _shown(prospect: Prospect, role: Role, **known: object) -> ProspectShown:
    found, act = prospect.finding, act_named(prospect.act)
    mine = role in act.by
    return ProspectShown(
        title=_TITLES[prospect.act],
        tag=_TAGS[Permission(found.outcome)] if found else _SILENT,
        link=Link(act.summary, paths.act(act.name, **known)) if mine else None,
        silent=prospect.silent,
        barriers=tuple(barrier_shown(one) for one in found.unmet) if found else (),
        looked_at=met(found) if found else (),
        sources=tuple(dict.fromkeys(source_shown(one) for one in found.sources)) if found else (),
    )


def _matters(one: ParentProspects) -> Table:
    rows = tuple(
        (
            Cell(matter.reference, href=paths.matter(matter.reference)),
            Cell(plain(matter.kind)),
            Cell(tag=state_tag(matter.state)),
        )
        for matter in one.matters
    )
    return Table(f"Notices to {one.name}", ("Notice", "Kind", "State"), rows, "No notice yet.")
