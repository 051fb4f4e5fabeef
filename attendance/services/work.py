"""What an act works with: the store's repositories within one open transaction, and the ways to finish.

- A matter's state moves only through `advance`, which asks its table of steps.
- An act finishes once, through `finish`: it keeps the decision and writes the act's one entry in the record.
- A matter of a school that the actor may not see is not found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from attendance.domain.errors import BadInput, NotFound, StepRefused
from attendance.domain.moment import Actor, Moment
from attendance.domain.people import Adult, AdultKind, ParentBasis, Pupil
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue, ReasonKept
from attendance.domain.steps.machine import StepTable, plain, take
from attendance.services.decisions import Decision, written
from attendance.services.inputs import Reason
from attendance.services.office import Office
from attendance.store.calendars import Calendars
from attendance.store.matters import Matters
from attendance.store.people import People
from attendance.store.queries.documents import may_see_document
from attendance.store.registers import Registers
from attendance.store.tables.cases import CaseRow, DecisionRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from attendance.store.unit_of_work import OpenAct
from rules.calendar import SchoolCalendar
from rules.findings import Finding, ReasonGiven
from rules.law import RuleBook
from rules.roles import Role


class Done(BaseModel):
    """What an act did: the matter's reference and state after it, in sentences, and the letters it made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    act: str
    reference: str
    state: str
    sentences: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    on: date


class Matter(Protocol):
    """A row with a life of its own: a reference, a state, the case it belongs to."""

    id: int
    reference: str
    state: str
    state_since: date


OfSchool = TypeVar("OfSchool", CaseRow, RequestRow, NoticeToImproveRow, PenaltyNoticeRow, LetterRow)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act has to say of itself when it finishes."""

    event: str
    subject: Subject
    sentences: tuple[str, ...]
    facts: Mapping[str, PayloadValue]
    letters: tuple[str, ...] = ()


class Work:
    """One act's work, open until the act finishes."""

    def __init__(self, office: Office, opened: OpenAct, actor: Actor, moment: Moment, act: str) -> None:
        self.office = office
        self.opened = opened
        self.actor = actor
        self.moment = moment
        self.act = act
        self._decision: Decision | None = None
        self._reasons: tuple[ReasonGiven, ...] = ()

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.moment.on

    @property
    def book(self) -> RuleBook:
        """The law and the authority's policy."""
        return self.office.book

    @cached_property
    def matters(self) -> Matters:
        """The rows of the casework."""
        return Matters(self.opened.session)

    @cached_property
    def people(self) -> People:
        """Pupils, adults, schools and staff."""
        return People(self.opened.session)

    @cached_property
    def registers(self) -> Registers:
        """Marks as known on any day."""
        return Registers(self.opened.session)

    def calendar(self, school_urn: str) -> SchoolCalendar:
        """Return the school's calendar as known."""
        return Calendars(self.opened.session).calendar(school_urn)

    def pupil(self, pupil_id: int, school_urn: str) -> Pupil:
        """Return a pupil who is or was on the roll of a school that the actor may see.

        Raises `NotFound`, or `BadInput` where an officer names a school at which the pupil never was.
        """
        pupil = self.people.pupil(pupil_id)
        was_there = any(spell.school_urn == school_urn for spell in self.people.enrolments_of(pupil_id))
        if not self.actor.may_see(school_urn) or (not was_there and self.actor.role is Role.SCHOOL):
            raise NotFound("pupil", str(pupil_id))
        if not was_there:
            raise BadInput(
                "The pupil has never been on the roll of that school. Check the school.", field="school_urn"
            )
        return pupil

    def parent(self, pupil_id: int, adult_id: int) -> Adult:
        """Return a person who is a parent of the pupil today, or raise `BadInput`.

        An authority with care of a child is nobody to write to as a parent, nor is an adult without a basis.
        """
        for parent in self.people.parents_of(pupil_id, self.on):
            if parent.adult.id == adult_id and parent.link.basis is not ParentBasis.NONE:
                if parent.adult.kind is AdultKind.PERSON:
                    return parent.adult
                raise BadInput(
                    "The local authority holds the care of this child; name a person.", field="adult_id"
                )
        raise BadInput(
            f"Adult {adult_id} is not recorded as a parent of this pupil today. Record the link first.",
            field="adult_id",
        )

    def matter(self, kind: type[OfSchool], reference: str) -> OfSchool:
        """Return the matter of that reference if the actor may see it, or raise `NotFound`."""
        row = self.matters.by_reference(kind, reference)
        if row is None or not self.actor.may_see(row.school_urn):
            raise NotFound(plain(kind.__tablename__), reference)
        return row

    def must_hold(self, document: str) -> None:
        """Raise `NotFound` where no document of that SHA-256 is held, or none that the actor may see."""
        if not may_see_document(self.opened.session, self.actor, document):
            raise NotFound("document", document)
        self.opened.documents.get(document)

    def case(self, reference: str) -> CaseRow:
        """Return the case of that reference if the actor may see it, or raise `NotFound`."""
        return self.matter(CaseRow, reference)

    def reference(self, prefix: str) -> str:
        """Return the next reference of that prefix in this year."""
        return self.matters.next_reference(prefix, self.on.year)

    def advance(
        self,
        table: StepTable,
        row: Matter,
        step: str,
        *,
        finding: Finding | None = None,
        reasons: tuple[Reason, ...] = (),
        carried: tuple[ReasonGiven, ...] = (),
    ) -> None:
        """Take a step of the row's life, or raise `StepNotAvailable` or `StepRefused`.

        The finding and the reasons given are kept as the act's decision when it finishes.
        """
        given = tuple(ReasonGiven(reason.code, reason.text, self.actor.role) for reason in reasons)
        given += carried
        before = row.state
        row.state = take(table, table.states(before), step, finding=finding, reasons=given).value
        if row.state != before:
            row.state_since = self.on
        self.decided(finding, given)

    def must_be_met(self, step: str, finding: Finding, reasons: tuple[Reason, ...] = ()) -> None:
        """Keep a finding as what the act rests on, or raise `StepRefused` with everything unmet."""
        given = tuple(ReasonGiven(reason.code, reason.text, self.actor.role) for reason in reasons)
        refusals = finding.refusals(given)
        if refusals:
            raise StepRefused(step, refusals)
        self.decided(finding, given)

    @property
    def reasons(self) -> tuple[ReasonGiven, ...]:
        """The reasons given in the act so far."""
        return self._reasons

    def decided(self, finding: Finding | None, given: tuple[ReasonGiven, ...] = ()) -> None:
        """Keep a finding and the reasons given as what the act rests on."""
        if finding is not None:
            self._decision = Decision(finding, given)
        self._reasons = (*self._reasons, *given)

    def because(self, code: str, text: str) -> None:
        """Keep a reason that the act asks for in any case."""
        self._reasons = (*self._reasons, ReasonGiven(code, text, self.actor.role))

    def finish(self, row: Matter, outcome: Outcome) -> Done:
        """Keep the decision, write the act's one entry and return what was done."""
        payload: dict[str, PayloadValue] = {"reference": row.reference, "state": row.state, **outcome.facts}
        kept = tuple(self.opened.reasons.keep(reason.code, reason.text) for reason in self._reasons)
        if kept:
            payload["reasons"] = kept
        if self._decision is not None:
            payload["rules"] = self._decision.finding.parameters
            payload["decision"] = self._keep(outcome.subject, self._decision, kept)
        self.opened.record(outcome.event, subject=outcome.subject, payload=payload)
        return Done(
            act=self.act,
            reference=row.reference,
            state=plain(row.state),
            sentences=outcome.sentences,
            letters=outcome.letters,
            on=self.on,
        )

    def _keep(self, subject: Subject, decision: Decision, reasons: tuple[ReasonKept, ...]) -> str:
        text, digest = written(decision, reasons)
        row = DecisionRow(
            case_id=subject.case,
            subject_kind=subject.step or "case",
            subject_id=subject.step_id or subject.case,
            act=self.act,
            on=self.on,
            at_utc=self.moment.at_utc,
            decided_by=self.actor.account,
            role=self.actor.role.value,
            finding=text,
            sha256=digest,
            lifted=decision.lifted,
        )
        self.matters.add(row)
        return digest
