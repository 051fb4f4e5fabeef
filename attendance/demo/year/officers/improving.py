"""Notices to improve while they run: reviewed at their end, ended early, or withdrawn."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.demo.year.scene import Scene
from attendance.demo.year.texts import EARLY_END, EARLY_END_GROUND
from attendance.domain.moment import Actor
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.notices import NoticeToImproveRow

LOOKED_AT_AFTER, TOLD_BEFORE = timedelta(days=7), timedelta(days=7)
WITHDRAWN_AFTER = timedelta(days=10)


@dataclass(slots=True)
class Improving:
    """Follows notices to improve."""

    scene: Scene
    _told: dict[str, object] = field(default_factory=dict)

    def review(self, duty: DutyRow, officer: Actor) -> None:
        """Review a notice by the register when its period is over."""
        senior, fields = self.scene.staffing.senior, {"reference": duty.subject_reference}
        self.scene.desk.do_with_reasons("notice_to_improve.review", officer, senior, fields)

    def day(self) -> None:
        """Look at the notices that run, where a plan says that one does not run to its end."""
        for notice in self.scene.desk.rows(NoticeToImproveRow, state="monitoring"):
            episode = self.scene.story_of(notice)[1].episode
            if episode.ends_early:
                self._end_early(notice)
            elif episode.withdrawn and notice.issued_on and self._passed(notice):
                fields = {"reference": notice.reference, "why": episode.withdrawn}
                self.scene.desk.do("notice_to_improve.withdraw", self._officer(notice), fields)

    def _passed(self, notice: NoticeToImproveRow) -> bool:
        assert notice.issued_on is not None
        return self.scene.on >= notice.issued_on + WITHDRAWN_AFTER

    def _end_early(self, notice: NoticeToImproveRow) -> None:
        assert notice.period_from is not None
        on, officer = self.scene.on, self._officer(notice)
        if notice.reference not in self._told:
            if on >= notice.period_from + LOOKED_AT_AFTER and self._missed(notice, notice.period_from):
                ends_on = on + TOLD_BEFORE
                self._told[notice.reference] = ends_on
                fields = {
                    "reference": notice.reference,
                    "ground": EARLY_END_GROUND,
                    "why": EARLY_END,
                    "ends_on": ends_on,
                }
                self.scene.desk.do("notice_to_improve.tell_of_early_end", officer, fields)
        elif self._told[notice.reference] == on:
            fields = {"reference": notice.reference}
            self.scene.desk.do("notice_to_improve.end_early", officer, fields)

    def _missed(self, notice: NoticeToImproveRow, since: date) -> bool:
        codes = self.scene.desk.office.book.law("penalty_notice.threshold_codes", self.scene.on).items
        marks = self.scene.marks(notice.pupil_id, notice.school_urn, since)
        return any(mark.code in codes for mark in marks)

    def _officer(self, notice: NoticeToImproveRow) -> Actor:
        (case,) = self.scene.desk.rows(CaseRow, id=notice.case_id)
        return self.scene.staffing.officer(case.officer)
