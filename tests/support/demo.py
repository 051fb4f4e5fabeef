"""The small demo made once for a whole test run, whichever worker comes first, and read by all."""

import fcntl
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from attendance.demo.year.making import make_demo
from attendance.demo.year.wish import Wish
from attendance.store.matters import Matters
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.reviews import ReviewRow
from attendance.store.unit_of_work import Store

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
