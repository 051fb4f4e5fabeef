"""A city's year imported into a case store, a day's return of every school, and all pupils staged from it.

- The import is held against a bare DuckDB GROUP BY of the same file, whole processes; the others to seconds.
- The store is a fresh one on SQLite with the schools, pupils and enrolments of the file.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from attendance.domain.arrivals import EnrolmentArrival, PupilArrival
from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.moment import Actor, Moment
from attendance.domain.people import Address, School
from attendance.domain.record.entry import Subject
from attendance.intake.register_layout import RegisterFile
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.register import import_registers
from attendance.services.pupils_staged import stage_pupils
from attendance.store.calendars import Calendars
from attendance.store.people_writing import PeopleWriting
from attendance.store.unit_of_work import Store
from rules.codes import register_codes
from rules.law import rule_book
from rules.roles import Role
from tests.benchmarks.city_year import BREAKS, FIRST, ON, PUPILS, city_year
from tests.benchmarks.kept import is_of_this_build
from tests.benchmarks.outcome import Outcome, Process, measured
from tests.benchmarks.stage import BARE

AIM, AIM_SECONDS, AIM_MEBIBYTES = 15, 2, 4096
ACTOR = Actor("benchmark", Role.OFFICER)
NEXT_DAY = date(2026, 9, 1)
TIMES = 3


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Measure the import as a process, and inside it the day's return and the staging."""
    file = city_year(folder)
    ready, used, day = folder / "store", folder / "store-used", _day(folder, file)
    if not is_of_this_build(ready):
        shutil.rmtree(ready, ignore_errors=True)
        _prepare(ready, file)
    shutil.rmtree(used, ignore_errors=True)
    shutil.copytree(ready, used)
    here = (sys.executable, "-m", "tests.benchmarks.register")
    bare = measured((sys.executable, "-c", BARE, str(file)))
    taken = measured((*here, "import", str(used), str(file)))
    yield Outcome(
        "import a city's year",
        str(taken),
        f"DuckDB GROUP BY of {file.stat().st_size / 1_000_000:.0f} MB: {bare}",
        taken.seconds / bare.seconds,
        AIM,
    )
    yield _memory(taken)
    later = subprocess.run((*here, "later", str(used), str(day)), check=True, capture_output=True, text=True)
    for name, (seconds, busy) in json.loads(later.stdout).items():
        said = f"{seconds:.2f} s, {busy:.2f} s of processors"
        yield Outcome(name, said, f"{AIM_SECONDS} s", seconds / AIM_SECONDS, 1)


def _memory(process: Process) -> Outcome:
    return Outcome(
        "  its peak memory",
        f"{process.mebibytes:.0f} MB",
        f"{AIM_MEBIBYTES} MB",
        process.mebibytes / AIM_MEBIBYTES,
        1,
    )


def _day(folder: Path, file: Path) -> Path:
    path = folder / f"day-{PUPILS}.csv"
    if not path.exists():
        first = pl.scan_csv(file, infer_schema=False).filter(pl.col("date") == str(FIRST))
        first.with_columns(pl.lit(str(NEXT_DAY)).alias("date")).sink_csv(path)
    return path


def _prepare(folder: Path, file: Path) -> None:
    half = folder.with_suffix(".part")
    shutil.rmtree(half, ignore_errors=True)
    store = Store.create(f"sqlite:///{half}/attendance.db", half)
    rolls = pl.scan_csv(file, infer_schema=False).select("school_urn", "upn").unique().collect().rows()
    address = Address(("1 Mill Lane",), "AM1 1AA")
    terms = tuple(_terms())
    with store.act(ACTOR, _moment(FIRST)) as act:
        writing = PeopleWriting(act.session, write=True)
        urns = sorted({urn for urn, _ in rolls})
        writing.merge_schools([School(urn, "x", "Community school", "399", address) for urn in urns])
        writing.merge_pupils([PupilArrival(upn, "A", "B", FIRST, None, None, "") for _, upn in rolls])
        writing.merge_enrolments(
            [EnrolmentArrival(upn, urn, FIRST, None, "7", main=True) for urn, upn in rolls]
        )
        periods = [CalendarPeriod(urn, PeriodKind.TERM, *term) for urn in urns for term in terms]
        Calendars(act.session).add(periods, act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    store.close()
    half.rename(folder)


def _terms() -> Iterator[tuple[date, date]]:
    first = FIRST
    for begins, ends in BREAKS:
        yield first, begins - timedelta(days=1)
        first = ends + timedelta(days=1)
    yield first, ON
    yield NEXT_DAY, NEXT_DAY


def _moment(on: date) -> Moment:
    return Moment(datetime(on.year, on.month, on.day, 18, tzinfo=UTC), on)


def _import(store: Store, file: Path, on: date) -> ImportOutcome:
    codes = register_codes(rule_book("coventry"))
    outcome = import_registers(store, ACTOR, _moment(on), [RegisterFile(file.name, file)], codes)
    if outcome.refused or not outcome.added:
        sys.exit("\n".join(outcome.problems.lines()) or "nothing was imported")
    return outcome


def _seconds(times: int, run: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the quickest run by the clock, and those of processors."""
    taken = []
    for _ in range(times):
        began, busy = time.perf_counter(), time.process_time()
        run()
        taken.append((time.perf_counter() - began, time.process_time() - busy))
    return min(taken)


def main(what: str, folder: Path, file: Path) -> None:
    """Do one part in a process of its own."""
    store = Store.open(f"sqlite:///{folder}/attendance.db", folder)
    if what == "import":
        _import(store, file, ON)
    else:
        book = rule_book("coventry")
        day = _seconds(1, lambda: _import(store, file, NEXT_DAY))
        staged = _seconds(TIMES, lambda: stage_pupils(store, book, NEXT_DAY, since=FIRST))
        checked = _seconds(1, lambda: store.examine(None))
        print(
            json.dumps(
                {
                    "import a day's return of all schools": day,
                    "stage all pupils from the store": staged,
                    "verify the record and every mark": checked,
                }
            )
        )
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
