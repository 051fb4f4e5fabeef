"""Twenty people at work on the pages of a city: how long each page takes, and how many queries it runs.

- The server is a process of its own, and has begun. People arrive within a minute of each other; each signs
  in as somebody and opens, about every 5 seconds, one of the links of the page at hand, mostly of its main
  part, each kind of page as likely as another; nobody changes anything.
- The time is the server's, from a request to the end of its answer. What a page is for is its route's name.
- Run as a program (`python -m tests.benchmarks.load serve FOLDER MEASURED`) it is that server.
"""

import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.benchmarks.load_store import city_store
from tests.benchmarks.outcome import Outcome
from tests.support.demo import accounts_in
from tests.support.links import Links, kind_of

READING_SECONDS, ARRIVING_SECONDS, FOR_SECONDS = 5, 60, 300
SHARES = {"officer": 11, "senior officer": 1, "school": 6, "legal services": 1, "auditor": 1}
AIM_MILLISECONDS, AIM_QUERIES, SHARE = 100, 15, 0.95
INTO_THE_MATTER = 0.75
"""How often somebody follows what the page is about, and not its menu."""

LEAST = 20
"""A route asked for less often than this has no 95th percentile of its own to speak of."""


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Let people work, and tell the slowest pages and those with the most queries."""
    demo = city_store(folder)
    measured = folder / "load-measured.txt"
    here = (sys.executable, "-m", "tests.benchmarks.load", "serve", str(demo), str(measured))
    with subprocess.Popen(here, stdout=subprocess.PIPE, text=True) as server:
        try:
            base = server.stdout.readline().strip()
            _work(base, accounts_in(demo))
        finally:
            server.terminate()
    answers = defaultdict(list)
    for line in measured.read_text().splitlines():
        route, milliseconds, queries = line.split()
        answers[route].append((float(milliseconds), int(queries)))
    yield from _told(answers)


def _told(answers: dict[str, list[tuple[float, int]]]) -> Iterator[Outcome]:
    every = [ms for found in answers.values() for ms, _ in found]
    yield _time(f"pages: all {len(every)} answers", every)
    often = {route: [ms for ms, _ in found] for route, found in answers.items() if len(found) >= LEAST}
    for route in sorted(often, key=lambda route: _share(often[route]), reverse=True)[:8]:
        yield _time(f"  {route} ({len(often[route])})", often[route])
    seldom = [ms for route, found in answers.items() if route not in often for ms, _ in found]
    yield _time(f"  pages asked for less than {LEAST} times ({len(seldom)})", seldom)
    most = {route: max(queries for _, queries in found) for route, found in answers.items()}
    for route in sorted(most, key=most.__getitem__, reverse=True)[:4]:
        said = f"{most[route]} queries at the most"
        yield Outcome(f"  {route}", said, f"{AIM_QUERIES}", most[route] / AIM_QUERIES, 1)


def _time(name: str, taken: list[float]) -> Outcome:
    slow = _share(taken)
    said = f"{slow:.0f} ms at the 95th percentile, {max(taken):.0f} ms at the most"
    return Outcome(name, said, f"{AIM_MILLISECONDS} ms", slow / AIM_MILLISECONDS, 1)


def _share(taken: list[float]) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * SHARE))]


def _work(base: str, accounts: dict[str, list[tuple[str, str]]]) -> None:
    httpx2.get(f"{base}/sign-in", timeout=120).raise_for_status()  # answered when the server has begun
    until = time.monotonic() + FOR_SECONDS
    people = [
        Person(base, *accounts[who][number % len(accounts[who])], random.Random(f"{who} {number}"))
        for who, count in SHARES.items()
        for number in range(count)
    ]
    threads = [threading.Thread(target=person.work, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    failed = [said for person in people for said in person.failed]
    if failed:
        sys.exit("\n".join(failed))


@dataclass
class Person:
    """Somebody who signs in and reads page after page."""

    base: str
    name: str
    password: str
    chance: random.Random
    failed: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Read until it is time to stop; keeps what answered with an error."""
        with httpx2.Client(base_url=self.base, timeout=60, follow_redirects=True) as client:
            time.sleep(self.chance.random() * ARRIVING_SECONDS)
            form = {"form_token": Links(client.get("/sign-in").text).token, "next": "/"}
            page = client.post("/sign-in", data={**form, "name": self.name, "password": self.password})
            while time.monotonic() < until:
                if page.status_code != httpx2.codes.OK:
                    self.failed.append(f"{self.name} {page.url.path}: {page.status_code}")
                time.sleep(READING_SECONDS * (0.5 + self.chance.random()))
                page = client.get(self._next(page))

    def _next(self, page: httpx2.Response) -> str:
        found = Links(page.text if "html" in page.headers.get("content-type", "") else "")
        into = found.main and self.chance.random() < INTO_THE_MATTER
        kinds = defaultdict(list)
        for link in found.main if into else found.links:
            kinds[kind_of(link)].append(link)
        if not kinds:
            return "/"
        return self.chance.choice(kinds[self.chance.choice(sorted(kinds))])


if __name__ == "__main__":
    from tests.benchmarks.load_server import serve

    serve(Path(sys.argv[2]), Path(sys.argv[3]))
