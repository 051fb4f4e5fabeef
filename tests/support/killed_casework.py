"""Takes a notice through its life in processes that are killed at given moments.

Run as a program: `python -m tests.support.killed_casework URL FOLDER TWIN_URL TWIN_FOLDER FRACTION...`. Each
act is done in peace in the twin first, which tells how many calls it takes and how many rows every table has
after it. Then it is begun once for every fraction, killed at that part of its calls, and at last done. It
prints one line a kill: the act, the fraction, and whether the store is `broken`, stands as `before` the act,
or as its twin `after` it, or is `torn` between. All work is done in forks of a process that does none, since
the threads that count marks do not outlive a fork.
"""

import os
import pickle
import signal
import sys
from dataclasses import replace
from pathlib import Path

from attendance.services.office import Office, working_days
from attendance.store.keys import read_head
from attendance.store.unit_of_work import Store
from rules.law import rule_book
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.killed_acts import die_after
from tests.support.refusals import contents

AFTERWARDS = {"signed head", "record_checkpoint"}
"""What is written after an act is kept, about it."""


WITHDRAWN = {"ground": "material_errors", "why": "The days of the absence were wrong."}
LIFE = {
    "penalty_notice.prepare": lambda world: c.prepare(world, world.notice),
    "penalty_notice.release": lambda world: c.release(world, world.notice),
    "payment.receive": lambda world: c.pay(world, 8000, c.DAY_21),
    "penalty_notice.withdraw": lambda world: c.say(world, "withdraw", c.DAY_22, **WITHDRAWN),
}


class Place:
    """A store, by where it is, and the ids of the world in it."""

    def __init__(self, url, folder):
        self.url, self.folder, self.ids = url, Path(folder), {}

    def begin(self):
        """Build the world and bring its notice to the decision; return its ids."""
        world = stories.decided(Store.open(self.url, self.folder))
        return vars(replace(world, office=None))

    def world(self):
        """Return the world, its store opened anew."""
        office = Office(Store.open(self.url, self.folder), rule_book("coventry"), w.AUTHORITY, working_days())
        return w.World(**{**self.ids, "office": office})


def forked(work):
    """Do work in a process of its own and return what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert status == 0, status
    return pickle.loads(said)


def calls_of(act, place):
    """Do an act and return how many calls and returns of functions it took."""
    world, calls = place.world(), 0

    def watch(_frame, _event, _argument):
        nonlocal calls
        calls += 1

    sys.setprofile(watch)
    try:
        act(world)
    finally:
        sys.setprofile(None)
    return calls


def killed(act, place, calls):
    """Begin an act in a process that is killed at that many calls."""
    child = os.fork()
    if child == 0:
        world = place.world()
        die_after(calls)
        act(world)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), status
    assert os.WTERMSIG(status) == signal.SIGKILL, status


def standing(place):
    """Return whether the store is whole, and the rows of every table but what is written after an act."""
    store = place.world().store
    intact = store.examine(read_head(store.head)).intact
    return intact, {
        name: [tuple(row) for row in rows] for name, rows in contents(store).items() if name not in AFTERWARDS
    }


def sizes(rows):
    """Return how many rows each table has: keys and salts are the store's own."""
    return {name: len(found) for name, found in rows.items()}


def shown(place, before, after):
    """Name the moment that the store shows: its own before the act, or its twin's after it."""
    intact, rows = forked(lambda: standing(place))
    if not intact:
        return "broken"
    return "before" if rows == before else "after" if sizes(rows) == sizes(after) else "torn"


def main(url, folder, twin_url, twin_folder, *fractions):
    """Live the life in peace, then with deaths."""
    rule_book("coventry"), working_days()  # read once, for every fork
    place, twin = Place(url, folder), Place(twin_url, twin_folder)
    for one in (place, twin):
        one.ids = forked(one.begin)
    for name, act in LIFE.items():
        calls = forked(lambda act=act: calls_of(act, twin))
        _, before = forked(lambda: standing(place))
        _, after = forked(lambda: standing(twin))
        moment = "before"
        for fraction in fractions:
            killed(act, place, max(1, int(calls * float(fraction))))
            moment = shown(place, before, after)
            sys.stdout.write(f"{name} {fraction} {moment}\n")
            if moment != "before":
                break
        if moment == "before":
            forked(lambda act=act: act(place.world()) and None)


if __name__ == "__main__":
    main(*sys.argv[1:])
