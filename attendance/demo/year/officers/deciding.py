"""How officers decide on notices: for each parent, after a request or after a period without improvement.

- What a family's plan says must be refused is tried first; a parent for whom it must be has no notice.
"""

from dataclasses import dataclass, field

from attendance.demo.year.desk import Barred
from attendance.demo.year.officers.proposing import Fields, Proposing
from attendance.demo.year.plans import Trial
from attendance.demo.year.scene import Notice, Scene
from attendance.demo.year.stories import Asked, Story
from attendance.demo.year.texts import NO_NOTICE
from attendance.domain.moment import Actor
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.steps.facts import AbsenceKind

IMPROVEMENT, PENALTY = "notice_to_improve.decide", "penalty_notice.decide"


@dataclass(slots=True)
class Deciding:
    """Decides on notices. `without` are requests and adults for whom no notice can be."""

    scene: Scene
    proposing: Proposing
    without: set[tuple[str, int]] = field(default_factory=set)

    def after_request(self, duty: DutyRow, officer: Actor) -> None:
        """Decide for each parent named in an accepted request who has no decision yet."""
        request = self.scene.desk.row(RequestRow, duty.subject_reference)
        story, asked = self.scene.story_of(request)
        decided = self._decided(request)
        for adult in asked.adults:
            if adult not in decided and (asked.reference, adult) not in self.without:
                self._decide(story, asked, adult, officer)
        if all(adult in decided or (asked.reference, adult) in self.without for adult in asked.adults):
            self._close(request, duty, officer)

    def _decided(self, request: RequestRow) -> frozenset[int]:
        improvements = self.scene.desk.rows(NoticeToImproveRow, request_id=request.id)
        penalties = self.scene.desk.rows(PenaltyNoticeRow, request_id=request.id)
        return frozenset((*(row.adult_id for row in improvements), *(row.adult_id for row in penalties)))

    def _close(self, request: RequestRow | Notice, duty: DutyRow, officer: Actor) -> None:
        """Close the case where nothing else is due in it; there is no other way to say: no notice."""
        due = self.scene.desk.rows(DutyRow, case_id=request.case_id, cleared_on=None)
        if all(other.id == duty.id for other in due):
            (case,) = self.scene.desk.rows(CaseRow, id=request.case_id)
            fields = {"reference": case.reference, "why": NO_NOTICE}
            self.scene.desk.attempt("case.close", officer, fields)

    def after_improvement(self, duty: DutyRow, officer: Actor) -> None:
        """Decide on a penalty notice where attendance did not improve."""
        notice = self.scene.desk.row(NoticeToImproveRow, duty.subject_reference)
        story, asked = self.scene.story_of(notice)
        self._penalty(story, asked, notice.adult_id, officer)
        if (asked.reference, notice.adult_id) in self.without:
            self._close(notice, duty, officer)

    def _decide(self, story: Story, asked: Asked, adult: int, officer: Actor) -> None:
        leave = asked.kind is AbsenceKind.LEAVE_OF_ABSENCE
        step = asked.episode.step or ("penalty_notice" if leave else "notice_to_improve")
        if not self._stands_the_trials(story, asked, adult, officer, step):
            self.without.add((asked.reference, adult))
        elif step == "penalty_notice":
            self._penalty(story, asked, adult, officer)
        else:
            fields = self.proposing.improvement(story, asked, adult)
            self._take(IMPROVEMENT, officer, fields, story, asked)

    def _take(self, name: str, actor: Actor, fields: Fields, story: Story, asked: Asked) -> None:
        """Take a decision; where the law bars one about an ordinary child, this adult has no notice."""
        try:
            self.scene.desk.do_with_reasons(name, actor, self.scene.staffing.senior, fields)
        except Barred:
            if story.scripted:
                raise
            self.without.add((asked.reference, int(str(fields["adult_id"]))))

    def _penalty(self, story: Story, asked: Asked, adult: int, officer: Actor) -> None:
        self.proposing.ask_about_earlier(story, adult, officer)
        self.proposing.ask_neighbour(story, adult, asked.episode, officer)
        senior = self.scene.staffing.senior
        issues = officer if self.scene.staffing.may_issue(officer) else senior
        self._take(PENALTY, issues, self.proposing.penalty(story, asked, adult, issues), story, asked)

    def _stands_the_trials(self, story: Story, asked: Asked, adult: int, officer: Actor, step: str) -> bool:
        """Try what must be refused; say whether a notice to this adult is still possible."""
        stands = not asked.episode.no_notice
        for trial in asked.episode.trials:
            wanted = asked.adults[0] if trial.adult is None else story.adults[trial.adult]
            if adult == (wanted if wanted in asked.adults else asked.adults[0]):
                self._try(story, asked, wanted, officer, trial, step)
                stands = stands and (wanted != adult or bool(trial.without or trial.issuer))
        return stands

    def _try(self, story: Story, asked: Asked, adult: int, officer: Actor, trial: Trial, step: str) -> None:
        wanted: Fields
        if (trial.step or step) == "penalty_notice":
            self.proposing.ask_about_earlier(story, adult, officer)
            name, wanted = PENALTY, self.proposing.penalty(story, asked, adult, officer)
        else:
            name, wanted = IMPROVEMENT, self.proposing.improvement(story, asked, adult)
        if adult not in asked.adults:
            wanted["request"] = None
        self.scene.desk.must_refuse(name, officer, self.proposing.varied(wanted, trial, asked), trial.codes)
