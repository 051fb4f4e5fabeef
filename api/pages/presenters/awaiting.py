"""Unpaid notices that wait for a school's answer, with the days that are left."""

from datetime import date

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.presenters.steps import act_cell
from api.pages.words import day, until
from attendance.store.queries.notices import PenaltyNoticeLine
from rules.roles import Role

_ANSWERS = (
    ("penalty_notice.school_supports", "It does"),
    ("penalty_notice.school_declines", "It does not"),
)


def awaiting_table(
    found: tuple[PenaltyNoticeLine, ...], role: Role, on: date, more: Link | None = None
) -> Table:
    """Return unpaid notices that wait for the school, the most urgent first."""
    ordered = sorted(found, key=lambda one: (one.school_answer_due_on or date.max, one.reference))
    columns = ("Notice", "Pupil", "Parent’s reply", "School answers by", "Yes", "No")
    empty = "No unpaid notice waits for a school."
    rows = tuple(_row(one, role, on) for one in ordered)
    return Table("Does the school support prosecution?", columns, rows, empty, more=more)


def _row(one: PenaltyNoticeLine, role: Role, on: date) -> tuple[Cell, ...]:
    return (
        Cell(one.reference, href=paths.matter(one.reference)),
        Cell(one.pupil, href=paths.pupil(one.pupil_id), below=one.school),
        _reply(one, on),
        _due(one, on),
        *(act_cell(name, text, one.reference, role, otherwise="For the school") for name, text in _ANSWERS),
    )


def _reply(one: PenaltyNoticeLine, on: date) -> Cell:
    if one.parent_messaged_on is None:
        return Cell("The parent is not asked yet")
    due = one.parent_reply_due_on
    return Cell(f"By {day(due)}" if due else "Asked", below=until(due, on) if due and due >= on else "")


def _due(one: PenaltyNoticeLine, on: date) -> Cell:
    due = one.school_answer_due_on
    if due is None:
        return Cell("Not set")
    tag = Tag("Overdue", "red") if due < on else None
    return Cell(day(due), tag=tag, below=until(due, on))
