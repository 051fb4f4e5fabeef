"""The threshold for one pupil at one school, explained: which marks, which weeks, since when, and why.

- The numbers come from the same expressions that count a city (`rules.threshold`).
- Marks inside the offence period of a notice to the same parent that stands are used, and count no further.
- School weeks come from the school's calendar. A week of the window in which the pupil has no mark, and a
  mark in a week without a school day, are pointed out; no window is stretched over them.

Source: National Framework for Penalty Notices (Working together to improve school attendance, August 2024).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import narwhals as nw

from rules.findings import Fact, Finding
from rules.steps.facts import SessionMark, Span
from rules.threshold import (
    NUMBER,
    ThresholdRule,
    completing_marks,
    counting_marks,
    in_latest_window,
    numbered_weeks,
)
from rules.weeks import SCHOOL, WEEK, weeks_from_days
from rules.wording import said_count, said_day, said_list, said_span

PUPIL = "pupil_id"
ENGINE: Final = "polars"
MARKS = nw.Schema(
    {SCHOOL: nw.String(), PUPIL: nw.Int64(), "date": nw.Date(), "session": nw.String(), "code": nw.String()}
)
DAYS = nw.Schema({SCHOOL: nw.String(), "date": nw.Date()})
MET, NOT_MET = "met", "not_met"

Frame = nw.DataFrame[Any]  # of the engine named above, which the law does not import


@dataclass(frozen=True, slots=True)
class Window:
    """School weeks one after the other: the first day of the first and the last day of the last."""

    first: date
    last: date
    weeks: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ThresholdFinding:
    """Where a pupil stands against the threshold.

    `finding` says it: outcome `met` where the latest window holds enough, else `not_met`. `in_window` are the
    marks of the latest window. `met_on` is the day on which some window first held enough, which is history,
    and `met_by` the marks that did it. `used` count no further. `outside` lie in weeks without a school day.
    `weeks_without_marks` are weeks of the window, by their first day, in which the pupil has no mark.
    """

    finding: Finding
    window: Window | None
    in_window: tuple[SessionMark, ...]
    met_on: date | None
    met_by: tuple[SessionMark, ...]
    used: tuple[SessionMark, ...]
    outside: tuple[SessionMark, ...]
    weeks_without_marks: tuple[date, ...]


def explain(
    marks: Iterable[SessionMark],
    open_days: Iterable[date],
    rule: ThresholdRule,
    *,
    on: date,
    used: Iterable[Span] = (),
) -> ThresholdFinding:
    """Explain one pupil's threshold at one school.

    Args:
        marks: every mark of the pupil at the school, of any code, each session once.
        open_days: the school days of the school's calendar.
        rule: the threshold's values.
        on: the day judged; later marks and days are left out.
        used: the offence periods of notices to the same parent that stand.

    Returns:
        the finding with its marks, its window and its sentences.
    """
    known = tuple(sorted(mark for mark in marks if rule.since <= mark.day <= on))
    codes, spans = set(rule.codes.items), tuple(used)
    counting_at_all = tuple(mark for mark in known if mark.code in codes)
    spent = tuple(mark for mark in counting_at_all if any(span.holds_on(mark.day) for span in spans))
    fresh = tuple(mark for mark in counting_at_all if mark not in spent)
    numbered = numbered_weeks(weeks_from_days(_days(open_days, on), rule.weeks), rule)
    counting = counting_marks(_marks(fresh), numbered, rule, on=on).sort("date", "session")
    window = _latest(numbered, rule)
    in_order = _session_marks(counting)
    by = _met_by(counting, in_order, rule)
    inside = _session_marks(in_latest_window(counting, numbered, rule).sort("date", "session"))
    facts = _Facts(
        window=window,
        in_window=inside,
        met_by=by,
        used=spent,
        outside=tuple(mark for mark in fresh if mark not in in_order),
        weeks_without_marks=_without_marks(window, known, rule),
    )
    return _finding(facts, rule, on)


@dataclass(frozen=True, slots=True)
class _Facts:
    window: Window | None
    in_window: tuple[SessionMark, ...]
    met_by: tuple[SessionMark, ...]
    used: tuple[SessionMark, ...]
    outside: tuple[SessionMark, ...]
    weeks_without_marks: tuple[date, ...]


def _finding(facts: _Facts, rule: ThresholdRule, on: date) -> ThresholdFinding:
    met_on = facts.met_by[-1].day if facts.met_by else None
    met = len(facts.in_window) >= rule.sessions.whole
    told: dict[str, Fact] = {
        "unauthorised_in_window": len(facts.in_window),
        "window_from": facts.window.first if facts.window else None,
        "window_until": facts.window.last if facts.window else None,
        "threshold_met_on": met_on,
        "used": len(facts.used),
        "on": on,
    }
    return ThresholdFinding(
        finding=Finding(
            outcome=MET if met else NOT_MET,
            sentences=(*_of_the_window(facts, rule, met=met), *_of_history(facts, on), *_asides(facts)),
            facts=told,
            parameters=rule.parameters,
        ),
        met_on=met_on,
        window=facts.window,
        in_window=facts.in_window,
        met_by=facts.met_by,
        used=facts.used,
        outside=facts.outside,
        weeks_without_marks=facts.weeks_without_marks,
    )


def _of_the_window(facts: _Facts, rule: ThresholdRule, *, met: bool) -> tuple[str, ...]:
    if facts.window is None:
        return ("The school's calendar has no school week yet, so nothing can be counted.",)
    codes = said_list(tuple(str(code) for code in rule.codes.items))
    weeks = said_count(len(facts.window.weeks), "school week")
    sessions = said_count(len(facts.in_window), "unauthorised session")
    span = said_span(facts.window.first, facts.window.last)
    first = f"{sessions} ({codes}) in the {weeks} that end with the latest one, {span}."
    needed = said_count(rule.sessions.whole, "session")
    if met:
        duty = "a penalty notice must be considered; it does not follow that one must be issued"
        return (first, f"The threshold of {needed} is met: {duty}.")
    return (first, f"The threshold of {needed} is not met.")


def _of_history(facts: _Facts, on: date) -> tuple[str, ...]:
    if not facts.met_by:
        return (f"No window held enough sessions at any time up to {said_day(on)}.",)
    first, last = said_day(facts.met_by[0].day), said_day(facts.met_by[-1].day)
    return (f"It was first met on {last}, by {said_count(len(facts.met_by), 'session')} from {first} on.",)


def _asides(facts: _Facts) -> tuple[str, ...]:
    told = []
    if facts.used:
        told.append(
            f"{said_count(len(facts.used), 'further unauthorised session')} inside the offence period of a "
            "notice to the same parent that stands: used, and not counted again."
        )
    if facts.outside:
        told.append(
            f"{said_count(len(facts.outside), 'unauthorised session')} in weeks in which the school's "
            "calendar has no school day: not counted. Check the calendar and the register."
        )
    if facts.weeks_without_marks:
        weeks = said_count(len(facts.weeks_without_marks), "school week")
        begin = said_list(tuple(said_day(day) for day in facts.weeks_without_marks))
        told.append(f"No mark in {weeks} of the window ({begin}): a register may be missing.")
    return tuple(told)


def _days(open_days: Iterable[date], on: date) -> Frame:
    days = [day for day in open_days if day <= on]
    return nw.from_dict({SCHOOL: [""] * len(days), "date": days}, schema=DAYS, backend=ENGINE)


def _marks(marks: tuple[SessionMark, ...]) -> Frame:
    columns = {
        SCHOOL: [""] * len(marks),
        PUPIL: [0] * len(marks),
        "date": [mark.day for mark in marks],
        "session": [mark.session for mark in marks],
        "code": [mark.code for mark in marks],
    }
    return nw.from_dict(columns, schema=MARKS, backend=ENGINE)


def _session_marks(frame: Frame) -> tuple[SessionMark, ...]:
    rows = frame.select("date", "session", "code").rows()
    return tuple(SessionMark(day, session, code) for day, session, code in rows)


def _met_by(
    counting: Frame, in_order: tuple[SessionMark, ...], rule: ThresholdRule
) -> tuple[SessionMark, ...]:
    """Return the marks of the first window that held enough, in order; none where none ever did."""
    completing = _session_marks(completing_marks(counting, rule, PUPIL).sort("date", "session"))
    if not completing:
        return ()
    end = in_order.index(completing[0]) + 1
    return in_order[end - rule.sessions.whole : end]


def _latest(numbered: Frame, rule: ThresholdRule) -> Window | None:
    weeks = [week for week, _ in sorted(numbered.select(WEEK, NUMBER).rows())][-rule.window.whole :]
    if not weeks:
        return None
    days = tuple(rule.weeks.first_day(week) for week in weeks)
    return Window(days[0], rule.weeks.last_day(weeks[-1]), days)


def _without_marks(
    window: Window | None, known: tuple[SessionMark, ...], rule: ThresholdRule
) -> tuple[date, ...]:
    marked = {rule.weeks.first_day(rule.weeks.week(mark.day)) for mark in known}
    return tuple(day for day in window.weeks if day not in marked) if window else ()
