"""How long a thousand penalty notices take, as PDF and HTML, each to another parent."""

import dataclasses
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor

from letters.render import render
from letters.samples import samples_of
from rules.law import rule_book

LETTERS = 1000
TARGET_SECONDS = 60
SHARE = 50
KIBIBYTES_IN_A_MEBIBYTE = 1024


def run(count: int = LETTERS) -> None:
    """Render the notices on every core and print seconds, letters per second and memory."""
    workers = os.cpu_count() or 1
    shares = [range(first, min(first + SHARE, count)) for first in range(0, count, SHARE)]
    began = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        made = list(pool.map(_notices, shares))
    seconds = time.perf_counter() - began
    memory = max(peak for _, peak in made) / KIBIBYTES_IN_A_MEBIBYTE
    print(
        f"letters: {count} penalty notices in {seconds:.1f} s on {workers} cores, "
        f"{count / seconds:.0f} a second, "
        f"{sum(size for size, _ in made) / count / 1000:.0f} kB each, {memory:.0f} MB a process; "
        f"{seconds / count * LETTERS / TARGET_SECONDS:.2f} of the {TARGET_SECONDS} s that {LETTERS} may take"
    )


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


if __name__ == "__main__":
    run()
