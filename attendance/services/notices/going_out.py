"""A Notice to Improve's letter: prepared, held, released, perhaps returned; and its cancelling or withdrawal.

- Its period starts on the first school day after deemed receipt and is counted in the school's own days.
- Marks are read again at release: changed, the notice is held.
"""

from datetime import date

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.notice_to_improve import TABLE
from attendance.services.acts import act
from attendance.services.letters import about_improvement, common, preparing
from attendance.services.letters.about_improvement import Served
from attendance.services.notices import answered, facts, holding
from attendance.services.notices.finishing import finish
from attendance.services.notices.given import PrepareLetter, RecordReturnedMail, ReleaseNotice, SayWhy
from attendance.services.reviews import end_reviews
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow
from rules.clocks import ImprovementPeriod, ServedBy, improvement_period
from rules.steps.facts import AbsenceKind, SessionMark, Threshold
from rules.steps.notice_to_improve import NoticeToImproveFacts, may_release
from rules.steps.release import LetterFacts, changed_marks


def prepare(work: Work, given: PrepareLetter) -> Done:
    """Prepare the notice's letter for a day of posting, to be looked at before it goes."""
    row = work.matter(NoticeToImproveRow, given.reference)
    if given.posting_on < work.on:
        raise BadInput("The letter goes today or later. Check the day of posting.", field="posting_on")
    work.advance(TABLE, row, "prepare", reasons=given.reasons)
    decided = facts.sessions_of(work, row)
    now = facts.marks_now(work, row, decided)
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
    period = improvement_period(
        received.on, row.period_days, calendar, work.book, working_days=work.office.working_days
    )
    return Served(posting_on, received.on, period)


def hold(work: Work, given: SayWhy) -> Done:
    """Hold a prepared notice; it does not go out."""
    return holding.hold(work, TABLE, work.matter(NoticeToImproveRow, given.reference), given)


def release(work: Work, given: ReleaseNotice) -> Done:
    """Let the notice go today. Where the register has changed since the decision it is held instead.

    Something that became known of the child since asks again whether those whom it asks for were consulted.
    """
    row = work.matter(NoticeToImproveRow, given.reference)
    TABLE.row("release", TABLE.states(row.state))
    letter = work.matters.get(LetterRow, row.letter_id or 0)
    decided = facts.sessions_of(work, row)
    now = facts.marks_now(work, row, decided)
    changed = changed_marks(decided, now)
    if changed:
        return holding.hold_changed(work, TABLE, row, changed)
    held = answered.at_release(work, row, given.consulted)
    asked = _facts_at_release(work, row, decided, held.consulted)
    finding = may_release(asked, _letter(letter, decided, now), work.book, work.on)
    finding = preparing.with_letter(work, letter, finding)
    work.advance(TABLE, row, "release", finding=finding, reasons=given.reasons, carried=held.carried)
    answered.keep_consulted(work, row, held.consulted)
    received = preparing.release(work, letter)
    row.issued_on = work.on
    said: dict[str, PayloadValue] = {
        "posting_on": work.on,
        "method": letter.method,
        **answered.said(row),
    }
    sentences: tuple[str, ...] = (preparing.NOT_DELIVERED,)
    if received is not None:
        period = begin_period(work, row, received.on)
        said |= {"received_on": received.on, "from": period.begins_on, "until": period.ends_on}
        sentences = (*received.sentences, *period.sentences)
    return finish(work, row, "issued", said, letters=(letter,), sentences=sentences)


def begin_period(work: Work, row: NoticeToImproveRow, received_on: date) -> ImprovementPeriod:
    """Let the period of an issued notice run from the day on which it was received."""
    calendar, working_days = work.calendar(row.school_urn), work.office.working_days
    period = improvement_period(received_on, row.period_days, calendar, work.book, working_days=working_days)
    row.received_on = received_on
    row.period_from, row.period_until = period.begins_on, period.ends_on
    row.review_on = period.review_on
    return period


def _letter(letter: LetterRow, decided: tuple[SessionMark, ...], now: tuple[SessionMark, ...]) -> LetterFacts:
    return LetterFacts(decided, now, letter.for_posting_on, frozenset(letter.contents.split()))


def _facts_at_release(
    work: Work, row: NoticeToImproveRow, decided: tuple[SessionMark, ...], consulted: frozenset[str]
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
        consulted=consulted,
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
        "notice_to_improve.prepare",
        "Prepare the notice's letter for a day of posting",
        TABLE.by("prepare"),
        PrepareLetter,
        prepare,
    ),
    act("notice_to_improve.hold", "Hold a prepared notice", TABLE.by("hold"), SayWhy, hold),
    act("notice_to_improve.release", "Let the notice go today", TABLE.by("release"), ReleaseNotice, release),
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
