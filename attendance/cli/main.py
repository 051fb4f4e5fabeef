"""The `attendance` command: every command group hangs here."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def attendance() -> None:
    """Casework for a school attendance team in England."""


def main() -> None:
    """Run the command line."""
    app()
