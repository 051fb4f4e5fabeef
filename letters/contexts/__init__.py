"""What each letter is told: one frozen, typed context a letter.

- A context holds days as dates, money as whole pence, shares exact; the text formats, never computes.
- What comes out of the law is `Quoted`: taken from the dated files, never from Python and never unverified.
- What has a default may be left blank; everything else must say something, or the letter is held.
- A context is about one parent. None has a place for another parent's name, address or payment.
- Templates see a context's fields and properties by name, and nothing else.
"""

from letters.contexts.absence import SESSIONS, AbsenceDay, AttendanceRecord, MarkLine, days_of
from letters.contexts.common import (
    Child,
    ChildHome,
    Council,
    LetterContext,
    PenaltyAmounts,
    PrintedUnder,
    Recipient,
    Sender,
    Signatory,
    WaysToPay,
)
from letters.contexts.first_concern import Contact, FirstConcern
from letters.contexts.leave_of_absence import LeaveOfAbsenceDeclined, LeaveOfAbsenceWarning
from letters.contexts.notice_to_improve import (
    NoticeToImprove,
    NoticeToImproveEndedEarly,
    NoticeToImproveImproved,
    NoticeToImproveNotImproved,
    Period,
    SupportLine,
)
from letters.contexts.payment import LatePayment, PartPayment, PaymentCorrected, PaymentReceived
from letters.contexts.penalty_notice import (
    IssuingOfficer,
    LowerSum,
    PenaltyNotice,
    PenaltySum,
    RepresentationsAnswered,
    Service,
    Withdrawal,
)
from letters.contexts.unpaid import NonPaymentToSchool, SevenDayMessage

__all__ = [
    "SESSIONS",
    "AbsenceDay",
    "AttendanceRecord",
    "Child",
    "ChildHome",
    "Contact",
    "Council",
    "FirstConcern",
    "IssuingOfficer",
    "LatePayment",
    "LeaveOfAbsenceDeclined",
    "LeaveOfAbsenceWarning",
    "LetterContext",
    "LowerSum",
    "MarkLine",
    "NonPaymentToSchool",
    "NoticeToImprove",
    "NoticeToImproveEndedEarly",
    "NoticeToImproveImproved",
    "NoticeToImproveNotImproved",
    "PartPayment",
    "PaymentCorrected",
    "PaymentReceived",
    "PenaltyAmounts",
    "PenaltyNotice",
    "PenaltySum",
    "Period",
    "PrintedUnder",
    "Recipient",
    "RepresentationsAnswered",
    "Sender",
    "Service",
    "SevenDayMessage",
    "Signatory",
    "SupportLine",
    "WaysToPay",
    "Withdrawal",
    "days_of",
]
