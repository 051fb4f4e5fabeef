"""What schools do when something is due from them: give information, ask the parent, answer, sign papers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from attendance.demo.year import papers
from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import Scene
from attendance.demo.year.schools.supporting import Supporting
from attendance.domain.moment import Actor
from attendance.domain.people import StaffRole
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from rules.roles import Role

THINKS = timedelta(days=2)
REPLIES = timedelta(days=4)
PAPERS = timedelta(days=6)
SHARE_THAT_REPLIES = 0.4

Handler = Callable[[DutyRow], None]


@dataclass(slots=True)
class Answering:
    """Works off what the due list has for schools."""

    scene: Scene
    supporting: Supporting
    _handlers: Mapping[str, Handler] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._handlers = {
            "give_information": self._give_information,
            "ask_parent": self._ask_parent,
            "answer_non_payment": self._answer,
            "sign_statement": self._sign_statement,
            "sign_certificate": self._sign_certificate,
            "complete_exhibits": self._complete_exhibits,
        }

    def day(self) -> None:
        """Let each school that is open do what is due from it."""
        for duty in self.scene.desk.rows(DutyRow, owner_role=Role.SCHOOL.value, cleared_on=None):
            if self.scene.is_open(duty.school_urn) and duty.opened_on < self.scene.on:
                self._handlers[duty.code](duty)

    def _school(self, duty: DutyRow) -> Actor:
        return self.scene.school(duty.school_urn)

    def _notice(self, duty: DutyRow) -> tuple[PenaltyNoticeRow, Episode]:
        notice = self.scene.desk.row(PenaltyNoticeRow, duty.subject_reference)
        return notice, self.scene.story_of(notice)[1].episode

    def _give_information(self, duty: DutyRow) -> None:
        if self.scene.on < duty.opened_on + THINKS:
            return
        request = self.scene.desk.row(RequestRow, duty.subject_reference)
        story, asked = self.scene.story_of(request)
        self.supporting.support(story, asked.episode, duty.school_urn)
        self.scene.desk.do("request.send", self._school(duty), {"reference": request.reference})

    def _ask_parent(self, duty: DutyRow) -> None:
        notice, episode = self._notice(duty)
        if episode.school_answers != "supports" or self.scene.on < duty.opened_on + THINKS:
            return
        desk, school = self.scene.desk, self._school(duty)
        done = desk.do("penalty_notice.prepare_parent_message", school, {"reference": notice.reference})
        letter = desk.row(LetterRow, done.letters[0])
        fields = {"reference": notice.reference, "asked_on": self.scene.on, "document": letter.pdf_sha256}
        desk.do("penalty_notice.record_parent_message", school, fields)

    def _answer(self, duty: DutyRow) -> None:
        notice, episode = self._notice(duty)
        school, on = self._school(duty), self.scene.on
        match episode.school_answers:
            case "declines" if on >= duty.opened_on + REPLIES:
                fields = {"reference": notice.reference}
                self.scene.desk.do("penalty_notice.school_declines", school, fields)
            case "supports" if notice.parent_reply_due_on is not None:
                self._reply(notice, school)
                waited = on > notice.parent_reply_due_on
                if waited and (not episode.on_last_day or on == duty.due_on):
                    self._support(notice, school)
            case _:
                return

    def _reply(self, notice: PenaltyNoticeRow, school: Actor) -> None:
        replied_on = notice.parent_messaged_on and notice.parent_messaged_on + REPLIES
        if replied_on != self.scene.on:
            return
        if self.scene.chance.happens(SHARE_THAT_REPLIES, notice.reference, "replies"):
            content = papers.message(notice.reference, self.scene.on)
            document = self.scene.desk.receive(school, content, papers.TEXT, "reply.txt")
            fields = {"reference": notice.reference, "replied_on": self.scene.on, "document": document}
            self.scene.desk.do("penalty_notice.record_parent_reply", school, fields)

    def _support(self, notice: PenaltyNoticeRow, school: Actor) -> None:
        senior, fields = self.scene.staffing.senior, {"reference": notice.reference}
        self.scene.desk.do_with_reasons("penalty_notice.school_supports", school, senior, fields)

    def _sign_statement(self, duty: DutyRow) -> None:
        self._sign(duty, "sign_statement", "Witness statement (section 9)", {})

    def _sign_certificate(self, duty: DutyRow) -> None:
        with self.scene.people() as people:
            head = people.staff(duty.school_urn, StaffRole.HEAD, self.scene.on)[0]
        what = "Certificate of attendance (section 566)"
        self._sign(duty, "sign_certificate", what, {"signed_by_staff_id": head.id}, head.name)

    def _sign(
        self, duty: DutyRow, step: str, what: str, further: Mapping[str, object], name: str = ""
    ) -> None:
        if not self._papers_come(duty):
            return
        signer = name or self.supporting.lead(duty.school_urn).name
        content = papers.signed(what, duty.subject_reference, signer, self.scene.on)
        school = self._school(duty)
        document = self.scene.desk.receive(school, content, papers.TEXT, f"{step}.txt")
        fields = {"reference": duty.subject_reference, "document": document, "signed_on": self.scene.on}
        self.scene.desk.do(f"penalty_notice.{step}", school, {**fields, **further})

    def _complete_exhibits(self, duty: DutyRow) -> None:
        if self._papers_come(duty):
            fields = {"reference": duty.subject_reference}
            self.scene.desk.do("penalty_notice.complete_exhibits", self._school(duty), fields)

    def _papers_come(self, duty: DutyRow) -> bool:
        _, episode = self._notice(duty)
        return episode.papers == "come" and self.scene.on >= duty.opened_on + PAPERS
