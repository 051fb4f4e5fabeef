"""What could be decided for a pupil today, parent by parent, and what stands in the way of each.

- The guards of the decisions are asked before anybody fills in a form: only what the form itself asks for is
  left out.
- It is about irregular absence. A leave of absence begins with the school's request.
"""

from contextlib import suppress
from dataclasses import dataclass

from attendance.domain.errors import BadInput
from attendance.domain.people import AdultKind
from attendance.services import register_facts
from attendance.services.notices import facts, to_improve
from attendance.services.notices.penalty.asking import Proposal, facts_of
from attendance.services.notices.penalty.deciding import irregular_period, unanswered
from attendance.services.reading.asking import enrolments_seen, is_authority
from attendance.services.reading.findings import FindingShown
from attendance.services.requests.following import For
from attendance.services.work import Work
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from rules.errors import RulesError
from rules.ladder import ladder
from rules.steps import notice_to_improve, penalty_notice
from rules.steps.facts import AbsenceKind


@dataclass(frozen=True, slots=True)
class Prospect:
    """One decision that could be taken today. `silent` says why the rules have no answer, if so."""

    act: str
    finding: FindingShown | None
    silent: str = ""


@dataclass(frozen=True, slots=True)
class MatterOf:
    """A notice to a parent, and where it stands."""

    reference: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class ParentProspects:
    """One parent: the notices there are, where the ladder stands today, and what could be decided."""

    adult_id: int
    name: str
    matters: tuple[MatterOf, ...]
    ladder: tuple[str, ...]
    prospects: tuple[Prospect, ...]


def prospects_of(work: Work, pupil_id: int, school_urn: str) -> tuple[ParentProspects, ...]:
    """Return what could be decided today about a pupil's attendance at a school, for each parent.

    Raises `NotFound` for a pupil who may not be seen, `BadInput` for a school at which the pupil never was.
    Only the authority's own accounts are told: it rests on what other authorities said.
    """
    spells = enrolments_seen(work, pupil_id)
    if not is_authority(work.actor) or school_urn not in {spell.school_urn for spell in spells}:
        raise BadInput("The pupil has never been on the roll of that school. Check the school.")
    parents = [
        parent.adult
        for parent in work.people.parents_of(pupil_id, work.on)
        if parent.adult.kind is AdultKind.PERSON
    ]
    with suppress(RulesError):  # each prospect says itself why the rules have no answer
        register_facts.read_ahead(work, pupil_id, (school_urn,), tuple(adult.id for adult in parents))
    return tuple(
        _parent(work, For(pupil_id, school_urn, adult.id, AbsenceKind.IRREGULAR), adult.name)
        for adult in parents
    )


def _parent(work: Work, notice: For, name: str) -> ParentProspects:
    return ParentProspects(
        adult_id=notice.adult_id,
        name=name,
        matters=_matters(work, notice),
        ladder=_ladder(work, notice),
        prospects=(_to_improve(work, notice), _penalty(work, notice)),
    )


def _matters(work: Work, notice: For) -> tuple[MatterOf, ...]:
    rows: tuple[NoticeToImproveRow | PenaltyNoticeRow, ...] = (
        *work.matters.find(NoticeToImproveRow, pupil_id=notice.pupil_id),
        *work.matters.find(PenaltyNoticeRow, pupil_id=notice.pupil_id),
    )
    return tuple(
        MatterOf(row.reference, row.__tablename__, row.state)
        for row in rows
        if row.adult_id == notice.adult_id
    )


def _ladder(work: Work, notice: For) -> tuple[str, ...]:
    earlier = facts.earlier_notices(work, notice.pupil_id, notice.adult_id)
    try:
        return ladder(earlier, work.on, work.book).sentences
    except RulesError as silent:
        return (str(silent),)


def _to_improve(work: Work, notice: For) -> Prospect:
    name = "notice_to_improve.decide"
    try:
        found = register_facts.threshold(work, notice.pupil_id, notice.school_urn, notice.adult_id)
        asked = to_improve.facts_of(work, notice, found, found.marks)
        return Prospect(name, FindingShown.of(notice_to_improve.could_decide(asked, work.book, work.on)))
    except RulesError as silent:
        return Prospect(name, None, str(silent))


def _penalty(work: Work, notice: For) -> Prospect:
    name = "penalty_notice.decide"
    try:
        asked = facts_of(work, _proposal(work, notice))
        return Prospect(name, FindingShown.of(penalty_notice.could_decide(asked, work.book, work.on)))
    except RulesError as silent:
        return Prospect(name, None, str(silent))


def _proposal(work: Work, notice: For) -> Proposal:
    pupil_id, urn, adult_id = notice.pupil_id, notice.school_urn, notice.adult_id
    improvement = facts.notice_to_improve_before(work, pupil_id, adult_id, urn)
    days = irregular_period(work, pupil_id, urn, adult_id, improvement)
    return unanswered(work, notice, improvement, days)
