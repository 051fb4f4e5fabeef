"""A Penalty Notice, the answer to representations about one, and its withdrawal (EA 1996 s.444A)."""

from dataclasses import dataclass
from datetime import date

from letters.contexts.absence import AbsenceDay, must_add_up
from letters.contexts.common import ChildHome, LetterContext, WaysToPay
from letters.quoting import Quoted, QuotedText


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerSum:
    """The lower sum of a first notice, in pence, and the last day on which it settles the notice."""

    pence: Quoted
    days: Quoted
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltySum:
    """The sum in pence, and the last day of the payment period; a second notice has no lower sum."""

    pence: Quoted
    days: Quoted
    last_day: date
    lower: LowerSum | None

    def __post_init__(self) -> None:
        if self.lower is not None and not self.lower.last_day < self.last_day:
            raise ValueError("the lower sum ends before the payment period does")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How the notice reaches the parent.

    `posted_on` is the day of release and of posting; `received_on` the day of deemed receipt, which is the
    first day of the payment period; `working_days` the working days after posting that lead to it. A notice
    delivered by hand is received on the day it is delivered.
    """

    posted_on: date
    received_on: date
    working_days: Quoted
    by_hand: bool = False

    def __post_init__(self) -> None:
        if self.received_on < self.posted_on or (self.by_hand and self.received_on != self.posted_on):
            raise ValueError("a notice is received after it is posted, or on the day it is delivered by hand")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuingOfficer:
    """Who issues the notice, and the authority for it, such as `A constable`."""

    name: str
    job_title: str
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyNotice(LetterContext):
    """The notice. `letter_date` is the date of issue.

    `offence_first_day` and `offence_last_day` are the offence period; `sessions` the unauthorised sessions in
    it. `is_second` marks the second notice of the look-back. `look_back_years` and `second_pence` come from
    the law of the day.
    """

    issued_by: IssuingOfficer
    child_home: ChildHome
    is_leave_of_absence: bool
    is_second: bool
    offence_first_day: date
    offence_last_day: date
    sessions: int
    absences: tuple[AbsenceDay, ...]
    penalty: PenaltySum
    second_pence: Quoted
    look_back_years: Quoted
    ways_to_pay: WaysToPay
    service: Service
    withdrawal_grounds: tuple[QuotedText, ...]

    def __post_init__(self) -> None:
        if self.service.posted_on != self.letter_date:
            raise ValueError("a penalty notice is dated the day on which it is released and posted")
        if self.is_second == (self.penalty.lower is not None):
            raise ValueError("a first notice has a lower sum, a second one has none")
        must_add_up(self.sessions, self.absences)

    @property
    def child_lives_with_recipient(self) -> bool:
        """Whether the child's address is the recipient's own."""
        return self.child_home is ChildHome.WITH_RECIPIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationsAnswered(LetterContext):
    """The answer to what a parent wrote about a notice, with the reasons.

    `withdrawn` says whether the notice is withdrawn because of it. `asked` and `reasons` are sentences.
    `penalty` is what is still to pay, or None where nothing is. `told_by` is who wrote for the parent, where
    somebody did.
    """

    notice_date: date
    received_on: date
    asked: tuple[str, ...]
    withdrawn: bool
    reasons: tuple[str, ...]
    penalty: PenaltySum | None
    ways_to_pay: WaysToPay | None
    told_by: str = ""

    def __post_init__(self) -> None:
        if (self.penalty is None) != (self.ways_to_pay is None):
            raise ValueError("what is to pay and how to pay it go together")
        if self.withdrawn and self.penalty is not None:
            raise ValueError("nothing is to pay on a notice that is withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(LetterContext):
    """A notice is withdrawn. `refund_pence` is what was paid and goes back, None where nothing was paid.

    `refund_how` says how the money goes back. `why` are the officer's own sentences and may be empty.
    """

    notice_date: date
    offence_first_day: date
    offence_last_day: date
    ground: QuotedText
    why: tuple[str, ...] = ()
    refund_pence: int | None
    refund_how: str = ""

    def __post_init__(self) -> None:
        if self.refund_pence is not None and not self.refund_how:
            raise ValueError("a refund says how the money goes back")
