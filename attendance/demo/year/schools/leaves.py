"""Leave in term time that parents ask for beforehand, and the letters that decline it.

- Parents know when they will go: here alone the demo looks ahead, into the scripted families' holidays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from attendance.demo.authority import SyntheticAuthority
from attendance.demo.authority.symbols import number_of
from attendance.demo.year.scene import Scene
from attendance.demo.year.stories import Story
from attendance.demo.year.texts import EXCEPTIONAL
from attendance.store.tables.letters import LetterRow

LEAVE = "G"
SHARE_THAT_ASKS = 0.6
ASKED_BEFORE, ANSWERED_AFTER = timedelta(days=14), timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Leave:
    """A holiday in term time: whose, at which school, from when to when."""

    story: Story
    school_urn: str
    first: date
    last: date


@dataclass(slots=True)
class Leaves:
    """Schools decline leave that was asked for. `waiting` are the applications not answered yet."""

    scene: Scene
    waiting: list[Leave] = field(default_factory=list)

    def day(self) -> None:
        """Decline what was asked for some days ago."""
        due = [one for one in self.waiting if self._is_due(one)]
        self.waiting = [one for one in self.waiting if one not in due]
        for one in due:
            self._decline(one)

    def _is_due(self, leave: Leave) -> bool:
        answered_on = leave.first - ASKED_BEFORE + ANSWERED_AFTER
        return answered_on <= self.scene.on and self.scene.is_open(leave.school_urn)

    def _decline(self, leave: Leave) -> None:
        story = leave.story
        adult = story.adults_of(story.episodes[0])[0]
        done = self.scene.desk.do(
            "letter.decline_leave",
            self.scene.school(leave.school_urn),
            {
                "pupil_id": story.pupil_id,
                "school_urn": leave.school_urn,
                "adult_id": adult,
                "first_day": leave.first,
                "last_day": leave.last,
                "considered": (EXCEPTIONAL,),
                "applied_on": leave.first - ASKED_BEFORE,
            },
        )
        story.declined[leave.first] = self.scene.desk.row(LetterRow, done.letters[0]).pdf_sha256


def leaves_of(scene: Scene, authority: SyntheticAuthority) -> Leaves:
    """Return the leave that scripted families ask for beforehand."""
    stories = {story.upn: story for story in scene.stories.by_pupil.values()}
    enrolments = authority.people.enrolments.with_row_index("roll")
    found: list[Leave] = []
    for roll, urn, upn in enrolments.select("roll", "school_urn", "upn").iter_rows():
        if upn in stories:
            found += [Leave(stories[upn], urn, *span) for span in _spans(authority, roll)]
    asks = [one for one in found if scene.chance.happens(SHARE_THAT_ASKS, one.story.upn, one.first, "leave")]
    return Leaves(scene, asks)


def _spans(authority: SyntheticAuthority, roll: int) -> Iterator[tuple[date, date]]:
    """Yield the first and last days of leave; days of one calendar week or the next belong together."""
    columns = np.flatnonzero((authority.marks[roll] == number_of(LEAVE)).any(axis=1)).tolist()
    days = [authority.days[column] for column in columns]
    while days:
        together = [day for day in days if day - days[0] < ASKED_BEFORE]
        yield together[0], together[-1]
        days = days[len(together) :]
