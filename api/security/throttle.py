"""Holding guesses of passwords back.

- Failures are counted for a name from one address, for an address, and for a name from anywhere; whichever
  is full first makes every further attempt wait, right or wrong, until the oldest failure is old enough.
- A guess takes its turn and is looked at again when its turn comes: guesses sent all at once are counted
  as those sent one after another.
- What cannot be an account's name counts as one name, in whatever case it is written; addresses of IPv6
  count by the network that one customer has.
- The counts live in memory: a restart forgets them, and each server process has its own.

Source: OWASP ASVS 4.0.3, 2.2.1: no more than a hundred failures for one account in an hour.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from threading import BoundedSemaphore, Lock

from api.security.errors import TooManyAttempts
from attendance.services.accounts import as_name

WINDOW_SECONDS, HOUR_SECONDS = 300.0, 3600.0
MOST_KEYS = 10_000
AT_ONCE = 2
_NETWORK = 64

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """How many failures in how many seconds make the next attempt wait."""

    failures: int
    seconds: float


LIMITS = {
    "name_and_address": Limit(5, WINDOW_SECONDS),
    "address": Limit(30, WINDOW_SECONDS),
    "name": Limit(100, HOUR_SECONDS),
}


@dataclass(slots=True)
class Guess:
    """One guess; `right` is set where it was."""

    right: bool = False


class Throttle:
    """Failed attempts of the last hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[Key, deque[float]] = OrderedDict()
        self._lock = Lock()
        self._turns = BoundedSemaphore(AT_ONCE)

    @contextmanager
    def guess(self, name: str, address: str) -> Iterator[Guess]:
        """Let a guess be made, and count it unless it is right; raises `TooManyAttempts`."""
        self._must_not_wait(name, address)
        with self._turns:
            self._must_not_wait(name, address)
            made = Guess()
            yield made
            if made.right:
                self.succeeded(name, address)
            else:
                self.failed(name, address)

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
                self._failures.setdefault(key, deque(maxlen=limit.failures)).append(now)
                self._failures.move_to_end(key)
            while len(self._failures) > MOST_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of this name from this address."""
        with self._lock:
            self._failures.pop(_keys(name, address)[0][0], None)

    def _must_not_wait(self, name: str, address: str) -> None:
        wait = self.wait_seconds(name, address)
        if wait:
            raise TooManyAttempts(wait)

    def _wait(self, key: Key, limit: Limit, now: float) -> int:
        failures = self._failures.get(key, deque())
        if len(failures) < limit.failures:
            return 0
        left = failures[0] + limit.seconds - now
        return int(left) + 1 if left > 0 else 0


def _keys(name: str, address: str) -> tuple[tuple[Key, Limit], ...]:
    who, whence = as_name(name) or "", _network(address)
    keys = (("name_and_address", who, whence), ("address", whence), ("name", who))
    return tuple((key, LIMITS[key[0]]) for key in keys)


def _network(address: str) -> str:
    """Return the address, of IPv6 the network that one customer is given."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(ip_network((found, _NETWORK), strict=False))
    return address
