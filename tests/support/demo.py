"""The small demo made once for a whole test run, whichever worker comes first, and read by all."""

import fcntl
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from fastapi import FastAPI

from api.app import create_app
from api.pages.front import Front
from attendance.demo.year.folder import DemoFolder
from attendance.demo.year.making import make_demo
from attendance.demo.year.wish import POLICY, TODAY, Wish
from attendance.domain.moment import Moment
from attendance.services.office import Office, working_days
from attendance.settings import read_authority
from attendance.store.matters import Matters
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.reviews import ReviewRow
from attendance.store.unit_of_work import Store
from rules.law import rule_book

TOLD = "told.json"
FEW = 16


def silent(_what: str, _done: int, _of: int) -> None:
    """Say nothing of the progress."""


@dataclass(frozen=True)
class Made:
    """A demo that was made: its folder, its store, what was rightly refused and what reasons were given."""

    folder: Path
    store: Store
    refused: frozenset[tuple[str, str]]
    reasons: frozenset[str]
    summary: dict[str, object]

    def rows(self, kind, **equals):
        """Return rows as they stand at the end."""
        with self.store.read() as session:
            return Matters(session).find(kind, **equals)

    def entries(self):
        """Yield each entry's event and payload, in order."""
        for row in self.rows(RecordEntryRow):
            yield row, json.loads(row.payload)

    def states(self):
        """Return, by kind of matter, every state in which the record has shown one."""
        found = defaultdict(set)
        for row, payload in self.entries():
            found[row.event.partition(".")[0]].add(payload.get("state"))
            found["penalty_notice"].add(payload.get("notice_state"))
            if payload.get("reviews"):
                found["review"].add("open")
        found["letter"] |= {letter.state for letter in self.rows(LetterRow)}
        found["review"] |= {review.state for review in self.rows(ReviewRow)}
        return found


def accounts_in(demo: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the names and the password of the demo's accounts, by what they are."""
    first, _, *lines = (demo / "accounts.txt").read_text(encoding="utf-8").splitlines()
    password = first.split()[-1]
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        name, what = line.split(maxsplit=1)
        kind = "school" if what.startswith("school ") else what.split(",")[0]
        found.setdefault(kind, []).append((name, password))
    return found


def office_in(folder: Path) -> Office:
    """Open the office of the demo in a folder; whoever asked closes its store."""
    demo = DemoFolder(folder)
    details = read_authority(demo.settings)
    days = working_days(frozenset(details.further_bank_holidays))
    return Office(Store.open(demo.url, demo.path), rule_book(POLICY), details, days)


def last_evening(folder: Path) -> FastAPI:
    """Return the application on the demo in a folder, on the evening of its last day."""
    office = office_in(folder)
    moment = Moment(datetime.combine(TODAY, time(20, tzinfo=UTC)), TODAY)
    return create_app(office, clock=lambda: moment, front=Front(https=False))


def make_year(shared: Path) -> Made:
    """Make the small demo up to its last day with few ordinary cases, once for a run."""
    return make_once(shared, Wish(folder=shared / "demo-year", cases=FEW))


def make_once(shared: Path, wish: Wish) -> Made:
    """Make the demo, or open the one that another worker has made."""
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (wish.folder / TOLD).is_file():
            _make(wish)
    told = json.loads((wish.folder / TOLD).read_text())
    store = Store.open(f"sqlite:///{wish.folder}/attendance.db", wish.folder)
    return Made(
        wish.folder,
        store,
        frozenset((act, code) for act, code in told["refused"]),
        frozenset(told["reasons"]),
        told["summary"],
    )


def _make(wish: Wish) -> None:
    demo = make_demo(wish, silent)
    summary = demo.summary
    told = {
        "refused": sorted(demo.desk.refused),
        "reasons": sorted(demo.desk.reasons),
        "summary": {
            "intact": summary.record.intact,
            "entries": summary.record.entries,
            "attendance": float(summary.pupils.attendance),
            "persistent": float(summary.pupils.persistent),
            "stages": dict(summary.pupils.stages),
            "later": dict(summary.due.later),
            "past": dict(summary.due.past),
        },
    }
    demo.office.store.close()
    (wish.folder / TOLD).write_text(json.dumps(told))
