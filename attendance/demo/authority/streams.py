"""Chance that repeats itself.

- Every part draws from a stream of its own, named by the part: a change to one part leaves the others'
  draws.
- The same seed gives the same authority, on every machine.
"""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Open the stream of one part of the authority.

    Args:
        seed: The seed of the whole authority.
        names: What the stream is for, for example `"families"`.
    """
    words = [crc32(str(name).encode()) for name in names]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def apportion(total: int, weights: Floats) -> Ints:
    """Share `total` whole things out in proportion to `weights`, by largest remainder; nothing is left."""
    exact = total * weights / weights.sum()
    parts: Ints = np.floor(exact).astype(np.int64)
    short = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:short]] += 1
    return parts
