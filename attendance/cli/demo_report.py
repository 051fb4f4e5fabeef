"""What `attendance demo` prints at its end."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attendance.domain.steps.machine import plain
from letters.formats import day
from rules.stages import Stage

if TYPE_CHECKING:
    from attendance.demo.year.making import Demo
    from attendance.demo.year.summary import Due, Summary

WIDTH = 26


def lines(made: "Demo") -> Iterator[str]:
    """Yield the lines that tell what the demo came to and how to look at it."""
    summary = made.summary
    yield f"The demo authority on {day(summary.on)}"
    yield from _pupils(summary)
    yield from _steps(summary)
    yield from _counted("Letters written", summary.letters)
    yield from _due(summary.due)
    yield from _record(summary)
    yield from _where(made)


def _pupils(summary: "Summary") -> Iterator[str]:
    pupils, published = summary.pupils, summary.published
    yield f"\nPupils: {pupils.enrolments} on the rolls of {pupils.schools} schools"
    for stage in Stage:
        yield _line(stage.words, str(pupils.stages.get(stage.value, 0)))
    yield f"\nYear to date, beside the figures published for {published.source}"
    yield _line("attendance", f"{_share(pupils.attendance)}   published {published.attendance}")
    yield _line("persistently absent", f"{_share(pupils.persistent)}   published {published.persistent}")
    yield _line("severely absent", f"{_share(pupils.severe)}   published {published.severe}")


def _share(share: Fraction) -> str:
    return f"{float(share):.1%}"


def _steps(summary: "Summary") -> Iterator[str]:
    for steps in summary.steps:
        found = {state: count for state, count in steps.states.items() if count}
        yield from _counted(f"{steps.title}: {sum(found.values())}", found)


def _counted(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield f"\n{title}"
    for name, count in counts.items():
        yield _line(plain(name), str(count))


def _due(due: "Due") -> Iterator[str]:
    yield f"\nDue: {sum(due.later.values())} coming up, {sum(due.past.values())} past due"
    for name in sorted({*due.later, *due.past}):
        past = due.past.get(name, 0)
        yield _line(plain(name), f"{due.later.get(name, 0)}" + (f", {past} past due" if past else ""))


def _record(summary: "Summary") -> Iterator[str]:
    record = summary.record
    verdict = "verified, nothing altered" if record.intact else "BROKEN: run attendance verify"
    yield f"\nThe record: {record.entries} entries, {verdict}"
    yield f"  head {record.head}"


def _where(made: "Demo") -> Iterator[str]:
    folder = made.folder
    yield f"\nLetters to open: {folder.letters / 'index.html'}"
    yield f"Look at it: ATTENDANCE_FOLDER={folder.path} ATTENDANCE_AUTHORITY={folder.settings}"
    yield f"Accounts and their password: {folder.accounts}"


def _line(name: str, value: str) -> str:
    return f"  {name:<{WIDTH}} {value}"
