"""Notices that stay unpaid: the school is told, its answer or silence recorded, and somebody decides."""

from dataclasses import dataclass, field
from datetime import timedelta

from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import ONE_DAY, Scene
from attendance.domain.moment import Actor
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow

TIME_TO_ANSWER = timedelta(days=14)
FEW_SCHOOL_DAYS = 8
PAPERS = frozenset({"sign_statement", "sign_certificate", "complete_exhibits"})
NOT_PROSECUTED = "The notice was not paid, and no proceedings will be brought about these absences."


@dataclass(slots=True)
class Unpaid:
    """Follows unpaid notices."""

    scene: Scene
    _extended: set[str] = field(default_factory=set)

    def end(self, duty: DutyRow, officer: Actor) -> None:
        """Record that the days to pay are over, unless something is still to be decided about the notice."""
        if self._is_contested(self._notice(duty)[0]):
            return
        self.scene.desk.do("penalty_notice.end_unpaid", officer, {"reference": duty.subject_reference})

    def message_school(self, duty: DutyRow, officer: Actor) -> None:
        """Tell the school on a day from which it has school days to answer."""
        notice, episode = self._notice(duty)
        if self._is_contested(notice):
            return
        calendar = self.scene.calendar(notice.school_urn)
        days = calendar.school_days(self.scene.on + ONE_DAY, self.scene.on + TIME_TO_ANSWER)
        if len(days) >= FEW_SCHOOL_DAYS or episode.before_holiday:
            fields = {"reference": notice.reference}
            self.scene.desk.do("penalty_notice.message_school", officer, fields)

    def record_silence(self, duty: DutyRow, officer: Actor) -> None:
        """Record that the school did not answer; after a holiday its time is extended first."""
        notice, episode = self._notice(duty)
        desk, reference = self.scene.desk, notice.reference
        if episode.school_answers == "supports" and not self._is_late(duty):
            return
        if episode.before_holiday and reference not in self._extended:
            self._extended.add(reference)
            fields = {"reference": reference, "extend_to": self.scene.on + TIME_TO_ANSWER}
            senior = self.scene.staffing.senior
            desk.do_with_reasons("penalty_notice.extend_answer", officer, senior, fields)
        else:
            desk.do("penalty_notice.record_silence", officer, {"reference": reference})

    def _is_late(self, duty: DutyRow) -> bool:
        return self.scene.on >= duty.due_on + TIME_TO_ANSWER

    def decide(self, duty: DutyRow, officer: Actor) -> None:
        """Withdraw, or record why the authority prosecutes all the same."""
        notice, episode = self._notice(duty)
        senior = self.scene.staffing.senior
        who = officer if self.scene.staffing.may_issue(officer) else senior
        if episode.then == "withdraw":
            fields = {
                "reference": notice.reference,
                "ground": "unpaid_and_not_prosecuted",
                "why": NOT_PROSECUTED,
            }
            self.scene.desk.do("penalty_notice.withdraw", who, fields)
        elif not self._is_contested(notice):
            fields = {"reference": notice.reference}
            self.scene.desk.do_with_reasons("penalty_notice.proceed_all_the_same", who, senior, fields)

    def hand_over(self, duty: DutyRow, officer: Actor) -> None:
        """Hand the papers over once they are complete."""
        open_duties = self.scene.desk.rows(
            DutyRow, subject_kind=duty.subject_kind, subject_id=duty.subject_id, cleared_on=None
        )
        waiting = any(one.code in PAPERS for one in open_duties)
        if not waiting and not self._is_contested(self._notice(duty)[0]):
            self.scene.desk.do("penalty_notice.hand_over", officer, {"reference": duty.subject_reference})

    def _is_contested(self, notice: PenaltyNoticeRow) -> bool:
        """Say whether a review of the notice or what a parent says of it waits for a decision."""
        desk = self.scene.desk
        reviews = desk.rows(ReviewRow, notice_kind=notice.__tablename__, notice_id=notice.id, decided_on=None)
        return bool(reviews or desk.rows(RepresentationRow, penalty_notice_id=notice.id, answered_on=None))

    def _notice(self, duty: DutyRow) -> tuple[PenaltyNoticeRow, Episode]:
        notice = self.scene.desk.row(PenaltyNoticeRow, duty.subject_reference)
        return notice, self.scene.story_of(notice)[1].episode
