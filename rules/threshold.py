"""The penalty-notice threshold: so many unauthorised sessions within so many school weeks, rolling.

- The open weeks of each school are numbered one after the other; half-terms and holidays have no number, so
  a window is a difference of numbers. Two schools are never added up.
- Marks before the framework was in force never count, and their weeks are part of no window.
- First met is history: the earliest day on which some window first held enough. It never means met now.
- The same expression serves a city's registers and one pupil's casework.

Source: National Framework for Penalty Notices (Working together to improve school attendance, August 2024).
"""

from dataclasses import dataclass
from datetime import date

import narwhals as nw
from narwhals.typing import FrameT

from rules.law import NATION, RuleBook, Value
from rules.weeks import SCHOOL, WEEK, WeekRule

NUMBER = "school_week_number"
IN_WINDOW = "unauthorised_in_window"
MET_ON = "threshold_met_on"
COMPLETES, IN_LATEST = "completes_a_window", "in_the_latest_window"
_EARLIER = "number_of_the_first_that_is_needed"
_LATEST = "latest_number"


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """The values of the threshold on one day. `since` is the first day on which marks count."""

    sessions: Value
    window: Value
    codes: Value
    weeks: WeekRule
    since: date

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "ThresholdRule":
        """Read the values in force on that day; raises `NotYetInForce` before the framework."""
        names = ("threshold_sessions", "threshold_window_school_weeks", "threshold_codes")
        sessions, window, codes = (book.law(f"penalty_notice.{name}", on) for name in names)
        firsts = (book.parameter(f"{NATION}.penalty_notice.{name}").values[0].since for name in names)
        return cls(sessions, window, codes, WeekRule.of(book, on), max(firsts))

    @property
    def parameters(self) -> tuple[Value, ...]:
        """Every value used, for a finding to show."""
        return (self.sessions, self.window, self.codes, self.weeks.sessions, self.weeks.starts)


def in_framework(marks: FrameT, rule: ThresholdRule, on: date) -> FrameT:
    """Keep the marks of the days on which the framework was in force, up to and including `on`."""
    return marks.filter(nw.col("date").is_between(rule.since, on))


def numbered_weeks(weeks: FrameT, rule: ThresholdRule) -> FrameT:
    """Number the school weeks of each school, from the framework's first week on.

    Args:
        weeks: school_urn and week, each once (`rules.weeks`), none after the day judged.
        rule: the threshold's values.

    Returns:
        school_urn, week, school_week_number (rising by one from 1 within each school).
    """
    return weeks.filter(nw.col(WEEK) >= rule.weeks.week(rule.since)).with_columns(
        (nw.col(WEEK) * 0 + 1).cum_sum().over(SCHOOL, order_by=WEEK).alias(NUMBER)
    )


def counting_marks(marks: FrameT, numbered: FrameT, rule: ThresholdRule, *, on: date) -> FrameT:
    """Keep the marks that count towards the threshold, each with the number of its school week.

    A mark in a week that is no school week of the school has no number and is left out.

    Args:
        marks: school_urn, the pupil's key, date, session, code; each mark once.
        numbered: the school's numbered weeks (`numbered_weeks`).
        rule: the threshold's values.
        on: last day looked at.

    Returns:
        the marks' columns with week and school_week_number.
    """
    codes = [str(code) for code in rule.codes.items]
    counting = in_framework(marks.filter(nw.col("code").is_in(codes)), rule, on)
    return counting.with_columns(rule.weeks.week_of("date").alias(WEEK)).join(
        numbered, on=[SCHOOL, WEEK], how="inner"
    )


def completing_marks(counting: FrameT, rule: ThresholdRule, pupil: str) -> FrameT:
    """Keep the marks that complete a window: with those before them, enough within the weeks allowed."""
    return _with_earlier(counting, rule, pupil).filter(_completes(rule))


def first_met(counting: FrameT, rule: ThresholdRule, *, pupil: str = "upn") -> FrameT:
    """Find the earliest day on which some window of school weeks first held enough unauthorised sessions.

    Args:
        counting: the marks that count, numbered (`counting_marks`); leave used ones out beforehand.
        rule: the threshold's values.
        pupil: the column that holds the pupil's key.

    Returns:
        school_urn, the pupil's key, threshold_met_on; only those who ever met it.
    """
    return (
        completing_marks(counting, rule, pupil)
        .group_by(SCHOOL, pupil)
        .agg(nw.col("date").min().alias(MET_ON))
    )


def in_latest_window(counting: FrameT, numbered: FrameT, rule: ThresholdRule) -> FrameT:
    """Keep the counting marks of the window that ends with each school's latest school week."""
    return _with_latest(counting, numbered).filter(_is_latest(rule))


def judged_marks(counting: FrameT, numbered: FrameT, rule: ThresholdRule, pupil: str) -> FrameT:
    """Say of each counting mark what `completing_marks` and `in_latest_window` would, in one go.

    Returns:
        the marks' columns, completes_a_window and in_the_latest_window; a mark that completes none has False
        or null.
    """
    return _with_earlier(_with_latest(counting, numbered), rule, pupil).with_columns(
        _completes(rule).alias(COMPLETES), _is_latest(rule).alias(IN_LATEST)
    )


def _with_earlier(counting: FrameT, rule: ThresholdRule, pupil: str) -> FrameT:
    earlier = nw.col(NUMBER).shift(rule.sessions.whole - 1).over(SCHOOL, pupil, order_by=["date", "session"])
    return counting.with_columns(earlier.alias(_EARLIER))


def _completes(rule: ThresholdRule) -> nw.Expr:
    return nw.col(NUMBER) - nw.col(_EARLIER) < rule.window.whole


def _with_latest(counting: FrameT, numbered: FrameT) -> FrameT:
    latest = numbered.group_by(SCHOOL).agg(nw.col(NUMBER).max().alias(_LATEST))
    return counting.join(latest, on=SCHOOL, how="inner")


def _is_latest(rule: ThresholdRule) -> nw.Expr:
    return nw.col(_LATEST) - nw.col(NUMBER) < rule.window.whole


def window_counts(counting: FrameT, numbered: FrameT, rule: ThresholdRule, *, pupil: str = "upn") -> FrameT:
    """Count the unauthorised sessions in the window that ends with each school's latest school week.

    Returns:
        school_urn, the pupil's key, unauthorised_in_window; only where there is any.
    """
    inside = in_latest_window(counting, numbered, rule)
    return inside.group_by(SCHOOL, pupil).agg(nw.len().cast(nw.Int64).alias(IN_WINDOW))
