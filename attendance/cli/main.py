"""The `attendance` command. Its commands are listed in `attendance.cli.commands`."""

import sys
from typing import Annotated

import typer

from attendance.cli.commands import Commands
from attendance.cli.errors import run

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(version("attendance-casework"))
        except PackageNotFoundError:
            print("run from source, not installed")
        raise typer.Exit


@app.callback()
def attendance(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Casework for a school attendance team in England.

    Example: attendance stage register.csv --on 2025-01-17
    """
    del version


def main() -> None:
    """Run the command line and end the process with its status."""
    sys.exit(run(app))
