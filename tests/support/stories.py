"""Where a case stands when a test begins: each story is told once for a run and then copied."""

import shutil
from dataclasses import replace
from datetime import date
from itertools import count

from attendance.services.accounts import Opening, open_account
from attendance.store.keys import HEAD_FILE, KEY_FILE
from attendance.store.unit_of_work import Store
from rules.roles import Role
from tests.support import casework as c
from tests.support import world as w
from tests.support.world_marks import school_days

LAST_MARK = date(2031, 7, 18)


def ready(store, **built):
    """All is there for a notice: ten sessions, support, and both parents asked about earlier notices."""
    world = w.build(store, **built)
    c.register(world, *c.ABSENT)
    c.support(world, c.SUPPORTED)
    for adult in (world.mother, world.father):
        c.earlier_notices_asked(world, c.DECIDED, adult)
    return world


def decided(store, begin=ready):
    """A penalty notice to the mother is decided."""
    world = begin(store)
    world.notice = c.decide(world)
    return world


def prepared(store, begin=ready):
    """Its letter is prepared, to be posted on 19 November."""
    world = decided(store, begin)
    c.prepare(world, world.notice)
    return world


def issued(store, begin=ready):
    """The notice is issued."""
    world = prepared(store, begin)
    c.release(world, world.notice)
    return world


def unpaid(store, begin=ready):
    """The 28 days have ended without payment."""
    world = issued(store, begin)
    c.say(world, "end_unpaid", c.DAY_29)
    return world


def asked(store, begin=ready):
    """The school was told on Monday 13 January 2025: it answers until the 27th, and asked the parent."""
    world = unpaid(store, begin)
    c.say(world, "message_school", date(2025, 1, 13))
    on = date(2025, 1, 14)
    sent = world.document("the message to the parent", on)
    c.say(world, "record_parent_message", on, by=world.school, asked_on=on, document=sent)
    return world


def supported(store, begin=ready):
    """The school supports prosecution."""
    world = asked(store, begin)
    c.say(world, "school_supports", date(2025, 1, 27), by=world.school)
    return world


def papered(store, begin=ready):
    """The statement and the certificate are signed and the exhibits complete on 31 January 2025."""
    world = supported(store, begin)
    on = date(2025, 1, 31)
    statement, certificate = (
        {"by": world.school, "document": world.document(text, on), "signed_on": on}
        for text in ("the signed statement", "the signed certificate")
    )
    c.say(world, "sign_statement", on, **statement)
    c.say(world, "sign_certificate", on, **certificate, signed_by_staff_id=world.staff["head"])
    c.say(world, "complete_exhibits", on, by=world.school)
    return world


def handed_over(store, begin=ready):
    """The papers have gone to Legal Services."""
    world = papered(store, begin)
    c.say(world, "hand_over", date(2025, 1, 31))
    return world


def improving(store, begin=ready):
    """A notice to improve runs over 20 school days, from 22 November to 19 December 2024."""
    world = begin(store)
    world.improvement = c.issue_improvement(world)
    return world


def twice_noticed(store, begin=ready):
    """Two notices to the mother stand, issued on 19 November 2024 and 4 March 2025."""
    world = issued(store, begin)
    on, posting_on = date(2025, 3, 3), date(2025, 3, 4)
    c.earlier_notices_asked(world, on, world.mother)
    # of a child who is absent all the time the first absence of the second notice lies far back
    c.issue(world, on, posting_on, reasons=c.reason("time_limit_too_near"))
    return world


def truant(store):
    """A child who misses every Monday and Tuesday for years; support is recorded, both parents were asked."""
    world = w.build(store)
    c.register(world, *(day for day in school_days(w.START, 900) if day.weekday() < 2), last=LAST_MARK)
    c.support(world, c.SUPPORTED)
    for adult in (world.mother, world.father):
        c.earlier_notices_asked(world, c.DECIDED, adult)
    open_account(store, Opening(name="officer.two", role=Role.OFFICER), world.senior, w.at(c.DECIDED))
    return world


class Told:
    """Tells each story once and gives out copies of it, each with a store of its own on SQLite.

    `begin` is done to each story when it has been told.
    """

    def __init__(self, folder, stores, *, begin=lambda world: world):
        self._folder, self._stores, self._begin = folder, stores, begin
        self._told, self._number, self._open = {}, count(1), []

    def copy(self, story):
        """Return a world in which the story has happened."""
        if story not in self._told:
            self._told[story] = self._begin(story(self._stores.make("sqlite")))
            self._told[story].store.close()
        folder = self._folder / str(next(self._number))
        world = _copied(self._told[story], folder)
        self._open.append(world.store)
        return world

    def clear(self):
        """Close and remove the copies."""
        for store in self._open:
            store.close()
            shutil.rmtree(store.folder)
        self._open.clear()


def _copied(world, folder):
    folder.mkdir()
    for name in (KEY_FILE, HEAD_FILE, "attendance.db"):
        shutil.copyfile(world.store.folder / name, folder / name)
    store = Store.open(f"sqlite:///{folder}/attendance.db", folder)
    return replace(world, office=replace(world.office, store=store))
