"""Holding guesses of passwords back.

- Failures are counted for a name from one address, for an address, and for a name from anywhere; whichever
  is full first makes every further attempt wait, right or wrong, until the oldest failure is old enough.
- The counts live in memory: a restart forgets them, and each server process has its own.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

WINDOW_SECONDS = 300.0
LIMITS = {"name_and_address": 5, "address": 30, "name": 50}
MOST_KEYS = 10_000

Key = tuple[str, ...]


class Throttle:
    """Failed attempts of the last minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[Key, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait_seconds(self, name: str, address: str) -> int:
        """Return how long the next attempt has to wait; 0 where it may be made now."""
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, limit, now) for key, limit in _keys(name, address)]
        return max(waits)

    def failed(self, name: str, address: str) -> None:
        """Count a failed attempt."""
        now = self._clock()
        with self._lock:
            for key, limit in _keys(name, address):
                self._failures.setdefault(key, deque(maxlen=limit)).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of this name from this address."""
        with self._lock:
            self._failures.pop(_keys(name, address)[0][0], None)

    def _wait(self, key: Key, limit: int, now: float) -> int:
        failures = self._failures.get(key, deque())
        if len(failures) < limit:
            return 0
        left = failures[0] + WINDOW_SECONDS - now
        return int(left) + 1 if left > 0 else 0


def _keys(name: str, address: str) -> tuple[tuple[Key, int], ...]:
    keys = (("name_and_address", name, address), ("address", address), ("name", name))
    return tuple((key, LIMITS[key[0]]) for key in keys)
