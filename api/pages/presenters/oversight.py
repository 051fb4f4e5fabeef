"""Overrides, late acts and skipped support in words, each leading to its case."""

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.words import day, plain
from attendance.services.registry import ACTS
from attendance.store.queries.oversight import Kind, OversightLine
from letters.formats import counted

_SUMMARIES = {act.name: act.summary for act in ACTS}
_TAGS = {
    Kind.OVERRIDE: Tag("Done with a reason", "yellow"),
    Kind.LATE: Tag("Late", "orange"),
    Kind.NO_NOTICE_TO_IMPROVE: Tag("No notice to improve", "purple"),
}


def oversight_table(found: tuple[OversightLine, ...], more: Link | None) -> Table:
    """Return the list."""
    columns = ("Day", "Case", "What", "Why, and who")
    empty = "Nothing was overridden, late or skipped."
    return Table("To look over, the latest first", columns, tuple(map(_row, found)), empty, more=more)


def _row(one: OversightLine) -> tuple[Cell, ...]:
    case = one.case or one.reference
    return (
        Cell(day(one.on)),
        Cell(
            case, href=paths.matter(case), below=", ".join(part for part in (one.pupil, one.school) if part)
        ),
        Cell(_what(one), tag=_TAGS[one.kind], below=" ".join(one.conditions)),
        Cell(_why(one), below=_by(one)),
    )


def _by(one: OversightLine) -> str:
    """Return who did it; of what was late, whom it waited for."""
    who = plain(one.by) if one.by.isidentifier() else one.by
    return f"It waited for: {who}" if one.kind is Kind.LATE else who


def _what(one: OversightLine) -> str:
    if one.kind is Kind.OVERRIDE:
        return _SUMMARIES.get(one.what, plain(one.what.replace(".", "_")))
    if one.kind is Kind.LATE:
        return f"{plain(one.what)} ({one.reference})"
    return f"Penalty Notice {one.reference}"


def _why(one: OversightLine) -> str:
    if one.kind is Kind.OVERRIDE:
        return " ".join(one.reasons)
    if one.due_on is not None:
        return f"Was due on {day(one.due_on)}: {counted((one.on - one.due_on).days, 'day')} late."
    return f"Ground: {plain(one.what).lower()}."
