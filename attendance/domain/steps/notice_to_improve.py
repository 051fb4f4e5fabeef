"""A Notice to Improve to one parent for one child at one school (national framework, Notices to Improve)."""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable


class NoticeToImproveState(StrEnum):
    """Where a notice to improve stands."""

    DECIDED = "decided"
    PREPARED = "prepared"
    HELD = "held"
    MONITORING = "monitoring"
    RETURNED = "returned"
    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    ENDED_EARLY = "ended_early"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


S = NoticeToImproveState
CONTENTS = "england.notice_to_improve.required_contents"
PERIOD = "policy.notice_to_improve.period_school_days_maximum"

TABLE = StepTable(
    kind="notice_to_improve",
    title="Notice to Improve",
    states=NoticeToImproveState,
    initial=S.DECIDED,
    resting=frozenset({S.IMPROVED, S.NOT_IMPROVED, S.ENDED_EARLY, S.CANCELLED, S.WITHDRAWN}),
    rows=(
        Step(
            "prepare",
            frozenset({S.DECIDED, S.PREPARED, S.HELD, S.RETURNED}),
            S.PREPARED,
            cites=CONTENTS,
            letter="notice_to_improve",
        ),
        Step("hold", frozenset({S.PREPARED}), S.HELD, cites=CONTENTS),
        Step("release", frozenset({S.PREPARED}), S.MONITORING, cites=PERIOD, guarded=True),
        Step(
            "record_returned_mail",
            frozenset({S.MONITORING}),
            S.RETURNED,
            cites="england.penalty_notice.deemed_receipt_working_days",
        ),
        Step(
            "tell_of_early_end",
            frozenset({S.MONITORING}),
            S.MONITORING,
            cites=CONTENTS,
            letter="notice_to_improve_ended_early",
        ),
        Step("end_early", frozenset({S.MONITORING}), S.ENDED_EARLY, cites=CONTENTS, guarded=True),
        Step(
            "find_improved",
            frozenset({S.MONITORING}),
            S.IMPROVED,
            cites=PERIOD,
            letter="notice_to_improve_improved",
            guarded=True,
        ),
        Step(
            "find_not_improved",
            frozenset({S.MONITORING}),
            S.NOT_IMPROVED,
            cites=PERIOD,
            letter="notice_to_improve_not_improved",
            guarded=True,
        ),
        Step("cancel", frozenset({S.DECIDED, S.PREPARED, S.HELD, S.RETURNED}), S.CANCELLED, cites=CONTENTS),
        Step(
            "withdraw", frozenset({S.MONITORING, S.NOT_IMPROVED, S.ENDED_EARLY}), S.WITHDRAWN, cites=CONTENTS
        ),
    ),
)
