"""School weeks: the weeks in which a school held a session.

- A school week is known by a whole number, counted from the first day of the proleptic calendar, so that
  weeks of any two years can be subtracted. The day on which it begins comes from `school_week.starts`.
- From registers alone: a week in which some pupil of the school has a mark that shows a session.
- From a calendar: a week in which the school is open on some day.

Source: National Framework for Penalty Notices ("any week with at least one school session").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import narwhals as nw
from narwhals.typing import FrameT

from rules.law import RuleBook, Value

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS_IN_WEEK = len(WEEKDAYS)
SCHOOL = "school_urn"
WEEK = "week"


@dataclass(frozen=True, slots=True)
class WeekRule:
    """What makes a week a school week: the day it starts, the sessions it needs, the codes that show none."""

    starts: Value
    sessions: Value
    without_session: Value

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "WeekRule":
        """Read the rule in force on that day."""
        return cls(
            starts=book.law("school_week.starts", on),
            sessions=book.law("school_week.minimum_sessions", on),
            without_session=book.law("school_week.codes_without_session", on),
        )

    @property
    def offset(self) -> int:
        """Days from Monday to the day on which a week begins."""
        return WEEKDAYS.index(self.starts.text)

    def week(self, day: date) -> int:
        """Return the number of the week that holds this day."""
        return (day.toordinal() - 1 - self.offset) // DAYS_IN_WEEK

    def first_day(self, week: int) -> date:
        """Return the day on which this week begins."""
        return date.fromordinal(week * DAYS_IN_WEEK + 1 + self.offset)

    def last_day(self, week: int) -> date:
        """Return the day on which this week ends."""
        return self.first_day(week) + timedelta(days=DAYS_IN_WEEK - 1)

    def week_of(self, column: str) -> nw.Expr:
        """The number of the week that holds each day of a column, as `week` gives it for one day.

        Built from the year and the day of the year, which every engine has.
        """
        years = nw.col(column).dt.year().cast(nw.Int64) - 1
        days = years * 365 + years // 4 - years // 100 + years // 400 + nw.col(column).dt.ordinal_day()
        return (days - 1 - self.offset) // DAYS_IN_WEEK


def weeks_from_marks(marks: FrameT, rule: WeekRule) -> FrameT:
    """Find the school weeks that registers show.

    Args:
        marks: school_urn, date, session, code; one row for each mark.
        rule: what makes a week a school week.

    Returns:
        school_urn and week, each once.
    """
    without = [str(code) for code in rule.without_session.items]
    held = marks.filter(~nw.col("code").is_in(without)).select(SCHOOL, "date", "session").unique()
    return _enough(held.with_columns(rule.week_of("date").alias(WEEK)), rule)


def weeks_from_days(days: FrameT, rule: WeekRule) -> FrameT:
    """Find the school weeks of a calendar.

    Args:
        days: school_urn and date of each day on which the school is open.
        rule: what makes a week a school week; an open day holds a session.

    Returns:
        school_urn and week, each once.
    """
    return _enough(days.select(SCHOOL, "date").unique().with_columns(rule.week_of("date").alias(WEEK)), rule)


def _enough(sessions: FrameT, rule: WeekRule) -> FrameT:
    counted = sessions.group_by(SCHOOL, WEEK).agg(nw.len().alias("sessions"))
    return counted.filter(nw.col("sessions") >= rule.sessions.whole).select(SCHOOL, WEEK)


@dataclass(frozen=True, slots=True)
class GapRule:
    """When weeks without any session are pointed out: how many, and between which days they are usual."""

    weeks: Value
    break_from: str
    break_to: str

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "GapRule":
        """Read the rule in force on that day."""
        between = book.law("school_week.summer_break", on).table
        weeks = book.law("school_week.gap_to_point_out_weeks", on)
        return cls(weeks, str(between["from"]), str(between["to"]))

    def is_usual(self, day: date) -> bool:
        """Say whether a week that begins on this day is usually without a session."""
        return self.break_from <= day.isoformat()[5:] <= self.break_to


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of weeks between two school weeks for which a register may be missing."""

    last_day_before: date
    first_day_after: date
    weeks: int


def gaps(weeks: Iterable[int], rule: WeekRule, gap_rule: GapRule) -> tuple[Gap, ...]:
    """Find where more weeks than usual lie between two school weeks of one school.

    Args:
        weeks: the numbers of the school's weeks, in any order.
        rule: what a week is.
        gap_rule: how many weeks are pointed out; those that begin in the summer break do not count.
    """
    found = []
    for earlier, later in pairwise(sorted(weeks)):
        between = [rule.first_day(week) for week in range(earlier + 1, later)]
        missing = sum(not gap_rule.is_usual(day) for day in between)
        if missing > gap_rule.weeks.whole:
            found.append(Gap(rule.last_day(earlier), rule.first_day(later), missing))
    return tuple(found)
