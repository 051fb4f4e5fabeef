"""After the days to pay: the school is told, the parent is asked, the school answers or is silent.

- Nothing is done before the days have ended unpaid, nor while a review or representations are open.
- Silence counts as no and makes a duty for an officer; the software neither withdraws nor prosecutes by
  itself.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.domain.steps.penalty_notice import TABLE, PenaltyNoticeState
from attendance.services.acts import OFFICERS, SCHOOLS_AND_OFFICERS, act
from attendance.services.duties import refresh_payment
from attendance.services.inputs import OfMatter, Sha256
from attendance.services.letters import about_penalty, common, preparing
from attendance.services.notices.finishing import finish
from attendance.services.notices.penalty.clocks import ask_what_becomes_of_money, unpaid_facts
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import ExhibitRow, PenaltyNoticeRow
from letters.contexts import LetterContext
from rules.clocks import ServedBy, parent_reply_clock, school_answer_clock
from rules.steps.facts import AbsenceKind
from rules.steps.payment import may_end_unpaid
from rules.steps.unpaid import (
    ExtensionFacts,
    SchoolAnswerFacts,
    may_extend_answer,
    may_message_school,
    may_record_silence,
    may_record_support,
)


class ParentMessaged(OfMatter):
    """The day on which the school asked the parent, and a copy of what it sent."""

    asked_on: date
    document: Sha256 | None = None


class ParentReplied(OfMatter):
    """The day on which the parent replied, and the reply."""

    replied_on: date
    document: Sha256 | None = None
    said: Annotated[str, Field(max_length=4000)] = ""


class ExtendAnswer(OfMatter):
    """The later last day of the school's time to answer."""

    extend_to: date


def end_unpaid(work: Work, given: OfMatter) -> Done:
    """Record that the days to pay have ended without the full sum."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("end_unpaid", TABLE.states(row.state))
    finding = may_end_unpaid(unpaid_facts(work, row), work.book, work.on)
    work.advance(TABLE, row, "end_unpaid", finding=finding, reasons=given.reasons)
    for payment in ask_what_becomes_of_money(work, row):
        refresh_payment(work, payment)
    assert row.payable_until
    return finish(work, row, "ended_unpaid", {"payable_until": row.payable_until})


def message_school(work: Work, given: OfMatter) -> Done:
    """Tell the school that the notice is unpaid and ask whether it supports prosecution."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("message_school", TABLE.states(row.state))
    finding = may_message_school(unpaid_facts(work, row), work.book, work.on)
    work.advance(TABLE, row, "message_school", finding=finding, reasons=given.reasons)
    clock = school_answer_clock(work.on, work.book, work.calendar(row.school_urn))
    row.school_messaged_on, row.school_answer_due_on = work.on, clock.last_day
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    context = about_penalty.non_payment_to_school(work, row, parties, clock.last_day)
    letter = _to_school(work, row, context)
    preparing.release(work, letter)
    sentences = (*clock.sentences, *clock.warnings)
    return finish(
        work, row, "school_messaged", {"answer_by": clock.last_day}, letters=(letter,), sentences=sentences
    )


def prepare_parent_message(work: Work, given: OfMatter) -> Done:
    """Prepare the school's message to the parent from the template."""
    row = _awaiting_school(work, given)
    clock = parent_reply_clock(work.on, work.book)
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    context = about_penalty.seven_day_message(work, row, parties, clock.last_day)
    letter = about_penalty.prepare(work, row, "seven_day_message", context)
    said = {"reply_by": clock.last_day}
    return finish(work, row, "parent_message_prepared", said, letters=(letter,), sentences=clock.sentences)


def record_parent_message(work: Work, given: ParentMessaged) -> Done:
    """Record that the school asked the parent for information; the message becomes an exhibit."""
    row = _awaiting_school(work, given)
    if row.school_messaged_on is None or not row.school_messaged_on <= given.asked_on <= work.on:
        raise BadInput(
            "The parent is asked after the school was told, and not in the future. Check the day.",
            field="asked_on",
        )
    clock = parent_reply_clock(given.asked_on, work.book)
    row.parent_messaged_on, row.parent_reply_due_on = given.asked_on, clock.last_day
    _exhibit(work, row, "message_to_parent", given.document)
    return finish(work, row, "parent_messaged", {"reply_by": clock.last_day}, sentences=clock.sentences)


def record_parent_reply(work: Work, given: ParentReplied) -> Done:
    """Record what the parent replied; the reply becomes an exhibit."""
    row = _awaiting_school(work, given)
    if given.replied_on > work.on:
        raise BadInput("A reply is recorded once it has come. Check the day.", field="replied_on")
    _exhibit(work, row, "reply_of_parent", given.document)
    if given.said:
        work.because("parent_replied", given.said)
    return finish(work, row, "parent_replied", {"replied_on": given.replied_on})


def _awaiting_school(work: Work, given: OfMatter) -> PenaltyNoticeRow:
    row = work.matter(PenaltyNoticeRow, given.reference)
    if PenaltyNoticeState(row.state) is not PenaltyNoticeState.AWAITING_SCHOOL:
        raise TABLE.not_available("ask_parent", TABLE.states(row.state))
    return row


def extend_answer(work: Work, given: ExtendAnswer) -> Done:
    """Give the school longer to answer, with a reason."""
    row = _awaiting_school(work, given)
    assert row.school_messaged_on
    assert row.school_answer_due_on
    clock = school_answer_clock(row.school_messaged_on, work.book, work.calendar(row.school_urn))
    asked = ExtensionFacts(row.school_answer_due_on, given.extend_to, holiday_falls_in=bool(clock.warnings))
    finding = may_extend_answer(asked, work.book, work.on)
    work.must_be_met("Penalty Notice: extend answer", finding, given.reasons)
    row.school_answer_due_on = given.extend_to
    return finish(work, row, "answer_extended", {"answer_by": given.extend_to})


def school_supports(work: Work, given: OfMatter) -> Done:
    """Record that the school supports prosecution."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("school_supports", TABLE.states(row.state))
    finding = may_record_support(answer_facts(row), work.book, work.on)
    work.advance(TABLE, row, "school_supports", finding=finding, reasons=given.reasons)
    row.school_answer, row.school_answered_on = "supports", work.on
    return finish(work, row, "school_supported", {"answered_on": work.on})


def school_declines(work: Work, given: OfMatter) -> Done:
    """Record that the school does not support prosecution."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    work.advance(TABLE, row, "school_declines", reasons=given.reasons)
    row.school_answer, row.school_answered_on = "declines", work.on
    return finish(work, row, "school_declined", {"answered_on": work.on})


def record_silence(work: Work, given: OfMatter) -> Done:
    """Record that the school did not answer in its time."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("record_silence", TABLE.states(row.state))
    finding = may_record_silence(answer_facts(row), work.book, work.on)
    work.advance(TABLE, row, "record_silence", finding=finding, reasons=given.reasons)
    assert row.school_answer_due_on
    row.school_answer = "silent"
    return finish(work, row, "school_silent", {"answer_by": row.school_answer_due_on})


def answer_facts(row: PenaltyNoticeRow) -> SchoolAnswerFacts:
    """Return the school's answer and its time, as the guards ask it."""
    assert row.school_answer_due_on
    return SchoolAnswerFacts(
        kind=AbsenceKind(row.absence_kind),
        last_day=row.school_answer_due_on,
        supports={"supports": True, "declines": False}.get(row.school_answer),
        answered_on=row.school_answered_on,
        parent_reply_by=row.parent_reply_due_on,
    )


def _exhibit(work: Work, row: PenaltyNoticeRow, what: str, document: str | None) -> None:
    if document is None:
        return
    work.must_hold(document)
    work.matters.add(
        ExhibitRow(
            penalty_notice_id=row.id,
            what=what,
            document_sha256=document,
            added_on=work.on,
            added_by=work.actor.account,
        )
    )


def _to_school(work: Work, row: PenaltyNoticeRow, context: LetterContext) -> LetterRow:
    wanted = preparing.Wanted(
        name="non_payment_to_school",
        context=context,
        case_id=row.case_id,
        subject_kind=row.__tablename__,
        subject_id=row.id,
        school_urn=row.school_urn,
        adult_id=None,
        posting_on=work.on,
        method=ServedBy.LEFT_AT_ADDRESS,
    )
    return preparing.prepare(work, wanted)


ACTS = (
    act(
        "penalty_notice.end_unpaid",
        "Record that the days to pay have ended unpaid",
        TABLE.by("end_unpaid"),
        OfMatter,
        end_unpaid,
    ),
    act(
        "penalty_notice.message_school",
        "Tell the school that a notice is unpaid",
        TABLE.by("message_school"),
        OfMatter,
        message_school,
    ),
    act(
        "penalty_notice.prepare_parent_message",
        "Prepare the school's message to the parent",
        SCHOOLS_AND_OFFICERS,
        OfMatter,
        prepare_parent_message,
    ),
    act(
        "penalty_notice.record_parent_message",
        "Record that the school asked the parent",
        SCHOOLS_AND_OFFICERS,
        ParentMessaged,
        record_parent_message,
    ),
    act(
        "penalty_notice.record_parent_reply",
        "Record the parent's reply",
        SCHOOLS_AND_OFFICERS,
        ParentReplied,
        record_parent_reply,
    ),
    act(
        "penalty_notice.extend_answer",
        "Give the school longer to answer",
        OFFICERS,
        ExtendAnswer,
        extend_answer,
    ),
    act(
        "penalty_notice.school_supports",
        "Record that the school supports prosecution",
        TABLE.by("school_supports"),
        OfMatter,
        school_supports,
    ),
    act(
        "penalty_notice.school_declines",
        "Record that the school does not support prosecution",
        TABLE.by("school_declines"),
        OfMatter,
        school_declines,
    ),
    act(
        "penalty_notice.record_silence",
        "Record that the school did not answer",
        TABLE.by("record_silence"),
        OfMatter,
        record_silence,
    ),
)
