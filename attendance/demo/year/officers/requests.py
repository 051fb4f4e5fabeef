"""How officers answer requests: by what the guard finds, and back to the school where support is missing."""

from dataclasses import dataclass

from attendance.demo.year.scene import Scene
from attendance.demo.year.texts import DISCRETION, MORE_INFORMATION
from attendance.domain.moment import Actor
from attendance.store.tables.cases import DutyRow, EarlyHelpRow, SupportRow
from attendance.store.tables.requests import RequestRow
from rules.steps.facts import AbsenceKind


@dataclass(frozen=True, slots=True)
class Requests:
    """Answers requests."""

    scene: Scene

    def decide(self, duty: DutyRow, officer: Actor) -> None:
        """Answer one request."""
        desk = self.scene.desk
        request = desk.row(RequestRow, duty.subject_reference)
        _, asked = self.scene.story_of(request)
        episode, reference = asked.episode, request.reference
        if episode.refused:
            fields = {"reference": reference, "answer": DISCRETION}
            desk.must_refuse("request.accept", officer, fields, episode.refused)
        if episode.answer == "refuse":
            desk.do("request.refuse", officer, {"reference": reference, "answer": episode.why})
        elif episode.answer == "close":
            desk.do("request.close_as_not_met", officer, {"reference": reference})
        elif self._support_is_missing(request):
            fields = {"reference": reference, "answer": MORE_INFORMATION}
            desk.do("request.return_for_information", officer, fields)
        else:
            fields = {"reference": reference, "answer": DISCRETION}
            desk.do_with_reasons("request.accept", officer, self.scene.staffing.senior, fields)

    def _support_is_missing(self, request: RequestRow) -> bool:
        if request.kind == AbsenceKind.LEAVE_OF_ABSENCE.value:
            return False
        pupil, urn, desk = request.pupil_id, request.school_urn, self.scene.desk
        if not desk.rows(SupportRow, pupil_id=pupil, school_urn=urn):
            return True
        return not desk.rows(EarlyHelpRow, pupil_id=pupil, school_urn=urn)
