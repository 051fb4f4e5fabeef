"""A process killed at any moment leaves whole acts only."""

import random
import subprocess
import sys

from attendance.store.keys import read_head
from tests.support.acts import note

ROOT = __file__.rsplit("/tests/", 1)[0]
CALLS = 9000  # about two acts
MICROSECONDS = 12_000


def test_a_process_killed_in_the_middle_of_an_act_leaves_whole_acts_only(store):
    chance = random.Random(20250303)
    moments = [f"n{chance.randrange(1, CALLS)}" for _ in range(20)]
    moments += [f"t{chance.randrange(MICROSECONDS)}" for _ in range(6)]
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_acts", store.url, store.folder, *moments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == len(moments)
    for moment, line in zip(moments, lines, strict=True):
        whole, entries, accounts, head = map(int, line.split())
        assert whole, moment
        assert accounts == entries, moment
        assert head in {entries, entries - 1}, moment
    note(store)
    head = read_head(store.head)
    assert head.seq == entries + 1
    assert store.examine(head).intact
