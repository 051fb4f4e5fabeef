"""Counting and the threshold once more, written plainly, for the expressions to be held against.

Nothing here is shared with `rules`: codes, shares, windows and dates stand as numbers.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

OLD = {
    "attended": set("/\\LBJPVW"),
    "authorised": set("CEHIMRST"),
    "unauthorised": set("GNOU"),
}
NEW = {
    "attended": set("/\\LKVPWB"),
    "authorised": {"C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E"},
    "unauthorised": set("GNOU"),
}
CHANGE = date(2024, 8, 19)


@dataclass(frozen=True)
class Row:
    """One mark of one pupil."""

    school: str
    pupil: str
    day: date
    session: str
    code: str


def kind(row):
    table = NEW if row.day >= CHANGE else OLD
    return next((name for name, codes in table.items() if row.code in codes), "none")


def monday(day):
    return day - timedelta(days=day.weekday())


def stage(attended, possible):
    if not possible:
        return None
    share = Fraction(attended, possible)
    if share > Fraction(9, 10):
        return "prevention"
    return "early_intervention" if share > Fraction(1, 2) else "targeted"


def weeks_of(rows, on):
    """Open weeks of each school, in order, from the framework's first day."""
    found = defaultdict(set)
    for row in rows:
        if CHANGE <= row.day <= on and row.code not in {"#", "Y4", "X", "Z"}:
            found[row.school].add(monday(row.day))
    return {school: sorted(weeks) for school, weeks in found.items()}


def threshold(rows, weeks, on):
    """Return the unauthorised sessions of the latest window, and when ten were first within one window."""
    bad = sorted(
        (row.day, row.session) for row in rows if row.code in set("GNOU") and CHANGE <= row.day <= on
    )
    latest = set(weeks[-10:])
    in_window = sum(monday(day) in latest for day, _ in bad)
    days = []
    for start in range(len(weeks)):
        window = set(weeks[start : start + 10])
        inside = [day for day, _ in bad if monday(day) in window]
        if len(inside) >= 10:
            days.append(inside[9])
    return in_window, min(days, default=None)


def staged(rows, since, on):
    """Return one row for each school and pupil, ordered by school and pupil."""
    rows = [row for row in set(rows) if row.day <= on]
    weeks = weeks_of(rows, on)
    out = []
    for school, pupil in sorted({(row.school, row.pupil) for row in rows}):
        mine = [row for row in rows if (row.school, row.pupil) == (school, pupil)]
        kinds = [kind(row) for row in mine if row.day >= since]
        attended, authorised, unauthorised = (
            kinds.count(name) for name in ("attended", "authorised", "unauthorised")
        )
        possible, absent = attended + authorised + unauthorised, authorised + unauthorised
        in_window, met = threshold(mine, weeks.get(school, []), on)
        out.append(
            (
                school,
                pupil,
                possible,
                attended,
                authorised,
                unauthorised,
                stage(attended, possible),
                possible > 0 and Fraction(absent, possible) >= Fraction(1, 10),
                possible > 0 and Fraction(absent, possible) >= Fraction(1, 2),
                in_window,
                met,
            )
        )
    return out
