"""A register as a calendar that can be read at a glance: code, colour and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from api.pages import paths
from api.pages.parts import Cell, Event, Table
from api.pages.words import instant, share
from attendance.domain.registers import Session
from attendance.services.reading.register import MarkHistory, MarkRead, MonthCounted, RegisterYear
from letters.formats import weekday
from rules.codes import Statistics

COUNTS_AS = {
    Statistics.ATTENDING: "attended",
    Statistics.AUTHORISED: "authorised absence",
    Statistics.UNAUTHORISED: "unauthorised absence",
    Statistics.NOT_POSSIBLE: "no possible session",
    Statistics.NOT_COUNTED: "not counted",
}
_DAYS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Half:
    """One session of a day: the code, its colour by what it counts as, and what it means in words."""

    code: str
    colour: str
    words: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the calendar; empty outside the month."""

    number: str
    words: str
    href: str
    halves: tuple[Half, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: its weeks of five days."""

    name: str
    weeks: tuple[tuple[Square | None, ...], ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """What a code in this register means."""

    code: str
    colour: str
    meaning: str
    counts_as: str


def calendar_of(year: RegisterYear, here: str) -> tuple[Month, ...]:
    """Return the months of a register; `here` is the page, to which a day is added."""
    by_day: dict[date, list[MarkRead]] = {}
    for mark in year.marks:
        by_day.setdefault(mark.day, []).append(mark)
    firsts = sorted({one.replace(day=1) for one in by_day}, reverse=True)
    return tuple(Month(f"{first:%B %Y}", tuple(_weeks(first, by_day, here))) for first in firsts)


def key_of(year: RegisterYear) -> tuple[KeyLine, ...]:
    """Return what each code that stands in the register means, by what it counts as."""
    known = {(mark.counts_as, mark.code, mark.meaning) for mark in year.marks}
    order = list(Statistics)
    return tuple(
        KeyLine(code, _colour(counts_as), meaning, COUNTS_AS[counts_as])
        for counts_as, code, meaning in sorted(known, key=lambda one: (order.index(one[0]), one[1]))
    )


def months_table(months: tuple[MonthCounted, ...]) -> Table:
    """Return the attendance of each month, the latest first."""
    rows = tuple(
        (
            Cell(f"{one.first:%B %Y}"),
            Cell(share(one.counts.attended, one.counts.possible), numeric=True),
            Cell(f"{one.counts.possible}", numeric=True),
            Cell(f"{one.counts.authorised}", numeric=True),
            Cell(f"{one.counts.unauthorised}", numeric=True),
        )
        for one in reversed(months)
    )
    columns = ("Month", "Attendance", "Possible", "Authorised", "Unauthorised")
    return Table("Month by month", columns, rows, "The school has given no register yet this year.")


def history_events(history: Iterable[MarkHistory]) -> tuple[Event, ...]:
    """Return what happened to the marks of one day."""
    return tuple(
        Event(
            title=f"{one.session.value}: {one.after}" + (f", before: {one.before}" if one.before else ""),
            when=f"Known since {instant(one.known_at_utc)}",
            machine_when=one.known_at_utc.isoformat(),
            who=one.by,
            sentences=(one.why,) if one.why else (),
        )
        for one in history
    )


def _weeks(first: date, by_day: dict[date, list[MarkRead]], here: str) -> Iterable[tuple[Square | None, ...]]:
    monday = first - timedelta(days=first.weekday())
    while monday < (first + timedelta(days=31)).replace(day=1):
        days = [monday + timedelta(days=number) for number in range(_DAYS_SHOWN)]
        inside = [one for one in days if one.month == first.month]
        if inside:
            yield tuple(
                _square(one, by_day.get(one, []), here) if one.month == first.month else None for one in days
            )
        monday += timedelta(days=7)


def _square(on: date, marks: list[MarkRead], here: str) -> Square:
    found = {mark.session: mark for mark in marks}
    halves = tuple(_half(session, found.get(session)) for session in Session)
    known = [half.words for half in halves if half.code]
    telling = any(half.colour != "attending" or half.corrected for half in halves if half.code)
    href = paths.with_query(here.partition("?")[0], **_query(here), day=on.isoformat()) + "#day"
    words = f"{weekday(on)}: {'; '.join(known) or 'no register'}"
    return Square(str(on.day), words, href if telling else "", halves)


def _half(session: Session, mark: MarkRead | None) -> Half:
    if mark is None:
        return Half("", "none", "", corrected=False)
    changed = ", corrected" if mark.corrected else ""
    words = f"{session.value} {mark.code} {mark.meaning}{changed}"
    return Half(mark.code, _colour(mark.counts_as), words, mark.corrected)


def _colour(counts_as: Statistics) -> str:
    return counts_as.value.replace("_", "-")


def _query(here: str) -> dict[str, object]:
    pairs = (part.partition("=") for part in here.partition("?")[2].split("&") if part)
    return {name: value for name, _, value in pairs}
