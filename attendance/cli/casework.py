"""`attendance cases`, `attendance duties` and `attendance documents`: what is in hand, and papers received.

- Each reads and acts as the account that is named, and shows what that account may see.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from attendance.cli.clock import now
from attendance.cli.opening import open_office
from attendance.cli.values import day

if TYPE_CHECKING:
    from attendance.services.reading.cases import WholeCase
    from attendance.services.work import Work
    from attendance.store.queries.cases import CaseLine
    from attendance.store.queries.duties import DutyLine

Answer = TypeVar("Answer")

LINES = 50

cases_app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
documents_app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


class Form(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    JSON = "json"


Account = Annotated[str, typer.Option("--as", envvar="ATTENDANCE_ACCOUNT", help="The account that asks.")]
Printed = Annotated[Form, typer.Option("--format", help="text to read, json for programs.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=200, help="At most so many lines.")]
After = Annotated[str, typer.Option(help="Where the part before ended, as it said.")]
School = Annotated[str | None, typer.Option(metavar="URN", help="Only this school.")]
Day = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only what is due by this day.")]


@cases_app.callback()
def cases() -> None:
    """Cases: a list of them, and one with everything in it.

    Example: attendance cases list --state open --as ACCOUNT
    """


@cases_app.command("list")
def list_cases(  # noqa: PLR0913, PLR0917 - one option each
    account: Account,
    state: Annotated[str | None, typer.Option(help="Only cases in this state: open or closed.")] = None,
    school: School = None,
    officer: Annotated[str | None, typer.Option(help="Only this officer's cases, by account.")] = None,
    due_by: Day = None,
    limit: Most = LINES,
    after: After = "",
    form: Printed = Form.TEXT,
) -> None:
    """List cases, the newest first.

    Example: attendance cases list --state open --due-by 2025-03-31 --as ACCOUNT
    """
    from attendance.services.reading.cases import case_lines
    from attendance.store.queries.cases import CaseFilter
    from attendance.store.queries.made import Part

    due = day(due_by) if due_by else None
    wanted = CaseFilter(state=state, school=school, officer=officer, due_by=due)
    found = _ask(account, lambda work: case_lines(work, wanted, Part(limit, after)))
    if form is Form.JSON:
        print(_json(asdict(found)))
        return
    _print_lines([_case_line(line) for line in found.items], found.next)


@cases_app.command("show")
def show_case(
    reference: Annotated[str, typer.Argument(help="The case, as C-2025-000012.")],
    account: Account,
    form: Printed = Form.TEXT,
) -> None:
    """Show a case with everything in it.

    Example: attendance cases show C-2025-000012 --as ACCOUNT
    """
    from attendance.services.reading.cases import whole_case

    found = _ask(account, lambda work: whole_case(work, reference))
    print(_json(asdict(found)) if form is Form.JSON else "\n".join(_whole_case(found)))


def duties(  # noqa: PLR0913, PLR0917 - one option each
    account: Account,
    mine: Annotated[bool, typer.Option("--mine", help="Only the account's own.")] = False,
    school: School = None,
    due_by: Day = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what should be done already.")] = False,
    limit: Most = LINES,
    after: After = "",
    form: Printed = Form.TEXT,
) -> None:
    """List what is due, the most urgent first: owner, day, why, and the acts that clear it.

    Example: attendance duties --mine --overdue --as ACCOUNT
    """
    from attendance.services.reading.duties import Wanted, duty_lines
    from attendance.store.queries.made import Part

    due = day(due_by) if due_by else None
    wanted = Wanted(mine=mine, school=school, due_by=due, overdue=overdue)
    found = _ask(account, lambda work: duty_lines(work, wanted, Part(limit, after)))
    if form is Form.JSON:
        print(_json(asdict(found)))
        return
    _print_lines([_duty_line(line) for line in found.items], found.next)


@documents_app.callback()
def documents() -> None:
    """Documents: evidence, replies and signed papers.

    Example: attendance documents add reply.pdf --as ACCOUNT
    """


@documents_app.command("add")
def add_document(
    file: Annotated[Path, typer.Argument(help="A PDF, a picture, a Word document or plain text.")],
    account: Account,
) -> None:
    """Receive a document and print its SHA-256, by which an act names it.

    Example: attendance documents add reply.pdf --as ACCOUNT
    """
    from attendance.intake.media import media_type_of
    from attendance.intake.problems import UnreadableFile
    from attendance.services.accounts import actor_named
    from attendance.services.documents import receive_document

    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(str(file), error.strerror or type(error).__name__) from error
    media_type = media_type_of(content)
    with open_office() as office:
        digest = receive_document(
            office.store,
            content,
            media_type=media_type,
            file_name=file.name,
            actor=actor_named(office.store, account),
            moment=now(),
        )
    print(digest)


def _ask(account: str, question: "Callable[[Work], Answer]") -> Answer:
    from attendance.services.accounts import actor_named
    from attendance.services.reading.asking import reading

    with open_office() as office:
        actor = actor_named(office.store, account)
        with reading(office, actor, now()) as work:
            return question(work)


def _print_lines(lines: list[str], after: str | None) -> None:
    print("\n".join(lines) or "None.")
    if after is not None:
        print(f"There is more: --after {after}")


def _case_line(line: "CaseLine") -> str:
    due = f", due {line.next_due_on.isoformat()}" if line.next_due_on else ""
    return f"{line.reference} {line.state}: {line.pupil}, {line.school}, with {line.officer}{due}"


def _duty_line(line: "DutyLine") -> str:
    late = " OVERDUE" if line.overdue else ""
    who, acts = f"{line.subject_reference} ({line.owner})", ", ".join(line.clears)
    return f"{line.due_on.isoformat()}{late} {who}: {line.why} Clears by: {acts}"


def _whole_case(found: "WholeCase") -> list[str]:
    listed = (
        ("Support", [f"{s.on.isoformat()} {_words(s.kind)}: {_words(s.state)}" for s in found.support]),
        ("Early help", [f"{e.offered_on.isoformat()} {_words(e.state)}" for e in found.early_help]),
        ("Requests", [f"{r.reference} {_words(r.kind)}: {_words(r.state)}" for r in found.requests]),
        ("Notices to improve", [f"{n.reference} {_words(n.state)}" for n in found.notices_to_improve]),
        ("Penalty notices", [f"{n.reference} {_words(n.state)}" for n in found.penalty_notices]),
        ("Letters", [f"{one.reference} {_words(one.name)}: {_words(one.state)}" for one in found.letters]),
        ("Due", [_duty_line(duty) for duty in found.duties]),
        ("Record", [f"{e.seq} {e.on_day} {e.event} by {e.actor}" for e in found.record]),
    )
    lines = [_case_line(found.case)]
    for title, items in listed:
        lines += [f"{title}:", *(f"  {item}" for item in items)] if items else []
    return lines


def _words(name: str) -> str:
    return name.replace("_", " ")


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=_day_or_instant)


def _day_or_instant(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()
