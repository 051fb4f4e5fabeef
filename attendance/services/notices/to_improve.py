"""A Notice to Improve from its decision to its letter going out.

- The threshold is tested when the notice is decided, and not again.
- Its period starts on the first school day after deemed receipt and is counted in the school's own days.
- Marks are read again at release: changed, the notice is held.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.notice_to_improve import TABLE, NoticeToImproveState
from attendance.services import cases, register_facts
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import (
    Code,
    Guarded,
    Key,
    Line,
    Number,
    NumberOrNone,
    OfMatter,
    Reference,
    Urn,
    Words,
)
from attendance.services.letters import about_improvement, common, preparing
from attendance.services.letters.about_improvement import Served
from attendance.services.notices import facts
from attendance.services.notices.finishing import finish
from attendance.services.requests import following
from attendance.services.reviews import end_reviews
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow
from rules.clocks import ServedBy, improvement_period
from rules.steps.facts import AbsenceKind, SessionMark, Threshold
from rules.steps.notice_to_improve import NoticeToImproveFacts, may_decide, may_release
from rules.steps.release import LetterFacts, changed_marks

RUNNING = frozenset(
    {
        NoticeToImproveState.DECIDED,
        NoticeToImproveState.PREPARED,
        NoticeToImproveState.HELD,
        NoticeToImproveState.MONITORING,
        NoticeToImproveState.RETURNED,
    }
)


class DecideNoticeToImprove(Guarded):
    """The parent, child and school; the target, the period in school days and the further support offered.

    The sessions are those of the threshold up to today, unless days are given. `consulted` names who was
    consulted about a child with a flag; `request` the school's request that this follows.
    """

    pupil_id: Key
    school_urn: Urn
    adult_id: Key
    target_sessions: NumberOrNone
    period_school_days: Number
    further_support: Annotated[tuple[Line, ...], Field(min_length=1)]
    offence_from: date | None = None
    offence_until: date | None = None
    consulted: tuple[Code, ...] = ()
    home_authority_contacted_on: date | None = None
    request: Reference | None = None


class PrepareLetter(OfMatter):
    """The day on which the letter is to be posted or delivered, and how."""

    posting_on: date
    method: ServedBy = ServedBy.FIRST_CLASS_POST


class SayWhy(OfMatter):
    """Why."""

    why: Words


class RecordReturnedMail(OfMatter):
    """The day on which the letter came back, and what stood on it."""

    returned_on: date
    why: Words


def decide(work: Work, given: DecideNoticeToImprove) -> Done:
    """Decide on a notice to improve; everything unmet is listed at once."""
    work.pupil(given.pupil_id, given.school_urn)
    found = register_facts.threshold(work, given.pupil_id, given.school_urn, given.adult_id)
    since, until = _offence_days(work, given, found)
    marks = register_facts.unauthorised_between(work, given.pupil_id, given.school_urn, since, until)
    asked = NoticeToImproveFacts(
        kind=AbsenceKind.IRREGULAR,
        school=facts.school_facts(work, given.school_urn),
        child=facts.child_facts(work, given.pupil_id, given.school_urn),
        parent=facts.parent_facts(work, given.pupil_id, given.adult_id),
        threshold=found,
        marks=marks,
        support_recorded=facts.support_recorded(work, given.pupil_id, given.school_urn),
        period_school_days=given.period_school_days,
        target_sessions=given.target_sessions,
        consulted=frozenset(given.consulted),
        home_authority_contacted_on=given.home_authority_contacted_on,
        already_running=_running(work, given),
    )
    work.must_be_met("Notice to Improve: decide", may_decide(asked, work.book, work.on), given.reasons)
    asked_for = following.For(given.pupil_id, given.school_urn, given.adult_id, AbsenceKind.IRREGULAR)
    request = following.accepted_request(work, given.request, asked_for)
    case = cases.open_case_of(work, given.pupil_id, given.school_urn, work.actor.account)
    row = NoticeToImproveRow(
        reference=work.reference("NTI"),
        case_id=case.id,
        request_id=request.id if request else None,
        pupil_id=given.pupil_id,
        adult_id=given.adult_id,
        school_urn=given.school_urn,
        state=TABLE.initial.value,
        state_since=work.on,
        offence_from=since,
        offence_until=until,
        decided_on=work.on,
        decided_by=work.actor.account,
        code_of_conduct=work.book.policy("code_of_conduct.version", work.on).text,
        target_sessions=given.target_sessions,
        further_support="\n".join(given.further_support),
        period_days=given.period_school_days,
    )
    work.matters.add(row)
    facts.keep_sessions(work, row, marks)
    said = {"sessions": len(marks), "target": row.target_sessions, "days": row.period_days}
    return finish(work, row, "decided", {**said, "from": since, "until": until})


def _offence_days(work: Work, given: DecideNoticeToImprove, found: Threshold) -> tuple[date, date]:
    days = [mark.day for mark in found.marks]
    since = given.offence_from or min(days, default=work.on)
    until = given.offence_until or work.on
    if until < since or until > work.on:
        raise BadInput("The sessions lie between two days, the later one not in the future. Check the days.")
    return since, until


def _running(work: Work, given: DecideNoticeToImprove) -> bool:
    same = work.matters.find(
        NoticeToImproveRow, pupil_id=given.pupil_id, adult_id=given.adult_id, school_urn=given.school_urn
    )
    return any(NoticeToImproveState(row.state) in RUNNING for row in same)


def prepare(work: Work, given: PrepareLetter) -> Done:
    """Prepare the notice's letter for a day of posting, to be looked at before it goes."""
    row = work.matter(NoticeToImproveRow, given.reference)
    if given.posting_on < work.on:
        raise BadInput("The letter goes today or later. Check the day of posting.")
    work.advance(TABLE, row, "prepare", reasons=given.reasons)
    decided = facts.sessions_of(work, row)
    now = register_facts.marks_at(work, row.pupil_id, row.school_urn, decided)
    facts.refuse_changed(decided, now)
    preparing.cancel(work, row.letter_id)
    served = _served(work, row, given.posting_on, given.method)
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    wanted = preparing.Wanted(
        name="notice_to_improve",
        context=about_improvement.notice(work, row, parties, served),
        case_id=row.case_id,
        subject_kind=row.__tablename__,
        subject_id=row.id,
        school_urn=row.school_urn,
        adult_id=row.adult_id,
        posting_on=given.posting_on,
        method=given.method,
    )
    letter = preparing.prepare(work, wanted)
    row.letter_id = letter.id
    said = {"posting_on": given.posting_on, "received_on": served.received_on, "method": given.method.value}
    sentences = (*served.period.sentences, *served.period.warnings)
    return finish(work, row, "prepared", said, letters=(letter,), sentences=sentences)


def _served(work: Work, row: NoticeToImproveRow, posting_on: date, method: ServedBy) -> Served:
    received = preparing.receipt(work, row.adult_id, method, posting_on)
    calendar = work.calendar(row.school_urn)
    return Served(
        posting_on, received.on, improvement_period(received.on, row.period_days, calendar, work.book)
    )


def hold(work: Work, given: SayWhy) -> Done:
    """Hold a prepared notice; it does not go out."""
    row = work.matter(NoticeToImproveRow, given.reference)
    work.advance(TABLE, row, "hold", reasons=given.reasons)
    work.because("held", given.why)
    return finish(work, row, "held", {})


def release(work: Work, given: OfMatter) -> Done:
    """Let the notice go today. Where the register has changed since the decision it is held instead."""
    row = work.matter(NoticeToImproveRow, given.reference)
    TABLE.row("release", TABLE.states(row.state))
    letter = work.matters.get(LetterRow, row.letter_id or 0)
    decided = facts.sessions_of(work, row)
    now = register_facts.marks_at(work, row.pupil_id, row.school_urn, decided)
    changed = changed_marks(decided, now)
    if changed:
        work.advance(TABLE, row, "hold")
        work.because("marks_changed", " ".join(changed))
        sentence = "The register has changed since the decision; the notice is held and did not go."
        return finish(work, row, "held", {}, sentences=(sentence, *changed))
    finding = may_release(
        _facts_at_release(work, row, decided), _letter(letter, decided, now), work.book, work.on
    )
    finding = preparing.with_letter(work, letter, finding)
    work.advance(TABLE, row, "release", finding=finding, reasons=given.reasons)
    received = preparing.release(work, letter)
    period = improvement_period(received.on, row.period_days, work.calendar(row.school_urn), work.book)
    row.issued_on, row.received_on = work.on, received.on
    row.period_from, row.period_until = period.begins_on, period.ends_on
    row.review_on = period.review_on
    said: dict[str, PayloadValue] = {
        "posting_on": work.on,
        "received_on": received.on,
        "method": letter.method,
        "from": period.begins_on,
        "until": period.ends_on,
    }
    return finish(
        work, row, "issued", said, letters=(letter,), sentences=(*received.sentences, *period.sentences)
    )


def _letter(letter: LetterRow, decided: tuple[SessionMark, ...], now: tuple[SessionMark, ...]) -> LetterFacts:
    return LetterFacts(decided, now, letter.for_posting_on, frozenset(letter.contents.split()))


def _facts_at_release(
    work: Work, row: NoticeToImproveRow, decided: tuple[SessionMark, ...]
) -> NoticeToImproveFacts:
    return NoticeToImproveFacts(
        kind=AbsenceKind.IRREGULAR,
        school=facts.school_facts(work, row.school_urn),
        child=facts.child_facts(work, row.pupil_id, row.school_urn),
        parent=facts.parent_facts(work, row.pupil_id, row.adult_id),
        threshold=Threshold(row.decided_on, decided),
        marks=decided,
        support_recorded=facts.support_recorded(work, row.pupil_id, row.school_urn),
        period_school_days=row.period_days,
        target_sessions=row.target_sessions,
    )


def record_returned_mail(work: Work, given: RecordReturnedMail) -> Done:
    """Record that the notice came back: nobody received it and its period does not run."""
    row = work.matter(NoticeToImproveRow, given.reference)
    work.advance(TABLE, row, "record_returned_mail", reasons=given.reasons)
    preparing.record_return(
        work, work.matters.get(LetterRow, row.letter_id or 0), given.returned_on, given.why
    )
    row.received_on = row.period_from = row.period_until = row.review_on = None
    sentence = "The notice came back. Its period does not run until it is served again."
    return finish(work, row, "mail_returned", {"returned_on": given.returned_on}, sentences=(sentence,))


def cancel(work: Work, given: SayWhy) -> Done:
    """Cancel a notice that has not been received."""
    return _end(work, given, "cancel", "cancelled")


def withdraw(work: Work, given: SayWhy) -> Done:
    """Withdraw a notice that was issued; it no longer grounds a step, and its reviews end."""
    return _end(work, given, "withdraw", "withdrawn")


def _end(work: Work, given: SayWhy, step: str, event: str) -> Done:
    row = work.matter(NoticeToImproveRow, given.reference)
    work.advance(TABLE, row, step, reasons=given.reasons)
    work.because(event, given.why)
    preparing.cancel(work, row.letter_id)
    end_reviews(work, row)
    row.ended_on = work.on
    return finish(work, row, event, {})


ACTS = (
    act(
        "notice_to_improve.decide",
        "Decide on a notice to improve",
        OFFICERS,
        DecideNoticeToImprove,
        decide,
    ),
    act(
        "notice_to_improve.prepare",
        "Prepare the notice's letter for a day of posting",
        TABLE.by("prepare"),
        PrepareLetter,
        prepare,
    ),
    act("notice_to_improve.hold", "Hold a prepared notice", TABLE.by("hold"), SayWhy, hold),
    act("notice_to_improve.release", "Let the notice go today", TABLE.by("release"), OfMatter, release),
    act(
        "notice_to_improve.record_returned_mail",
        "Record that the notice came back",
        TABLE.by("record_returned_mail"),
        RecordReturnedMail,
        record_returned_mail,
    ),
    act("notice_to_improve.cancel", "Cancel a notice before it counts", TABLE.by("cancel"), SayWhy, cancel),
    act(
        "notice_to_improve.withdraw",
        "Withdraw a notice that was issued",
        TABLE.by("withdraw"),
        SayWhy,
        withdraw,
    ),
)
