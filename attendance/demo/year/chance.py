"""Chance in the demo: every draw follows from the seed and from what it is about.

- Never from what came before: nobody's story changes because somebody else's does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

Choice = TypeVar("Choice")
WHOLE = 2**32


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws by name."""

    seed: int

    def number(self, *about: object) -> float:
        """Draw a number from 0 up to, not including, 1."""
        text = "|".join(str(part) for part in (self.seed, *about))
        return int.from_bytes(sha256(text.encode()).digest()[:4], "big") / WHOLE

    def happens(self, share: float, *about: object) -> bool:
        """Say whether something happens that happens in this share of times."""
        return self.number(*about) < share

    def whole(self, least: int, most: int, *about: object) -> int:
        """Draw a whole number from the least to the most, both included."""
        return least + int(self.number(*about) * (most - least + 1))

    def one_of(self, choices: Sequence[Choice], *about: object) -> Choice:
        """Draw one of several, each as likely."""
        return choices[int(self.number(*about) * len(choices))]

    def weighted(self, choices: Sequence[tuple[Choice, int]], *about: object) -> Choice:
        """Draw one of several by their weights."""
        at = self.number(*about) * sum(weight for _, weight in choices)
        for choice, weight in choices:
            at -= weight
            if at < 0:
                return choice
        raise AssertionError("the weights do not add up")  # pragma: no cover
