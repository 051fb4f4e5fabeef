"""Money, representations and reviews: what an officer decides about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from attendance.demo.year.scene import Scene
from attendance.demo.year.texts import ANSWERS
from attendance.domain.moment import Actor
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow

KEPT = "The corrected marks are still absences without permission, and the threshold still stands."
ERRORS = "Marks that the notice rested on have been corrected, and too few are left."
OUGHT_NOT = "ought_not_to_have_been_issued"
ASKED_AROUND = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles what is open. `meant` is, by payment, the notice that misdirected money was meant for."""

    scene: Scene
    meant: Mapping[str, str]

    def money(self, duty: DutyRow, officer: Actor) -> None:
        """Match money, or decide to give back what discharges nothing."""
        payment = self.scene.desk.row(PaymentRow, duty.subject_reference)
        meant = self.meant.get(payment.transaction)
        if payment.penalty_notice_id is None and meant is not None:
            fields: dict[str, object] = {"reference": payment.reference, "notice": meant}
            self.scene.desk.do("payment.match", officer, fields)
            return
        if payment.penalty_notice_id is None and self.scene.on < payment.received_on + ASKED_AROUND:
            return  # somebody may still know what it was meant for
        fields = {
            "reference": payment.reference,
            "refund_pence": payment.refund_due_pence or payment.pence,
            "how": "It discharges nothing and goes back the way it came.",
        }
        self.scene.desk.do("payment.settle", officer, fields)

    def refund(self, duty: DutyRow, officer: Actor) -> None:
        """Record that money went back."""
        payment = self.scene.desk.row(PaymentRow, duty.subject_reference)
        fields = {
            "reference": payment.reference,
            "pence": payment.refund_due_pence,
            "paid_on": self.scene.on,
        }
        self.scene.desk.do("payment.refund", officer, fields)

    def representation(self, duty: DutyRow, officer: Actor) -> None:
        """Answer a parent, after withdrawing where what was said is right."""
        row = self.scene.desk.row(RepresentationRow, duty.subject_reference)
        (notice,) = self.scene.desk.rows(PenaltyNoticeRow, id=row.penalty_notice_id)
        said = self.scene.story_of(notice)[1].episode.says
        if said == "bereavement" and notice.state != "withdrawn":
            return  # the school has not corrected its register yet
        if said == "wrong_person" and notice.state != "withdrawn":
            self._withdraw(notice, officer, "wrong_person", ANSWERS[said])
        fields = {"reference": row.reference, "answer": ANSWERS[said], "withdrawal_considered": True}
        self.scene.desk.do("representation.answer", officer, fields)

    def review(self, duty: DutyRow, officer: Actor) -> None:
        """Keep a notice whose threshold still stands after a correction; withdraw it otherwise."""
        row = self.scene.desk.row(ReviewRow, duty.subject_reference)
        fields = {"reference": row.reference, "why": KEPT}
        if row.threshold_stands and row.sessions_after:
            senior = self.scene.staffing.senior
            self.scene.desk.do_with_reasons("review.keep", officer, senior, fields)
            return
        if not row.sessions_after:
            self.scene.desk.must_refuse("review.keep", officer, fields, ("no_session_left",))
        if row.notice_kind == "penalty_notice":
            (notice,) = self.scene.desk.rows(PenaltyNoticeRow, id=row.notice_id)
            self._withdraw(notice, officer, "material_errors" if row.sessions_after else OUGHT_NOT, ERRORS)
        else:
            (improvement,) = self.scene.desk.rows(NoticeToImproveRow, id=row.notice_id)
            fields = {"reference": improvement.reference, "why": ERRORS}
            self.scene.desk.do("notice_to_improve.withdraw", officer, fields)

    def _withdraw(self, notice: PenaltyNoticeRow, officer: Actor, ground: str, why: str) -> None:
        staffing = self.scene.staffing
        who = officer if staffing.may_issue(officer) else staffing.senior
        fields = {"reference": notice.reference, "ground": ground, "why": why}
        self.scene.desk.do("penalty_notice.withdraw", who, fields)
