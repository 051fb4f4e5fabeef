"""Acts on single letters and on batches; and the first letter of concern.

- Notices are released by their own acts, which ask their guards; other letters are released here.
- A batch is prepared, a person looks at samples, and only then is anything in it released.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.letter import TABLE
from attendance.services import cases
from attendance.services.acts import OFFICERS, SCHOOLS_AND_OFFICERS, act
from attendance.services.inputs import ActInput, Key, Line, OfMatter, Reference, Urn, Words
from attendance.services.letters import common, preparing
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.letters import LetterBatchRow, LetterRow
from letters.contexts import Contact, FirstConcern
from rules.calendar import academic_year
from rules.clocks import ServedBy


class FirstConcernLetter(ActInput):
    """The parent and child, whom to talk to at the school, and the help offered, in short phrases."""

    pupil_id: Key
    school_urn: Urn
    adult_id: Key
    contact_name: Line
    contact_job_title: Line
    contact_telephone: Line
    contact_email: Line
    help_offered: Annotated[tuple[Line, ...], Field(min_length=1)]


class HoldLetter(OfMatter):
    """Why the letter is held or cancelled."""

    why: Words


class ReturnedLetter(OfMatter):
    """The day on which the letter came back, and what stood on it."""

    returned_on: date
    why: Words


class MakeBatch(ActInput):
    """The prepared letters that are to be looked at and released together, and their day of posting."""

    letters: Annotated[tuple[Reference, ...], Field(min_length=1)]
    posting_on: date


def first_concern(work: Work, given: FirstConcernLetter) -> Done:
    """Prepare the first letter about a child's attendance: concern and help."""
    work.pupil(given.pupil_id, given.school_urn)
    work.parent(given.pupil_id, given.adult_id)
    case = cases.open_case_of(
        work, given.pupil_id, given.school_urn, cases.officer_for(work, given.school_urn)
    )
    parties = common.parties(work, given.adult_id, given.pupil_id, given.school_urn)
    since = academic_year(work.book, work.on).first
    context = FirstConcern(
        **common.usual(work, parties, case.reference, work.on),
        attendance=common.attendance_record(work, parties, since, work.on),
        talk_to=Contact(
            name=given.contact_name,
            job_title=given.contact_job_title,
            telephone=given.contact_telephone,
            email=given.contact_email,
        ),
        help_offered=given.help_offered,
    )
    wanted = preparing.Wanted(
        name="first_concern",
        context=context,
        case_id=case.id,
        subject_kind="case",
        subject_id=case.id,
        school_urn=given.school_urn,
        adult_id=given.adult_id,
        posting_on=work.on,
        method=ServedBy.FIRST_CLASS_POST,
    )
    return finish(work, preparing.prepare(work, wanted), "prepared")


def hold(work: Work, given: HoldLetter) -> Done:
    """Hold a prepared letter."""
    return _move(work, given, "hold", "held")


def resume(work: Work, given: OfMatter) -> Done:
    """Let a held letter go on."""
    row = single(work, given.reference)
    work.advance(TABLE, row, "resume", reasons=given.reasons)
    return finish(work, row, "resumed")


def cancel(work: Work, given: HoldLetter) -> Done:
    """Cancel a letter that has not gone."""
    return _move(work, given, "cancel", "cancelled")


def release(work: Work, given: OfMatter) -> Done:
    """Let a prepared letter go today."""
    row = single(work, given.reference)
    TABLE.row("release", TABLE.states(row.state))
    work.must_be_met(preparing.RELEASE, preparing.may_go(work, row), given.reasons)
    received = preparing.release(work, row)
    return finish(work, row, "released", received.sentences if received else (preparing.NOT_DELIVERED,))


def record_returned_mail(work: Work, given: ReturnedLetter) -> Done:
    """Record that a letter came back."""
    row = single(work, given.reference)
    preparing.record_return(work, row, given.returned_on, given.why)
    return finish(work, row, "mail_returned", (), {"returned_on": given.returned_on})


def single(work: Work, reference: str) -> LetterRow:
    """Return the letter of that reference, which is no notice; raises `NotFound` or `BadInput`."""
    row = work.matter(LetterRow, reference)
    if row.name in preparing.NOTICES:
        raise BadInput(f"{reference} is a notice. Release, hold or return it by the notice's own acts.")
    return row


def _move(work: Work, given: HoldLetter, step: str, event: str) -> Done:
    row = single(work, given.reference)
    work.advance(TABLE, row, step, reasons=given.reasons)
    work.because(event, given.why)
    return finish(work, row, event)


def make_batch(work: Work, given: MakeBatch) -> Done:
    """Put prepared letters into a batch, to be looked at and released together."""
    batch = work.matters.add(
        LetterBatchRow(
            reference=work.reference("LB"),
            state="prepared",
            state_since=work.on,
            for_posting_on=given.posting_on,
            prepared_on=work.on,
            prepared_by=work.actor.account,
        )
    )
    for reference in given.letters:
        row = work.matter(LetterRow, reference)
        if row.state != TABLE.initial.value or row.batch_id or row.for_posting_on != given.posting_on:
            raise BadInput(
                f"{reference} is not a prepared letter for that day outside any batch.", field="letters"
            )
        row.batch_id = batch.id
    said: dict[str, PayloadValue] = {"posting_on": given.posting_on, "letters": given.letters}
    return _finish_batch(work, batch, "prepared", said)


def sample_batch(work: Work, given: OfMatter) -> Done:
    """Record that a person looked at samples of a batch and found them right."""
    batch = work.matters.by_reference(LetterBatchRow, given.reference)
    if batch is None:
        raise NotFound("letter batch", given.reference)
    if batch.sampled_on is not None:
        raise BadInput(f"{batch.reference} has been looked at already.")
    batch.sampled_on, batch.sampled_by = work.on, work.actor.account
    batch.state, batch.state_since = "sampled", work.on
    return _finish_batch(work, batch, "sampled", {})


def _finish_batch(work: Work, batch: LetterBatchRow, event: str, said: dict[str, PayloadValue]) -> Done:
    subject = Subject(step="letter_batch", step_id=batch.id)
    sentence = f"Batch {batch.reference} is {batch.state}."
    return work.finish(batch, Outcome(f"letter_batch.{event}", subject, (sentence,), said))


def finish(
    work: Work,
    row: LetterRow,
    event: str,
    sentences: tuple[str, ...] = (),
    said: dict[str, PayloadValue] | None = None,
) -> Done:
    """Finish an act on a single letter.

    `event` is what happened to it, `said` what the entry says besides.
    """
    subject = Subject(
        case=row.case_id, adult=row.adult_id, school=row.school_urn, step="letter", step_id=row.id
    )
    payload: dict[str, PayloadValue] = {"documents": (row.pdf_sha256, row.html_sha256), **(said or {})}
    stands = f"Letter {row.reference} is {row.state}."
    outcome = Outcome(f"letter.{event}", subject, (stands, *sentences), payload, (row.reference,))
    return work.finish(row, outcome)


ACTS = (
    act(
        "letter.first_concern",
        "Prepare the first letter about a child's attendance",
        SCHOOLS_AND_OFFICERS,
        FirstConcernLetter,
        first_concern,
    ),
    act("letter.hold", "Hold a prepared letter", TABLE.by("hold"), HoldLetter, hold),
    act("letter.resume", "Let a held letter go on", TABLE.by("resume"), OfMatter, resume),
    act("letter.release", "Let a prepared letter go today", TABLE.by("release"), OfMatter, release),
    act(
        "letter.record_returned_mail",
        "Record that a letter came back",
        TABLE.by("record_returned_mail"),
        ReturnedLetter,
        record_returned_mail,
    ),
    act("letter.cancel", "Cancel a letter that has not gone", TABLE.by("cancel"), HoldLetter, cancel),
    act("letter_batch.make", "Put prepared letters into a batch", OFFICERS, MakeBatch, make_batch),
    act(
        "letter_batch.sample",
        "Record that samples of a batch were looked at",
        OFFICERS,
        OfMatter,
        sample_batch,
    ),
)
