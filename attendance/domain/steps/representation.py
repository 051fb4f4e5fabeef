"""A parent's representations about a penalty notice; there is no statutory appeal."""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable


class RepresentationState(StrEnum):
    """Where representations stand."""

    RECEIVED = "received"
    ANSWERED = "answered"


TABLE = StepTable(
    kind="representation",
    title="Representations",
    states=RepresentationState,
    initial=RepresentationState.RECEIVED,
    resting=frozenset({RepresentationState.ANSWERED}),
    rows=(
        Step(
            "answer",
            frozenset({RepresentationState.RECEIVED}),
            RepresentationState.ANSWERED,
            cites="england.penalty_notice.withdrawal_grounds",
            letter="representations_answered",
        ),
    ),
)
