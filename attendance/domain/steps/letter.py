"""A letter: prepared, looked at, released once; its bytes never change.

- One that goes by hand stays released when its delivery is recorded, and counts as received from then.
"""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable


class LetterState(StrEnum):
    """Where a letter stands."""

    PREPARED = "prepared"
    HELD = "held"
    RELEASED = "released"
    RETURNED = "returned"
    CANCELLED = "cancelled"


S = LetterState
SERVICE = "england.penalty_notice.deemed_receipt_working_days"

TABLE = StepTable(
    kind="letter",
    title="Letter",
    states=LetterState,
    initial=S.PREPARED,
    resting=frozenset({S.RELEASED, S.RETURNED, S.CANCELLED}),
    rows=(
        Step("hold", frozenset({S.PREPARED}), S.HELD, cites=SERVICE),
        Step("resume", frozenset({S.HELD}), S.PREPARED, cites=SERVICE),
        Step("release", frozenset({S.PREPARED}), S.RELEASED, cites=SERVICE),
        Step("deliver", frozenset({S.RELEASED}), S.RELEASED, cites=SERVICE, guarded=True),
        Step("record_returned_mail", frozenset({S.RELEASED}), S.RETURNED, cites=SERVICE),
        Step("cancel", frozenset({S.PREPARED, S.HELD}), S.CANCELLED, cites=SERVICE),
    ),
)
