"""The commands by name, each loaded only when it is asked for.

- Help and `attendance stage` stay quick: names and short help stand here, the rest is imported later.
- The acts' groups are made from the acts themselves (`attendance.cli.acts`); a test holds this list to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

if TYPE_CHECKING:
    from typer._click import Command, HelpFormatter

ACTS = "attendance.cli.acts"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command or group stands: its module, the function or group in it, and its short help."""

    module: str
    attribute: str
    help: str


COMMANDS: Mapping[str, Entry] = {
    "demo": Entry("attendance.cli.demo", "demo", "Make a synthetic authority, run its year, serve it."),
    "stage": Entry("attendance.cli.stage", "stage", "Stage every pupil of some register files."),
    "law": Entry("attendance.cli.law", "law", "List the dated values of the law and of the local policy."),
    "letters": Entry("attendance.cli.letters", "app", "List the letters, look at one, seal a changed text."),
    "cases": Entry("attendance.cli.casework", "cases_app", "List cases; show one with everything in it."),
    "duties": Entry("attendance.cli.casework", "duties", "List what is due, the most urgent first."),
    "documents": Entry("attendance.cli.casework", "documents_app", "Evidence, replies and signed papers."),
    "serve": Entry("attendance.cli.serve", "serve", "Serve the API on a port of this machine."),
    "accounts": Entry("attendance.cli.accounts", "app", "Accounts that may act, and their tokens."),
    "init": Entry("attendance.cli.record", "init", "Make the case store ready."),
    "verify": Entry("attendance.cli.record", "verify", "Check that nothing in the record was changed."),
    "import": Entry("attendance.cli.imports", "app", "Import schools, calendars, people and registers."),
    "record": Entry("attendance.cli.record", "record_app", "The record of every act."),
}
ACT_GROUPS = (
    "case",
    "support",
    "early-help",
    "earlier-notice",
    "notice-check",
    "issuer",
    "request",
    "notice-to-improve",
    "penalty-notice",
    "payment",
    "representation",
    "review",
    "letter",
    "letter-batch",
)


class Commands(TyperGroup):
    """The group of all commands."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Return every name, in the order of the help."""
        del ctx
        return [*COMMANDS, *ACT_GROUPS]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> "Command | None":  # type: ignore[override]
        """Load one command, or return None where there is none of that name."""
        del ctx
        if cmd_name in ACT_GROUPS:
            groups = import_module(ACTS).act_groups()
            return cast("Command", next(group for group in groups if group.name == cmd_name))
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else _loaded(cmd_name, entry)

    def format_commands(self, ctx: typer.Context, formatter: "HelpFormatter") -> None:  # type: ignore[override]
        """Write the list of commands without loading any."""
        del ctx
        acts = [(name, f"Acts on {_said(name)}.") for name in ACT_GROUPS]
        with formatter.section("Commands"):
            formatter.write_dl([*((name, entry.help) for name, entry in COMMANDS.items()), *acts])


def _said(group: str) -> str:
    words = group.replace("-", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def _loaded(name: str, entry: Entry) -> "Command":
    found = getattr(import_module(entry.module), entry.attribute)
    if isinstance(found, typer.Typer):
        command = get_command(found)
        command.name = name
        return command
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name)(found)
    return get_command(alone)
