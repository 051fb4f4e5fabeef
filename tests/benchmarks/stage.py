"""`attendance stage` on a city's year against a bare DuckDB GROUP BY of the same file, whole processes."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.city_year import ON, city_year
from tests.benchmarks.outcome import Outcome, best_of

TIMES = 2
AIM = 4
AIM_MEBIBYTES = 4096
BARE = (
    'import duckdb, sys; duckdb.sql("select school_urn, upn, count(*) from read_csv(\'" + sys.argv[1] + "\', '
    'header = true, all_varchar = true) group by 1, 2").fetchnumpy()'
)


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Measure time and memory."""
    file = str(city_year(folder))
    bare, stage = best_of(
        TIMES,
        (sys.executable, "-c", BARE, file),
        (sys.executable, "-m", "attendance", "stage", file, "--on", str(ON)),
    )
    size = f"{Path(file).stat().st_size / 1_000_000:.0f} MB"
    yield Outcome(
        "stage a city's year",
        str(stage),
        f"DuckDB GROUP BY of {size}: {bare}",
        stage.seconds / bare.seconds,
        AIM,
    )
    memory = f"{stage.mebibytes:.0f} MB"
    yield Outcome("  its peak memory", memory, f"{AIM_MEBIBYTES} MB", stage.mebibytes / AIM_MEBIBYTES, 1)
