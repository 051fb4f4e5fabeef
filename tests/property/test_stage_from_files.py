"""The whole way of `attendance stage`, from files to records, against counting by hand."""

import io
import json
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from attendance.cli.errors import run
from attendance.cli.main import app
from tests.support.oracle import CHANGE, Row, staged
from tests.support.register_files import HEADER, A, B

ON, SINCE = date(2025, 1, 17), date(2024, 8, 1)
FIRST = date(2024, 7, 1)
CODES = {
    False: ["/", "\\", "L", "J", "H", "D", "#", *"GNOU"],
    True: ["/", "\\", "K", "C1", "D", "Y4", "Q", *"GNOU"],
}
keys = st.tuples(
    st.sampled_from(["136001", "136002"]),
    st.sampled_from([A, B]),
    st.integers(0, 220),
    st.sampled_from(["AM", "PM"]),
)
picks = st.dictionaries(keys, st.integers(0, 99), min_size=1, max_size=60)


def rows_of(chosen):
    for (school, pupil, offset, half), pick in chosen.items():
        day = FIRST + timedelta(days=offset)
        codes = CODES[day >= CHANGE]
        yield Row(school, pupil, day, half, codes[pick % len(codes)])


def records(*arguments):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        assert run(app, ["stage", *arguments, "--on", str(ON), "--format", "json"]) == 0
    return [tuple(record.values()) for record in json.loads(out.getvalue())]


def percent(attended, possible):
    """Round by the decimal rule that schoolbooks teach, on digits."""
    if not possible:
        return None
    hundredths = attended * 10_000 // possible
    return (hundredths // 10 + (hundredths % 10 >= 5)) / 10


@given(chosen=picks, again=st.integers(0, 59), split=st.integers(0, 60), quoted=st.booleans())
@settings(max_examples=80)
def test_files_give_the_records_that_counting_by_hand_gives(chosen, again, split, quoted):
    rows = list(rows_of(chosen))
    lines = [f"{r.school},{r.pupil},{r.day},{r.session},{r.code}" for r in rows]
    lines.append(lines[again % len(lines)])
    if quoted:
        lines[0] = ",".join(f'"{field}"' for field in lines[0].split(","))
    with tempfile.TemporaryDirectory() as folder:
        parts = [part for part in (lines[:split], lines[split:]) if part]
        for number, part in enumerate(parts):
            Path(folder, f"{number}.csv").write_text("\n".join([HEADER, *part, ""]))
        found = records(*(f"{folder}/{number}.csv" for number in range(len(parts))))

    expected = [
        (*row[:6], percent(row[3], row[2]), *row[6:10], str(row[10]) if row[10] else None)
        for row in staged(rows, SINCE, ON)
    ]
    assert found == expected
