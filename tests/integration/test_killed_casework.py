"""A process killed at any moment of an act on a notice leaves the act done or not begun."""

import random
import subprocess
import sys

from tests.support.killed_casework import LIFE

ROOT = __file__.rsplit("/tests/", 1)[0]


def test_an_act_of_casework_killed_in_the_middle_is_done_or_not_begun(store, stores):
    twin = stores.make(store.url.split(":")[0])
    chance = random.Random(20250304)
    fractions = sorted([f"{chance.random():.3f}" for _ in range(2)] + ["0.97"])
    places = (store.url, str(store.folder), twin.url, str(twin.folder))
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_casework", *places, *fractions],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    lines = [line.split() for line in run.stdout.splitlines()]
    assert {act for act, *_ in lines} == set(LIFE)
    assert {shown for *_, shown in lines} <= {"before", "after"}, run.stdout
    assert len(lines) > len(LIFE) * 2
