"""The first letter about a child's attendance: concern and help, no threat."""

from dataclasses import dataclass

from letters.contexts.absence import AttendanceRecord
from letters.contexts.common import LetterContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person to talk to at the school."""

    name: str
    job_title: str
    telephone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstConcern(LetterContext):
    """`help_offered` are short phrases, such as `a meeting with Anna's head of year`."""

    attendance: AttendanceRecord
    talk_to: Contact
    help_offered: tuple[str, ...] = ()
