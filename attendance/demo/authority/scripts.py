"""Scripts of marks carried out: what the scripted children's registers say, and what is corrected later."""

from collections.abc import Sequence

import numpy as np

from attendance.demo.authority.cast import Part
from attendance.demo.authority.characters import WEEKDAYS, Run, Weekly
from attendance.demo.authority.corrections import Changes
from attendance.demo.authority.school_years import DayGrid
from attendance.demo.authority.streams import Bools, Ints
from attendance.demo.authority.symbols import Marks, number_of

SESSIONS_OF_A_WEEK = 10


def play(parts: Sequence[Part], marks: Marks, eligible: Bools, grid: DayGrid) -> None:
    """Write the scripts into marks of full attendance.

    Args:
        parts: Who plays, one for each row of marks.
        marks: The marks, changed in place.
        eligible: On which days each may be marked absent.
        grid: The days of the year.
    """
    for row, part in enumerate(parts):
        for script in part.child.marks:
            columns, sessions = _sessions(script, eligible[row], grid)
            marks[row, columns, sessions] = number_of(script.code)


def _sessions(script: Run | Weekly, eligible: Bools, grid: DayGrid) -> tuple[Ints, Ints]:
    match script:
        case Run():
            return _run(script, eligible, grid)
        case Weekly():
            return _weekly(script, eligible, grid)


def _run(script: Run, eligible: Bools, grid: DayGrid) -> tuple[Ints, Ints]:
    first = 2 * grid.place(*script.begins) + (script.session == "PM")
    sessions = np.flatnonzero(np.repeat(eligible, 2))
    chosen = sessions[sessions >= first][: script.run]
    if len(chosen) and chosen[0] - first >= SESSIONS_OF_A_WEEK:
        chosen = chosen[:0]  # the child was not on this roll yet
    return chosen // 2, chosen % 2


def _weekly(script: Weekly, eligible: Bools, grid: DayGrid) -> tuple[Ints, Ints]:
    wanted = [WEEKDAYS.index(name) for name in script.weekly]
    column = np.arange(len(grid.days))
    weekday = np.array([day.weekday() for day in grid.days])
    inside = (column >= grid.place(*script.begins)) & (column <= grid.place(*script.ends))
    chosen = np.flatnonzero(eligible & inside & np.isin(weekday, wanted))
    sessions = {"AM": [0], "PM": [1], "both": [0, 1]}[script.session]
    return np.repeat(chosen, len(sessions)), np.tile(np.array(sessions), len(chosen))


def changes_of(parts: Sequence[Part], eligible: Bools, grid: DayGrid, reasons: Sequence[str]) -> Changes:
    """Collect the corrections that the scripts ask for, as places of rows.

    Args:
        parts: Who plays, one for each row.
        eligible: On which days each may be marked absent.
        grid: The days of the year.
        reasons: The sentences that a correction's `why` indexes.
    """
    rows: list[tuple[int, int, int, int, int, int]] = []
    for row, part in enumerate(parts):
        for one in part.child.corrections:
            columns, sessions = _run(one, eligible[row], grid)
            known, why = grid.place(*one.known), reasons.index(one.why)
            rows += [
                (row, column, session, number_of(one.code), known, why)
                for column, session in zip(columns.tolist(), sessions.tolist(), strict=True)
            ]
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    return Changes(
        roll=table[:, 0],
        column=table[:, 1],
        session=table[:, 2],
        after=table[:, 3].astype(np.uint8),
        known=table[:, 4],
        why=table[:, 5],
    )


def scripted_reasons(parts: Sequence[Part]) -> tuple[str, ...]:
    """List the reasons that the scripts give for corrections, each once."""
    return tuple(dict.fromkeys(one.why for part in parts for one in part.child.corrections))
