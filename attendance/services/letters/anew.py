"""Preparing a letter anew: its posting day has gone by, the parent has moved, or it came back.

- What it says is read anew as it stands now; where it would say something else than before, it is not
  written.
- The letter that it replaces is cancelled, if it has not gone. A letter that has gone stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.letter import TABLE, LetterState
from attendance.services import payments, representations
from attendance.services.acts import OFFICERS, act
from attendance.services.inputs import OfMatter
from attendance.services.letters import about_improvement, about_penalty, common, preparing
from attendance.services.letters.about_correction import correction
from attendance.services.letters.sending import finish, single
from attendance.services.notices.improvement import reply_by
from attendance.services.notices.penalty.ending import still_held, why_withdrawn
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow, RefundRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.reviews import RepresentationRow
from letters.contexts import LetterContext
from rules.clocks import ServedBy

NOT_GONE = frozenset({LetterState.PREPARED, LetterState.HELD, LetterState.RETURNED})
OF_THEIR_OWN: Mapping[str, str] = {
    "first_concern": "letter.first_concern",
    "leave_of_absence_declined": "letter.decline_leave",
    "leave_of_absence_warning": "letter.warn_of_notice",
    "notice_to_improve_ended_early": "notice_to_improve.tell_of_early_end",
    "seven_day_message": "penalty_notice.prepare_parent_message",
    "non_payment_to_school": "penalty_notice.message_school",
}
"""Letters that the act which wrote them writes anew."""


class PrepareAnew(OfMatter):
    """The day on which the letter is now to be posted."""

    posting_on: date


def prepare_anew(work: Work, given: PrepareAnew) -> Done:
    """Prepare a letter anew for another day of posting, to be looked at before it goes."""
    row = single(work, given.reference)
    if LetterState(row.state) not in NOT_GONE:
        raise TABLE.not_available("prepare_anew", TABLE.states(row.state))
    if given.posting_on < work.on:
        raise BadInput("The letter goes today or later. Check the day of posting.", field="posting_on")
    wanted = preparing.Wanted(
        name=row.name,
        context=_dated(work, _says(work, row, given.posting_on), given.posting_on),
        case_id=row.case_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        school_urn=row.school_urn,
        adult_id=row.adult_id,
        posting_on=given.posting_on,
        method=ServedBy(row.method),
        tells_of_id=row.tells_of_id,
    )
    letter = preparing.prepare(work, wanted)
    preparing.cancel(work, row.id)
    said: dict[str, PayloadValue] = {"instead_of": row.reference, "posting_on": given.posting_on}
    stands = f"Letter {row.reference} is {row.state}."
    return finish(work, letter, "prepared", (stands,), said)


def _says(work: Work, row: LetterRow, on: date) -> LetterContext:
    write = _WRITTEN.get(row.name)
    if write is None:
        by = OF_THEIR_OWN.get(row.name)
        how = f"Write it anew by {by}." if by else "It is not written anew: write to the parent yourself."
        raise BadInput(f"A letter of this kind is not prepared anew by this act. {how}")
    context = write(work, row, on)
    if context is None:
        raise BadInput(
            "What this letter tells of has changed, and nothing is left that it could truly say on that day. "
            "Cancel it, and write to the parent yourself about what has changed."
        )
    return context


def _dated(work: Work, context: LetterContext, on: date) -> LetterContext:
    return replace(context, letter_date=on, printed_under=common.printed_under(work, on))


def _improved(work: Work, row: LetterRow, _on: date) -> LetterContext:
    notice = work.matters.get(NoticeToImproveRow, row.subject_id)
    return about_improvement.improved(work, notice, _parties(work, notice))


def _not_improved(work: Work, row: LetterRow, on: date) -> LetterContext:
    notice = work.matters.get(NoticeToImproveRow, row.subject_id)
    return about_improvement.not_improved(work, notice, _parties(work, notice), reply_by(work, on))


def _parties(work: Work, notice: NoticeToImproveRow) -> common.Parties:
    return common.parties(work, notice.adult_id, notice.pupil_id, notice.school_urn)


def _about_money(work: Work, row: LetterRow, on: date) -> LetterContext | None:
    payment = work.matters.get(PaymentRow, row.tells_of_id or 0)
    says = payments.says_anew(work, payment, on) if payment.penalty_notice_id == row.subject_id else None
    return says[1] if says and says[0] == row.name else None


def _corrected(work: Work, row: LetterRow, on: date) -> LetterContext | None:
    payment = work.matters.get(PaymentRow, row.tells_of_id or 0)
    return correction(work, work.matters.get(PenaltyNoticeRow, row.subject_id), payment, on)


def _answered(work: Work, row: LetterRow, on: date) -> LetterContext:
    asked = work.matters.get(RepresentationRow, row.tells_of_id or 0)
    return representations.says(work, asked, work.matters.get(PenaltyNoticeRow, row.subject_id), on)


def _withdrawn(work: Work, row: LetterRow, _on: date) -> LetterContext | None:
    notice = work.matters.get(PenaltyNoticeRow, row.subject_id)
    if _went_back_since(work, notice):
        return None  # the letter promises what has been done
    try:
        why = why_withdrawn(work, notice)
    except NotFound:
        return None
    parties = common.parties(work, notice.adult_id, notice.pupil_id, notice.school_urn)
    return about_penalty.withdrawal(work, notice, parties, (why,), sum(still_held(work, notice).values()))


def _went_back_since(work: Work, notice: PenaltyNoticeRow) -> bool:
    """Say whether money for a withdrawn notice has gone back since it was withdrawn."""
    paid = work.matters.find(PaymentRow, penalty_notice_id=notice.id)
    back = [refund for one in paid for refund in work.matters.find(RefundRow, payment_id=one.id)]
    return any(notice.ended_on is None or refund.paid_on >= notice.ended_on for refund in back)


_WRITTEN: Mapping[str, Callable[[Work, LetterRow, date], LetterContext | None]] = {
    "notice_to_improve_improved": _improved,
    "notice_to_improve_not_improved": _not_improved,
    "payment_received": _about_money,
    "part_payment": _about_money,
    "late_payment": _about_money,
    "payment_corrected": _corrected,
    "representations_answered": _answered,
    "withdrawal": _withdrawn,
}

ACTS = (
    act(
        "letter.prepare_anew",
        "Prepare a letter anew for another day of posting",
        OFFICERS,
        PrepareAnew,
        prepare_anew,
    ),
)
