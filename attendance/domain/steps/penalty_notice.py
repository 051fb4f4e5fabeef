"""A Penalty Notice to one parent for one child at one school (s.444A; SI 2007/1867 as amended).

- Issue is the date on the notice, which is the day of its release.
- A returned notice stops the clock; it is prepared and released anew, with its guards asked again.
- Only full payment in time discharges; nothing else reaches `paid`. Where that money turns out to be for
  another notice, the discharge is taken back and the notice stands as issued.
- The software never withdraws and never prosecutes by itself.
"""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable
from rules.roles import Role


class PenaltyNoticeState(StrEnum):
    """Where a penalty notice stands."""

    DECIDED = "decided"
    PREPARED = "prepared"
    HELD = "held"
    ISSUED = "issued"
    RETURNED = "returned"
    PAID = "paid"
    UNPAID = "unpaid"
    AWAITING_SCHOOL = "awaiting_school"
    PROSECUTION_SUPPORTED = "prosecution_supported"
    SCHOOL_DECLINED = "school_declined"
    SCHOOL_SILENT = "school_silent"
    FOR_PROSECUTION = "for_prosecution"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


S = PenaltyNoticeState
CONTENTS = "england.penalty_notice.required_contents"
ANSWER = "policy.unpaid.school_answer_days"
SCHOOL_OR_CASEWORK = frozenset({Role.SCHOOL, Role.OFFICER, Role.SENIOR_OFFICER})

STANDING = frozenset(S) - {S.DECIDED, S.PREPARED, S.HELD, S.CANCELLED, S.WITHDRAWN}
"""States of a notice that was issued and stands: it counts towards the limit of two."""

TABLE = StepTable(
    kind="penalty_notice",
    title="Penalty Notice",
    states=PenaltyNoticeState,
    initial=S.DECIDED,
    resting=frozenset({S.PAID, S.HANDED_OVER, S.WITHDRAWN, S.CANCELLED}),
    rows=(
        Step(
            "prepare",
            frozenset({S.DECIDED, S.PREPARED, S.HELD, S.RETURNED}),
            S.PREPARED,
            cites=CONTENTS,
            letter="penalty_notice",
        ),
        Step("hold", frozenset({S.PREPARED}), S.HELD, cites="england.penalty_notice.considerations"),
        Step(
            "release", frozenset({S.PREPARED}), S.ISSUED, cites="england.penalty_notice.issuers", guarded=True
        ),
        Step(
            "record_returned_mail",
            frozenset({S.ISSUED}),
            S.RETURNED,
            cites="england.penalty_notice.deemed_receipt_working_days",
        ),
        Step(
            "discharge",
            STANDING - {S.PAID, S.RETURNED},  # money received in time may be recorded later
            S.PAID,
            cites="england.penalty_notice.payment_days",
            letter="payment_received",
            guarded=True,
        ),
        Step(
            "reinstate",
            frozenset({S.PAID}),
            S.ISSUED,
            cites="england.penalty_notice.full_sum_discharges",
        ),
        Step(
            "end_unpaid",
            frozenset({S.ISSUED}),
            S.UNPAID,
            cites="england.penalty_notice.payment_days",
            guarded=True,
        ),
        Step(
            "message_school",
            frozenset({S.UNPAID}),
            S.AWAITING_SCHOOL,
            cites="england.penalty_notice.proceedings_after_days",
            letter="non_payment_to_school",
            guarded=True,
        ),
        Step(
            "school_supports",
            frozenset({S.AWAITING_SCHOOL}),
            S.PROSECUTION_SUPPORTED,
            cites=ANSWER,
            by=SCHOOL_OR_CASEWORK,
            guarded=True,
        ),
        Step(
            "school_declines",
            frozenset({S.AWAITING_SCHOOL}),
            S.SCHOOL_DECLINED,
            cites=ANSWER,
            by=SCHOOL_OR_CASEWORK,
        ),
        Step("record_silence", frozenset({S.AWAITING_SCHOOL}), S.SCHOOL_SILENT, cites=ANSWER, guarded=True),
        Step(
            "proceed_all_the_same",
            frozenset({S.SCHOOL_DECLINED, S.SCHOOL_SILENT}),
            S.FOR_PROSECUTION,
            cites="policy.unpaid.silence_means",
            guarded=True,
        ),
        Step(
            "hand_over",
            frozenset({S.PROSECUTION_SUPPORTED, S.FOR_PROSECUTION}),
            S.HANDED_OVER,
            cites="england.prosecution.time_limit_months",
            guarded=True,
        ),
        Step(
            "withdraw",
            STANDING | {S.PREPARED, S.HELD},  # also while a returned notice is prepared anew
            S.WITHDRAWN,
            cites="england.penalty_notice.withdrawal_grounds",
            letter="withdrawal",
            guarded=True,
        ),
        Step("cancel", frozenset({S.DECIDED, S.PREPARED, S.HELD}), S.CANCELLED, cites=CONTENTS),
    ),
)
