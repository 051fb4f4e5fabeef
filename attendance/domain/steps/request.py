"""A school's request for a notice.

- A leave-of-absence request whose criteria are not met is closed with the reasons; it is not chased and not
  overridden, and the school may make a new one (local code, Leave of Absence).
- An irregular-attendance request may be returned for more information.
"""

from enum import StrEnum

from attendance.domain.steps.machine import Step, StepTable
from rules.roles import Role


class RequestState(StrEnum):
    """Where a request stands, as the school sees it."""

    DRAFT = "draft"
    REQUESTED = "requested"
    MORE_INFORMATION_NEEDED = "more_information_needed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_MET = "not_met"
    WITHDRAWN = "withdrawn"


S = RequestState
SCHOOL = frozenset({Role.SCHOOL})

TABLE = StepTable(
    kind="request",
    title="Request",
    states=RequestState,
    initial=S.DRAFT,
    resting=frozenset({S.ACCEPTED, S.REFUSED, S.NOT_MET, S.WITHDRAWN}),
    rows=(
        Step(
            "send",
            frozenset({S.DRAFT}),
            S.REQUESTED,
            cites="england.penalty_notice.threshold_sessions",
            by=SCHOOL,
        ),
        Step(
            "return_for_information",
            frozenset({S.REQUESTED}),
            S.MORE_INFORMATION_NEEDED,
            cites="policy.leave_of_absence.required_evidence",
            guarded=True,
        ),
        Step(
            "send_again",
            frozenset({S.MORE_INFORMATION_NEEDED}),
            S.REQUESTED,
            cites="england.penalty_notice.threshold_sessions",
            by=SCHOOL,
        ),
        Step(
            "accept",
            frozenset({S.REQUESTED}),
            S.ACCEPTED,
            cites="england.penalty_notice.threshold_sessions",
            guarded=True,
        ),
        Step(
            "refuse", frozenset({S.REQUESTED}), S.REFUSED, cites="england.penalty_notice.threshold_sessions"
        ),
        Step(
            "close_as_not_met",
            frozenset({S.REQUESTED}),
            S.NOT_MET,
            cites="policy.leave_of_absence.required_evidence",
            guarded=True,
        ),
        Step(
            "withdraw",
            frozenset({S.DRAFT, S.REQUESTED, S.MORE_INFORMATION_NEEDED}),
            S.WITHDRAWN,
            cites="england.penalty_notice.threshold_sessions",
            by=SCHOOL,
        ),
    ),
)
