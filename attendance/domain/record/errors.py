"""Misuse of the record: mistakes of the program, never of its user.

- None of these is an `AttendanceError`: reaching a user, they are a bug of ours.
"""


class RecordMisuse(Exception):  # noqa: N818 - families read as what happened
    """An act or an entry was not put together as it must be. Nothing was written."""


class NothingRecorded(RecordMisuse):
    """An act ended without its entry in the record."""

    def __init__(self) -> None:
        super().__init__("An act must be recorded: call act.record() once before leaving it.")


class RecordedTwice(RecordMisuse):
    """An act tried to record a second entry."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"An act has one entry; this one recorded {first} and then {second}.")


class UnknownEvent(RecordMisuse):
    """No event of that name is registered."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a registered event: add it to attendance/domain/record/events.py.")


class PayloadInvalid(RecordMisuse):
    """The payload has a field too many or too few, or a value of another kind."""

    def __init__(self, event: str, problem: str) -> None:
        super().__init__(f"{event}: {problem}")


class SubjectInvalid(RecordMisuse):
    """What the entry is about is malformed."""
