"""`attendance init`, `attendance verify` and `attendance record export`."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attendance.cli.clock import now
from attendance.domain.errors import BrokenIntegrity
from attendance.settings import read_settings

if TYPE_CHECKING:
    from attendance.store.unit_of_work import Store

record_app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@record_app.callback()
def record() -> None:
    """The record of every act.

    Example: attendance record export record-2025-09-01
    """


class Form(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


def init() -> None:
    """Make the case store ready: its tables, what guards them, and the key that signs the record.

    Run it once before first use, and again after every update of the software. It never empties anything.

    Example: ATTENDANCE_FOLDER=/srv/attendance attendance init
    """
    from attendance.store.unit_of_work import Store

    settings = read_settings(os.environ)
    store = Store.create(settings.url, settings.folder, head=settings.head)
    store.close()
    print(f"The store is ready. Its signing key and the signed head of its record are in {settings.folder}.")
    print("Keep a copy of the signed head where nobody who can reach the database can change it.")


def verify(
    head: Annotated[
        Path | None,
        typer.Option(help="A signed head kept outside; without it, the one in the store's folder."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How the result is printed.")] = Form.TEXT,
) -> None:
    """Check that nothing in the record was changed, removed, inserted or cut off.

    Exit status 0 and the end of the record when it is intact; 1 and the first bad entry otherwise.

    Example: attendance verify --head /media/usb/record-head.json
    """
    from attendance.cli import record_report
    from attendance.store.keys import read_head

    if head is not None:
        _must_be_readable(head)
    with _store(damaged=True) as store:
        try:
            kept = read_head(head or store.head)
            examination = store.examine(kept)
        except BrokenIntegrity as error:
            print(json.dumps({"intact": False, "message": str(error)}) if form is Form.JSON else error)
            raise typer.Exit(1) from None
    print(
        record_report.as_json(examination, kept)
        if form is Form.JSON
        else record_report.as_text(examination, kept)
    )
    raise typer.Exit(0 if examination.intact else 1)


@record_app.command("export")
def export(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it must not be there yet.")],
) -> None:
    """Write the record into a folder with a verifier that needs only a standard Python.

    Example: attendance record export record-2025-09-01 && python3 record-2025-09-01/verify.py
    """
    from attendance.services.record_export import export_record

    with _store() as store:
        end = export_record(store, folder, now())
    print(f"{end.seq} entries are in {folder}. Check them with: python3 {folder / 'verify.py'}")


@record_app.command("notices")
def notices(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it must not be there yet.")],
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Issued on or after this day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Issued on or before this day.")
    ] = None,
) -> None:
    """Write the statutory record of penalty notices (SI 2007/1867 reg. 20), with a copy of each.

    Example: attendance record notices notices-2024-25 --since 2024-09-01 --until 2025-08-31
    """
    from attendance.cli.values import day
    from attendance.services.notice_record import export_notice_record

    with _store() as store:
        done = export_notice_record(
            store, folder, since=day(since) if since else None, until=day(until) if until else None
        )
    print(f"{done.notices} notices, {done.payments} payments and {done.copies} copies are in {folder}.")


def _must_be_readable(head: Path) -> None:
    from attendance.intake.problems import UnreadableFile

    try:
        head.read_bytes()
    except OSError as error:
        raise UnreadableFile(str(head), error.strerror or "unknown") from error


@contextmanager
def _store(*, damaged: bool = False) -> Iterator["Store"]:
    from attendance.store.unit_of_work import Store

    settings = read_settings(os.environ)
    store = Store.open(settings.url, settings.folder, head=settings.head, damaged=damaged)
    try:
        yield store
    finally:
        store.close()
