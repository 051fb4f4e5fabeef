"""`attendance stage`: where every pupil of some register files stands. Needs no database."""

import csv
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from attendance.cli.errors import say
from attendance.cli.progress import working
from attendance.cli.values import Format, day

if TYPE_CHECKING:
    from attendance.intake.register_layout import RegisterFile
    from attendance.services.staging import StagedRegister

COLUMNS = (
    "school_urn",
    "upn",
    "possible",
    "attended",
    "authorised",
    "unauthorised",
    "attendance_percent",
    "stage",
    "persistently_absent",
    "severely_absent",
    "unauthorised_in_window",
    "threshold_met_on",
)
PERCENT = COLUMNS.index("attendance_percent")
Cell = str | int | float | bool | None


def stage(
    registers: Annotated[
        list[Path], typer.Argument(metavar="REGISTER.csv...", help="Register files in the long form.")
    ],
    on: Annotated[
        date,
        typer.Option(
            "--on", parser=day, metavar="YYYY-MM-DD", help="The day to judge. Later marks are left out."
        ),
    ],
    since: Annotated[
        date | None,
        typer.Option(
            "--from",
            parser=day,
            metavar="YYYY-MM-DD",
            help="First day counted. Left out: the first day of the academic year of --on.",
        ),
    ] = None,
    policy: Annotated[str, typer.Option(help="The authority whose policy gives the bands.")] = "coventry",
    output: Annotated[Format, typer.Option("--format", help="How the list is written.")] = Format.CSV,
) -> None:
    """Stage every pupil of some register files.

    Attendance, stage of support, persistent and severe absence, and the penalty-notice threshold: one line
    for each pupil at each school. Files are read whole or refused whole. Needs no database.

    Example: attendance stage autumn.csv spring.csv --on 2025-03-28 --format json
    """
    if since is not None and since > on:
        raise typer.BadParameter(f"{since} is after --on {on}.", param_hint="--from")
    from attendance.services.staging import stage_registers

    with _on_disk(registers) as files, working("Reading and staging the registers"):
        staged = stage_registers(files, policy=policy, on=on, since=since)
    for sentence in staged.sentences():
        say(sentence)
    rows = _rows(staged)
    sys.stdout.write(_as_json(rows) if output is Format.JSON else _as_csv(rows))


@contextmanager
def _on_disk(registers: Sequence[Path]) -> Iterator[tuple["RegisterFile", ...]]:
    """Name each file as it was given; what can be read only once, like a pipe, is copied to disk first."""
    from attendance.intake.problems import UnreadableFile
    from attendance.intake.register_layout import RegisterFile

    with tempfile.TemporaryDirectory(prefix="attendance-") as folder:
        files = []
        for number, path in enumerate(registers):
            place = path
            if path.exists() and not path.is_file() and not path.is_dir():
                place = Path(folder) / str(number)
                try:
                    with path.open("rb") as pipe, place.open("wb") as copy:
                        shutil.copyfileobj(pipe, copy)
                except OSError as error:
                    raise UnreadableFile(str(path), error.strerror or "it ended early") from error
            files.append(RegisterFile(str(path), place))
        yield tuple(files)


def _rows(staged: "StagedRegister") -> Iterator[tuple[Cell, ...]]:
    from rules.stages import percent_text

    columns = [column for column in COLUMNS if column != "attendance_percent"]
    for row in staged.table.select(columns).iter_rows():
        percent = percent_text(row[3], row[2]) if row[2] else None
        met = row[-1].isoformat() if row[-1] else None
        yield (*row[:PERCENT], percent, *row[PERCENT:-1], met)


def _as_csv(rows: Iterator[tuple[Cell, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in row])
    return text.getvalue()


def _as_json(rows: Iterator[tuple[Cell, ...]]) -> str:
    objects = [
        json.dumps(dict(zip(COLUMNS, row, strict=True)) | {"attendance_percent": _number(row[PERCENT])})
        for row in rows
    ]
    return "[" + ",\n ".join(objects) + "]\n"


def _number(percent: Cell) -> float | None:
    return float(percent) if isinstance(percent, str) else None
