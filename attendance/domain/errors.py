"""Errors of the casework, grouped by whose fault they are.

- Each has a stable `code` and a message that says what to do.
- HTTP status and exit status are mapped once, in `api/errors.py` and `attendance/cli/errors.py`.
"""

from rules.findings import Unmet


class AttendanceError(Exception):
    """Base of every error that a user may see."""

    code = "attendance_error"


class BadInput(AttendanceError):  # noqa: N818 - families read as what happened
    """What came in is malformed or contradicts itself. Nothing was written.

    `field` is the field of the act's input that is to be put right, empty where it is none alone.
    """

    code = "bad_input"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotFound(AttendanceError):  # noqa: N818
    """It does not exist, or it is not yours to see; the two are not told apart."""

    code = "not_found"

    def __init__(self, what: str, reference: str) -> None:
        super().__init__(f"There is no {what} {reference} that you may see. Check the reference.")
        self.reference = reference


class NotAllowed(AttendanceError):  # noqa: N818
    """The account's role does not open this door. Nothing was written."""

    code = "not_allowed"


class StepNotAvailable(AttendanceError):  # noqa: N818
    """The step does not exist from the state that the matter is in. Nothing was written."""

    code = "step_not_available"

    def __init__(self, step: str, state: str, available: tuple[str, ...]) -> None:
        offered = ", ".join(available) or "none"
        super().__init__(f"{step} cannot be done while this is {state}. What can be done now: {offered}.")
        self.step, self.state, self.available = step, state, available


class StepRefused(AttendanceError):  # noqa: N818
    """A guard refused; everything unmet is listed at once. Nothing was written."""

    code = "step_refused"

    def __init__(self, step: str, unmet: tuple[Unmet, ...]) -> None:
        lines = [f"{item.message} {item.remedy}" for item in unmet]
        super().__init__("\n".join([f"{step} is refused:", *(f"- {line}" for line in lines)]))
        self.step, self.unmet = step, unmet


class RulesSilent(AttendanceError):  # noqa: N818
    """The law's data, a calendar or a clock has no answer for what was asked. Nothing was written."""

    code = "rules_silent"


class BrokenIntegrity(AttendanceError):  # noqa: N818
    """The record or the store is not as the software left it."""

    code = "broken_integrity"
