"""Random casework on both databases: whatever people do, in whatever order, what must hold holds.

- People follow what is due, begin new things, pay, correct marks, and make every kind of mistake, on days
  that only move forward.
- After each act the rules of `tests.support.invariants` are asked, and a model of payment is compared. A
  refused act leaves every row of every table as it was; a successful one adds one entry to the record.
- CI runs a short, derandomised profile; `CASEWORK_EXAMPLES=500` runs long and at random.
"""

import os
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from attendance.domain.errors import AttendanceError, StepRefused
from attendance.domain.registers import Session
from attendance.services.registry import ACTS
from attendance.store.keys import read_head
from rules.findings import Force
from tests.support import casework as c
from tests.support import stories
from tests.support.invariants import wrong
from tests.support.money_model import MoneyModel
from tests.support.moves import Moves
from tests.support.refusals import GIVEN, contents, differing

EXAMPLES = int(os.environ.get("CASEWORK_EXAMPLES", "0"))
SHORT = {"sqlite": (12, 25), "postgresql": (6, 25)}
WAITS, LONG_WAITS = (0, 0, 1, 2, 10), (0, 1, 7, 21, 28, 60, 200, 400)
BEGINNINGS = (
    stories.issued,
    stories.decided,
    stories.unpaid,
    stories.asked,
    stories.improving,
    stories.papered,
    stories.twice_noticed,
)
MUST_HAPPEN = {
    *("penalty_notice.release", "notice_to_improve.release", "penalty_notice.withdraw", "payment.receive"),
    *("a second notice", "refused: limit_reached"),
}
"""What the short runs must come upon, so that they show what they are there to show."""

SEEDS = st.integers(0, 2**32)
SOON, LATELY = timedelta(days=90), timedelta(days=60)
DECIDE = ("penalty_notice.decide", "notice_to_improve.decide") * 3
OFTEN = ("request.make", "penalty_notice.record_returned_mail", "representation.receive")
SELDOM = ("penalty_notice.withdraw", "earlier_notice.record", "case.close", "case.reopen")
BEGIN = (*OFTEN, *OFTEN, *SELDOM)
MONEY = tuple(f"payment.{verb}" for verb in ("receive", "receive", "match", "settle", "refund", "rematch"))
RUNNING = {"decided", "prepared", "held", "monitoring"}
PRIVILEGED = ("request.send", "request.withdraw")


class Casework(RuleBasedStateMachine):
    """One child, two parents, and whatever happens."""

    stores, database, happened = None, "", Counter()

    def __init__(self):
        super().__init__()
        self.world, self.rows, self.day, self.steps = None, {}, c.DECIDED, 0
        self.money = MoneyModel()

    @initialize(story=st.sampled_from(BEGINNINGS))
    def come_into_the_middle(self, story):
        """Some of a case may have happened already."""
        self.world = story(self.stores.make(self.database), stories.truant)
        self.rows = self.seen()
        self.day = date.fromisoformat(max(row.on_day for row in self.rows["record_entry"]))

    @rule(seed=SEEDS)
    def do_what_is_due_on_its_day(self, seed):
        """Somebody does what is due, on the day on which it is due."""
        self.begin_step(seed, (0,))
        for _ in range(self.chance.choice((1, 2, 3))):
            self.do_what_is_due(on_its_day=True)

    @rule(seed=SEEDS)
    def do_what_is_due_another_day(self, seed):
        """Somebody does what is due, early or late."""
        self.begin_step(seed, WAITS)
        self.do_what_is_due(on_its_day=False)

    @rule(seed=SEEDS)
    def begin_something(self, seed):
        """A notice is decided, mail comes back, a parent writes, a school asks."""
        self.begin_step(seed, LONG_WAITS)
        busy = {row.state for row in (*self.rows["penalty_notice"], *self.rows["notice_to_improve"])}
        self.attempt(self.moves().choose(BEGIN if busy & RUNNING else (*DECIDE, *BEGIN)))

    @rule(seed=SEEDS, adult=st.sampled_from(("mother", "father")))
    def take_a_penalty_notice_to_the_post(self, seed, adult):
        """An officer asks about earlier notices, decides, and sends a penalty notice, all on one day.

        It is about the latest sessions that no notice to this parent was about.
        """
        self.begin_step(seed, LONG_WAITS)
        adult_id = getattr(self.world, adult)
        who = {"pupil_id": self.world.pupil, "adult_id": adult_id, "asked_of": "The school and the parent"}
        if self.ask("notice_check.ask", who):
            asked = self.rows["notice_check"][-1].reference
            self.ask("notice_check.answer", {"reference": asked, "answer": "None known."})
        before = [row.offence_until for row in self.rows["penalty_notice"] if row.adult_id == adult_id]
        since = max(self.day - LATELY, *(day + timedelta(days=1) for day in before), c.ABSENT[0])
        about = {"offence_from": min(since, self.day), "offence_until": self.day}
        self.send("penalty_notice", c.proposed(self.world, adult_id=adult_id, posting_on=self.day, **about))

    @rule(seed=SEEDS, adult=st.sampled_from(("mother", "father")))
    def take_a_notice_to_improve_to_the_post(self, seed, adult):
        """An officer decides on and sends a notice to improve, all on one day."""
        self.begin_step(seed, LONG_WAITS)
        self.send("notice_to_improve", c.to_improve(self.world, adult_id=getattr(self.world, adult)))

    def send(self, kind, proposed):
        """Decide on a notice, prepare its letter and let it go."""
        if self.ask(f"{kind}.decide", proposed):
            reference = {"reference": self.rows[kind][-1].reference}
            if self.ask(f"{kind}.prepare", {**reference, "posting_on": self.day}):
                self.ask(f"{kind}.release", reference)

    def ask(self, act, fields):
        """Do an act as the officer, with reasons where only they are missing; say whether it was done."""
        done = self.happened[act]
        self.try_again(act, self.world.officer, fields)
        return self.happened[act] > done

    @rule(seed=SEEDS)
    def pay(self, seed):
        """Money comes, or something is done about it."""
        self.begin_step(seed, WAITS)
        self.attempt(self.moves().choose(MONEY))

    @rule(seed=SEEDS)
    def do_anything(self, seed):
        """Anybody does anything to anything there is."""
        self.begin_step(seed, WAITS)
        moves = self.moves()
        act = moves.choose([act.name for act in ACTS if act.kind in self.rows])
        self.attempt(act, by=moves.by(act))

    @rule(seed=SEEDS)
    def correct_a_mark(self, seed):
        """A mark that some notice may rest on is corrected."""
        self.begin_step(seed, WAITS)
        resting = sorted({(row.day, Session(row.session)) for row in self.rows["offence_session"]})
        if resting:
            place = self.chance.choice(resting)
            self.world.correct({place: self.chance.choice(("I", "G", "O"))}, on=self.day)
            self.check()

    def begin_step(self, seed, waits):
        """Let some days pass."""
        self.steps += 1
        self.chance = Random(f"{seed} {self.steps}")
        self.day += timedelta(days=self.chance.choice(waits))

    def do_what_is_due(self, *, on_its_day):
        """Choose something that is due, and one of the acts that clear it."""
        due = [row for row in self.rows["duty"] if row.cleared_on is None]
        if due:
            duty = self.chance.choice(due)
            if on_its_day and self.day < duty.due_on < self.day + SOON:
                self.day = duty.due_on
            self.attempt(self.chance.choice(duty.clears.split()), duty.subject_reference)

    def moves(self):
        """Return what people may enter now."""
        return Moves(self.world, self.day, self.chance, self.rows)

    def seen(self):
        """Return what stands in every table of the casework and in the record."""
        return contents(self.world.store, but=GIVEN)

    def attempt(self, act, reference="", by=None):
        """Try an act; where only a reason is missing, the senior officer gives it and tries again."""
        fields = self.moves().given(act, reference)
        if "document" in fields:
            self.rows = self.seen()
        by = by or (self.world.school if act in PRIVILEGED else self.world.officer)
        self.try_again(act, by, fields)

    def try_again(self, act, by, fields):
        """Do an act; where only a reason is missing, let the senior officer do it with reasons."""
        refusal = self.do(act, by, fields)
        if refusal and "reasons" in act_fields(act) and all(u.force is not Force.BAR for u in refusal.unmet):
            reasons = c.reason(*(unmet.code for unmet in refusal.unmet))
            self.do(act, self.world.senior, {**fields, "reasons": reasons})

    def do(self, act, by, fields):
        """Perform an act; a refused one changes nothing, a successful one is checked."""
        try:
            done = self.world.do(act, self.day, by=by, **fields)
        except AttendanceError as error:
            assert differing(self.rows, self.seen()) == set(), f"{act} was refused and changed something"
            if not isinstance(error, StepRefused):
                return None
            self.happened.update(f"refused: {unmet.code}" for unmet in error.unmet)
            return error
        self.check()
        self.learn(act, done.reference)
        entry = max(self.rows["record_entry"], key=lambda row: row.seq)
        assert f'"reference":"{done.reference}"' in entry.payload
        return None

    def learn(self, act, reference):
        """Count what happened over all the runs."""
        self.happened[act] += 1
        if act == "penalty_notice.release":
            row = next(row for row in self.rows["penalty_notice"] if row.reference == reference)
            self.happened[f"a {row.rung} notice"] += 1

    def check(self):
        """Hold the store against what must be so."""
        before, after = self.rows, self.seen()
        assert len(after["record_entry"]) == len(before["record_entry"]) + 1
        assert wrong(before, after) == []
        self.money.learn(before, after)
        assert list(self.money.disagreements(after)) == []
        self.rows = after
        if self.steps % 6 == 0:
            self.verify()

    def verify(self):
        """The record, its seal and every document hold."""
        store = self.world.store
        assert store.examine(read_head(store.head)).intact

    def teardown(self):
        """Verify once more and clear the store away."""
        try:
            self.verify()
        finally:
            self.stores.clear()


def act_fields(name):
    """Return the names of the fields of an act."""
    return next(act for act in ACTS if act.name == name).input.model_fields


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_whatever_people_do_the_casework_stays_lawful_and_whole(database, stores):
    examples, steps = (EXAMPLES, 50) if EXAMPLES else SHORT[database]
    happened = Counter()
    machine = type("Machine", (Casework,), {"stores": stores, "database": database, "happened": happened})
    profile = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=not EXAMPLES,
        database=None,
        phases=(Phase.generate, Phase.shrink) if EXAMPLES else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(machine, settings=profile)
    assert not {what for what in MUST_HAPPEN if not happened[what]}, happened
