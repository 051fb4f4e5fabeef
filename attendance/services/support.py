"""Recording support: what was done for a pupil, by whom, and how it was met. Support comes first.

- A school or an officer records it, for the pupil at the school, before any case as well as in one.
- What was declined or did not suit is recorded as such; only what a person did counts.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.services.acts import SCHOOLS_AND_OFFICERS, act
from attendance.services.inputs import ActInput, Code, Key, Line, Number, NumberOrNone, Sha256, Urn
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.cases import EarlyHelpRow, SupportRow
from rules.wording import said_day

Text = Annotated[str, Field(max_length=4000)]


class Response(StrEnum):
    """How an offer of support was met."""

    OFFERED = "offered"
    TAKEN_UP = "taken_up"
    DECLINED = "declined"
    NOT_SUITABLE = "not_suitable"


class EarlyHelpAnswer(StrEnum):
    """How the offer of an Early Help Assessment was met."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class RecordSupport(ActInput):
    """One thing done: its kind by the local code's list, the day, who did it, and how it was met."""

    pupil_id: Key
    school_urn: Urn
    kind: Code
    on: date
    response: Response
    offered_by: Line
    adult_id: Key | None = None
    detail: Text = ""
    pupil_voice: Text = ""
    parent_voice: Text = ""
    review_on: date | None = None
    document: Sha256 | None = None


class RecordEarlyHelp(ActInput):
    """An Early Help Assessment: its offer, the answer, and what came of it."""

    pupil_id: Key
    school_urn: Urn
    offered_on: date
    answer: EarlyHelpAnswer
    answered_on: date | None = None
    completed_on: date | None = None
    right_help_level: Number | None = None
    supporting_families_criteria: NumberOrNone | None = None
    lead_practitioner: Annotated[str, Field(max_length=80)] = ""
    adviser: Annotated[str, Field(max_length=200)] = ""
    plan_review_on: date | None = None


def record_support(work: Work, given: RecordSupport) -> Done:
    """Record one thing done to support a pupil."""
    pupil = work.pupil(given.pupil_id, given.school_urn)
    kinds = work.book.policy("support.kinds", work.on).table
    if given.kind not in kinds:
        raise BadInput(
            f"{given.kind} is no kind of support in the local code. Known: {', '.join(kinds)}.", field="kind"
        )
    _not_in_future(work, on=given.on)
    if given.adult_id is not None and not work.people.links_between(pupil.id, given.adult_id):
        raise BadInput(f"Adult {given.adult_id} is not recorded as a parent of this pupil.", field="adult_id")
    if given.document is not None:
        work.must_hold(given.document)
    row = SupportRow(
        reference=work.reference("SU"),
        pupil_id=pupil.id,
        school_urn=given.school_urn,
        kind=given.kind,
        on=given.on,
        state=given.response.value,
        state_since=work.on,
        offered_by=given.offered_by,
        adult_id=given.adult_id,
        detail=given.detail,
        pupil_voice=given.pupil_voice,
        parent_voice=given.parent_voice,
        review_on=given.review_on,
        document_sha256=given.document or "",
        recorded_at_utc=work.moment.at_utc,
        recorded_by=work.actor.account,
    )
    work.matters.add(row)
    subject = Subject(pupil=pupil.id, school=given.school_urn, step="support", step_id=row.id)
    sentence = f"Recorded: {given.kind.replace('_', ' ')}, {given.response.value.replace('_', ' ')}."
    facts: dict[str, PayloadValue] = {"kind": given.kind, "day": given.on}
    return work.finish(row, Outcome("support.recorded", subject, (sentence,), facts))


def record_early_help(work: Work, given: RecordEarlyHelp) -> Done:
    """Record an Early Help Assessment, from its offer to what came of it."""
    pupil = work.pupil(given.pupil_id, given.school_urn)
    asked = ("offered_on", "answered_on", "completed_on")
    days: dict[str, date | None] = {field: getattr(given, field) for field in asked}
    _not_in_future(work, **days)
    _in_order(days)
    if given.completed_on is not None and given.answer is not EarlyHelpAnswer.ACCEPTED:
        raise BadInput(
            "An assessment that was not accepted cannot be completed. Check the answer.", field="answer"
        )
    row = EarlyHelpRow(
        reference=work.reference("EH"),
        pupil_id=pupil.id,
        school_urn=given.school_urn,
        offered_on=given.offered_on,
        state=given.answer.value,
        state_since=work.on,
        answered_on=given.answered_on,
        completed_on=given.completed_on,
        right_help_level=given.right_help_level,
        supporting_families_criteria=given.supporting_families_criteria,
        lead_practitioner=given.lead_practitioner,
        adviser=given.adviser,
        plan_review_on=given.plan_review_on,
        recorded_at_utc=work.moment.at_utc,
        recorded_by=work.actor.account,
    )
    work.matters.add(row)
    subject = Subject(pupil=pupil.id, school=given.school_urn, step="early_help", step_id=row.id)
    sentence = f"Recorded: Early Help Assessment, {given.answer.value}."
    facts = {"day": given.offered_on}
    return work.finish(row, Outcome("early_help.recorded", subject, (sentence,), facts))


def _not_in_future(work: Work, **days: date | None) -> None:
    for field, day in days.items():
        if day is not None and day > work.on:
            raise BadInput(f"{said_day(day)} has not come yet. Record what has happened.", field=field)


def _in_order(days: Mapping[str, date | None]) -> None:
    known = [(field, day) for field, day in days.items() if day is not None]
    for (_, earlier), (field, later) in pairwise(known):
        if later < earlier:
            raise BadInput(
                f"{said_day(later)} lies before {said_day(earlier)}. "
                "An assessment is offered, then answered, then completed.",
                field=field,
            )


ACTS = (
    act(
        "support.record",
        "Record support given to a pupil",
        SCHOOLS_AND_OFFICERS,
        RecordSupport,
        record_support,
    ),
    act(
        "early_help.record",
        "Record an Early Help Assessment",
        SCHOOLS_AND_OFFICERS,
        RecordEarlyHelp,
        record_early_help,
    ),
)
