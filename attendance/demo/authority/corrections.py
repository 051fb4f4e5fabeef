"""Marks that were not yet what they are now: reasons not known on the day, and mistakes found later.

- The register as first taken has `N` where nobody knew why a pupil was away; the reason follows within a
  few school days, sometimes later, and now and then never.
- A correction adds to the register and never overwrites: it is a later mark of the same session, with the
  day, the person and the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from attendance.demo.authority.absence import Reals
from attendance.demo.authority.places import MAIL_DOMAIN
from attendance.demo.authority.school_years import DayGrid
from attendance.demo.authority.streams import Bools, Ints, stream
from attendance.demo.authority.symbols import SYMBOLS, Marks, number_of, numbers_of

UNKNOWN_AT_FIRST: Final = 0.10
RESOLVED_LATE: Final = 0.06
NEVER_RESOLVED: Final = 0.01
EVIDENCE_LATER: Final = 0.012
FOUND_LATE: Final = 0.02
REASON_MAY_FOLLOW: Final = numbers_of("I O C M R")

WHY_FOUND: Final = "Came in after the register was taken"
WHY_EVIDENCE: Final = "Medical evidence received"
WHY_REASON: Final = "Reason given by parent"
WHY_NO_REASON: Final = "No reason given by parent"

SCHEMA: Final = pl.Schema(
    {
        "school_urn": pl.String,
        "upn": pl.String,
        "date": pl.Date,
        "session": pl.String,
        "code": pl.String,
        "comment": pl.String,
        "recorded_at": pl.String,
        "recorded_by": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class Changes:
    """One entry per correction: whose mark (place of the roll), which day and session, and what it became.

    `known` is the column of the day on which it became known; `why` indexes `REASONS`.
    """

    roll: Ints
    column: Ints
    session: Ints
    after: Marks
    known: Ints
    why: Ints

    def __len__(self) -> int:
        return len(self.roll)


REASONS: Final = (WHY_FOUND, WHY_EVIDENCE, WHY_REASON, WHY_NO_REASON)


def as_first_taken(seed: int, final: Marks, school: Ints, open_days: Bools) -> tuple[Marks, Changes]:
    """Turn the clock back to what each register said on its day.

    Args:
        seed: The seed of the authority.
        final: Marks by pupil, day and session, as they stand in the end. Where a reason never came they
            become `N` in place.
        school: The school of each row of marks.
        open_days: For each school and day, whether it was open.

    Returns:
        The marks as first taken, and the corrections that lead from them to the final ones.
    """
    chance = stream(seed, "corrections")
    first = final.copy()
    never = _unknown_at_first(chance, final, first)
    _evidence_later(chance, final, first)
    _found_late(chance, final, first)
    final[never] = number_of("N")
    roll, column, session = np.nonzero(first != final)
    before, after = first[roll, column, session], final[roll, column, session]
    delay = _delays(chance, roll, column, before)
    known = _next_open(open_days)[school[roll], np.minimum(column + delay, open_days.shape[1] - 1)]
    return first, Changes(
        roll=roll, column=column, session=session, after=after, known=known, why=_why(before, after)
    )


def _unknown_at_first(chance: np.random.Generator, final: Marks, first: Marks) -> Bools:
    """Put `N` in the first register where the reason followed later; say which never got another."""
    morning = final[:, :, 0]
    may = np.isin(morning, REASON_MAY_FOLLOW)
    may[:, 1:] &= morning[:, 1:] != morning[:, :-1]
    draw: Reals = chance.random(may.shape, dtype=np.float32)
    asked = may & (draw < UNKNOWN_AT_FIRST)
    row, column = np.nonzero(asked)
    same = first[row, column, 1] == first[row, column, 0]
    first[row, column, 0] = number_of("N")
    first[row[same], column[same], 1] = number_of("N")
    never: Bools = (may & (draw < UNKNOWN_AT_FIRST * NEVER_RESOLVED))[:, :, None] & (first == number_of("N"))
    return never


def _evidence_later(chance: np.random.Generator, final: Marks, first: Marks) -> None:
    illness, unknown = number_of("I"), number_of("N")
    ill = (final[:, :, 0] == illness) & (final[:, :, 1] == illness)
    ill &= (first[:, :, 0] != unknown) & (first[:, :, 1] != unknown)
    draw: Reals = chance.random(ill.shape, dtype=np.float32)
    first[ill & (draw < EVIDENCE_LATER)] = number_of("O")


def _found_late(chance: np.random.Generator, final: Marks, first: Marks) -> None:
    late = final[:, :, 0] == number_of("L")
    draw: Reals = chance.random(late.shape, dtype=np.float32)
    first[:, :, 0][late & (draw < FOUND_LATE)] = number_of("N")


def _delays(chance: np.random.Generator, roll: Ints, column: Ints, before: Marks) -> Ints:
    """Draw how many weekdays pass; both sessions of one day share theirs."""
    _, place = np.unique(roll * 1000 + column, return_inverse=True)
    many = int(place.max()) + 1 if len(place) else 0
    soon = chance.integers(1, 5, size=many)
    late = chance.integers(6, 13, size=many)
    drawn = np.where(chance.random(many) < RESOLVED_LATE, late, soon)[place]
    return np.where(before == number_of("N"), drawn, chance.integers(5, 16, size=many)[place])


def _next_open(open_days: Bools) -> Ints:
    """For each school and day, find the first open day from it on; the year's last day where none is left."""
    last = open_days.shape[1] - 1
    columns = np.where(open_days, np.arange(last + 1), last)
    return np.minimum.accumulate(columns[:, ::-1], axis=1)[:, ::-1]


def _why(before: Marks, after: Marks) -> Ints:
    return np.select(
        [after == number_of("L"), before == number_of("O"), after == number_of("O")], [0, 1, 3], default=2
    )


def corrections_frame(
    changes: Changes, *, urns: pl.Series, upns: pl.Series, grid: DayGrid, reasons: Sequence[str]
) -> pl.DataFrame:
    """Write corrections as a long register, in the order in which they became known.

    Args:
        changes: The corrections.
        urns: The school of each roll.
        upns: The pupil of each roll.
        grid: The days of the year.
        reasons: The sentences that the corrections' `why` indexes.
    """
    days = pl.Series(grid.days, dtype=pl.Date)
    minute = (changes.roll * 7 + changes.column * 3) % 60
    known = days[changes.known]
    clock = "T08:" + pl.Series(minute).cast(pl.String).str.zfill(2) + ":00Z"
    schools = urns[changes.roll]
    return pl.DataFrame(
        {
            "school_urn": schools,
            "upn": upns[changes.roll],
            "date": days[changes.column],
            "session": pl.Series(["AM", "PM"])[changes.session],
            "code": pl.Series(SYMBOLS)[changes.after.astype(np.int64)],
            "comment": pl.Series(reasons)[changes.why],
            "recorded_at": known.dt.to_string() + clock,
            "recorded_by": "attendance@school-" + schools + f".{MAIL_DOMAIN}",
        },
        schema=SCHEMA,
    ).sort("recorded_at", "school_urn", "upn", "date", "session", maintain_order=True)


def joined(parts: Sequence[Changes]) -> Changes:
    """Put corrections of several groups of pupils together; places of rolls must already be those of all."""
    return Changes(
        roll=np.concatenate([part.roll for part in parts]),
        column=np.concatenate([part.column for part in parts]),
        session=np.concatenate([part.session for part in parts]),
        after=np.concatenate([part.after for part in parts]),
        known=np.concatenate([part.known for part in parts]),
        why=np.concatenate([part.why for part in parts]),
    )
