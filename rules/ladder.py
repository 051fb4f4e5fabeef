"""First notice, second notice, or none: the limit on notices to one parent for one child.

- A notice counts on every day before the anniversary of its own day of issue that ends the look-back; which
  school, authority or officer issued it makes no difference.
- None that counts: the first sums. One: the second sum, flat, also where another has dropped out since.
  As many as the limit: barred, until the day on which fewer count.
- Paid, unpaid and prosecuted notices count. A notice withdrawn on any ground never does, nor one for an
  excluded pupil in a public place, nor one for an offence that ended before the framework.

Sources: SI 2007/1867 as amended by SI 2024/210; the national framework for penalty notices.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.law import NATION, RuleBook, Value
from rules.time_limits import anniversary
from rules.wording import said_day, said_pence


class NoticeKind(StrEnum):
    """What an earlier notice was for."""

    SCHOOL_ATTENDANCE = "school_attendance"
    EXCLUDED_IN_PUBLIC_PLACE = "excluded_in_public_place"


class NoticeOutcome(StrEnum):
    """What became of an earlier notice."""

    OPEN = "open"
    PAID = "paid"
    UNPAID = "unpaid"
    PROSECUTED = "prosecuted"
    ACQUITTED = "acquitted"
    WITHDRAWN = "withdrawn"


class Position(StrEnum):
    """Which notice the next one is."""

    FIRST = "first"
    SECOND = "second"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class EarlierNotice:
    """A notice to the same parent for the same child, whoever issued it.

    Its offence period runs from `first_offence_on` to `last_offence_on`; where they are not known it counts.
    `school_urn` is empty where the school is not known, `withdrawal_ground` where it was not withdrawn or its
    ground is not known.
    """

    reference: str
    issued_on: date
    first_offence_on: date | None = None
    last_offence_on: date | None = None
    kind: NoticeKind = NoticeKind.SCHOOL_ATTENDANCE
    outcome: NoticeOutcome = NoticeOutcome.OPEN
    issued_by: str = ""
    school_urn: str = ""
    withdrawal_ground: str = ""

    @property
    def stands(self) -> bool:
        """Whether it was for absence from school and has not been withdrawn."""
        return self.kind is NoticeKind.SCHOOL_ATTENDANCE and self.outcome is not NoticeOutcome.WITHDRAWN

    def covers(self, day: date) -> bool:
        """Say whether the day lies in its offence period, as far as that is known."""
        first, last = self.first_offence_on, self.last_offence_on
        return first is not None and last is not None and first <= day <= last


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An earlier notice that does not count, and why."""

    notice: EarlierNotice
    because: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Which notice the next one is on a day, what counted, and the sums it would carry.

    `free_on` is the first day on which one may be issued again, where it is barred. The sums are None where
    no notice may be issued; `reduced` is None where no lower sum is offered.
    """

    on: date
    position: Position
    counted: tuple[EarlierNotice, ...]
    not_counted: tuple[NotCounted, ...]
    free_on: date | None
    full: Value | None
    reduced: Value | None
    sentences: tuple[str, ...]
    parameters: tuple[Value, ...]

    @property
    def barred(self) -> bool:
        """Whether no notice may be issued on that day."""
        return self.position is Position.BARRED


@dataclass(frozen=True, slots=True)
class _Limit:
    """The values of the limit on one day. `since` is the day on which the framework began."""

    since: date
    count: Value
    years: Value
    leap_day: Value
    outcomes: Value
    excluded: Value
    before: Value

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "_Limit":
        names = (
            "limit_count",
            "limit_years",
            "limit_anniversary_of_29_february",
            "counts_towards_limit",
            "excluded_pupil_notices_count",
            "notices_before_the_framework_count",
        )
        since = book.parameter(f"{NATION}.penalty_notice.limit_count").values[0].since
        return cls(since, *(book.law(f"penalty_notice.{name}", on) for name in names))

    @property
    def parameters(self) -> tuple[Value, ...]:
        return (self.count, self.years, self.leap_day, self.outcomes, self.excluded, self.before)

    def ends(self, issued_on: date) -> date:
        """The first day on which a notice issued then no longer counts."""
        end = anniversary(issued_on, self.years.whole)
        if (end.month, end.day) == (issued_on.month, issued_on.day):
            return end
        return date.fromisoformat(f"{end.year}-{self.leap_day.text}")

    def never(self, notice: EarlierNotice) -> str:
        """Why a notice never counts; empty where it may."""
        if self.outcomes.table.get(notice.outcome) is False:
            return f"it was {notice.outcome}"
        if notice.kind is NoticeKind.EXCLUDED_IN_PUBLIC_PLACE and not self.excluded.flag:
            return "it was for an excluded pupil in a public place"
        last = notice.last_offence_on
        if last is not None and last < self.since and not self.before.flag:
            return f"its offence ended before {said_day(self.since)} ({self.before.confidence.value})"
        return ""


def ladder(earlier: tuple[EarlierNotice, ...], on: date, book: RuleBook) -> Ladder:
    """Return which notice a notice issued on the day `on` would be, and its sums.

    Takes every earlier notice to the same parent for the same child; one dated after `on` counts as well.
    """
    limit = _Limit.of(book, on)
    judged = [(notice, _why_not(notice, on, limit)) for notice in earlier]
    counting = [notice for notice, why_not in judged if not why_not]
    counted = tuple(sorted(counting, key=lambda notice: (notice.issued_on, notice.reference)))
    position = _position(len(counted), limit.count.whole)
    full, reduced = _sums(position, on, book)
    free_on = limit.ends(counted[-limit.count.whole].issued_on) if position is Position.BARRED else None
    return Ladder(
        on=on,
        position=position,
        counted=counted,
        not_counted=tuple(NotCounted(notice, why_not) for notice, why_not in judged if why_not),
        free_on=free_on,
        full=full,
        reduced=reduced,
        sentences=tuple(_sentences(counted, limit, free_on, full, reduced)),
        parameters=(*limit.parameters, *(value for value in (full, reduced) if value)),
    )


def _why_not(notice: EarlierNotice, on: date, limit: _Limit) -> str:
    never = limit.never(notice)
    ends = limit.ends(notice.issued_on)
    if never or on < ends:
        return never
    return f"the look-back from its issue ended with the day before {said_day(ends)}"


def _position(count: int, limit: int) -> Position:
    if count >= limit:
        return Position.BARRED
    return Position.SECOND if count else Position.FIRST


def _sums(position: Position, on: date, book: RuleBook) -> tuple[Value | None, Value | None]:
    if position is Position.BARRED:
        return None, None
    if position is Position.SECOND:
        return book.law("penalty_notice.second_amount_pence", on), None
    return (
        book.law("penalty_notice.first_amount_pence", on),
        book.law("penalty_notice.first_reduced_pence", on),
    )


def _sentences(
    counted: tuple[EarlierNotice, ...],
    limit: _Limit,
    free_on: date | None,
    full: Value | None,
    reduced: Value | None,
) -> Iterator[str]:
    for notice in counted:
        yield (
            f"{notice.reference}, issued on {said_day(notice.issued_on)}, counts until the day before "
            f"{said_day(limit.ends(notice.issued_on))}."
        )
        yield from _doubts(notice, limit.since)
    if free_on:
        yield (
            f"{len(counted)} notices to this parent for this child count: no further one may be issued before"
            f" {said_day(free_on)}."
        )
    if full and reduced:
        sums = f"{said_pence(full.whole)}, or {said_pence(reduced.whole)} if paid early"
        yield f"No earlier notice counts: one issued now would be a first notice, {sums}."
    elif full:
        sum_only = f"{said_pence(full.whole)} with no lower sum"
        yield f"One earlier notice counts: one issued now would be a second notice, {sum_only}."


def _doubts(notice: EarlierNotice, framework: date) -> Iterator[str]:
    if notice.outcome is NoticeOutcome.ACQUITTED:
        yield f"{notice.reference} ended in an acquittal; whether it counts is for Legal Services to say."
    if notice.first_offence_on is not None and notice.first_offence_on < framework:
        yield f"The offence of {notice.reference} began before {said_day(framework)}: ask Legal Services."
