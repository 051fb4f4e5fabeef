"""Staging register files: read, count, and say what is odd. Needs no store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
import polars as pl

from attendance.intake.problems import LISTED, Problems
from attendance.intake.register_csv import read_register
from attendance.intake.register_layout import RegisterFile
from rules.calendar import academic_year
from rules.law import RuleBook, rule_book
from rules.staging import StagingRules, staged
from rules.weeks import Gap, GapRule, WeekRule, gaps, weeks_from_marks
from rules.wording import said_count

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SchoolGap:
    """A stretch for which a school's register may be missing."""

    school_urn: str
    gap: Gap

    def __str__(self) -> str:
        first, last = self.gap.last_day_before + ONE_DAY, self.gap.first_day_after - ONE_DAY
        weeks = said_count(self.gap.weeks, "week")
        return (
            f"School {self.school_urn} has no session from {first} to {last}, {weeks} outside the summer "
            "break: a file may be missing."
        )


@dataclass(frozen=True, slots=True)
class StagedRegister:
    """The table of `rules.staging.staged`, ordered by school and pupil, and what is to be pointed out."""

    table: pl.DataFrame
    on: date
    left_out: int
    warnings: Problems
    gaps: tuple[SchoolGap, ...]

    def sentences(self) -> Iterator[str]:
        """Yield what an officer should read beside the table."""
        yield from (f"warning: {line}" for line in self.warnings.lines())
        if self.left_out:
            verb = "is" if self.left_out == 1 else "are"
            yield f"{said_count(self.left_out, 'mark')} after {self.on} {verb} left out."
        yield from (f"warning: {gap}" for gap in self.gaps[:LISTED])
        if len(self.gaps) > LISTED:
            yield f"warning: and {len(self.gaps) - LISTED} more such gaps."


def stage_registers(
    files: Sequence[RegisterFile], *, policy: str, on: date, since: date | None = None
) -> StagedRegister:
    """Stage every pupil of some register files.

    Args:
        files: the files, in the long form.
        policy: the authority whose bands apply.
        on: the day judged; later marks are left out.
        since: first day counted; the first day of the academic year of `on` where None.

    Raises:
        UnknownPolicy, NotInPolicy, NotYetInForce: the policy has no bands on that day.
        UnreadableFile, FilesRefused: of the files.
    """
    book = rule_book(policy)
    rules = StagingRules.of(book, on)
    register = read_register(files, rules.codes)
    known = _until(register.marks, on)
    marks = nw.from_native(known.lazy())
    weeks = weeks_from_marks(marks, rules.threshold.weeks).collect("polars", engine="streaming")
    table = staged(
        marks, rules, since=since or academic_year(book, on).first, on=on, weeks=nw.from_native(weeks.lazy())
    )
    texts = [pl.col("school_urn").cast(pl.String), pl.col("upn").cast(pl.String)]
    return StagedRegister(
        table=table.to_native().collect(engine="streaming").with_columns(texts).sort("school_urn", "upn"),
        on=on,
        left_out=register.marks.height - known.height,
        warnings=register.warnings,
        gaps=tuple(_gaps(weeks.to_native(), book, rules.threshold.weeks, on)),
    )


def _until(marks: pl.DataFrame, on: date) -> pl.DataFrame:
    latest = marks["date"].max()
    assert isinstance(latest, date)
    return marks if latest <= on else marks.filter(pl.col("date") <= on)


def _gaps(weeks: pl.DataFrame, book: RuleBook, rule: WeekRule, on: date) -> Iterator[SchoolGap]:
    gap_rule = GapRule.of(book, on)
    by_school: dict[str, list[int]] = {}
    for school, week in weeks.select(pl.col("school_urn").cast(pl.String), "week").rows():
        by_school.setdefault(school, []).append(week)
    for school in sorted(by_school):
        yield from (SchoolGap(school, gap) for gap in gaps(by_school[school], rule, gap_rule))
