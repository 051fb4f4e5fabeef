"""What a register says of one pupil at one school, as the casework asks it.

- Counting is done by the same expressions that stage a city; school weeks come from the school's calendar.
- Used marks, inside the offence period of a notice to the same parent that stands, count no further.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

import narwhals as nw
import polars as pl

from attendance.domain.registers import Mark
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services.work import Work
from attendance.store.asked_once import asked_once, keep_answer
from attendance.store.calendars import Calendars
from attendance.store.tables.notices import EarlierNoticeRow, PenaltyNoticeRow
from rules.calendar import SchoolCalendar, academic_year
from rules.codes import RegisterCodes, register_codes
from rules.counting import counted
from rules.ladder import NoticeKind
from rules.law import RuleBook
from rules.stages import Counts
from rules.steps.facts import SessionMark, Span, Threshold
from rules.threshold import (
    COMPLETES,
    IN_LATEST,
    ThresholdRule,
    counting_marks,
    judged_marks,
    numbered_weeks,
)
from rules.weeks import weeks_from_days

Frame = nw.DataFrame[pl.DataFrame]

PUPIL = "pupil_id"
WEEKS_KEPT = 512
SCHEMA = {"school_urn": pl.String, PUPIL: pl.Int64, "date": pl.Date, "session": pl.String, "code": pl.String}


@lru_cache(maxsize=8)
def codes_of(book: RuleBook) -> RegisterCodes:
    """Return the register codes of every era."""
    return register_codes(book)


def marks_between(
    work: Work, pupil_id: int, school_urn: str, since: date, until: date, known_at: datetime | None = None
) -> tuple[SessionMark, ...]:
    """Return the pupil's marks from day to day, both included, as known at an instant (now without one)."""
    marks = work.registers.marks_of(pupil_id, school_urn, since, until, known_at)
    return tuple(_session_mark(mark) for mark in marks)


def unauthorised_between(
    work: Work, pupil_id: int, school_urn: str, since: date, until: date
) -> tuple[SessionMark, ...]:
    """Return the pupil's unauthorised sessions from day to day, both included."""
    codes = work.book.law("penalty_notice.threshold_codes", work.on).items
    return tuple(m for m in marks_between(work, pupil_id, school_urn, since, until) if m.code in codes)


def marks_at(
    work: Work, pupil_id: int, school_urn: str, sessions: tuple[SessionMark, ...]
) -> tuple[SessionMark, ...]:
    """Return the marks that the register now has for the same sessions."""
    if not sessions:
        return ()
    wanted = {(mark.day, mark.session) for mark in sessions}
    days = [mark.day for mark in sessions]
    now = marks_between(work, pupil_id, school_urn, min(days), max(days))
    return tuple(mark for mark in now if (mark.day, mark.session) in wanted)


def read_ahead(
    work: Work, pupil_id: int, school_urns: tuple[str, ...], adult_ids: tuple[int, ...] = ()
) -> None:
    """Read at once what a reading will ask of a pupil at several schools, and count what it will of parents.

    Raises `RulesError` where no rule on counting is in force today, or a school's term dates are not known.
    """
    since = min(academic_year(work.book, work.on).first, ThresholdRule.of(work.book, work.on).since)
    work.registers.read_ahead(pupil_id, school_urns, since, work.on)
    Calendars(work.opened.session).read_ahead(school_urns)
    for urn in school_urns if adult_ids else ():
        several = tuple(dict.fromkeys(used_spans(work, pupil_id, urn, adult_id) for adult_id in adult_ids))
        for used, found in zip(several, _thresholds_but(work, pupil_id, urn, several, None), strict=True):
            keep_answer(work.opened.session, _threshold_but, pupil_id, urn, used, None, answer=found)


@asked_once("opened.session")
def tally(
    work: Work, pupil_id: int, school_urn: str, since: date, until: date, known_at: datetime | None = None
) -> Counts:
    """Return the pupil's counted sessions from day to day, both included, as known at an instant or now."""
    marks = marks_between(work, pupil_id, school_urn, since, until, known_at)
    frame = frame_of([(school_urn, pupil_id, mark.day, mark.session, mark.code) for mark in marks])
    counts = counted(frame, codes_of(work.book), since=since, on=until, pupil=PUPIL)
    if counts.is_empty():
        return Counts(0, 0, 0)
    row = counts.rows(named=True)[0]
    return Counts(row["attended"], row["authorised"], row["unauthorised"])


def threshold(
    work: Work,
    pupil_id: int,
    school_urn: str,
    adult_id: int,
    *,
    within: tuple[date, date] | None = None,
    but: int | None = None,
) -> Threshold:
    """Return when the threshold was first met with marks not used before, and the marks that met it.

    Raises `TermDatesNotKnown` where the school's term dates do not reach today. Where it was not met, the
    marks are those of the window that ends with the latest school week. `within` keeps
    to the marks of some days, both included, such as those of a holiday. `but` is the key of a penalty notice
    whose own use of marks does not count as use.
    """
    used = used_spans(work, pupil_id, school_urn, adult_id, but=but)
    return _threshold_but(work, pupil_id, school_urn, used, within)


@asked_once("opened.session")
def _threshold_but(
    work: Work, pupil_id: int, school_urn: str, used: tuple[Span, ...], within: tuple[date, date] | None
) -> Threshold:
    """Return the threshold without the marks of some days; parents of one child often have the same."""
    return _thresholds_but(work, pupil_id, school_urn, (used,), within)[0]


def _thresholds_but(
    work: Work,
    pupil_id: int,
    school_urn: str,
    several: tuple[tuple[Span, ...], ...],
    within: tuple[date, date] | None,
) -> tuple[Threshold, ...]:
    """Return the threshold without the marks of some days, of others, and so on, all counted at once.

    To the counting, each is a pupil by its place.
    """
    rule = ThresholdRule.of(work.book, work.on)
    rows = [
        (school_urn, place, mark.day, mark.session, mark.code)
        for mark in marks_between(work, pupil_id, school_urn, rule.since, work.on)
        if within is None or within[0] <= mark.day <= within[1]
        for place, used in enumerate(several)
        if not _is_in(used, mark)
    ]
    last = min(work.on, within[1] if within else work.on)
    numbered = numbered_weeks_of(work, school_urn, last).lazy()
    counting = counting_marks(frame_of(rows).lazy(), numbered, rule, on=work.on)
    judged = judged_marks(counting, numbered, rule, PUPIL).sort(PUPIL, "date", "session").collect("polars")
    marks: list[list[_Judged]] = [[] for _ in several]
    for place, *mark in judged.select(PUPIL, "date", "session", "code", COMPLETES, IN_LATEST).iter_rows():
        marks[place].append(_Judged(*mark))
    return tuple(_met(found, rule.sessions.whole) for found in marks)


class _Judged(NamedTuple):
    day: date
    session: str
    code: str
    completes: bool | None
    in_latest: bool

    @property
    def mark(self) -> SessionMark:
        return SessionMark(self.day, self.session, self.code)


def _met(marks: Sequence[_Judged], needed: int) -> Threshold:
    """Return when marks in order first met the threshold, with the last marks needed for it."""
    for place, one in enumerate(marks):
        if one.completes:
            return Threshold(one.day, tuple(each.mark for each in marks[: place + 1][-needed:]))
    return Threshold(None, tuple(one.mark for one in marks if one.in_latest))


def numbered_weeks_of(work: Work, school_urn: str, last: date) -> Frame:
    """Return a school's weeks up to a last day, numbered as the threshold's window counts them."""
    return _numbered(work.book, school_urn, work.calendar(school_urn), work.on, last)


@lru_cache(maxsize=WEEKS_KEPT)
def _numbered(book: RuleBook, school_urn: str, calendar: SchoolCalendar, on: date, last: date) -> Frame:
    """Number a school's weeks up to a last day; many acts of one day ask for the same."""
    rule = ThresholdRule.of(book, on)
    first = max(calendar.known_from or on, rule.since)
    days = calendar.school_days(first, last) if first <= last else ()
    open_days = pl.LazyFrame(
        {"school_urn": [school_urn] * len(days), "date": list(days)},
        schema={"school_urn": pl.String, "date": pl.Date},
    )
    return numbered_weeks(weeks_from_days(nw.from_native(open_days), rule.weeks), rule).collect("polars")


def used_spans(
    work: Work, pupil_id: int, school_urn: str, adult_id: int, *, but: int | None = None
) -> tuple[Span, ...]:
    """Return the offence periods of notices to this parent for this child that stand.

    Those at this school, and those recorded from another issuer.
    """
    own = work.matters.find(PenaltyNoticeRow, pupil_id=pupil_id)
    others = work.matters.find(EarlierNoticeRow, pupil_id=pupil_id)
    return (
        *(
            Span(row.offence_from, row.offence_until)
            for row in own
            if (row.adult_id, row.school_urn) == (adult_id, school_urn) and _stands(row) and row.id != but
        ),
        *(
            Span(row.offence_from, row.offence_until)
            for row in others
            if (row.adult_id, row.withdrawn_on) == (adult_id, None)
            and row.kind == NoticeKind.SCHOOL_ATTENDANCE.value
        ),
    )


def unused_between(
    work: Work, pupil_id: int, school_urn: str, adult_id: int, since: date, until: date
) -> tuple[SessionMark, ...]:
    """Return the pupil's unauthorised sessions from day to day that no notice to this parent has used."""
    used = used_spans(work, pupil_id, school_urn, adult_id)
    found = unauthorised_between(work, pupil_id, school_urn, since, until)
    return tuple(mark for mark in found if not _is_in(used, mark))


def _is_in(spans: tuple[Span, ...], mark: SessionMark) -> bool:
    return any(span.holds_on(mark.day) for span in spans)


def _stands(row: PenaltyNoticeRow) -> bool:
    return row.issued_on is not None and row.state != PenaltyNoticeState.WITHDRAWN.value


def _session_mark(mark: Mark) -> SessionMark:
    return SessionMark(mark.day, mark.session.value, mark.code)


def frame_of(rows: Sequence[tuple[str, int, date, str, str]]) -> Frame:
    """Return rows of school, pupil, day, session and code as a table to count."""
    return nw.from_native(pl.DataFrame(rows, schema=SCHEMA, orient="row"), eager_only=True)
