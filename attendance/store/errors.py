"""Errors of the store itself."""

from pathlib import Path

from attendance.domain.errors import BadInput, BrokenIntegrity


class StoreNotPrepared(BadInput):
    """There is no store there, or its tables are of another version, or its signing key is missing."""

    code = "store_not_prepared"


class StoreOfAnotherBuild(StoreNotPrepared):
    """The tables were made by revisions that this build has otherwise, or not at all."""

    code = "store_of_another_build"

    def __init__(self) -> None:
        super().__init__(
            "This store was made by another build of the program, whose tables are not those of this one. "
            "Go on with the build that made it, or make it anew with `attendance init` in an empty place."
        )


class TriggersMissing(BrokenIntegrity):
    """Triggers that guard the record or another append-only table are missing or altered."""

    code = "triggers_missing"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            f"Triggers are missing, switched off or altered: {', '.join(names)}. "
            "Find out who changed the database, run `attendance verify`, then `attendance init` anew."
        )
        self.names = names


class HeadUnreadable(BrokenIntegrity):
    """The file that should hold the signed head of the record holds something else."""

    code = "head_unreadable"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} does not hold the signed head of a record. Restore it from a copy, or name another."
        )
        self.path = path


class RecordEndMissing(BrokenIntegrity):
    """The row that says where the record ends is gone."""

    code = "record_end_missing"

    def __init__(self) -> None:
        super().__init__(
            "The stored end of the record is gone; nothing can be recorded. Run `attendance verify`."
        )


class CommitOutsideTheStore(RuntimeError):  # noqa: N818 - reads as what happened
    """Something below an act tried to commit or roll back by itself: a bug."""

    def __init__(self) -> None:
        super().__init__("Only the store commits and rolls back; a service or repository never does.")


class WrittenAfterItsEntry(RuntimeError):  # noqa: N818 - reads as what happened
    """An act changed rows after it had recorded what it left in them: a bug."""

    def __init__(self) -> None:
        super().__init__("An act records its entry last: rows changed after it are in no entry.")


class NotForNotes(RuntimeError):  # noqa: N818 - reads as what happened
    """Something of the casework was written without an act: a bug."""

    def __init__(self, row: str) -> None:
        super().__init__(f"{row} belongs to the casework: it changes by an act alone.")
