"""How long a thousand penalty notices take, as PDF and HTML, each to another parent."""

import dataclasses
import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from letters.render import render
from letters.samples import samples_of
from rules.law import rule_book
from tests.benchmarks.outcome import KIBIBYTES_IN_A_MEBIBYTE, Outcome

LETTERS = 1000
TARGET_SECONDS = 60
SHARE = 50


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Render the notices on every core."""
    del folder
    workers = os.cpu_count() or 1
    shares = [range(first, min(first + SHARE, LETTERS)) for first in range(0, LETTERS, SHARE)]
    began = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        made = list(pool.map(_notices, shares))
    seconds = time.perf_counter() - began
    memory = max(peak for _, peak in made) / KIBIBYTES_IN_A_MEBIBYTE
    kilobytes = sum(size for size, _ in made) / LETTERS / 1000
    measured = f"{seconds:.1f} s on {workers} cores, {kilobytes:.0f} kB each, {memory:.0f} MB a process"
    yield Outcome(f"{LETTERS} penalty notices", measured, f"{TARGET_SECONDS} s", seconds / TARGET_SECONDS, 1)


def _notices(numbers: range) -> tuple[int, int]:
    """Render some notices; return their bytes in all and the peak memory of the process in KiB."""
    book = rule_book("coventry")
    samples = list(samples_of("penalty_notice", book).values())
    size = 0
    for number in numbers:
        context = samples[number % len(samples)]
        other = dataclasses.replace(
            context,
            reference=f"PN-2024-{number:06d}",
            recipient=dataclasses.replace(context.recipient, name=f"Ms Marta Bede-{number}"),
            child=dataclasses.replace(context.child, name=f"Adam Bede-{number}"),
        )
        size += len(render("penalty_notice", other, book).pdf)
    return size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
