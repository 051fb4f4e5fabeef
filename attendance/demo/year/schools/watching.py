"""Schools watch their registers: on the first school day of a week each looks who has reached what.

- At half the threshold a school helps and writes; at the threshold it considers asking for a notice.
- Beside the scripted families some ordinary pupils are followed up, more of them late in the year, so that
  the year ends with work in hand.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import ONE_DAY, Scene
from attendance.demo.year.schools.absences import absence_of, is_leave, threshold
from attendance.demo.year.schools.asking import Asking
from attendance.demo.year.schools.supporting import Supporting
from attendance.demo.year.stories import Asked, Story, ordinary_story
from attendance.services.pupils_staged import stage_pupils
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.calendar import monday_of
from rules.school_age import school_age

IN_WINDOW = "unauthorised_in_window"
NOT_DECIDED = frozenset(
    {
        "decide_request",
        "give_information",
        "decide_notice",
        "prepare_letter",
        "resolve_hold",
        "serve_again",
        "release_letter",
        "review_period",
        "decide_next_step",
    }
)
ENDED_WITHOUT = frozenset({"refused", "not_met", "withdrawn"})
WORKED_OFF_BY_THE_END = timedelta(days=90)


@dataclass(slots=True)
class Watching:
    """What each school does about absence, week by week.

    `cases` is how many ordinary pupils are to be followed up by the end; `left_out` are schools that ask for
    no notice about ordinary pupils.
    """

    scene: Scene
    supporting: Supporting
    asking: Asking
    begins: date
    cases: int
    left_out: frozenset[str]
    chosen: int = 0

    def day(self) -> None:
        """Let each school look that opens for the first time this week."""
        self._take_back()
        looking = [urn for urn in self.scene.staffing.schools if self._looks_today(urn)]
        if not looking:
            return
        office = self.scene.desk.office
        table = stage_pupils(office.store, office.book, self.scene.on - ONE_DAY, schools=looking).table
        window = {
            (urn, pupil): count
            for urn, pupil, count in table.select("school_urn", "pupil_id", IN_WINDOW).iter_rows()
        }
        self._choose(table)
        for story in tuple(self.scene.stories.by_pupil.values()):
            self._look(story, window)

    def _looks_today(self, urn: str) -> bool:
        if not self.scene.is_open(urn):
            return False
        monday = monday_of(self.scene.on)
        return self.scene.calendar(urn).school_days(monday, self.scene.on) == (self.scene.on,)

    def _take_back(self) -> None:
        for request in self.scene.desk.rows(RequestRow, state="requested"):
            _, asked = self.scene.story_of(request)
            if asked.episode.request == "withdrawn" and request.sent_on != self.scene.on:
                fields = {"reference": request.reference, "why": "The parent has brought evidence since."}
                self.scene.desk.do("request.withdraw", self.scene.school(request.school_urn), fields)

    def _look(self, story: Story, window: dict[tuple[str, int], int]) -> None:
        episode = story.next
        if episode is None or not episode.asks:
            return
        urn = story.school_urns[1] if episode.at_second_school else story.school_urns[0]
        need = episode.at or threshold(self.scene.desk.office.book, self.scene.on)
        count = window.get((urn, story.pupil_id))
        if count is None or self._is_busy(story):
            return
        if episode.concern and not story.concerned and 2 * count >= need:
            self._help_first(story, episode, urn)
        elif episode.again:
            self._ask_again(story, episode)
        elif count >= need:
            self._ask(story, episode, urn)

    def _help_first(self, story: Story, episode: Episode, urn: str) -> None:
        story.concerned = True
        if is_leave(self.scene, story, urn):
            return
        self.supporting.first_concern(story, urn)
        if episode.support != "after_asked":
            self.supporting.support(story, episode, urn)

    def _ask(self, story: Story, episode: Episode, urn: str) -> None:
        absence = absence_of(self.scene, story, episode, urn)
        if absence is None or not (story.scripted or self._of_school_age(story, absence.first)):
            return
        self.asking.ask(story, episode, urn, absence)

    def _of_school_age(self, story: Story, first: date) -> bool:
        with self.scene.people() as people:
            born = people.pupil(story.pupil_id).date_of_birth
        age = school_age(born, self.scene.desk.office.book, self.scene.on)
        return age.holds_on(first) and age.holds_on(self.scene.on)

    def _ask_again(self, story: Story, episode: Episode) -> None:
        before = story.asked[-1]
        if self._ended_without(before):
            story.asked.pop()
            absence = absence_of(self.scene, story, episode, before.school_urn)
            story.asked.append(before)
            if absence is not None:
                self.asking.ask(story, episode, before.school_urn, absence)

    def _ended_without(self, asked: Asked) -> bool:
        request = self.scene.desk.row(RequestRow, asked.reference)
        notices = self.scene.desk.rows(PenaltyNoticeRow, request_id=request.id)
        withdrawn = bool(notices) and all(notice.state == "withdrawn" for notice in notices)
        return request.state in ENDED_WITHOUT or withdrawn

    def _is_busy(self, story: Story) -> bool:
        if not story.asked:
            return False
        request = self.scene.desk.row(RequestRow, story.asked[-1].reference)
        due = self.scene.desk.rows(DutyRow, case_id=request.case_id, cleared_on=None)
        return request.state == "draft" or any(duty.code in NOT_DECIDED for duty in due)

    def _choose(self, table: pl.DataFrame) -> None:
        need = threshold(self.scene.desk.office.book, self.scene.on)
        least = need if self.scene.until - self.scene.on < WORKED_OFF_BY_THE_END else need // 2
        taken = self.scene.stories.by_pupil
        found = table.filter(
            (pl.col(IN_WINDOW) >= least) & (pl.col("unauthorised") > pl.col("authorised"))
        ).select("school_urn", "pupil_id")
        rows = [row for row in found.iter_rows() if row[1] not in taken and row[0] not in self.left_out]
        rows.sort(key=lambda row: self.scene.chance.number(row[1], "chosen"))
        for urn, pupil in rows[: self._wanted()]:
            story = ordinary_story(self.scene.desk, self.scene.chance, pupil, urn)
            if story is not None:
                self.scene.stories.add(story)
                self.chosen += 1

    def _wanted(self) -> int:
        passed = (self.scene.on - self.begins).days + 1
        whole = (self.scene.until - self.begins).days + 1
        return max(0, -(-self.cases * passed**2 // whole**2) - self.chosen)
