"""Notices that others issued, and the questions put to others about them.

- The limit is per parent and child, whoever issued: police, a head, another authority. What they issued is
  recorded and counts.
- Before a notice, other authorities that may have issued one are asked, and the parent's own word is
  recorded.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.record.entry import Subject
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import ActInput, Key, Line, OfMatter
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.notices import EarlierNoticeRow, NoticeCheckRow
from rules.ladder import NoticeKind


class Source(StrEnum):
    """How the office knows of a notice."""

    ISSUER = "issuer"
    OTHER_AUTHORITY = "other_authority"
    PARENT = "parent"


class RecordEarlierNotice(ActInput):
    """A notice that someone else issued to a parent for a child."""

    pupil_id: Key
    adult_id: Key
    kind: NoticeKind
    issued_by: Line
    issued_on: date
    offence_from: date
    offence_until: date
    source: Source


class RecordItsWithdrawal(OfMatter):
    """The day on which its issuer withdrew it."""

    withdrawn_on: date


class AskAboutNotices(ActInput):
    """Whom the office asks about earlier notices to a parent for a child.

    An authority, or school or parent.
    """

    pupil_id: Key
    adult_id: Key
    asked_of: Line
    of_authority: bool = False


class RecordAnswer(OfMatter):
    """What was answered, in a sentence."""

    answer: Annotated[str, Field(min_length=1, max_length=4000)]


def record_earlier_notice(work: Work, given: RecordEarlierNotice) -> Done:
    """Record a notice that someone else issued."""
    _parent_and_child(work, given.pupil_id, given.adult_id)
    if given.issued_on > work.on:
        raise BadInput("The notice was issued today or earlier. Check the day.", field="issued_on")
    if given.offence_until < given.offence_from:
        raise BadInput("The offence ends before it begins. Check the two days.", field="offence_until")
    same = work.matters.one(
        EarlierNoticeRow,
        pupil_id=given.pupil_id,
        adult_id=given.adult_id,
        issued_on=given.issued_on,
        issued_by=given.issued_by,
        withdrawn_on=None,
    )
    if same is not None:
        raise BadInput(f"This notice is recorded already, as {same.reference}.")
    row = EarlierNoticeRow(
        reference=work.reference("EN"),
        pupil_id=given.pupil_id,
        adult_id=given.adult_id,
        kind=given.kind.value,
        state="standing",
        state_since=work.on,
        issued_by=given.issued_by,
        issued_on=given.issued_on,
        offence_from=given.offence_from,
        offence_until=given.offence_until,
        source=given.source.value,
        recorded_on=work.on,
        recorded_by=work.actor.account,
    )
    work.matters.add(row)
    return _finish_notice(work, row, "earlier_notice.recorded", "An earlier notice is recorded.")


def record_its_withdrawal(work: Work, given: RecordItsWithdrawal) -> Done:
    """Record that a notice of someone else was withdrawn; it no longer counts."""
    row = work.matters.by_reference(EarlierNoticeRow, given.reference)
    if row is None:
        raise NotFound("earlier notice", given.reference)
    if row.withdrawn_on is not None:
        raise BadInput("Its withdrawal is recorded already.")
    if not row.issued_on <= given.withdrawn_on <= work.on:
        raise BadInput(
            "It is withdrawn on or after its issue, and not in the future. Check the day.",
            field="withdrawn_on",
        )
    row.withdrawn_on = given.withdrawn_on
    row.state, row.state_since = "withdrawn", work.on
    return _finish_notice(work, row, "earlier_notice.withdrawn", "The earlier notice no longer counts.")


def ask_about_notices(work: Work, given: AskAboutNotices) -> Done:
    """Record that an authority, or the parent, was asked about earlier notices."""
    _parent_and_child(work, given.pupil_id, given.adult_id)
    row = NoticeCheckRow(
        reference=work.reference("NC"),
        pupil_id=given.pupil_id,
        adult_id=given.adult_id,
        state="asked",
        state_since=work.on,
        asked_of=given.asked_of,
        of_authority=given.of_authority,
        asked_on=work.on,
        recorded_by=work.actor.account,
    )
    work.matters.add(row)
    return _finish_check(work, row, "notice_check.asked", "The question is recorded.")


def record_answer(work: Work, given: RecordAnswer) -> Done:
    """Record the answer to a question about earlier notices."""
    row = work.matters.by_reference(NoticeCheckRow, given.reference)
    if row is None:
        raise NotFound("question", given.reference)
    if row.answered_on is not None:
        raise BadInput("This question is answered already. Ask again for another answer.")
    work.because("answered", given.answer)
    row.answered_on, row.answer = work.on, given.answer
    row.state, row.state_since = "answered", work.on
    return _finish_check(work, row, "notice_check.answered", "The answer is recorded.")


def _parent_and_child(work: Work, pupil_id: int, adult_id: int) -> None:
    if not work.people.links_between(pupil_id, adult_id):
        raise BadInput(
            f"Adult {adult_id} is not recorded as a parent of pupil {pupil_id}. Record the link first.",
            field="adult_id",
        )


def _finish_notice(work: Work, row: EarlierNoticeRow, event: str, sentence: str) -> Done:
    subject = Subject(pupil=row.pupil_id, adult=row.adult_id, step="earlier_notice", step_id=row.id)
    return work.finish(row, Outcome(event, subject, (sentence,), {"issued_on": row.issued_on}))


def _finish_check(work: Work, row: NoticeCheckRow, event: str, sentence: str) -> Done:
    subject = Subject(pupil=row.pupil_id, adult=row.adult_id, step="notice_check", step_id=row.id)
    return work.finish(row, Outcome(event, subject, (sentence,), {"asked_on": row.asked_on}))


ACTS = (
    act(
        "earlier_notice.record",
        "Record a penalty notice that someone else issued",
        OFFICERS,
        RecordEarlierNotice,
        record_earlier_notice,
    ),
    act(
        "earlier_notice.withdrawn",
        "Record that its issuer withdrew a notice",
        OFFICERS,
        RecordItsWithdrawal,
        record_its_withdrawal,
    ),
    act(
        "notice_check.ask",
        "Record a question about earlier notices",
        OFFICERS,
        AskAboutNotices,
        ask_about_notices,
    ),
    act(
        "notice_check.answer",
        "Record the answer to a question about earlier notices",
        OFFICERS,
        RecordAnswer,
        record_answer,
    ),
)
