"""Letters: prepared for a day of posting, looked at in samples, and let go on that day.

- Everything that goes on a day is one batch; the senior officer looks at samples before anything goes.
- A notice that was not let go on its day is prepared anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from attendance.demo.year.desk import Barred
from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import Notice, Scene
from attendance.domain.moment import Actor
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow

FOUND = "The sample showed a telephone number that is out of date."
MISSED = "The post had gone before the notice was let go."
NO_LONGER = "The register no longer shows what the notice was decided on."
NOT_NOW = "What became known since the decision does not allow this notice."
MOVED = "The child has left the school. What was done is passed on to the new one."
TALKED = "The school has spoken with the parent today; the letter is not needed."
NOTICES: dict[str, type[NoticeToImproveRow] | type[PenaltyNoticeRow]] = {
    "notice_to_improve": NoticeToImproveRow,
    "penalty_notice": PenaltyNoticeRow,
}


@dataclass(slots=True)
class Mailing:
    """Prepares letters and lets them go."""

    scene: Scene
    _befallen: set[str] = field(default_factory=set)

    def prepare(self, duty: DutyRow, officer: Actor) -> None:
        """Prepare a notice's letter; where the register no longer bears it, cancel the notice."""
        notice = self._notice(duty)
        if self._has_moved(notice):
            self._cancel(duty, officer, MOVED)
            return
        ahead = self.scene.story_of(notice)[1].episode.ahead
        fields = {"reference": notice.reference, "posting_on": self.scene.next_working_day(ahead)}
        if not self.scene.desk.attempt(f"{duty.subject_kind}.prepare", officer, fields):
            self._cancel(duty, officer, NO_LONGER)

    def _has_moved(self, notice: Notice) -> bool:
        to_improve = isinstance(notice, NoticeToImproveRow)
        return to_improve and not self.scene.on_roll(notice.pupil_id, notice.school_urn)

    def _cancel(self, duty: DutyRow, officer: Actor, why: str) -> None:
        fields = {"reference": duty.subject_reference, "why": why}
        self.scene.desk.do(f"{duty.subject_kind}.cancel", officer, fields)

    def _notice(self, duty: DutyRow) -> Notice:
        return self.scene.desk.row(NOTICES[duty.subject_kind], duty.subject_reference)

    def post(self, duties: tuple[tuple[DutyRow, Actor], ...]) -> None:
        """Let go what is to go today: the notices whose day it is, and every other letter."""
        going = [(duty, officer, self._notice(duty)) for duty, officer in duties]
        going = [one for one in going if not self._is_held_up(*one)]
        letters = [self._letter(notice) for _, _, notice in going]
        others = tuple(self._others())
        batch = [letter.reference for letter in (*letters, *others)]
        if not batch:
            return
        self._sampled(batch)
        for duty, officer, notice in going:
            self._release(duty, officer, notice)
        for letter in others:
            self._let_go(letter)

    def _sampled(self, letters: list[str]) -> None:
        fields = {"letters": tuple(letters), "posting_on": self.scene.on}
        made = self.scene.desk.do("letter_batch.make", self._sender(), fields)
        senior = self.scene.staffing.senior
        self.scene.desk.do("letter_batch.sample", senior, {"reference": made.reference})

    def _sender(self) -> Actor:
        return next(iter(self.scene.staffing.officers.values()))

    def _letter(self, notice: Notice) -> LetterRow:
        (letter,) = self.scene.desk.rows(LetterRow, id=notice.letter_id)
        return letter

    def _is_held_up(self, duty: DutyRow, officer: Actor, notice: Notice) -> bool:
        """Do what befalls a notice before it goes; say whether it stays."""
        desk, kind, reference = self.scene.desk, duty.subject_kind, notice.reference
        if self._has_moved(notice):
            self._cancel(duty, officer, MOVED)
            return True
        if duty.due_on < self.scene.on:
            desk.must_refuse(f"{kind}.release", officer, {"reference": reference}, ("posting_day_differs",))
            desk.do(f"{kind}.hold", officer, {"reference": reference, "why": MISSED})
            return True
        episode = self.scene.story_of(notice)[1].episode
        if episode.letter not in {"held", "cancelled", "late"} or reference in self._befallen:
            return False
        self._befallen.add(reference)
        if episode.letter == "held":
            desk.do(f"{kind}.hold", officer, {"reference": reference, "why": FOUND})
        if episode.letter == "cancelled":
            self._cancel(duty, officer, episode.why)
        return True

    def _release(self, duty: DutyRow, officer: Actor, notice: Notice) -> None:
        senior, fields = self.scene.staffing.senior, {"reference": notice.reference}
        try:
            self.scene.desk.do_with_reasons(f"{duty.subject_kind}.release", officer, senior, fields)
        except Barred:
            if self.scene.story_of(notice)[0].scripted:
                raise
            self._cancel(duty, officer, NOT_NOW)

    def _let_go(self, letter: LetterRow) -> None:
        senior, fields = self.scene.staffing.senior, {"reference": letter.reference}
        self.scene.desk.do_with_reasons("letter.release", self._sender(), senior, fields)

    def _others(self) -> Iterator[LetterRow]:
        for held in self.scene.desk.rows(LetterRow, state="held", name="first_concern"):
            self.scene.desk.do("letter.resume", self._sender(), {"reference": held.reference})
            self._let_go(held)
        for letter in self.scene.desk.rows(LetterRow, state="prepared", for_posting_on=self.scene.on):
            if letter.name not in NOTICES and not self._befalls(letter):
                yield letter

    def _befalls(self, letter: LetterRow) -> bool:
        """Do what befalls a letter of first concern before it goes; say whether it stays."""
        episode = self._concern(letter)
        if episode is None or episode.concern not in {"held", "cancelled"}:
            return False
        fields = {"reference": letter.reference}
        if episode.concern == "held":
            self.scene.desk.do("letter.hold", self._sender(), {**fields, "why": FOUND})
        else:
            self.scene.desk.do("letter.cancel", self._sender(), {**fields, "why": TALKED})
        return True

    def _concern(self, letter: LetterRow) -> Episode | None:
        if letter.name != "first_concern":
            return None
        stories = self.scene.stories.by_pupil.values()
        found = [story for story in stories if letter.adult_id in story.adults and story.concerned]
        return found[0].episodes[0] if found else None
