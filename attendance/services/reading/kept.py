"""Answers kept in memory until what they rest on changes: a page that counts need not count again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """The latest answers, each under a key that names everything it rests on."""

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, find: Callable[[], Answer]) -> Answer:
        """Return the answer under the key, found now where it is not there. The oldest make room."""
        with self._lock:
            if key in self._answers:
                return self._answers[key]
        found = find()  # two may find the same at once; neither waits for the other
        self.keep(key, found)
        return found

    def latest(self, key: Hashable) -> Answer | None:
        """Return the answer under the key, or None where there is none."""
        with self._lock:
            return self._answers.get(key)

    def keep(self, key: Hashable, found: Answer) -> None:
        """Keep an answer that was found with others."""
        with self._lock:
            self._answers[key] = found
            while len(self._answers) > self._maxsize:
                self._answers.popitem(last=False)
