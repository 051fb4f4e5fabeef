"""The `attendance` command: every command group hangs here."""

import typer

from attendance.cli import letters, record
from attendance.cli.law import law

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def attendance() -> None:
    """Casework for a school attendance team in England."""


app.command("law")(law)
letters.register(app)
record.register(app)


def main() -> None:
    """Run the command line."""
    app()
