"""What a school sees in its register when it considers asking for a notice."""

from dataclasses import dataclass
from datetime import date

from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import ONE_DAY, Scene
from attendance.demo.year.stories import Story
from attendance.domain.registers import Mark
from attendance.store.tables.notices import PenaltyNoticeRow
from rules.law import RuleBook
from rules.steps.facts import AbsenceKind

ENDED = frozenset({"withdrawn", "cancelled"})


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence that a school asks about. `returned_on` is the day of the child's return, for a leave."""

    kind: AbsenceKind
    first: date
    last: date
    returned_on: date | None
    marks: tuple[Mark, ...]


def threshold(book: RuleBook, on: date) -> int:
    """Return at how many sessions a school considers a notice."""
    return book.law("penalty_notice.threshold_sessions", on).whole


def absence_of(scene: Scene, story: Story, episode: Episode, urn: str) -> Absence | None:
    """Return the absence that has reached the threshold since the last one asked about, or None.

    A leave of absence waits for the child's return.
    """
    book, on = scene.desk.office.book, scene.on
    since = max(_asked_until(scene, story) + ONE_DAY, _window_begins(scene, urn))
    marks = scene.marks(story.pupil_id, urn, since)
    codes = book.law("penalty_notice.threshold_codes", on).items
    unauthorised = [mark for mark in marks if mark.code in codes]
    if len(unauthorised) < (episode.at or threshold(book, on)):
        return None
    leave = [mark for mark in unauthorised if mark.code == book.policy("leave_of_absence.code", on).text]
    usual = len(leave) >= book.policy("leave_of_absence.sessions", on).whole
    kind = episode.kind or (AbsenceKind.LEAVE_OF_ABSENCE if usual else AbsenceKind.IRREGULAR)
    if kind is AbsenceKind.IRREGULAR:
        return Absence(kind, unauthorised[0].day, unauthorised[-1].day, None, marks)
    asked = leave if usual else unauthorised
    first, last = asked[0].day, asked[-1].day
    returned = [mark.day for mark in marks if mark.day > last]
    return Absence(kind, first, last, returned[0], marks) if returned else None


def is_leave(scene: Scene, story: Story, urn: str) -> bool:
    """Say whether the latest absences are leave of absence, to which support is no answer."""
    code = scene.desk.office.book.policy("leave_of_absence.code", scene.on).text
    marks = scene.marks(story.pupil_id, urn, _window_begins(scene, urn))
    return any(mark.code == code for mark in marks)


def _asked_until(scene: Scene, story: Story) -> date:
    days = [asked.absent_until for asked in story.asked]
    notices = scene.desk.rows(PenaltyNoticeRow, pupil_id=story.pupil_id)
    days += [row.offence_until for row in notices if row.state not in ENDED]
    return max(days, default=date.min)


def _window_begins(scene: Scene, urn: str) -> date:
    weeks = scene.desk.office.book.law("penalty_notice.threshold_window_school_weeks", scene.on).whole
    calendar = scene.calendar(urn)
    since = calendar.known_from or scene.on
    return calendar.school_weeks(since, scene.on)[-weeks:][0]
