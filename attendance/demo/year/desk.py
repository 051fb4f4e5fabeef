"""The office on one made-up day: performing acts, trying what must be refused, reading what is there.

- Every act has its own instant, later than the one before.
- An act that is refused where the story does not say so stops the demo: a bug of the demo or of a guard.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from attendance.domain.errors import AttendanceError, StepRefused
from attendance.domain.moment import Actor, Moment
from attendance.services.acts import perform
from attendance.services.documents import receive_document
from attendance.services.office import Office
from attendance.services.registry import act_named
from attendance.services.work import Done
from attendance.store.matters import Matters
from attendance.store.tables.base import Base

OPENS = time(8, tzinfo=UTC)
BETWEEN_ACTS = timedelta(seconds=5)

Row = TypeVar("Row", bound=Base)
Plain = str | int | bool | date | None
Fields = Mapping[str, object]


class NotAsTold(AssertionError):  # noqa: N818 - reads as what happened
    """Something was refused, or was not, other than the story tells."""


@dataclass(slots=True)
class Desk:
    """The office, the day it is, and what was done so far.

    `done` counts acts by name; `refused` counts, by act and code, what was tried and rightly refused.
    """

    office: Office
    on: date
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    _acts_today: int = 0

    def begin(self, day: date) -> None:
        """Open the office on a later day."""
        if day < self.on:
            raise ValueError(f"{day} lies before {self.on}")
        self.on, self._acts_today = day, 0

    def now(self) -> Moment:
        """Return the next instant of the day."""
        self._acts_today += 1
        at = datetime.combine(self.on, OPENS) + self._acts_today * BETWEEN_ACTS
        return Moment(at, self.on)

    def do(self, name: str, actor: Actor, fields: Fields) -> Done:
        """Perform an act; raises `NotAsTold` where it is refused."""
        try:
            done = self._perform(name, actor, fields)
        except AttendanceError as error:
            raise NotAsTold(f"{self.on} {name} by {actor.account} with {fields}: {error}") from error
        self.done[name] += 1
        return done

    def must_refuse(self, name: str, actor: Actor, fields: Fields, codes: Iterable[str]) -> None:
        """Try an act that must be refused, for these reasons among others; nothing may change."""
        try:
            self._perform(name, actor, fields)
        except StepRefused as refused:
            said = {unmet.code for unmet in refused.unmet}
            missing = sorted(set(codes) - said)
            if missing:
                raise NotAsTold(
                    f"{self.on} {name} was refused, but not for {missing}: {refused}"
                ) from refused
            self.refused.update((name, code) for code in codes)
            return
        raise NotAsTold(f"{self.on} {name} by {actor.account} with {fields} was not refused")

    def _perform(self, name: str, actor: Actor, fields: Fields) -> Done:
        act = act_named(name)
        return perform(self.office, act, act.input.model_validate(fields), actor, self.now())

    def receive(self, actor: Actor, content: bytes, media_type: str, file_name: str) -> str:
        """Receive a document and return its hash."""
        return receive_document(
            self.office.store,
            content,
            media_type=media_type,
            file_name=file_name,
            actor=actor,
            moment=self.now(),
        )

    def rows(self, kind: type[Row], **equals: Plain) -> tuple[Row, ...]:
        """Return what is there, by equality on named columns."""
        with self.office.store.read() as session:
            return Matters(session).find(kind, **equals)

    def row(self, kind: type[Row], reference: str) -> Row:
        """Return the matter of that reference."""
        (found,) = self.rows(kind, reference=reference)
        return found
