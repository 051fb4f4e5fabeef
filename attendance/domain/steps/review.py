"""A review for withdrawal: a mark that a notice rests on was corrected after it was issued."""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable


class ReviewState(StrEnum):
    """Where a review stands."""

    OPEN = "open"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"


TABLE = StepTable(
    kind="review",
    title="Review for withdrawal",
    states=ReviewState,
    initial=ReviewState.OPEN,
    resting=frozenset({ReviewState.KEPT, ReviewState.WITHDRAWN}),
    rows=(
        Step(
            "keep",
            frozenset({ReviewState.OPEN}),
            ReviewState.KEPT,
            cites="england.penalty_notice.withdrawal_grounds",
            guarded=True,
        ),
        Step(
            "withdraw",
            frozenset({ReviewState.OPEN}),
            ReviewState.WITHDRAWN,
            cites="england.penalty_notice.withdrawal_grounds",
        ),
    ),
)
