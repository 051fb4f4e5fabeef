"""A Penalty Notice's letter: prepared, held, released, and perhaps returned by the post.

- The date on the notice is the day of its release, which is its issue; its dates assume that one day of
  posting.
- At release the marks, the ladder and the issuer's authority are asked again. Changed marks hold the notice.
- A returned notice was received by nobody: its clock stops, and it is prepared and released anew.
"""

from datetime import date

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import TABLE
from attendance.services.acts import act
from attendance.services.letters import about_penalty, common, preparing
from attendance.services.notices import answered, facts, holding
from attendance.services.notices.finishing import finish
from attendance.services.notices.given import PrepareLetter, RecordReturnedMail, ReleaseNotice, SayWhy
from attendance.services.notices.penalty.asking import facts_of, issuer_said, proposal_of
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow
from rules.clocks import PaymentClock, payment_clock
from rules.ladder import Position, ladder
from rules.steps.penalty_notice import may_release
from rules.steps.release import LetterFacts, changed_marks


def prepare(work: Work, given: PrepareLetter) -> Done:
    """Prepare the notice's letter for a day of posting, to be looked at before it goes."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    if given.posting_on < work.on:
        raise BadInput("The notice goes today or later. Check the day of posting.", field="posting_on")
    work.advance(TABLE, row, "prepare", reasons=given.reasons)
    decided = facts.sessions_of(work, row)
    facts.refuse_changed(decided, facts.marks_now(work, row, decided))
    preparing.cancel(work, row.letter_id)
    _place_on_ladder(work, row, given.posting_on)
    received = preparing.receipt(work, row.adult_id, given.method, given.posting_on)
    clock = clock_of(work, row, received.on, given.posting_on)
    parties = common.parties(work, row.adult_id, row.pupil_id, row.school_urn)
    wanted = preparing.Wanted(
        name="penalty_notice",
        context=about_penalty.notice(work, row, parties, clock, given.method, given.posting_on),
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
    said = {"posting_on": given.posting_on, "received_on": clock.received_on, "method": given.method.value}
    return finish(
        work, row, "prepared", said, letters=(letter,), sentences=(*received.sentences, *clock.sentences)
    )


def _place_on_ladder(work: Work, row: PenaltyNoticeRow, posting_on: date) -> None:
    earlier = facts.earlier_notices(work, row.pupil_id, row.adult_id, but=row.id)
    rung = ladder(earlier, posting_on, work.book)
    if rung.full is None:
        raise BadInput(
            " ".join((*rung.sentences, "No notice may be posted on that day.")), field="posting_on"
        )
    row.rung = rung.position.value
    row.full_pence = rung.full.whole
    row.reduced_pence = rung.reduced.whole if rung.reduced else None


def clock_of(work: Work, row: PenaltyNoticeRow, received_on: date, issued_on: date) -> PaymentClock:
    """Return the payment clock of a notice received on that day, by the law of its day of issue."""
    second = row.rung == Position.SECOND.value
    law = work.book.law
    full = law(
        "penalty_notice.second_amount_pence" if second else "penalty_notice.first_amount_pence", issued_on
    )
    reduced = None if second else law("penalty_notice.first_reduced_pence", issued_on)
    return payment_clock(received_on, full=full, reduced=reduced, book=work.book, issued_on=issued_on)


def hold(work: Work, given: SayWhy) -> Done:
    """Hold a prepared notice; it does not go out."""
    return holding.hold(work, TABLE, work.matter(PenaltyNoticeRow, given.reference), given)


def release(work: Work, given: ReleaseNotice) -> Done:
    """Issue the notice today. Where the register has changed since the decision it is held instead.

    Something that became known of the child since asks again whether those whom it asks for were consulted.
    """
    row = work.matter(PenaltyNoticeRow, given.reference)
    TABLE.row("release", TABLE.states(row.state))
    letter = work.matters.get(LetterRow, row.letter_id or 0)
    decided = facts.sessions_of(work, row)
    now = facts.marks_now(work, row, decided)
    changed = changed_marks(decided, now)
    if changed:
        return holding.hold_changed(work, TABLE, row, changed)
    prepared = LetterFacts(decided, now, letter.for_posting_on, frozenset(letter.contents.split()))
    held = answered.at_release(work, row, given.consulted)
    asked = facts_of(work, proposal_of(work, row, held.consulted))
    finding = may_release(asked, prepared, Position(row.rung), work.book, work.on)
    finding = preparing.with_letter(work, letter, finding)
    work.advance(TABLE, row, "release", finding=finding, reasons=given.reasons, carried=held.carried)
    answered.keep_consulted(work, row, held.consulted)
    received = preparing.release(work, letter)
    row.issued_on = work.on
    said = _issued(row, letter)
    sentences: tuple[str, ...] = (preparing.NOT_DELIVERED,)
    if received is not None:
        clock = begin_clock(work, row, received.on)
        said, sentences = said | _days_of(clock), (*received.sentences, *clock.sentences)
    return finish(work, row, "issued", said, letters=(letter,), sentences=sentences)


def begin_clock(work: Work, row: PenaltyNoticeRow, received_on: date) -> PaymentClock:
    """Let the days to pay an issued notice run from the day on which it was received."""
    assert row.issued_on is not None
    clock = clock_of(work, row, received_on, row.issued_on)
    row.received_on = received_on
    row.reduced_until, row.payable_until = clock.reduced_until, clock.payable_until
    return clock


def _issued(row: PenaltyNoticeRow, letter: LetterRow) -> dict[str, PayloadValue]:
    said: dict[str, PayloadValue] = {
        "posting_on": letter.for_posting_on,
        "method": letter.method,
        "full": row.full_pence,
        "rung": row.rung,
        "from": row.offence_from,
        "until": row.offence_until,
        **issuer_said(row),
        **answered.said(row),
    }
    return said if row.reduced_pence is None else said | {"reduced": row.reduced_pence}


def _days_of(clock: PaymentClock) -> dict[str, PayloadValue]:
    said: dict[str, PayloadValue] = {"received_on": clock.received_on, "payable_until": clock.payable_until}
    return said if clock.reduced_until is None else said | {"reduced_until": clock.reduced_until}


def record_returned_mail(work: Work, given: RecordReturnedMail) -> Done:
    """Record that the notice came back: nobody received it, and no day to pay runs."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    work.advance(TABLE, row, "record_returned_mail", reasons=given.reasons)
    preparing.record_return(
        work, work.matters.get(LetterRow, row.letter_id or 0), given.returned_on, given.why
    )
    row.received_on = row.reduced_until = row.payable_until = None
    sentence = "The notice came back. The days to pay do not run until it is served again."
    return finish(work, row, "mail_returned", {"returned_on": given.returned_on}, sentences=(sentence,))


def cancel(work: Work, given: SayWhy) -> Done:
    """Cancel a notice that was never issued."""
    row = work.matter(PenaltyNoticeRow, given.reference)
    if row.issued_on is not None:
        raise BadInput(f"{row.reference} was issued. A notice that was issued is withdrawn, not cancelled.")
    work.advance(TABLE, row, "cancel", reasons=given.reasons)
    work.because("cancelled", given.why)
    preparing.cancel(work, row.letter_id)
    row.ended_on = work.on
    return finish(work, row, "cancelled", {})


ACTS = (
    act(
        "penalty_notice.prepare",
        "Prepare the notice's letter for a day of posting",
        TABLE.by("prepare"),
        PrepareLetter,
        prepare,
    ),
    act("penalty_notice.hold", "Hold a prepared notice", TABLE.by("hold"), SayWhy, hold),
    act("penalty_notice.release", "Issue the notice today", TABLE.by("release"), ReleaseNotice, release),
    act(
        "penalty_notice.record_returned_mail",
        "Record that the notice came back",
        TABLE.by("record_returned_mail"),
        RecordReturnedMail,
        record_returned_mail,
    ),
    act("penalty_notice.cancel", "Cancel a notice before issue", TABLE.by("cancel"), SayWhy, cancel),
)
