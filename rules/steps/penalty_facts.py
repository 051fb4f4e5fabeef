"""The facts that a penalty notice is decided on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.calendar import SchoolCalendar, WorkingDays
from rules.ladder import EarlierNotice
from rules.steps.facts import (
    AbsenceKind,
    ChildFacts,
    Consideration,
    IssuingPerson,
    ParentFacts,
    SchoolFacts,
    SessionMark,
    Span,
    Threshold,
)


class ImprovementState(StrEnum):
    """Where the notice to improve that came before stands."""

    NONE = "none"
    RUNNING = "running"
    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    ENDED_EARLY = "ended_early"


class IssuerDecided(StrEnum):
    """How the person who issues has decided."""

    BY_OWN_ACCOUNT = "by_own_account"
    IN_WRITING = "in_writing"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class PenaltyNoticeFacts:
    """What the decision on a penalty notice rests on.

    `marks` are the marks of the offence period, from `offence_from` to `offence_until`, that are offences.
    `improvement_about` spans the absence that the notice to improve was about: from the first session that it
    named to the end of its period. `earlier` are all earlier notices to the same parent for the same child.
    `skip_ground` is the recorded ground on which no notice to improve came before. `posting_on` is the day on
    which it is to be posted. `cross_border_checked_on` and `earlier_notices_asked_on` are the days of the
    latest recorded checks with other authorities and with the parent or school.
    """

    kind: AbsenceKind
    school: SchoolFacts
    child: ChildFacts
    parent: ParentFacts
    threshold: Threshold
    offence_from: date
    offence_until: date
    marks: tuple[SessionMark, ...]
    earlier: tuple[EarlierNotice, ...]
    considerations: tuple[Consideration, ...]
    issuer: IssuingPerson
    issuer_decided: IssuerDecided
    posting_on: date
    calendar: SchoolCalendar
    working_days: WorkingDays
    improvement: ImprovementState = ImprovementState.NONE
    improvement_about: Span | None = None
    skip_ground: str = ""
    request_accepted: bool = False
    support_recorded: int = 0
    consulted: frozenset[str] = frozenset()
    cross_border_checked_on: date | None = None
    earlier_notices_asked_on: date | None = None
