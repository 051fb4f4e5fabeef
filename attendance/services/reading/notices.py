"""Reading notices: lists, and one with its marks, its clock and how it was counted, and all that followed.

- What a parent paid is for the authority; a school sees that a notice is paid and when.
"""

from dataclasses import dataclass
from datetime import date

from attendance.domain.errors import NotFound
from attendance.domain.steps.notice_to_improve import TABLE as IMPROVEMENT
from attendance.domain.steps.penalty_notice import TABLE as PENALTY
from attendance.services.notices.penalty.clocks import payment_facts
from attendance.services.reading.asking import decisions_about, is_authority, seen_by
from attendance.services.reading.findings import Source
from attendance.services.reading.steps import StepNow, steps_now
from attendance.services.work import Work
from attendance.store.queries import aftermath, letters, notices
from attendance.store.queries.aftermath import DecisionLine, PaymentLine, RepresentationLine, ReviewLine
from attendance.store.queries.letters import LetterFilter, LetterLine
from attendance.store.queries.made import WHOLE, Page, Part
from attendance.store.queries.notices import (
    ConsiderationLine,
    NoticeFilter,
    NoticeToImproveLine,
    PenaltyNoticeLine,
    SessionLine,
)
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from rules.clocks import improvement_period
from rules.errors import RulesError
from rules.law import Value
from rules.steps.guard import row_of


@dataclass(frozen=True, slots=True)
class Counted:
    """How days were counted: in sentences, with the sources of the numbers."""

    sentences: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PaymentClockShown:
    """Until when which sum discharges a notice, in pence, and how that was counted."""

    received_on: date
    reduced_until: date | None
    reduced_pence: int | None
    payable_until: date
    full_pence: int
    proceedings_from: date
    counted: Counted


@dataclass(frozen=True, slots=True)
class Considered:
    """One question that must be asked before a penalty notice, in the words of its day, and its answer."""

    question: str
    text: str
    answer: bool
    why: str
    answered_on: date
    answered_by: str


@dataclass(frozen=True, slots=True)
class WholeNoticeToImprove:
    """A notice to improve with its marks, how its period was counted, letters and steps."""

    notice: NoticeToImproveLine
    sessions: tuple[SessionLine, ...]
    period: Counted | None
    reviews: tuple[ReviewLine, ...]
    letters: tuple[LetterLine, ...]
    steps: tuple[StepNow, ...]
    decisions: tuple[DecisionLine, ...]


@dataclass(frozen=True, slots=True)
class WholePenaltyNotice:
    """A penalty notice with its marks, considerations and clock, what followed, and its steps."""

    notice: PenaltyNoticeLine
    sessions: tuple[SessionLine, ...]
    considerations: tuple[Considered, ...]
    clock: PaymentClockShown | None
    payments: tuple[PaymentLine, ...]
    representations: tuple[RepresentationLine, ...]
    reviews: tuple[ReviewLine, ...]
    letters: tuple[LetterLine, ...]
    steps: tuple[StepNow, ...]
    decisions: tuple[DecisionLine, ...]


def notice_to_improve_lines(work: Work, wanted: NoticeFilter, part: Part) -> Page[NoticeToImproveLine]:
    """Return the notices to improve that the actor may see, the newest first."""
    return notices.notices_to_improve(work.opened.session, wanted, seen_by(work.actor), part)


def penalty_notice_lines(work: Work, wanted: NoticeFilter, part: Part) -> Page[PenaltyNoticeLine]:
    """Return the penalty notices that the actor may see, the newest first."""
    return notices.penalty_notices(work.opened.session, wanted, seen_by(work.actor), part)


def payment_lines(work: Work, part: Part, *, state: str | None = None) -> Page[PaymentLine]:
    """Return money received, the newest first, matched to a notice or not."""
    return aftermath.payments(work.opened.session, part, state=state)


def payment_line(work: Work, reference: str) -> PaymentLine:
    """Return money received by its reference; raises `NotFound`."""
    row = work.matters.by_reference(PaymentRow, reference)
    if row is None or not is_authority(work.actor):
        raise NotFound("payment", reference)
    return aftermath.payment(work.opened.session, row.id)


def whole_notice_to_improve(work: Work, reference: str) -> WholeNoticeToImprove:
    """Return a notice to improve with everything about it; raises `NotFound`."""
    session, row = work.opened.session, work.matter(NoticeToImproveRow, reference)
    kind = row.__tablename__
    return WholeNoticeToImprove(
        notice=notices.notice_to_improve(session, row.id),
        sessions=notices.sessions_of(session, kind, row.id),
        period=_period(work, row),
        reviews=aftermath.reviews(session, kind, row.id),
        letters=_letters(work, kind, row.id),
        steps=steps_now(work, IMPROVEMENT, row),
        decisions=decisions_about(work, kind, row.id),
    )


def whole_penalty_notice(work: Work, reference: str) -> WholePenaltyNotice:
    """Return a penalty notice with everything about it; raises `NotFound`."""
    session, row = work.opened.session, work.matter(PenaltyNoticeRow, reference)
    kind, authority = row.__tablename__, is_authority(work.actor)
    paid = aftermath.payments(session, WHOLE, penalty_notice_id=row.id).items if authority else ()
    return WholePenaltyNotice(
        notice=notices.penalty_notice(session, row.id),
        sessions=notices.sessions_of(session, kind, row.id),
        considerations=tuple(_considered(work, one) for one in notices.considerations_of(session, row.id)),
        clock=_clock(work, row),
        payments=paid,
        representations=aftermath.representations(session, row.id) if authority else (),
        reviews=aftermath.reviews(session, kind, row.id),
        letters=_letters(work, kind, row.id),
        steps=steps_now(work, PENALTY, row),
        decisions=decisions_about(work, kind, row.id),
    )


def _considered(work: Work, one: ConsiderationLine) -> Considered:
    asked = row_of(work.book.law("penalty_notice.considerations", one.answered_on), one.question)
    text = str(asked.get("text", one.question))
    return Considered(one.question, text, one.answer, one.why, one.answered_on, one.answered_by)


def _letters(work: Work, kind: str, key: int) -> tuple[LetterLine, ...]:
    wanted = LetterFilter(subject=(kind, key))
    return letters.letters(work.opened.session, wanted, seen_by(work.actor), WHOLE).items


def _clock(work: Work, row: PenaltyNoticeRow) -> PaymentClockShown | None:
    facts = payment_facts(work, row)
    if facts is None:
        return None
    clock = facts.clock
    return PaymentClockShown(
        received_on=clock.received_on,
        reduced_until=clock.reduced_until,
        reduced_pence=clock.reduced_pence,
        payable_until=clock.payable_until,
        full_pence=clock.full_pence,
        proceedings_from=clock.proceedings_from,
        counted=_counted(clock.sentences, clock.parameters),
    )


def _period(work: Work, row: NoticeToImproveRow) -> Counted | None:
    if row.received_on is None:
        return None
    try:
        calendar, working_days = work.calendar(row.school_urn), work.office.working_days
        period = improvement_period(
            row.received_on, row.period_days, calendar, work.book, working_days=working_days
        )
    except RulesError as silent:  # the calendar changed since and no longer reaches as far
        return Counted((str(silent),), ())
    return _counted((*period.sentences, *period.warnings), period.parameters)


def _counted(sentences: tuple[str, ...], values: tuple[Value, ...]) -> Counted:
    return Counted(sentences, tuple(Source.of(value) for value in values))
