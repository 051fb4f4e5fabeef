"""A case: what holds a pupil's legal steps at one school together."""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"


TABLE = StepTable(
    kind="case",
    title="Case",
    states=CaseState,
    initial=CaseState.OPEN,
    resting=frozenset({CaseState.OPEN, CaseState.CLOSED}),
    rows=(
        Step("close", frozenset({CaseState.OPEN}), CaseState.CLOSED, cites="england.support.first"),
        Step("reopen", frozenset({CaseState.CLOSED}), CaseState.OPEN, cites="england.support.first"),
    ),
)
