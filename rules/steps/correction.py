"""Reviewing a notice after a mark that it rests on was corrected: before and after, and whether it is kept.

- A correction after issue opens a review for withdrawal; nothing is withdrawn by itself.
- A notice without any session left is not kept. Fewer sessions, or a threshold lost, ask for a reason.

Source: SI 2007/1867 as amended, reg. 8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.facts import SessionMark, Threshold
from rules.steps.guard import SENIOR, Check, InForce, ask, bar, judge, met
from rules.steps.release import changed_marks
from rules.wording import said_count


class CorrectionEffect(StrEnum):
    """What a correction does to a notice that was issued."""

    NONE = "none"
    STILL_UNAUTHORISED = "still_unauthorised"
    FEWER_SESSIONS = "fewer_sessions"
    THRESHOLD_LOST = "threshold_lost"
    NO_SESSION_LEFT = "no_session_left"


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """The marks that a notice rests on, as decided and as now, and whether it was decided on the threshold.

    `threshold_now` is the threshold judged anew over the register as it now is, for this notice's marks.
    """

    marks_decided: tuple[SessionMark, ...]
    marks_now: tuple[SessionMark, ...]
    threshold_was_met: bool
    threshold_now: Threshold


def review_correction(facts: CorrectionFacts, book: RuleBook, on: date) -> Finding:
    """Return what a correction after issue does (a `CorrectionEffect`), with before and after."""
    rules = InForce(book, on)
    codes = rules.law("penalty_notice.threshold_codes")
    left = _sessions_left(facts, codes.items)
    lost = facts.threshold_was_met and facts.threshold_now.met_on is None
    changes = changed_marks(facts.marks_decided, facts.marks_now)
    effect = _effect(changes, lost=lost, before=len(facts.marks_decided), after=left)
    sentences = [f"{change}." for change in changes]
    sentences.append(f"{said_count(left, 'session')} of {len(facts.marks_decided)} still unauthorised.")
    if lost:
        sentences.append("The threshold that the notice was decided on no longer stands.")
    return Finding(
        outcome=effect.value,
        sentences=tuple(sentences),
        facts={
            "sessions_before": len(facts.marks_decided),
            "sessions_after": left,
            "threshold_stands": not lost,
            "changes": changes,
        },
        parameters=(codes, rules.law("penalty_notice.threshold_sessions")),
    )


def _sessions_left(facts: CorrectionFacts, codes: tuple[object, ...]) -> int:
    now = {(mark.day, mark.session): mark.code for mark in facts.marks_now}
    return sum(now.get((mark.day, mark.session)) in codes for mark in facts.marks_decided)


def _effect(changes: tuple[str, ...], *, lost: bool, before: int, after: int) -> CorrectionEffect:
    if not changes:
        return CorrectionEffect.NONE
    if after == 0:
        return CorrectionEffect.NO_SESSION_LEFT
    if lost:
        return CorrectionEffect.THRESHOLD_LOST
    return CorrectionEffect.STILL_UNAUTHORISED if after == before else CorrectionEffect.FEWER_SESSIONS


def may_keep(facts: CorrectionFacts, book: RuleBook, on: date) -> Finding:
    """Return whether a notice may be kept after a review of a correction."""
    review = review_correction(facts, book, on)
    return judge(facts, InForce(book, on), (still_rests_on_sessions,), review.facts)


def still_rests_on_sessions(facts: CorrectionFacts, rules: InForce) -> Iterator[Check]:
    """The notice still rests on unauthorised sessions; fewer of them, or no threshold, ask for a reason."""
    review = review_correction(facts, rules.book, rules.on)
    said = " ".join(review.sentences)
    grounds = rules.law("penalty_notice.withdrawal_grounds")
    match CorrectionEffect(review.outcome):
        case CorrectionEffect.NO_SESSION_LEFT:
            yield bar(
                "no_session_left",
                Aspect.EVIDENCED,
                said,
                "Withdraw the notice: it ought not to have been issued.",
                grounds,
            )
        case CorrectionEffect.THRESHOLD_LOST:
            yield ask(
                "threshold_no_longer_stands",
                Aspect.PERMITTED,
                said,
                "Withdraw the notice, or record why it is kept.",
                grounds,
                of=SENIOR,
            )
        case CorrectionEffect.FEWER_SESSIONS:
            yield ask(
                "fewer_sessions",
                Aspect.EVIDENCED,
                said,
                "Withdraw the notice, or record why it is kept.",
                grounds,
            )
        case _:
            yield met(said, grounds)
