"""Recording that a letter was delivered by hand: from then it counts as received, and its days run.

- It is recorded who delivered it when, and to whom it was handed or where it was left. The entry in the
  record names nobody.
- Delivery to the person and leaving at the address both serve (EA 1996 s.572).
"""

from datetime import date

from attendance.domain.errors import BadInput
from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.letter import TABLE
from attendance.domain.steps.machine import plain
from attendance.domain.steps.notice_to_improve import NoticeToImproveState
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services import duties
from attendance.services.acts import act
from attendance.services.inputs import Line, OfMatter
from attendance.services.letters import preparing
from attendance.services.letters.sending import finish
from attendance.services.notices.going_out import begin_period
from attendance.services.notices.penalty.issuing import begin_clock
from attendance.services.work import Done, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from letters.catalogue import letter as letter_of
from rules.steps.letter import ByHand, Delivery, may_record_delivery


class DeliverLetter(OfMatter):
    """The day, how, by whom, and to whom the letter was handed or where it was left."""

    delivered_on: date
    how: ByHand
    delivered_by: Line
    given_to: Line


def deliver(work: Work, given: DeliverLetter) -> Done:
    """Record that a letter was delivered by hand; what it is about counts as received from that day."""
    row = work.matter(LetterRow, given.reference)
    TABLE.row("deliver", TABLE.states(row.state))
    if not preparing.goes_by_hand(row):
        raise BadInput(
            f"{row.reference} went by {plain(row.method)}. Only what goes by hand is delivered so."
        )
    if row.delivered_on is not None:
        raise BadInput(f"The delivery of {row.reference} is recorded already.")
    assert row.served_on is not None
    asked = Delivery(
        released_on=row.served_on,
        assumes_delivery_on=row.for_posting_on,
        names_days=letter_of(row.name).names_days,
        delivered_on=given.delivered_on,
    )
    finding = may_record_delivery(asked, work.book, work.on)
    work.advance(TABLE, row, "deliver", finding=finding, reasons=given.reasons)
    received = preparing.receipt(work, row.adult_id, given.how.service, given.delivered_on)
    row.delivered_on = row.deemed_received_on = received.on
    row.delivered_by, row.delivered_how, row.delivered_to = (
        given.delivered_by,
        given.how.value,
        given.given_to,
    )
    work.because("delivered", f"By {given.delivered_by}. {given.given_to}")
    said: dict[str, PayloadValue] = {
        "delivered_on": given.delivered_on,
        "received_on": received.on,
        "method": given.how.value,
    }
    begun, sentences = _begin(work, row, received.on)
    return finish(work, row, "delivered", (*received.sentences, *sentences), said | begun)


def _begin(work: Work, row: LetterRow, received_on: date) -> tuple[dict[str, PayloadValue], tuple[str, ...]]:
    """Let the days of the notice run that the letter is, if it still waits for them."""
    if row.name == PenaltyNoticeRow.__tablename__:
        return _begin_payment(work, row, received_on)
    if row.name == NoticeToImproveRow.__tablename__:
        return _begin_improvement(work, row, received_on)
    return {}, ()


def _begin_payment(
    work: Work, row: LetterRow, received_on: date
) -> tuple[dict[str, PayloadValue], tuple[str, ...]]:
    notice = work.matters.get(PenaltyNoticeRow, row.subject_id)
    if PenaltyNoticeState(notice.state) is not PenaltyNoticeState.ISSUED:
        return {"notice": notice.reference}, ()
    clock = begin_clock(work, notice, received_on)
    duties.refresh_penalty_notice(work, notice)
    said: dict[str, PayloadValue] = {"notice": notice.reference, "payable_until": clock.payable_until}
    if clock.reduced_until is not None:
        said["reduced_until"] = clock.reduced_until
    return said, clock.sentences


def _begin_improvement(
    work: Work, row: LetterRow, received_on: date
) -> tuple[dict[str, PayloadValue], tuple[str, ...]]:
    notice = work.matters.get(NoticeToImproveRow, row.subject_id)
    if NoticeToImproveState(notice.state) is not NoticeToImproveState.MONITORING:
        return {"notice": notice.reference}, ()
    period = begin_period(work, notice, received_on)
    duties.refresh_notice_to_improve(work, notice)
    said: dict[str, PayloadValue] = {
        "notice": notice.reference,
        "from": period.begins_on,
        "until": period.ends_on,
    }
    return said, (*period.sentences, *period.warnings)


ACTS = (
    act(
        "letter.deliver",
        "Record that a letter was delivered by hand",
        TABLE.by("deliver"),
        DeliverLetter,
        deliver,
    ),
)
