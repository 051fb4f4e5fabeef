"""After non-payment: the message to the school, the parent's reply, and the school's answer or silence.

- Nothing is done before the payment time has ended unpaid, nor while a review or representations wait.
- The school has so many days to say whether it supports prosecution, the parent's days to reply inside them.
  Its silence counts as no; for irregular absence it does not bind.
- The software neither withdraws nor prosecutes by itself.

Sources: SI 2007/1867 as amended, reg. 7; the authority's code of conduct.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.findings import Aspect, Finding
from rules.law import RuleBook
from rules.steps.facts import AbsenceKind
from rules.steps.guard import SENIOR, Check, Condition, InForce, ask, bar, judge, met
from rules.steps.payment import UNPAID, UnpaidFacts
from rules.wording import said_day


def may_message_school(facts: UnpaidFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the school may be told of non-payment on that day."""
    said = {"payable_until": facts.payment.clock.payable_until}
    return judge(facts, InForce(book, on), UNPAID, said)


class Answer(StrEnum):
    """What the school's answer comes to."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    SILENT = "silent"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class SchoolAnswerFacts:
    """The school's answer and its time.

    `supports` is None where the school has not answered. `last_day` is the last day of its time, as extended.
    `parent_reply_by` is the last day of the parent's time to reply, None where the parent was not asked.
    """

    kind: AbsenceKind
    last_day: date
    supports: bool | None = None
    answered_on: date | None = None
    parent_reply_by: date | None = None


def school_answer(facts: SchoolAnswerFacts, book: RuleBook, on: date) -> Finding:
    """Return what the school's answer, or its silence, comes to on that day: the outcome is an `Answer`.

    The fact `binds` says whether it ends the way to prosecution unless an officer records why not.
    """
    rules = InForce(book, on)
    silence = rules.policy("unpaid.silence_means")
    binding = rules.policy("unpaid.silence_binds")
    if facts.supports is not None and facts.answered_on is not None:
        answer = Answer.SUPPORTED if facts.supports else Answer.NOT_SUPPORTED
        word = "supports prosecution" if facts.supports else "does not support prosecution"
        said = f"On {said_day(facts.answered_on)} the school said that it {word}."
    elif on <= facts.last_day:
        answer = Answer.WAITING
        said = f"The school may answer until {said_day(facts.last_day)}."
    else:
        answer = Answer.SILENT
        said = f"The school did not answer by {said_day(facts.last_day)}; its silence counts as no."
    binds = answer is Answer.NOT_SUPPORTED or (
        answer is Answer.SILENT and binding.table.get(facts.kind) is True
    )
    return Finding(
        outcome=answer.value,
        sentences=(said,),
        facts={"binds": binds, "last_day": facts.last_day, "answered_on": facts.answered_on},
        parameters=(silence, binding),
    )


def may_record_support(facts: SchoolAnswerFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the school's yes may be recorded on that day."""
    return judge(facts, InForce(book, on), SUPPORT, {"last_day": facts.last_day})


def answered_in_time(facts: SchoolAnswerFacts, rules: InForce) -> Iterator[Check]:
    """The yes comes within the school's time; later it asks an officer for a reason."""
    days = rules.policy("unpaid.school_answer_days")
    if rules.on <= facts.last_day:
        yield met(f"In time, which lasts until {said_day(facts.last_day)}.", days)
    else:
        yield ask(
            "answer_late",
            Aspect.AGREED,
            f"The school's time ended with {said_day(facts.last_day)}; its silence counted as no.",
            "An officer records why the late answer is taken.",
            days,
        )


def parent_was_asked(facts: SchoolAnswerFacts, rules: InForce) -> Iterator[Check]:
    """The parent was asked for information and had the days to reply."""
    days = rules.policy("unpaid.parent_reply_days")
    if facts.parent_reply_by is None:
        yield ask(
            "parent_not_asked",
            Aspect.AGREED,
            "The school has not asked the parent for information.",
            "The school writes to the parent first; an officer may record why it did not.",
            days,
        )
    elif rules.on <= facts.parent_reply_by:
        yield ask(
            "parent_may_still_reply",
            Aspect.AGREED,
            f"The parent may reply until {said_day(facts.parent_reply_by)}.",
            "Wait for the reply; an officer may record why the answer cannot wait.",
            days,
        )
    else:
        yield met(f"The parent had until {said_day(facts.parent_reply_by)} to reply.", days)


SUPPORT: tuple[Condition[SchoolAnswerFacts], ...] = (answered_in_time, parent_was_asked)


def may_record_silence(facts: SchoolAnswerFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the school's silence may be recorded on that day."""
    return judge(facts, InForce(book, on), (time_to_answer_over,), {"last_day": facts.last_day})


def time_to_answer_over(facts: SchoolAnswerFacts, rules: InForce) -> Iterator[Check]:
    """The school's time has ended without an answer."""
    days = rules.policy("unpaid.school_answer_days")
    if rules.on > facts.last_day:
        yield met(f"The school did not answer by {said_day(facts.last_day)}.", days)
    else:
        yield bar(
            "school_may_still_answer",
            Aspect.AVAILABLE,
            f"The school may answer until {said_day(facts.last_day)}.",
            "Wait until the day after.",
            days,
        )


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """The last day of the school's time, the later one proposed, and whether a holiday falls in it."""

    last_day: date
    extend_to: date
    holiday_falls_in: bool


def may_extend_answer(facts: ExtensionFacts, book: RuleBook, on: date) -> Finding:
    """Return whether the school's time may be extended; it always asks for a reason."""
    said = {"last_day": facts.last_day, "extend_to": facts.extend_to}
    return judge(facts, InForce(book, on), (extension_has_a_reason,), said)


def extension_has_a_reason(facts: ExtensionFacts, rules: InForce) -> Iterator[Check]:
    """The new day is later, and a reason is given: by the senior officer where it is for no holiday."""
    days = rules.policy("unpaid.school_answer_days")
    if facts.extend_to <= facts.last_day:
        yield bar(
            "extension_not_later",
            Aspect.AVAILABLE,
            f"The school's time already lasts until {said_day(facts.last_day)}.",
            "Choose a later day.",
            days,
        )
    elif facts.holiday_falls_in:
        yield ask(
            "extension_for_a_holiday",
            Aspect.AGREED,
            "A school holiday falls into the school's time to answer.",
            "Record why the time is extended.",
            days,
        )
    else:
        yield ask(
            "extension_without_a_holiday",
            Aspect.AGREED,
            "No school holiday falls into the school's time to answer.",
            "The senior officer records why the time is extended.",
            days,
            of=SENIOR,
        )
