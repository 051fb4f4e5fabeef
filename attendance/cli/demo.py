"""`attendance demo`: a made-up authority, its year of casework, and the API on this machine.

- Everything is written into one folder, which only the demo itself may empty again.
- The demo ends on a made-up day; the API answers as on that day.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from attendance.cli.values import day
from attendance.demo.authority import DEFAULT_SEED, Size
from attendance.demo.year.wish import CASES, TODAY, Wish

if TYPE_CHECKING:
    from api.pages.front import Front
    from attendance.demo.year.making import Demo, Told
    from attendance.domain.moment import Moment

FOLDER = Path("var/demo")


def demo(
    size: Annotated[Size, typer.Option(help="A few schools, or a whole city.")] = Size.SMALL,
    seed: Annotated[int, typer.Option(help="What the made-up authority follows from.")] = DEFAULT_SEED,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Whether to serve the API.")] = True,
    folder: Annotated[Path, typer.Option(help="Where everything is written.")] = FOLDER,
    until: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The day on which the demo ends.")
    ] = TODAY.isoformat(),
    cases: Annotated[
        int, typer.Option(min=0, help="How many cases are worked beside those of the scripted families.")
    ] = CASES,
) -> None:
    """Make a synthetic authority, run its school year of casework, and serve it on 127.0.0.1:8000.

    Example: attendance demo --size small --no-serve
    """
    from attendance.cli.demo_report import lines
    from attendance.demo.year.making import make_demo

    wish = Wish(folder=folder, size=size, seed=seed, until=day(until), cases=cases)
    with _progress() as told:
        made = make_demo(wish, told)
    try:
        for line in lines(made):
            print(line)
        if serve:
            _serve(made)
    finally:
        made.office.store.close()


@contextmanager
def _progress() -> Iterator["Told"]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("")

        def told(what: str, done: int, of: int) -> None:
            progress.update(task, description=what, completed=done, total=of)

        yield told


def _plain() -> "Told":
    said: set[str] = set()

    def told(what: str, _done: int, _of: int) -> None:
        if what not in said:
            said.add(what)
            typer.echo(what, err=True)

    return told


def _serve(made: "Demo") -> None:
    from api.app import create_app
    from attendance.cli.serve import run_server

    run_server(create_app(made.office, clock=_clock(made.desk.now()), front=_front(made)))


def _front(made: "Demo") -> "Front":
    """Return pages that show the made-up accounts and are reached without TLS, on this machine alone."""
    from api.pages.front import DemoAccount, Front
    from attendance.demo.year.staffing import accounts_of

    shown = tuple(DemoAccount(name, made.password, who) for name, who in accounts_of(made.staffing))
    return Front(https=False, demo=shown)


def _clock(begins: "Moment") -> Callable[[], "Moment"]:
    """Return a clock that goes on from the demo's last instant, but never into the next day."""
    from attendance.domain.moment import Moment

    started = monotonic()

    def now() -> Moment:
        passed = timedelta(seconds=monotonic() - started)
        later = begins.at_utc + passed
        return Moment(later, begins.on) if Moment.of(later).on == begins.on else begins

    return now
