"""Letters that come back, and the addresses that families turn out to have moved to."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from attendance.demo.authority import SyntheticAuthority
from attendance.demo.authority.files import write_table
from attendance.demo.year.loading import Loading
from attendance.demo.year.scene import Notice, Scene
from attendance.services.accounts import COMMAND_LINE
from attendance.services.imports import people
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow

COMES_BACK, MOVE_IS_KNOWN = timedelta(days=4), timedelta(days=2)
NOT_THERE = "Addressee has gone away"
NEW_LINE = "{number} Orchard Close"


@dataclass(slots=True)
class Post:
    """Brings letters back whose addressee has moved, and then the new address."""

    scene: Scene
    authority: SyntheticAuthority
    folder: Path
    _back: set[str] = field(default_factory=set)
    _moves: list[tuple[date, int]] = field(default_factory=list)

    def day(self) -> None:
        """Let letters come back, and new addresses become known."""
        for notice in self._served():
            if self._comes_back(notice):
                self._return(notice)
        self._return_concerns()
        known = [move for move in self._moves if move[0] <= self.scene.on]
        self._moves = [move for move in self._moves if move not in known]
        for _, adult in known:
            self._moved(adult)

    def _served(self) -> tuple[Notice, ...]:
        monitoring = self.scene.desk.rows(NoticeToImproveRow, state="monitoring")
        return (*monitoring, *self.scene.desk.rows(PenaltyNoticeRow, state="issued"))

    def _comes_back(self, notice: Notice) -> bool:
        _, asked = self.scene.story_of(notice)
        first = asked.place_of(notice.adult_id) == 0
        wanted = asked.episode.letter == "returned" and first and asked.reference not in self._back
        return wanted and notice.issued_on is not None and notice.issued_on + COMES_BACK <= self.scene.on

    def _return(self, notice: Notice) -> None:
        _, asked = self.scene.story_of(notice)
        self._back.add(asked.reference)
        fields = {"reference": notice.reference, "returned_on": self.scene.on, "why": NOT_THERE}
        name = f"{notice.__tablename__}.record_returned_mail"
        self.scene.desk.do(name, self.scene.staffing.senior, fields)
        self._moves.append((self.scene.on + MOVE_IS_KNOWN, notice.adult_id))

    def _return_concerns(self) -> None:
        wanted = {
            story.adults[0]
            for story in self.scene.stories.by_pupil.values()
            if story.concerned and story.episodes[0].concern == "returned"
        }
        for letter in self.scene.desk.rows(LetterRow, name="first_concern", state="released"):
            if (
                letter.adult_id in wanted
                and letter.served_on
                and letter.served_on + COMES_BACK <= self.scene.on
            ):
                fields = {"reference": letter.reference, "returned_on": self.scene.on, "why": NOT_THERE}
                self.scene.desk.do("letter.record_returned_mail", self.scene.staffing.senior, fields)

    def _moved(self, adult_id: int) -> None:
        with self.scene.people() as known:
            ref = known.adult(adult_id).ref
        line = NEW_LINE.format(number=self.scene.chance.whole(1, 60, ref, "moved"))
        row = self.authority.people.adults.filter(pl.col("adult_ref") == ref)
        path = write_table(
            self.folder / f"adults-{self.scene.on}-{ref}.csv", row.with_columns(address_line_1=pl.lit(line))
        )
        Loading(self.scene.desk, COMMAND_LINE, self.folder).table(people.ADULTS, path.name)
