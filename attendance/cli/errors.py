"""Exit statuses, and every error mapped to one of them, in one place.

- 0 done, 1 the record is broken, 2 usage, 65 bad data or refused, 66 unreadable file, 70 a bug of ours.
- No traceback reaches a user. A bug is given a reference; where it happened, never the data it happened on,
  is appended to the file named by `ATTENDANCE_BUG_LOG`.
"""

import os
import secrets
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.main import get_command

if TYPE_CHECKING:
    from rules.law import Value

BUG_LOG = "ATTENDANCE_BUG_LOG"  # a setting, read here without the others, which may be the fault


class ExitStatus(IntEnum):
    """What a command ends with."""

    DONE = 0
    BROKEN = 1
    USAGE = 2
    BAD_DATA = 65
    UNREADABLE = 66
    BUG = 70
    INTERRUPTED = 130


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; says every error on standard error."""
    try:
        ended = get_command(app).main(args=arguments, prog_name="attendance", standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        say("Stopped; nothing further was done.")
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        # Who read the output has stopped reading; what is left to flush goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.DONE
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - the last net: an engine's panic is no Exception
        return _of_the_command_line(error) if hasattr(error, "exit_code") else _told(error)
    return ended if isinstance(ended, int) else ExitStatus.DONE


def _of_the_command_line(error: BaseException) -> int:
    """End on what the command line's own library raised: a wish to stop, or a usage error to show."""
    show = getattr(error, "show", None)
    if show is None:
        return int(getattr(error, "exit_code", ExitStatus.DONE))
    show()
    return ExitStatus.USAGE


def say(text: str) -> None:
    """Say something on standard error."""
    print(text, file=sys.stderr)


def _told(error: BaseException) -> ExitStatus:
    status = status_of(error)
    say(_bug(error) if status is ExitStatus.BUG else _message(error))
    return status


def _message(error: BaseException) -> str:
    """Return an error's message; a refusal says of each condition its sources and how it may be gone past."""
    from attendance.domain.errors import StepRefused
    from rules.findings import Force

    if not isinstance(error, StepRefused):
        return str(error)
    lines = [f"{error.step} is refused:"]
    for unmet in error.unmet:
        lines.append(f"- {unmet.message} {unmet.remedy}")
        lines += [f"  Source: {_source(value)}" for value in unmet.cites]
        if unmet.force is Force.REASON_REQUIRED:
            roles = ", ".join(sorted(role.value.replace("_", " ") for role in unmet.reason_from))
            lines.append(f"  To go past this with a recorded reason ({roles}): --reason {unmet.code}=TEXT")
    return "\n".join(lines)


def _source(value: "Value") -> str:
    return f"{'; '.join(map(str, value.cites))} ({value.confidence.value})"


def status_of(error: BaseException) -> ExitStatus:
    """Return the exit status that an error ends a command with."""
    from attendance.domain.errors import AttendanceError, BrokenIntegrity
    from attendance.intake.problems import UnreadableFile
    from rules.errors import (
        LawFileInvalid,
        NoLongerInForce,
        NotYetInForce,
        RulesError,
        UnknownParameter,
        UnknownPolicy,
    )

    usage = (NoLongerInForce, NotYetInForce, UnknownParameter, UnknownPolicy)
    table: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], ExitStatus], ...] = (
        (UnreadableFile, ExitStatus.UNREADABLE),
        (BrokenIntegrity, ExitStatus.BROKEN),
        (usage, ExitStatus.USAGE),
        (LawFileInvalid, ExitStatus.BUG),
        ((AttendanceError, RulesError), ExitStatus.BAD_DATA),
    )
    return next((status for kind, status in table if isinstance(error, kind)), ExitStatus.BUG)


def _bug(error: BaseException) -> str:
    reference = f"B-{secrets.token_hex(4)}"
    log = os.environ.get(BUG_LOG)
    kept = f"Run it again with {BUG_LOG} naming a file, to keep where it happened."
    if log:
        try:
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(_where(error, reference))
            kept = f"Where it happened is in {log}."
        except OSError:
            kept = f"{log} cannot be written, so where it happened is lost."
    return f"This is a bug of ours, not of your data. Please report it with the reference {reference}. {kept}"


def _where(
    error: BaseException, reference: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> str:
    """Tell where in the program an error arose. Its message is left out: it may hold a row."""
    lines = [f"{now().isoformat(timespec='seconds')} {reference}"]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"  {type(link).__module__}.{type(link).__qualname__}")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"
