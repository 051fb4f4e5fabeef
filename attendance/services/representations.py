"""What a parent says about a penalty notice, and the answer.

- They are those of the parent that the notice is to, whoever writes for that parent; the answer goes to the
  parent.
- There is no statutory appeal, and the letter says so. The answer gives reasons, and withdrawal is
  considered.
- The parent's words are kept as they came; the answer quotes them as they can be printed. Whoever wrote for
  the parent is named in it, so that name must print.
- To withdraw because of them is an act of its own, done before the answer; the answer then says so.
"""

from datetime import date

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.domain.steps.representation import TABLE
from attendance.services import duties
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import Key, LineOrNone, OfMatter, Sha256, Words
from attendance.services.letters import about_penalty, common
from attendance.services.letters.about_penalty import Answered
from attendance.services.notices.penalty.clocks import payment_facts
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.reviews import RepresentationRow
from letters.contexts import RepresentationsAnswered
from letters.errors import CannotPrint
from letters.glyphs import name_of, unprintable
from rules.clocks import PaymentClock
from rules.steps.withdrawal import AnswerFacts, may_answer_representations

ANSWERED = "representations_answered"


class ReceiveRepresentation(OfMatter):
    """What the parent says about the notice of that reference, in a few words, when and in which document.

    `made_for_them_by` is who wrote for the parent, where somebody did, such as a solicitor.
    """

    adult_id: Key
    made_for_them_by: LineOrNone = ""
    received_on: date
    said: Words
    document: Sha256 | None = None


class AnswerRepresentation(OfMatter):
    """The reasons, for the parent to read, and whether withdrawal was considered on each ground."""

    answer: Words
    withdrawal_considered: bool


def receive_representation(work: Work, given: ReceiveRepresentation) -> Done:
    """Record what a parent says about an issued notice."""
    notice = work.matter(PenaltyNoticeRow, given.reference)
    if notice.issued_on is None or not notice.issued_on <= given.received_on <= work.on:
        raise BadInput(
            "Representations come after a notice was issued, and not in the future. Check the day.",
            field="received_on",
        )
    if given.adult_id != notice.adult_id:
        raise BadInput(
            "Only the parent that the notice is to makes representations about it, or somebody for that "
            "parent. Check who made them; what another parent says is support to record on the case.",
            field="adult_id",
        )
    if signs := unprintable(given.made_for_them_by):
        raise BadInput(str(CannotPrint(tuple(map(name_of, signs)))), field="made_for_them_by")
    if given.document is not None:
        work.must_hold(given.document)
    row = work.matters.add(
        RepresentationRow(
            reference=work.reference("RP"),
            case_id=notice.case_id,
            penalty_notice_id=notice.id,
            state=TABLE.initial.value,
            state_since=work.on,
            adult_id=given.adult_id,
            made_for_them_by=given.made_for_them_by,
            received_on=given.received_on,
            received_by=work.actor.account,
            said=given.said,
            document_sha256=given.document or "",
        )
    )
    work.because("said", given.said)
    if given.made_for_them_by:
        work.because("made_for_them_by", given.made_for_them_by)
    said: dict[str, PayloadValue] = {"received_on": given.received_on}
    if given.document is not None:
        said["documents"] = (given.document,)
    return _finish(work, row, notice, "received", said, None)


def answer_representation(work: Work, given: AnswerRepresentation) -> Done:
    """Answer a parent's representations with reasons, and write to the parent."""
    row = work.matters.by_reference(RepresentationRow, given.reference)
    if row is None:
        raise NotFound("representation", given.reference)
    notice = work.matters.get(PenaltyNoticeRow, row.penalty_notice_id)
    asked = AnswerFacts(given.answer, given.withdrawal_considered)
    finding = may_answer_representations(asked, work.book, work.on)
    work.advance(TABLE, row, "answer", finding=finding, reasons=given.reasons)
    work.because("answered", given.answer)
    row.answered_on, row.answered_by = work.on, work.actor.account
    row.answer, row.withdrawal_considered = given.answer, given.withdrawal_considered
    letter = about_penalty.prepare(work, notice, ANSWERED, says(work, row, notice, work.on), row.id)
    return _finish(
        work, row, notice, "answered", {"withdrawal_considered": given.withdrawal_considered}, letter
    )


def says(work: Work, row: RepresentationRow, notice: PenaltyNoticeRow, on: date) -> RepresentationsAnswered:
    """Return what the answer says in a letter of that day."""
    parties = common.parties(work, row.adult_id, notice.pupil_id, notice.school_urn)
    withdrawn = notice.state == PenaltyNoticeState.WITHDRAWN.value
    clock = _still_to_pay(work, notice, on)
    answered = Answered(
        received_on=row.received_on,
        told_by=row.made_for_them_by,
        asked=(row.said,),
        withdrawn=withdrawn,
        reasons=(row.answer,),
        clock=clock,
    )
    return about_penalty.representations_answered(work, notice, parties, answered)


def _still_to_pay(work: Work, notice: PenaltyNoticeRow, on: date) -> PaymentClock | None:
    if notice.state != PenaltyNoticeState.ISSUED.value:
        return None
    running = payment_facts(work, notice)
    return running.clock if running and on <= running.clock.payable_until else None


def _finish(
    work: Work,
    row: RepresentationRow,
    notice: PenaltyNoticeRow,
    event: str,
    said: dict[str, PayloadValue],
    letter: LetterRow | None,
) -> Done:
    duties.refresh_representation(work, row)
    said |= {"adult": row.adult_id, "for_them": bool(row.made_for_them_by)}
    if letter is not None:
        said |= {"letters": (letter.reference,), "documents": (letter.pdf_sha256, letter.html_sha256)}
    subject = Subject(
        case=row.case_id,
        pupil=notice.pupil_id,
        adult=row.adult_id,
        school=notice.school_urn,
        step="representation",
        step_id=row.id,
    )
    sentence = f"Representations {row.reference} about {notice.reference} are {row.state}."
    letters = (letter.reference,) if letter else ()
    return work.finish(row, Outcome(f"representation.{event}", subject, (sentence,), said, letters))


ACTS = (
    act(
        "representation.receive",
        "Record what a parent says about a notice",
        OFFICERS,
        ReceiveRepresentation,
        receive_representation,
    ),
    act(
        "representation.answer",
        "Answer a parent's representations with reasons",
        TABLE.by("answer"),
        AnswerRepresentation,
        answer_representation,
    ),
)
