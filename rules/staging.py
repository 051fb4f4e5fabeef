"""Where every pupil of a register stands: counts, stage, absence flags and threshold in one table.

- Joins the counting and the threshold expressions; runs on the same engines.
- Columns in: school_urn, the pupil's key, date, session, code; each mark once.
"""

from dataclasses import dataclass
from datetime import date

import narwhals as nw
from narwhals.typing import FrameT

from rules.codes import RegisterCodes, register_codes
from rules.counting import counted
from rules.law import RuleBook
from rules.stages import StageRule, with_stage
from rules.threshold import (
    IN_WINDOW,
    MET_ON,
    ThresholdRule,
    counting_marks,
    first_met,
    in_framework,
    numbered_weeks,
    window_counts,
)
from rules.weeks import SCHOOL, weeks_from_marks

COUNTS = ("possible", "attended", "authorised", "unauthorised")
OUTCOME = ("stage", "persistently_absent", "severely_absent", IN_WINDOW, MET_ON)


@dataclass(frozen=True, slots=True)
class StagingRules:
    """Every dated value that a staging rests on, read for one day."""

    codes: RegisterCodes
    stages: StageRule
    threshold: ThresholdRule

    @classmethod
    def of(cls, book: RuleBook, on: date) -> "StagingRules":
        """Read the values; raises `NotYetInForce` where one has no value as early as that day."""
        return cls(register_codes(book), StageRule.of(book, on), ThresholdRule.of(book, on))


def staged(
    marks: FrameT,
    rules: StagingRules,
    *,
    since: date,
    on: date,
    weeks: FrameT | None = None,
    pupil: str = "upn",
) -> FrameT:
    """Stage every pupil at every school.

    Args:
        marks: every mark up to and including `on`, each once.
        rules: the dated values.
        since: first day counted for attendance; the threshold ignores it.
        on: the day judged.
        weeks: school_urn and week from the schools' calendars, none after `on`; from the marks where absent.
        pupil: the column that holds the pupil's key.

    Returns:
        school_urn, the pupil's key, possible, attended, authorised, unauthorised, stage (null where nothing
        was possible), persistently_absent, severely_absent, unauthorised_in_window, threshold_met_on (null
        where never met); in no order.
    """
    rule = rules.threshold
    if weeks is None:
        weeks = weeks_from_marks(in_framework(marks, rule, on), rule.weeks)
    numbered = numbered_weeks(weeks, rule)
    counting = counting_marks(marks, numbered, rule, on=on)
    keys = [SCHOOL, pupil]
    return (
        with_stage(counted(marks, rules.codes, since=since, on=on, pupil=pupil), rules.stages)
        .join(window_counts(counting, numbered, rule, pupil=pupil), on=keys, how="left")
        .join(first_met(counting, rule, pupil=pupil), on=keys, how="left")
        .with_columns(nw.col(IN_WINDOW).fill_null(0))
        .select(*keys, *COUNTS, *OUTCOME)
    )
