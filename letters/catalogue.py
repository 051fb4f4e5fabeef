"""The catalogue: every letter the product writes.

- A letter's text, version and title live in `templates/<name>/`; here stand its audience, its context, what
  it must contain and what it rests on.
- `contents` names the parameter of the law that lists what the letter must contain; the renderer proves that
  each stands in the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from letters import contexts
from letters.errors import UnknownLetter


class Audience(StrEnum):
    """Who reads the letter."""

    PARENT = "parent"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. `cites` are full names of parameters of the law or, after `policy.`, of the local code.

    `names_days` says that the text names days to come, by which something happens or is to be done: they hold
    only for the posting it was written for.
    """

    name: str
    audience: Audience
    context: type[contexts.LetterContext]
    cites: tuple[str, ...]
    contents: str = ""
    names_days: bool = False


P, SCHOOL = Audience.PARENT, Audience.SCHOOL
NOTICE_TO_IMPROVE = "notice_to_improve.required_contents"
PENALTY_NOTICE = "penalty_notice.required_contents"
WITHDRAWAL = "penalty_notice.withdrawal_grounds"
PAYMENT = "penalty_notice.payment_days"

_ALL = (
    Letter("first_concern", P, contexts.FirstConcern, ("policy.support.kinds",)),
    Letter(
        "leave_of_absence_declined",
        P,
        contexts.LeaveOfAbsenceDeclined,
        ("policy.leave_of_absence.required_evidence",),
    ),
    Letter(
        "leave_of_absence_warning",
        P,
        contexts.LeaveOfAbsenceWarning,
        ("policy.leave_of_absence.required_evidence",),
    ),
    Letter(
        "notice_to_improve",
        P,
        contexts.NoticeToImprove,
        (NOTICE_TO_IMPROVE,),
        contents=NOTICE_TO_IMPROVE,
        names_days=True,
    ),
    Letter("notice_to_improve_improved", P, contexts.NoticeToImproveImproved, (NOTICE_TO_IMPROVE,)),
    Letter(
        "notice_to_improve_not_improved",
        P,
        contexts.NoticeToImproveNotImproved,
        (NOTICE_TO_IMPROVE,),
        names_days=True,
    ),
    Letter(
        "notice_to_improve_ended_early",
        P,
        contexts.NoticeToImproveEndedEarly,
        ("notice_to_improve.early_end_after_informing_parent",),
        names_days=True,
    ),
    Letter(
        "penalty_notice",
        P,
        contexts.PenaltyNotice,
        (PENALTY_NOTICE,),
        contents=PENALTY_NOTICE,
        names_days=True,
    ),
    Letter("payment_received", P, contexts.PaymentReceived, ("penalty_notice.full_sum_discharges",)),
    Letter("part_payment", P, contexts.PartPayment, ("penalty_notice.full_sum_discharges",), names_days=True),
    Letter("late_payment", P, contexts.LatePayment, (PAYMENT,)),
    Letter(
        "payment_corrected",
        P,
        contexts.PaymentCorrected,
        ("penalty_notice.full_sum_discharges",),
        names_days=True,
    ),
    Letter("representations_answered", P, contexts.RepresentationsAnswered, (WITHDRAWAL,), names_days=True),
    Letter(
        "withdrawal",
        P,
        contexts.Withdrawal,
        (WITHDRAWAL, "penalty_notice.withdrawal_needs_written_notice_and_refund"),
    ),
    Letter(
        "non_payment_to_school",
        SCHOOL,
        contexts.NonPaymentToSchool,
        ("policy.unpaid.school_answer_days",),
        names_days=True,
    ),
    Letter(
        "seven_day_message",
        P,
        contexts.SevenDayMessage,
        ("policy.unpaid.parent_reply_days",),
        names_days=True,
    ),
)

LETTERS: Mapping[str, Letter] = MappingProxyType({entry.name: entry for entry in _ALL})
"""Every letter by its name."""


def letter(name: str) -> Letter:
    """Return the letter of that name; raises `UnknownLetter`."""
    if name not in LETTERS:
        raise UnknownLetter(name, tuple(LETTERS))
    return LETTERS[name]
