"""A form that is confirmed twice is done once: a second press, a reload, or the way back in the browser.

- The page on which answers are checked carries a word of its own; the first confirmation takes it.
- Words are kept in memory while the service runs, the latest some thousands: a form lies open for minutes.
"""

import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

FIELD = "once"
_RANDOM_BYTES = 16
_MOST_KEPT = 10_000

_taken: OrderedDict[tuple[str, str], None] = OrderedDict()
_lock = Lock()


def word() -> str:
    """Return a word that no other form carries."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def take(account: str, given: str) -> bool:
    """Take the word of a form that somebody confirms; False where it was taken before.

    A form without a word was not made by a page, and is confirmed as often as it is sent.
    """
    if not given:
        return True
    with _lock:
        if (account, given) in _taken:
            return False
        _taken[account, given] = None
        while len(_taken) > _MOST_KEPT:
            _taken.popitem(last=False)
        return True


@contextmanager
def kept_if_done(account: str, given: str) -> Iterator[None]:
    """Let the word be taken again where what was confirmed could not be done."""
    try:
        yield
    except BaseException:
        with _lock:
            _taken.pop((account, given), None)
        raise
