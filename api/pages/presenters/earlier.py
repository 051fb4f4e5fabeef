"""What a case's preparation has to show: support given, and what others said of earlier notices."""

from api.pages.parts import Cell, Link, Table, Tag
from api.pages.presenters.steps import act_cell
from api.pages.words import day, plain
from attendance.store.queries.cases import SupportLine
from attendance.store.queries.notices import EarlierNoticeLine, NoticeCheckLine
from rules.roles import Role


def support_table(found: tuple[SupportLine, ...], pupil: Link) -> Table:
    """Return what was done to support the pupil at the school of the case, the latest first."""
    rows = tuple(
        (
            Cell(day(one.on)),
            Cell(plain(one.kind), below=one.detail),
            Cell(tag=Tag(plain(one.state))),
            Cell(one.offered_by),
        )
        for one in found
    )
    empty = "No support is recorded. Support comes first: record what was offered."
    return Table("Support", ("Day", "What", "Answer", "Offered by"), rows, empty, more=pupil)


def earlier_notices_table(found: tuple[EarlierNoticeLine, ...], role: Role) -> Table:
    """Return the penalty notices of others, each with the way to record its withdrawal."""
    rows = tuple(
        (
            Cell(one.reference),
            Cell(one.adult),
            Cell(day(one.issued_on), below=one.issued_by),
            Cell(f"{day(one.offence_from)} to {day(one.offence_until)}", below=plain(one.kind)),
            Cell(tag=Tag(plain(one.state), "blue" if one.withdrawn_on is None else "grey")),
            act_cell(
                "earlier_notice.withdrawn", "Record its withdrawal", one.reference, role, otherwise="Not yet"
            )
            if one.withdrawn_on is None
            else Cell(day(one.withdrawn_on)),
        )
        for one in found
    )
    columns = ("Notice", "Parent", "Issued", "For", "State", "Withdrawn")
    return Table("Penalty notices of others", columns, rows, "None is recorded.")


def notice_checks_table(found: tuple[NoticeCheckLine, ...], role: Role) -> Table:
    """Return the questions put to others about earlier notices, with the answers or the way to record one."""
    rows = tuple(
        (
            Cell(one.reference),
            Cell(one.adult),
            Cell(one.asked_of, below=day(one.asked_on)),
            Cell(one.answer, below=day(one.answered_on))
            if one.answered_on
            else act_cell(
                "notice_check.answer", "Record the answer", one.reference, role, otherwise="Not yet"
            ),
        )
        for one in found
    )
    columns = ("Question", "Parent", "Asked", "Answer")
    return Table("Questions to others about earlier notices", columns, rows, "Nobody was asked yet.")
