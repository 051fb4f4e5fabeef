"""The office on one made-up day: performing acts, trying what must be refused, reading what is there.

- Every act has its own instant, later than the one before.
- An act that is refused where the story does not say so stops the demo: a bug of the demo or of a guard.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from attendance.demo.year.texts import REASONS
from attendance.domain.errors import AttendanceError, BadInput, StepRefused
from attendance.domain.moment import Actor, Moment
from attendance.services.acts import perform
from attendance.services.documents import receive_document
from attendance.services.office import Office
from attendance.services.registry import act_named
from attendance.services.work import Done
from attendance.store.matters import Matters
from attendance.store.tables.base import Base
from rules.findings import Force

OPENS = time(8, tzinfo=UTC)
BETWEEN_ACTS = timedelta(seconds=5)

Row = TypeVar("Row", bound=Base)
Plain = str | int | bool | date | None
Fields = Mapping[str, object]


class NotAsTold(AssertionError):  # noqa: N818 - reads as what happened
    """Something was refused, or was not, other than the story tells."""


class Barred(NotAsTold):
    """The law bars what somebody meant to do about a child."""


@dataclass(slots=True)
class Desk:
    """The office, the day it is, and what was done so far.

    `done` counts acts by name; `refused` counts, by act and code, what was tried and rightly refused;
    `reasons` counts, by code, the reasons that were asked for and given.
    """

    office: Office
    on: date
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
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

    def attempt(self, name: str, actor: Actor, fields: Fields) -> bool:
        """Perform an act if what is there allows it, and say whether it did."""
        try:
            self._perform(name, actor, fields)
        except BadInput:
            return False
        self.done[name] += 1
        return True

    def do_with_reasons(self, name: str, actor: Actor, senior: Actor, fields: Fields) -> Done:
        """Perform an act; where it asks for reasons, give them, the senior officer those that only he may.

        Raises `Barred` where the law bars it, `NotAsTold` where it asks for a reason that nobody in the demo
        has.
        """
        try:
            done = self._perform(name, actor, fields)
        except StepRefused as refused:
            asked = refused.unmet
            if any(unmet.force is Force.BAR for unmet in asked):
                raise Barred(f"{self.on} {name} by {actor.account} with {fields}: {refused}") from refused
            if any(unmet.code not in REASONS for unmet in asked):
                raise NotAsTold(f"{self.on} {name} by {actor.account} with {fields}: {refused}") from refused
            self.reasons.update(unmet.code for unmet in asked)
            reasons = [{"code": unmet.code, "text": REASONS[unmet.code]} for unmet in asked]
            who = actor if all(actor.role in unmet.reason_from for unmet in asked) else senior
            return self.do(name, who, {**fields, "reasons": reasons})
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
