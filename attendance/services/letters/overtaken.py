"""Letters about a penalty notice that has ended since they were written: none of them still goes.

- A withdrawn notice counts no more: of what was prepared before, nothing goes; the letter of withdrawal does,
  and so does what was written after it.
- A paid notice asks for nothing more: a letter that only asks for money is cancelled; one that may ask for
  some besides what else it says is held, to be prepared anew.
"""

from dataclasses import dataclass, field

from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.letter import TABLE
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services.work import Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow

WITHDRAWAL = "withdrawal"
ASKS_FOR_MONEY = frozenset({"part_payment", "late_payment", "non_payment_to_school", "seven_day_message"})
MAY_ASK_FOR_MONEY = frozenset({"representations_answered", "payment_corrected"})
NOT_GONE = TABLE.row("cancel", TABLE.initial).sources


@dataclass(frozen=True, slots=True)
class Stopped:
    """What was stopped: in sentences, and as the record's entry says it."""

    sentences: tuple[str, ...] = ()
    said: dict[str, PayloadValue] = field(default_factory=dict)


def stop_for_withdrawal(work: Work, notice: PenaltyNoticeRow) -> Stopped:
    """Cancel every letter about a notice that is being withdrawn and has not gone."""
    return _cancelled(work, _not_gone(work, notice), "the notice is withdrawn")


def stop_for_payment(work: Work, notice: PenaltyNoticeRow) -> Stopped:
    """Cancel letters not gone that ask for money on a notice just paid; hold those that may ask for some."""
    waiting = _not_gone(work, notice)
    asking = tuple(letter for letter in waiting if letter.name in ASKS_FOR_MONEY)
    stopped = _cancelled(work, asking, "the notice is paid")
    may_ask = [
        one
        for one in waiting
        if one.name in MAY_ASK_FOR_MONEY
        and TABLE.states(one.state) in TABLE.row("hold", TABLE.initial).sources
    ]
    for letter in may_ask:
        work.advance(TABLE, letter, "hold")
    held = tuple(
        f"Letter {letter.reference} had not gone and may still ask for money, though the notice is paid: "
        "it is held. Prepare it anew, so that it says what is so now."
        for letter in may_ask
    )
    return Stopped((*stopped.sentences, *held), stopped.said)


def withdrawn_since(work: Work, letter: LetterRow) -> bool:
    """Say whether a letter is about a penalty notice that was withdrawn after the letter was prepared."""
    notice = _notice(work, letter)
    if notice is None or notice.state != PenaltyNoticeState.WITHDRAWN.value or letter.name == WITHDRAWAL:
        return False
    told = [one.id for one in _about(work, notice) if one.name == WITHDRAWAL]
    return not told or letter.id < min(told)


def asks_though_paid(work: Work, letter: LetterRow) -> bool:
    """Say whether a letter asks for money on a penalty notice that is paid."""
    notice = _notice(work, letter)
    paid = notice is not None and notice.state == PenaltyNoticeState.PAID.value
    return paid and letter.name in ASKS_FOR_MONEY


def _notice(work: Work, letter: LetterRow) -> PenaltyNoticeRow | None:
    if letter.subject_kind != PenaltyNoticeRow.__tablename__:
        return None
    return work.matters.get(PenaltyNoticeRow, letter.subject_id)


def _about(work: Work, notice: PenaltyNoticeRow) -> tuple[LetterRow, ...]:
    return tuple(work.matters.find(LetterRow, subject_kind=notice.__tablename__, subject_id=notice.id))


def _not_gone(work: Work, notice: PenaltyNoticeRow) -> tuple[LetterRow, ...]:
    return tuple(letter for letter in _about(work, notice) if TABLE.states(letter.state) in NOT_GONE)


def _cancelled(work: Work, letters: tuple[LetterRow, ...], why: str) -> Stopped:
    for letter in letters:
        work.advance(TABLE, letter, "cancel")
    if not letters:
        return Stopped()
    sentences = tuple(f"Letter {one.reference} had not gone and is cancelled: {why}." for one in letters)
    return Stopped(sentences, {"letters_cancelled": tuple(one.reference for one in letters)})
