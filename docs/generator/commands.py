"""The page of commands: the help of every command, as the program itself says it."""

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from attendance.cli.main import app
from docs.generator import Page

WIDTH = 100


def pages() -> Iterator[Page]:
    """Yield the page."""
    yield Page("commands.md", "Commands", tuple(_lines()))


def _lines() -> Iterator[str]:
    yield "Exit statuses: 0 done, 1 the record is broken, 2 wrong usage, 65 bad data or refused, 66 a file"
    yield "that cannot be read, 70 a bug of ours. Errors go to standard error."
    yield ""
    root: Any = get_command(app)
    top = root.context_class(root, info_name="attendance", terminal_width=WIDTH)
    yield from _help(root, top, 2)
    for name in root.list_commands(top):
        yield from _command(root.get_command(top, name), name, top, 2)


def _command(command: Any, name: str, parent: Any, level: int) -> Iterator[str]:
    context = command.context_class(command, info_name=name, parent=parent, terminal_width=WIDTH)
    yield from _help(command, context, level)
    if hasattr(command, "list_commands"):
        for inner in command.list_commands(context):
            yield from _command(command.get_command(context, inner), inner, context, level + 1)


def _help(command: Any, context: Any, level: int) -> Iterator[str]:
    yield f"{'#' * level} {context.command_path}"
    yield ""
    yield "```text"
    yield from (line.rstrip() for line in command.get_help(context).splitlines())
    yield "```"
    yield ""
