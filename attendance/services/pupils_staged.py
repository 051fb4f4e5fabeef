"""Where every pupil in the store stands on a day, or one pupil with the reasons.

- Counting is done by the expressions that stage files; school weeks come from each school's own calendar.
- A school week for which no register was given holds no mark that could count. It is pointed out beside each
  answer whose window it lies in, and never filled in.
- A school without term dates has its school weeks taken from its registers, and that is pointed out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import narwhals as nw
import polars as pl

from attendance.domain.registers import Mark
from attendance.store.calendars import Calendars
from attendance.store.register_frame import EVER, register_frame
from attendance.store.registers import Registers
from attendance.store.unit_of_work import Store
from rules.calendar import SchoolCalendar, academic_year, monday_of
from rules.counting import counted
from rules.findings import Finding
from rules.law import RuleBook
from rules.stages import Counts, absence_of, stage_of, suggestions_of
from rules.staging import StagingRules, staged
from rules.steps.facts import SessionMark
from rules.threshold import ThresholdRule, numbered_weeks
from rules.threshold_finding import ThresholdFinding, explain
from rules.weeks import SCHOOL, WEEK, weeks_from_days, weeks_from_marks

PUPIL = "pupil_id"
_SCHEMA = {SCHOOL: pl.String, PUPIL: pl.Int64, "date": pl.Date, "session": pl.String, "code": pl.String}
MISSING = "window_weeks_without_register"


@dataclass(frozen=True, slots=True)
class SchoolWeeks:
    """The school weeks of the schools, and where they are not as they should be.

    `weeks` has school_urn and week. `missing` are the first days of school weeks for which no register was
    given, by school; `uncharted` the schools whose weeks had to be taken from their registers.
    """

    weeks: pl.DataFrame
    missing: Mapping[str, tuple[date, ...]]
    uncharted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StagedPupils:
    """The table of `rules.staging.staged` with pupil_id, ordered by school and pupil.

    A further column, `window_weeks_without_register`, says for how many school weeks of the latest window the
    school gave no register.
    """

    table: pl.DataFrame
    since: date
    on: date
    weeks: SchoolWeeks


@dataclass(frozen=True, slots=True)
class PupilStanding:
    """Where one pupil stands at one school, each answer with its reasons.

    `weeks_without_register` are the first days of school weeks of the threshold's latest window for which the
    school gave no register at all.
    """

    pupil_id: int
    school_urn: str
    since: date
    on: date
    counts: Counts
    stage: Finding
    absence: Finding
    suggestions: tuple[Finding, ...]
    threshold: ThresholdFinding
    weeks_without_register: tuple[date, ...]


def stage_pupils(
    store: Store,
    book: RuleBook,
    on: date,
    *,
    since: date | None = None,
    schools: Sequence[str] | None = None,
    known_at: datetime | None = None,
) -> StagedPupils:
    """Stage every pupil who has a mark on or before a day.

    Args:
        store: the case store.
        book: the law and the authority's policy.
        on: the day judged.
        since: first day counted; the first day of the academic year of `on` where None.
        schools: the schools to look at; all where None.
        known_at: the instant as of which marks and calendars are known; now where None.

    Raises:
        NotInPolicy, NotYetInForce: the policy has no bands on that day.
    """
    rules, first = StagingRules.of(book, on), since or academic_year(book, on).first
    with store.read() as session:
        marks = register_frame(session, schools, until=on, known_at=known_at)
        calendars = Calendars(session).calendars(known_at, school_urns=schools)
        urns = marks[SCHOOL].unique().cast(pl.String).sort().to_list()
        given = {urn: Registers(session).weeks_given(urn) for urn in urns}
    frame = nw.from_native(marks.lazy())
    weeks = _school_weeks(frame, calendars, given, rules.threshold, on)
    table = staged(
        frame, rules, since=first, on=on, weeks=nw.from_native(_as_in(weeks.weeks, marks).lazy()), pupil=PUPIL
    )
    missing = _missing_in_window(weeks, rules.threshold)
    native = table.to_native().collect().with_columns(pl.col(SCHOOL).cast(pl.String))
    flagged = native.join(missing, on=SCHOOL, how="left").with_columns(pl.col(MISSING).fill_null(0))
    return StagedPupils(flagged.sort(SCHOOL, PUPIL), first, on, weeks)


def stage_pupil(  # noqa: PLR0913 - which pupil, when and as known when
    store: Store,
    book: RuleBook,
    on: date,
    pupil_id: int,
    school_urn: str,
    *,
    since: date | None = None,
    known_at: datetime | None = None,
) -> PupilStanding:
    """Say where one pupil stands at one school, with the reasons. Takes what `stage_pupils` takes."""
    rules, first = StagingRules.of(book, on), since or academic_year(book, on).first
    with store.read() as session:
        marks = Registers(session).marks_of(pupil_id, school_urn, EVER[0], on, known_at)
        given = Registers(session).weeks_given(school_urn)
        calendar = Calendars(session).calendar(school_urn, known_at)
    open_days = _open_days(calendar, rules.threshold, on)
    counts = _counted(marks, pupil_id, rules, first, on)
    sessions = tuple(SessionMark(mark.day, mark.session.value, mark.code) for mark in marks)
    threshold = explain(sessions, open_days, rules.threshold, on=on)
    weeks = threshold.window.weeks if threshold.window else ()
    return PupilStanding(
        pupil_id=pupil_id,
        school_urn=school_urn,
        since=first,
        on=on,
        counts=counts,
        stage=stage_of(counts, rules.stages),
        absence=absence_of(counts, rules.stages),
        suggestions=suggestions_of(counts, rules.stages),
        threshold=threshold,
        weeks_without_register=tuple(
            week for week in weeks if week not in {monday_of(each) for each in given}
        ),
    )


def _counted(marks: Iterable[Mark], pupil_id: int, rules: StagingRules, since: date, on: date) -> Counts:
    rows = [("", pupil_id, mark.day, mark.session.value, mark.code) for mark in marks]
    frame = nw.from_native(pl.DataFrame(rows, schema=_SCHEMA, orient="row"), eager_only=True)
    table = counted(frame, rules.codes, since=since, on=on, pupil=PUPIL)
    found = next(table.select("attended", "authorised", "unauthorised").iter_rows(), (0, 0, 0))
    return Counts(*found)


def _school_weeks(
    marks: nw.LazyFrame[pl.LazyFrame],
    calendars: Mapping[str, SchoolCalendar],
    given: Mapping[str, Sequence[date]],
    rule: ThresholdRule,
    on: date,
) -> SchoolWeeks:
    open_days = {urn: _open_days(calendars[urn], rule, on) for urn in given if urn in calendars}
    charted = _weeks_of(open_days, rule)
    uncharted = tuple(sorted(urn for urn in given if urn not in calendars))
    if uncharted:
        from_marks = weeks_from_marks(marks.filter(nw.col(SCHOOL).is_in(uncharted)), rule.weeks)
        found = from_marks.collect().to_native().with_columns(pl.col(SCHOOL).cast(pl.String))
        charted = pl.concat([charted, found.select(charted.columns).cast(charted.schema)])
    missing = {urn: tuple(_missing(charted, urn, given[urn], rule)) for urn in open_days}
    return SchoolWeeks(charted, {urn: weeks for urn, weeks in missing.items() if weeks}, uncharted)


def _open_days(calendar: SchoolCalendar, rule: ThresholdRule, on: date) -> tuple[date, ...]:
    if calendar.known_from is None or calendar.known_until is None:
        return ()
    first = max(calendar.known_from, rule.weeks.first_day(rule.weeks.week(rule.since)))
    last = min(calendar.known_until, on)
    return calendar.school_days(first, last) if first <= last else ()


def _weeks_of(open_days: Mapping[str, Sequence[date]], rule: ThresholdRule) -> pl.DataFrame:
    rows = [(urn, day) for urn, days in open_days.items() for day in days]
    days = pl.DataFrame(rows, schema={SCHOOL: pl.String, "date": pl.Date}, orient="row")
    weeks: pl.DataFrame = weeks_from_days(nw.from_native(days, eager_only=True), rule.weeks).to_native()
    return weeks


def _missing(weeks: pl.DataFrame, urn: str, given: Sequence[date], rule: ThresholdRule) -> Iterator[date]:
    there = {rule.weeks.week(day) for day in given}
    for week in sorted(weeks.filter(pl.col(SCHOOL) == urn)[WEEK].to_list()):
        if week not in there:
            yield rule.weeks.first_day(week)


def _missing_in_window(weeks: SchoolWeeks, rule: ThresholdRule) -> pl.DataFrame:
    window: dict[str, set[int]] = {}
    numbered = numbered_weeks(nw.from_native(weeks.weeks, eager_only=True), rule).to_native()
    for urn, week in numbered.select(SCHOOL, WEEK).sort(SCHOOL, WEEK).iter_rows():
        window.setdefault(urn, set()).add(week)
    rows = []
    for urn, known in window.items():
        latest = set(sorted(known)[-rule.window.whole :])
        rows.append((urn, sum(rule.weeks.week(day) in latest for day in weeks.missing.get(urn, ()))))
    return pl.DataFrame(rows, schema={SCHOOL: pl.String, MISSING: pl.Int64}, orient="row")


def _as_in(weeks: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    return weeks.with_columns(pl.col(SCHOOL).cast(marks.schema[SCHOOL]))
