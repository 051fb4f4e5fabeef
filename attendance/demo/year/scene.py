"""What everybody in the demo shares: the desk, who works there, the stories, and chance."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.demo.year.chance import Chance
from attendance.demo.year.desk import Desk
from attendance.demo.year.staffing import Staffing
from attendance.demo.year.stories import Asked, Stories, Story
from attendance.domain.moment import Actor
from attendance.domain.registers import Mark
from attendance.store.calendars import Calendars
from attendance.store.people import People
from attendance.store.registers import Registers
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.calendar import SchoolCalendar
from rules.steps.facts import Span

ONE_DAY = timedelta(days=1)
Notice = NoticeToImproveRow | PenaltyNoticeRow


@dataclass(slots=True)
class Scene:
    """What everybody in the demo shares."""

    desk: Desk
    staffing: Staffing
    stories: Stories
    chance: Chance
    until: date
    _calendars: dict[str, SchoolCalendar] = field(default_factory=dict)
    _requests: dict[int, str] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day it is."""
        return self.desk.on

    def school(self, urn: str) -> Actor:
        """Return the account of a school."""
        return self.staffing.schools[urn]

    def calendar(self, urn: str) -> SchoolCalendar:
        """Return a school's calendar as known."""
        if not self._calendars:
            with self.desk.office.store.read() as session:
                self._calendars = Calendars(session).calendars()
        return self._calendars[urn]

    def calendars_changed(self) -> None:
        """Have the calendars read anew: a school has closed unexpectedly."""
        self._calendars = {}

    def is_open(self, urn: str) -> bool:
        """Say whether a school is open today."""
        return self.calendar(urn).is_school_day(self.on)

    def marks(self, pupil_id: int, urn: str, since: date) -> tuple[Mark, ...]:
        """Return what a school's register says of a pupil from a day on."""
        with self.desk.office.store.read() as session:
            return Registers(session).marks_of(pupil_id, urn, since, self.on)

    def on_roll(self, pupil_id: int, urn: str) -> bool:
        """Say whether a pupil is on a school's roll today."""
        with self.people() as people:
            spells = people.enrolments_of(pupil_id)
        here = (Span(spell.since, spell.until) for spell in spells if spell.school_urn == urn)
        return any(span.holds_on(self.on) for span in here)

    @contextmanager
    def people(self) -> Iterator[People]:
        """Read people."""
        with self.desk.office.store.read() as session:
            yield People(session)

    def story_of(self, row: Notice | RequestRow) -> tuple[Story, Asked]:
        """Return the story and the request that a request or notice belongs to."""
        if isinstance(row, RequestRow):
            return self.stories.by_request[row.reference]
        key = row.request_id or 0
        if key not in self._requests:
            (request,) = self.desk.rows(RequestRow, id=key)
            self._requests[key] = request.reference
        return self.stories.by_request[self._requests[key]]

    def next_working_day(self, number: int = 1) -> date:
        """Return the working day that is so many after today."""
        return self.desk.office.working_days.nth_after(self.on, number)
