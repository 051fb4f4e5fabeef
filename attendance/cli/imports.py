"""`attendance import`: files of schools, calendars, people, registers and payments, each whole or not at all.

- Problems and warnings go to standard error as `file:line: column: message`; with a problem nothing is
  changed and the exit status is 65.
- `--dry-run` says what would change.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attendance.cli.clock import now
from attendance.cli.errors import ExitStatus, say
from attendance.settings import Settings, read_settings

if TYPE_CHECKING:
    from attendance.domain.moment import Actor
    from attendance.intake.limits import Limits
    from attendance.intake.received import ReceivedFile
    from attendance.services.imports.outcome import ImportOutcome
    from attendance.store.unit_of_work import Store

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Import files of schools, calendars, people, registers and payments.",
)


class Form(StrEnum):
    """How an outcome is printed."""

    TEXT = "text"
    JSON = "json"


Account = Annotated[
    str,
    typer.Option("--as", envvar="ATTENDANCE_ACCOUNT", help="The account that imports.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")]
Printed = Annotated[Form, typer.Option("--format", help="How the outcome is printed.")]
OneFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A CSV file or a workbook.", show_default=False)
]

_PEOPLE = {
    "schools": "the published register of schools (GIAS), with its own column names",
    "pupils": "pupils by UPN",
    "parents": "adults who may be parents, and authorities with care, by reference",
    "links": "what makes an adult a parent of a pupil, between which days",
    "enrolments": "pupils' days on the roll of schools",
    "flags": "what changes the right way to deal with a pupil",
    "staff": "heads, champions, officers and others in their dated parts",
}


def _add(kind: str, what: str) -> None:
    def command(file: OneFile, account: Account, dry_run: DryRun = False, form: Printed = Form.TEXT) -> None:
        def run(store: "Store", actor: "Actor", limits: "Limits") -> "ImportOutcome":
            from attendance.services.imports.kinds import TABLES
            from attendance.services.imports.tables import import_table

            received = _received(file, limits)
            return import_table(store, actor, now(), TABLES[kind], received, limits=limits, dry_run=dry_run)

        _carry_out(account, form, run)

    command.__doc__ = f"Import {what}.\n\nExample: attendance import {kind} {kind}.csv --dry-run --as ACCOUNT"
    app.command(kind)(command)


for _kind, _what in _PEOPLE.items():
    _add(_kind, _what)


@app.command("calendars")
def calendars(
    file: OneFile,
    account: Account,
    whole: Annotated[
        bool, typer.Option(help="The file is the whole calendar of each school in it: withdraw the rest.")
    ] = False,
    dry_run: DryRun = False,
    form: Printed = Form.TEXT,
) -> None:
    """Import terms, INSET days and closures of schools.

    Example: attendance import calendars calendars.csv --as ACCOUNT
    """

    def run(store: "Store", actor: "Actor", limits: "Limits") -> "ImportOutcome":
        from attendance.services.imports.calendars import import_calendars

        received = _received(file, limits)
        return import_calendars(store, actor, now(), received, whole=whole, limits=limits, dry_run=dry_run)

    _carry_out(account, form, run)


@app.command("register")
def register(  # noqa: PLR0913, PLR0917 - one option each
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Register files.", show_default=False)
    ],
    account: Account,
    mapping: Annotated[
        Path | None, typer.Option(help="A mapping file (YAML) that describes wide weekly registers.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why marks are corrected, where rows do not say so.")] = "",
    again: Annotated[bool, typer.Option(help="Read files that were imported before anew.")] = False,
    dry_run: DryRun = False,
    form: Printed = Form.TEXT,
) -> None:
    """Import marks of any schools and days, in the long form or, with a mapping file, in a wide one.

    Example: attendance import register 2025-01-13.csv --reason "N replaced" --as ACCOUNT
    """
    from attendance.cli.opening import open_office
    from attendance.intake.register_layout import RegisterFile
    from attendance.intake.wide_layout import read_layout
    from attendance.services.accounts import actor_named
    from attendance.services.imports.register import import_registers
    from attendance.services.reviews import follow
    from rules.codes import register_codes

    limits, moment = _limits(), now()
    layout = read_layout(str(mapping), _received(mapping, limits).data) if mapping else None
    with open_office() as office, _busy():
        actor = actor_named(office.store, account)
        outcome = import_registers(
            office.store,
            actor,
            moment,
            [RegisterFile(str(path), path) for path in files],
            register_codes(office.book),
            reason=reason,
            layout=layout,
            again=again,
            limits=limits,
            dry_run=dry_run,
            follow=follow(office, actor, moment),
        )
    _say(outcome, form)


@app.command("totals")
def totals(file: OneFile, account: Account, dry_run: DryRun = False, form: Printed = Form.TEXT) -> None:
    """Import the yearly totals that a common transfer file (CTF) carries. They are kept apart from marks.

    Example: attendance import totals 3992001_CTF_3994001_001.xml --as ACCOUNT
    """

    def run(store: "Store", actor: "Actor", limits: "Limits") -> "ImportOutcome":
        from attendance.services.imports.totals import import_totals

        received = _received(file, limits)
        return import_totals(store, actor, now(), received, limits=limits, dry_run=dry_run)

    _carry_out(account, form, run)


@app.command("payments")
def payments(file: OneFile, account: Account, dry_run: DryRun = False, form: Printed = Form.TEXT) -> None:
    """Import payments from the bank or the payment system: each transaction once, the unmatched ones listed.

    Example: attendance import payments 2025-01.csv --dry-run --as ACCOUNT
    """
    from attendance.cli.opening import open_office
    from attendance.services.accounts import actor_named
    from attendance.services.imports.payments import import_payments

    limits = _limits()
    received = _received(file, limits)
    with open_office() as office, _busy():
        actor = actor_named(office.store, account)
        done = import_payments(office, actor, now(), received, limits=limits, dry_run=dry_run)
    for line in done.unmatched:
        reference = f" ({line.payment.reference})" if line.payment else ""
        say(f"{file}:{line.line}: reference: No issued notice has it; the money is unmatched{reference}.")
    _say(done.outcome, form)


def _settings() -> Settings:
    return read_settings(os.environ)


@contextmanager
def _store() -> Iterator["Store"]:
    from attendance.store.unit_of_work import Store

    settings = _settings()
    store = Store.open(settings.url, settings.folder, head=settings.head)
    try:
        yield store
    finally:
        store.close()


def _received(path: Path, limits: "Limits") -> "ReceivedFile":
    from attendance.intake.problems import WHOLE_FILE, Problem, UnreadableFile
    from attendance.intake.received import ReceivedFile
    from attendance.intake.sheets import refused

    try:
        if path.stat().st_size > limits.file_bytes:
            said = f"The file is too large; at most {limits.file_bytes} bytes are read. Split it."
            raise refused(Problem(str(path), 1, WHOLE_FILE, said))
        return ReceivedFile(str(path), path.read_bytes())
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or type(error).__name__) from error


@contextmanager
def _busy() -> Iterator[None]:
    """Show on a terminal that work is going on: a city's year takes a while."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status("Reading, checking and comparing …"):
        yield


def _limits() -> "Limits":
    from attendance.intake.limits import Limits

    return Limits(file_bytes=_settings().import_limit_bytes)


def _carry_out(account: str, form: Form, run: "Callable[[Store, Actor, Limits], ImportOutcome]") -> None:
    from attendance.services.accounts import actor_named

    with _store() as store, _busy():
        outcome = run(store, actor_named(store, account), _limits())
    _say(outcome, form)


def _say(outcome: "ImportOutcome", form: Form) -> None:
    for line in outcome.problems.lines():
        say(line)
    for line in outcome.warnings.lines():
        say(f"warning: {line}")
    if form is Form.JSON:
        print(json.dumps(_as_json(outcome), indent=2))
    elif not outcome.refused:
        print(_as_text(outcome))
    if outcome.refused:
        raise typer.Exit(ExitStatus.BAD_DATA)


def _as_text(outcome: "ImportOutcome") -> str:
    if outcome.received_before_at_utc is not None:
        before = outcome.received_before_at_utc.isoformat(timespec="seconds")
        return f"Nothing changed: the same was imported at {before}. Use --again to read it anew."
    counts = f"{outcome.added} added, {outcome.changed} changed, {outcome.unchanged} there already"
    if outcome.withdrawn:
        counts += f", {outcome.withdrawn} withdrawn"
    if outcome.dry_run:
        return f"{outcome.kind}: this would be the change: {counts}. Nothing was changed."
    if outcome.entry is None:
        return f"{outcome.kind}: nothing changed: {counts}."
    return f"{outcome.kind}: {counts}. Entry {outcome.entry} of the record."


def _as_json(outcome: "ImportOutcome") -> dict[str, str | int | list[str] | None]:
    before = outcome.received_before_at_utc
    return {
        "kind": outcome.kind,
        "files": list(outcome.files),
        "refused": outcome.refused,
        "dry_run": outcome.dry_run,
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "withdrawn": outcome.withdrawn,
        "problems": outcome.problems.total,
        "warnings": outcome.warnings.total,
        "entry": outcome.entry,
        "imported_before_at_utc": before.isoformat() if before else None,
        "schools": list(outcome.schools),
        "first_day": outcome.first_day.isoformat() if outcome.first_day else None,
        "reviews": list(outcome.reviews),
        "last_day": outcome.last_day.isoformat() if outcome.last_day else None,
    }
