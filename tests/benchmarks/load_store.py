"""A city with its year of registers and 12,000 cases, for people to work in.

- The demo's authority at city size runs its year; then every fifth pupil or so has a case opened with support
  and early help recorded, each by the real act, until there are 12,000.
- It takes long to make, so it stays in the folder.
"""

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import func, select

from attendance.demo.authority import Size
from attendance.demo.year.making import Demo, make_demo
from attendance.demo.year.wish import TODAY, Wish
from attendance.domain.moment import Actor, Moment
from attendance.services.acts import perform
from attendance.services.registry import act_named
from attendance.store.tables.cases import CaseRow
from attendance.store.tables.people import EnrolmentRow
from tests.benchmarks.kept import is_of_this_build

CASES = 12_000
READY = "load-store.ready"
NOON = datetime.combine(TODAY, time(12, tzinfo=UTC))
APART = timedelta(milliseconds=300)


def city_store(folder: Path) -> Path:
    """Return the demo's folder; make it where it is not there yet."""
    demo = folder / "load-store"
    if not (folder / READY).exists() or not is_of_this_build(demo):
        shutil.rmtree(demo, ignore_errors=True)
        (folder / READY).unlink(missing_ok=True)
        print("making a city with 12,000 cases, once; this takes long …", flush=True)
        made = make_demo(Wish(folder=demo, size=Size.CITY), _told)
        _open_cases(made)
        made.office.store.close()
        (folder / READY).touch()
    return demo


def _told(what: str, done: int, of: int) -> None:
    del done, of
    sys.stdout.write(f"\r{what:<60}")
    sys.stdout.flush()


def _open_cases(made: Demo) -> None:
    """Open cases until there are as many as wished, each officer an equal share."""
    officers = sorted(made.staffing.officers)
    moments = (NOON + number * APART for number in range(10 * CASES))
    for number, (pupil, urn) in enumerate(_without_case(made)):
        officer = made.staffing.officers[officers[number % len(officers)]]
        who = {"pupil_id": pupil, "school_urn": urn}
        support = {
            "kind": "pastoral_support",
            "on": TODAY,
            "response": "taken_up",
            "offered_by": "Form tutor",
        }
        school = made.staffing.schools[urn]
        early = {"offered_on": TODAY, "answer": "declined", "answered_on": TODAY}
        _do(made, "case.open", officer, next(moments), {**who, "officer": officer.account})
        _do(made, "support.record", school, next(moments), {**who, **support})
        _do(made, "early_help.record", school, next(moments), {**who, **early})


def _do(made: Demo, name: str, actor: Actor, at_utc: datetime, fields: dict[str, object]) -> None:
    act = act_named(name)
    perform(made.office, act, act.input.model_validate(fields), actor, Moment(at_utc, TODAY))


def _without_case(made: Demo) -> Iterator[tuple[int, str]]:
    with made.office.store.read() as session:
        there = session.scalar(select(func.count()).select_from(CaseRow)) or 0
        worked = set(session.scalars(select(CaseRow.pupil_id)))
        rolls = session.execute(
            select(EnrolmentRow.pupil_id, EnrolmentRow.school_urn)
            .where(EnrolmentRow.until.is_(None), EnrolmentRow.main)
            .order_by(EnrolmentRow.pupil_id)
        ).all()
    free = [(pupil, urn) for pupil, urn in rolls if pupil not in worked]
    wanted = CASES - there
    return iter(free[:: max(1, len(free) // wanted)][:wanted])
