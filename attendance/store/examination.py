"""What an examination of a store found."""

from dataclasses import dataclass

from attendance.domain.record.chain import Verdict


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found: the verdict on the record, the triggers at fault, and what was altered beside it.

    `imports` are the imports of registers whose marks are not those that the record tells of, `differences`
    sentences about rows that are not what the record says of them.
    """

    verdict: Verdict
    triggers: tuple[str, ...]
    documents: tuple[str, ...]
    reasons: tuple[str, ...]
    imports: tuple[int, ...]
    differences: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing at all is wrong."""
        beside = (self.triggers, self.documents, self.reasons, self.imports, self.differences)
        return self.verdict.intact and not any(beside)
