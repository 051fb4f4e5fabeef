"""Patterns that an officer looks for in a register. They prompt a look and decide nothing.

- One dataframe expression counts what every pattern needs, for one pupil or a city, on any engine.
- Each pattern is a finding with its numbers, its days and the values it rests on.
- Children missing education are left out by whoever asks; first-time persistent absence takes the counts of
  the earlier years known.

Source: School Attendance Matters, Appendix 1, for the lists of a targeting support meeting; the rest is ours.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

import narwhals as nw
from narwhals.typing import FrameT

from rules.calendar import academic_year
from rules.codes import RegisterCodes, Statistics, register_codes
from rules.counting import is_a
from rules.findings import Finding
from rules.law import RuleBook, Value
from rules.stages import at_least
from rules.weeks import DAYS_IN_WEEK, SCHOOL, WEEKDAYS
from rules.wording import said_count, said_span

AM, PM = "AM", "PM"


@dataclass(frozen=True, slots=True)
class PatternRule:
    """The values that patterns rest on, and the days that they look at, on one day."""

    on: date
    year_from: date
    recent_from: date
    nobody_from: date
    codes: RegisterCodes
    recent_weeks: Value
    nobody_weeks: Value
    falling_share: Value
    least_absences: Value
    weekday_share: Value
    session_share: Value
    late_codes: Value
    late_marks: Value
    unexplained_codes: Value
    unexplained_marks: Value
    persistent: Value

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "PatternRule":
        """Read the values in force on that day."""
        house = {
            field.name: book.law(f"patterns.{field.name}", on)
            for field in fields(cls)
            if field.name.startswith(("falling", "least", "weekday", "session", "late", "unexplained"))
        }
        recent = book.law("patterns.recent_weeks", on)
        nobody = book.policy("targeting_support.no_attendance_weeks", on)
        return cls(
            on=on,
            year_from=academic_year(book, on).first,
            recent_from=_weeks_before(on, recent),
            nobody_from=_weeks_before(on, nobody),
            codes=register_codes(book),
            recent_weeks=recent,
            nobody_weeks=nobody,
            persistent=book.law("absence.persistent_share", on),
            **house,
        )


@dataclass(frozen=True, slots=True)
class PatternCounts:
    """What the patterns of one pupil at one school are found from.

    The year runs to the day judged; `before` is the year without the recent weeks.
    """

    year_attended: int
    year_absent: int
    before_attended: int
    before_absent: int
    recent_attended: int
    recent_absent: int
    nobody_attended: int
    nobody_authorised: int
    nobody_unauthorised: int
    late: int
    unexplained: int
    by_weekday: tuple[int, ...]
    am: int
    pm: int


def pattern_counts(marks: FrameT, rule: PatternRule, *, pupil: str = "upn") -> FrameT:
    """Count what the patterns need.

    Args:
        marks: school_urn, the pupil's key, date, session, code; each mark once.
        rule: the values and days.
        pupil: the column that holds the pupil's key.

    Returns:
        one row for each pupil and school, with the fields of `PatternCounts` as columns, weekdays one each.
    """
    counted = {
        **_spans(rule),
        "late": _recent(rule, rule.late_codes),
        "unexplained": _recent(rule, rule.unexplained_codes),
        "am": _absent(rule, rule.year_from, rule.on) & (nw.col("session") == AM),
        "pm": _absent(rule, rule.year_from, rule.on) & (nw.col("session") == PM),
        **{
            weekday: _absent(rule, rule.year_from, rule.on) & (nw.col("date").dt.weekday() == number)
            for number, weekday in enumerate(WEEKDAYS, 1)
        },
    }
    return marks.group_by(SCHOOL, pupil).agg(
        *(which.sum().cast(nw.Int64).alias(name) for name, which in counted.items())
    )


def counts_of(row: Mapping[str, int]) -> PatternCounts:
    """Read one row of `pattern_counts`."""
    plain = {field.name: row[field.name] for field in fields(PatternCounts) if field.name != "by_weekday"}
    return PatternCounts(**plain, by_weekday=tuple(row[weekday] for weekday in WEEKDAYS))


def patterns_of(counts: PatternCounts, rule: PatternRule) -> tuple[Finding, ...]:
    """Find the patterns of one pupil at one school, in the order in which an officer reads them."""
    found = (pattern(counts, rule) for pattern in PATTERNS)
    return tuple(finding for finding in found if finding is not None)


def first_time_persistent(
    this_year: tuple[int, int], earlier_years: tuple[tuple[int, int], ...], rule: PatternRule
) -> Finding | None:
    """Find persistent absence this year where no earlier year known had it.

    Args:
        this_year: sessions missed and possible, to the day judged.
        earlier_years: the same of each earlier year known; without one there is no finding.
        rule: the values.
    """
    known = [year for year in earlier_years if year[1]]
    if not known or not _is_persistent(this_year, rule) or any(_is_persistent(year, rule) for year in known):
        return None
    missed, possible = this_year
    years = said_count(len(known), "earlier year")
    sentence = f"{missed} of {possible} possible sessions missed: persistent, as in none of {years} known."
    return Finding("first_time_persistent", (sentence,), {"missed": missed}, (rule.persistent,))


def _is_persistent(year: tuple[int, int], rule: PatternRule) -> bool:
    missed, possible = year
    return possible > 0 and at_least(missed, possible, rule.persistent.share)


def _nobody_this_year(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    if counts.year_attended or not counts.year_absent:
        return None
    sessions = said_count(counts.year_absent, "possible session")
    sentence = f"None of {sessions} attended, {said_span(rule.year_from, rule.on)}."
    return Finding("no_attendance_this_year", (sentence,), {"missed": counts.year_absent})


def _nobody_lately(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    if not counts.year_attended:
        return None  # listed as none this year already
    if counts.nobody_attended or counts.nobody_authorised or not counts.nobody_unauthorised:
        return None
    sessions = said_count(counts.nobody_unauthorised, "unauthorised session")
    sentence = f"No attendance, {said_span(rule.nobody_from, rule.on)}: {sessions} and no other."
    facts = {"unauthorised": counts.nobody_unauthorised}
    return Finding("no_attendance_lately", (sentence,), facts, (rule.nobody_weeks,))


def _falling(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    before = counts.before_attended + counts.before_absent
    recent = counts.recent_attended + counts.recent_absent
    if not before or not recent:
        return None
    # attended before / before - attended lately / recent, over the common denominator
    fall = counts.before_attended * recent - counts.recent_attended * before
    if not at_least(fall, before * recent, rule.falling_share.share):
        return None
    sentence = (
        f"{counts.recent_attended} of {recent} sessions attended, {said_span(rule.recent_from, rule.on)}; "
        f"{counts.before_attended} of {before} earlier in the year: falling."
    )
    return Finding("falling", (sentence,), {"fall": fall}, (rule.falling_share, rule.recent_weeks))


def _one_weekday(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    most = max(counts.by_weekday)
    if not _enough(counts, rule) or not at_least(most, counts.year_absent, rule.weekday_share.share):
        return None
    weekday = WEEKDAYS[counts.by_weekday.index(most)].capitalize()
    sentence = f"{most} of {counts.year_absent} sessions missed this year were on a {weekday}."
    return Finding(
        "one_weekday", (sentence,), {"weekday": weekday}, (rule.weekday_share, rule.least_absences)
    )


def _one_session(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    most = max(counts.am, counts.pm)
    if not _enough(counts, rule) or not at_least(most, counts.year_absent, rule.session_share.share):
        return None
    session = "mornings" if counts.am == most else "afternoons"
    sentence = f"{most} of {counts.year_absent} sessions missed this year were {session}."
    return Finding(
        "one_session", (sentence,), {"session": session}, (rule.session_share, rule.least_absences)
    )


def _often_late(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    if counts.late < rule.late_marks.whole:
        return None
    sentence = f"{said_count(counts.late, 'late mark')}, {said_span(rule.recent_from, rule.on)}."
    return Finding("often_late", (sentence,), {"late": counts.late}, (rule.late_marks, rule.late_codes))


def _often_unexplained(counts: PatternCounts, rule: PatternRule) -> Finding | None:
    if counts.unexplained < rule.unexplained_marks.whole:
        return None
    sessions = said_count(counts.unexplained, "session")
    sentence = f"{sessions} without a reason yet, {said_span(rule.recent_from, rule.on)}."
    return Finding(
        "often_unexplained",
        (sentence,),
        {"unexplained": counts.unexplained},
        (rule.unexplained_marks, rule.unexplained_codes),
    )


PATTERNS: tuple[Callable[[PatternCounts, PatternRule], Finding | None], ...] = (
    _nobody_this_year,
    _nobody_lately,
    _falling,
    _one_weekday,
    _one_session,
    _often_late,
    _often_unexplained,
)


def _enough(counts: PatternCounts, rule: PatternRule) -> bool:
    return counts.year_absent >= rule.least_absences.whole


def _weeks_before(on: date, weeks: Value) -> date:
    return on - timedelta(days=weeks.whole * DAYS_IN_WEEK - 1)


def _absent(rule: PatternRule, since: date, on: date) -> nw.Expr:
    kinds = (Statistics.AUTHORISED, Statistics.UNAUTHORISED)
    authorised, unauthorised = (is_a(kind, rule.codes, since=since, on=on) for kind in kinds)
    return authorised | unauthorised


def _recent(rule: PatternRule, codes: Value) -> nw.Expr:
    listed = [str(code) for code in codes.items]
    return nw.col("code").is_in(listed) & nw.col("date").is_between(rule.recent_from, rule.on)


def _spans(rule: PatternRule) -> Mapping[str, nw.Expr]:
    return dict(_span_counts(rule))


def _span_counts(rule: PatternRule) -> Iterator[tuple[str, nw.Expr]]:
    day_before_recent = rule.recent_from - timedelta(days=1)
    spans = {
        "year": (rule.year_from, rule.on),
        "before": (rule.year_from, day_before_recent),
        "recent": (max(rule.recent_from, rule.year_from), rule.on),
    }
    for name, (since, until) in spans.items():
        yield f"{name}_attended", is_a(Statistics.ATTENDING, rule.codes, since=since, on=until)
        yield f"{name}_absent", _absent(rule, since, until)
    for statistics, name in (
        (Statistics.ATTENDING, "nobody_attended"),
        (Statistics.AUTHORISED, "nobody_authorised"),
        (Statistics.UNAUTHORISED, "nobody_unauthorised"),
    ):
        yield name, is_a(statistics, rule.codes, since=rule.nobody_from, on=rule.on)
