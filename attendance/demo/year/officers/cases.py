"""Cases: opened for support alone, closed when nothing is due, opened again, handed to a colleague."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.demo.year.scene import Scene
from attendance.demo.year.stories import Story
from attendance.demo.year.texts import CLOSED, REOPENED
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.requests import RequestRow

FRIDAY = 4
QUIET = timedelta(days=28)
DAYS_UNTIL_OPENED_AGAIN = timedelta(days=7)


@dataclass(slots=True)
class Cases:
    """Keeps cases in order, on Fridays. `opens_from` is the first day on which one is opened for support."""

    scene: Scene
    opens_from: date
    _opened_again: set[str] = field(default_factory=set)

    def day(self) -> None:
        """Close quiet cases; open again what a plan says."""
        if self.scene.on.weekday() != FRIDAY:
            return
        self._open_again()
        self._open_for_health()
        for case in self.scene.desk.rows(CaseRow, state="open"):
            if case.reference not in self._opened_again and self._is_quiet(case):
                officer = self.scene.staffing.officer(case.officer)
                fields = {"reference": case.reference, "why": CLOSED}
                self.scene.desk.attempt("case.close", officer, fields)

    def _is_quiet(self, case: CaseRow) -> bool:
        desk = self.scene.desk
        if desk.rows(DutyRow, case_id=case.id, cleared_on=None):
            return False
        requests = desk.rows(RequestRow, case_id=case.id)
        if any(request.state in {"draft", "requested"} for request in requests):
            return False
        since = [case.opened_on, *(request.state_since for request in requests)]
        since += [letter.state_since for letter in desk.rows(LetterRow, case_id=case.id)]
        return max(since) + QUIET <= self.scene.on

    def _open_for_health(self) -> None:
        """Open a case where absence is mostly illness: a road to health and support, not to law."""
        for story in self.scene.stories.by_pupil.values():
            if story.episodes[0].asks or story.supported or self.scene.on < self.opens_from:
                continue
            story.supported = True
            officer = next(iter(self.scene.staffing.officers))
            fields = {"pupil_id": story.pupil_id, "school_urn": story.school_urns[0], "officer": officer}
            self.scene.desk.do("case.open", self.scene.staffing.senior, fields)
            self._advise(story)

    def _advise(self, story: Story) -> None:
        fields = {
            "pupil_id": story.pupil_id,
            "school_urn": story.school_urns[0],
            "kind": "laao_advice",
            "on": self.scene.on,
            "response": "taken_up",
            "offered_by": "Attendance officer",
            "detail": "Mostly illness: the school nurse and the family doctor are asked first.",
        }
        self.scene.desk.do("support.record", self.scene.staffing.senior, fields)

    def _open_again(self) -> None:
        for case in self.scene.desk.rows(CaseRow, state="closed"):
            story = self.scene.stories.by_pupil.get(case.pupil_id)
            if story is None or case.reference in self._opened_again or not _opens_again(story):
                continue
            if case.closed_on and case.closed_on + DAYS_UNTIL_OPENED_AGAIN <= self.scene.on:
                self._opened_again.add(case.reference)
                officer = self.scene.staffing.officer(case.officer)
                fields = {"reference": case.reference, "why": REOPENED}
                self.scene.desk.do("case.reopen", officer, fields)


def _opens_again(story: Story) -> bool:
    return any(episode.reopens for episode in story.episodes)
