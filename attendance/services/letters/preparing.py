"""Preparing, releasing and returning one letter.

- A letter's bytes are rendered once and kept by their hash; what goes out is what was looked at.
- Every letter is asked at its release for its posting day, its batch and a safe way to the parent; a notice
  is asked this besides what its own guard asks.
- The address is kept as it was posted. A returned letter shows that nothing was received.
- A letter to a parent that goes by hand is received by nobody until its delivery is recorded.
"""

from dataclasses import dataclass
from datetime import date

from attendance.domain.errors import BadInput, StepRefused
from attendance.domain.people import Flag
from attendance.domain.steps.letter import TABLE
from attendance.services.letters import overtaken
from attendance.services.work import Work
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.letters import LetterBatchRow, LetterRow
from attendance.store.tables.outbox import OutboxRow
from letters.catalogue import letter as letter_of
from letters.contexts import LetterContext
from letters.errors import LetterHeld
from letters.render import RenderedLetter, render
from rules.clocks import Receipt, ServedBy, Service, receipt_of
from rules.findings import Finding
from rules.steps.letter import BY_HAND, LetterToGo, may_send, together

PDF, HTML = "application/pdf", "text/html"
NOTICES = frozenset({"notice_to_improve", "penalty_notice"})
RELEASE = "Letter: release"
NOT_DELIVERED = "It goes by hand: it counts as received, and days run, once its delivery is recorded."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter to prepare: which, with what it says, about which matter, to whom, for which posting day.

    `tells_of_id` is the payment or the representations that it tells of, where it tells of one.
    """

    name: str
    context: LetterContext
    case_id: int
    subject_kind: str
    subject_id: int
    school_urn: str
    adult_id: int | None
    posting_on: date
    method: ServedBy
    tells_of_id: int | None = None


def prepare(work: Work, wanted: Wanted) -> LetterRow:
    """Render a letter, keep its bytes and return its row.

    Raises `BadInput` where this one letter cannot be printed or posted as it is, naming what to put right.
    """
    try:
        rendered = render(wanted.name, wanted.context, work.book)
    except LetterHeld as held:
        raise BadInput(str(held)) from held
    to = wanted.context.recipient
    row = LetterRow(
        reference=work.reference("LT"),
        name=wanted.name,
        template_version=str(rendered.version),
        state=TABLE.initial.value,
        state_since=work.on,
        case_id=wanted.case_id,
        subject_kind=wanted.subject_kind,
        subject_id=wanted.subject_id,
        tells_of_id=wanted.tells_of_id,
        adult_id=wanted.adult_id,
        school_urn=wanted.school_urn,
        addressee=to.name,
        address_as_posted=_posted_to((*to.address_lines, to.postcode)),
        pdf_sha256=_kept(work, rendered, PDF),
        html_sha256=_kept(work, rendered, HTML),
        data_sha256=rendered.data_sha256,
        contents=" ".join(rendered.contents),
        prepared_on=work.on,
        prepared_by=work.actor.account,
        for_posting_on=wanted.posting_on,
        method=wanted.method.value,
    )
    return work.matters.add(row)


def _kept(work: Work, rendered: RenderedLetter, media_type: str) -> str:
    content = rendered.pdf if media_type == PDF else rendered.html.encode()
    ending = "pdf" if media_type == PDF else "html"
    return work.opened.keep(content, media_type=media_type, file_name=f"{rendered.name}.{ending}")


def receipt(work: Work, adult_id: int | None, method: ServedBy, on: date) -> Receipt:
    """Return the day on which a letter served so counts as received, and how that was counted."""
    agreed = adult_id is not None and work.people.adult(adult_id, work.on).email_agreed
    return receipt_of(Service(method, on, email_agreed=agreed), work.office.working_days, work.book)


def may_go(work: Work, row: LetterRow) -> Finding:
    """Return whether a letter may go today; a notice's posting day is asked by the notice's own guard."""
    batch = work.matters.get(LetterBatchRow, row.batch_id) if row.batch_id else None
    asked = LetterToGo(
        assumes_posting_on=row.for_posting_on,
        names_days=letter_of(row.name).names_days and row.name not in NOTICES,
        batch_sampled=None if batch is None else batch.sampled_on is not None,
        safe_contact=row.adult_id is not None and _asks_for_safe_contact(work, row),
        notice_withdrawn=overtaken.withdrawn_since(work, row),
        notice_paid=overtaken.asks_though_paid(work, row),
    )
    return may_send(asked, work.book, work.on)


def _asks_for_safe_contact(work: Work, row: LetterRow) -> bool:
    pupil_id = work.matters.get(CaseRow, row.case_id).pupil_id
    return Flag.SAFE_CONTACT in work.people.flags_of(pupil_id, work.on)


def with_letter(work: Work, row: LetterRow, finding: Finding) -> Finding:
    """Return what a notice's guard found together with what its letter is asked."""
    return together(finding, may_go(work, row))


def goes_by_hand(row: LetterRow) -> bool:
    """Say whether a letter goes to a parent by hand; a message to a school is there when it is let go."""
    return row.adult_id is not None and ServedBy(row.method) in BY_HAND


def release(work: Work, row: LetterRow) -> Receipt | None:
    """Let a prepared letter go today, and return when it counts as received; None while it goes by hand.

    What is to be sent waits in the outbox until after the commit. Raises `StepRefused` with what is unmet
    and was lifted by no reason given in the act.
    """
    _address_must_hold(work, row)
    refusals = may_go(work, row).refusals(work.reasons)
    if refusals:
        raise StepRefused(RELEASE, refusals)
    work.advance(TABLE, row, "release")
    found = None if goes_by_hand(row) else receipt(work, row.adult_id, ServedBy(row.method), work.on)
    row.served_on, row.served_by = work.on, work.actor.account
    row.deemed_received_on = found.on if found else None
    work.matters.add(
        OutboxRow(
            record_seq=work.opened.seq,
            kind=row.method,
            step="letter",
            step_id=row.id,
            document=row.pdf_sha256,
            created_at_utc=work.moment.at_utc,
            attempts=0,
            failure="",
        )
    )
    return found


def _address_must_hold(work: Work, row: LetterRow) -> None:
    """Raise `BadInput` where the recipient has moved since the letter was prepared."""
    school = work.people.school(row.school_urn)
    to_parent = row.adult_id is not None and row.addressee != school.name
    now = work.people.adult(row.adult_id or 0, work.on).address if to_parent else school.address
    if now is None or row.address_as_posted != _posted_to((*now.lines, now.postcode)):
        raise BadInput(
            f"{row.addressee} no longer lives at the address on {row.reference}. "
            "Cancel the letter, or prepare it anew."
        )


def _posted_to(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)


def cancel(work: Work, letter_id: int | None) -> None:
    """Cancel a letter that was prepared and will not go, if there is one."""
    if letter_id is None:
        return
    row = work.matters.get(LetterRow, letter_id)
    if TABLE.states(row.state) in TABLE.row("cancel", TABLE.initial).sources:
        work.advance(TABLE, row, "cancel")


def record_return(work: Work, row: LetterRow, returned_on: date, why: str) -> None:
    """Record that a letter came back."""
    if row.served_on is None or not row.served_on <= returned_on <= work.on:
        raise BadInput(
            "A letter comes back on or after the day it went, and not in the future. Check the day.",
            field="returned_on",
        )
    work.advance(TABLE, row, "record_returned_mail")
    row.returned_on, row.returned_why = returned_on, why
