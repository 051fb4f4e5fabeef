"""How schools ask for a notice: the form, the parents named, the evidence item by item, sending it."""

from collections.abc import Iterator
from dataclasses import dataclass

from attendance.demo.year import papers
from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import Scene
from attendance.demo.year.schools.absences import Absence
from attendance.demo.year.schools.supporting import Supporting
from attendance.demo.year.stories import Asked, Story
from attendance.demo.year.texts import EXCEPTIONAL
from attendance.store.tables.letters import LetterRow
from rules.steps.facts import AbsenceKind

DRAFTS_IN_THE_LAST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Asking:
    """Makes and sends requests."""

    scene: Scene
    supporting: Supporting

    def ask(self, story: Story, episode: Episode, urn: str, absence: Absence) -> None:
        """Ask for a notice about an absence."""
        irregular = absence.kind is AbsenceKind.IRREGULAR
        if irregular and episode.support != "after_asked" and not story.supported:
            self.supporting.support(story, episode, urn)
        asked = self._made(story, episode, urn, absence)
        if not irregular:
            self._give_evidence(story, asked, absence)
        if not self._stays_a_draft(story, episode):
            self.scene.desk.do("request.send", self.scene.school(urn), {"reference": asked.reference})

    def _stays_a_draft(self, story: Story, episode: Episode) -> bool:
        last_days = (self.scene.until - self.scene.on).days < DRAFTS_IN_THE_LAST_DAYS
        return episode.request == "draft" or (last_days and not story.scripted)

    def _made(self, story: Story, episode: Episode, urn: str, absence: Absence) -> Asked:
        adults = story.adults_of(episode)
        fields = {
            "pupil_id": story.pupil_id,
            "school_urn": urn,
            "kind": absence.kind.value,
            "absent_from": absence.first,
            "absent_until": absence.last,
            "parents": tuple(self._named(adult) for adult in adults),
            "child_returned_on": absence.returned_on,
            "leave_applied_for": absence.first in story.declined,
            "exceptional_considered": absence.kind is AbsenceKind.LEAVE_OF_ABSENCE,
        }
        done = self.scene.desk.do("request.make", self.scene.school(urn), fields)
        asked = Asked(episode, absence.kind, urn, absence.first, absence.last, adults, done.reference)
        self.scene.stories.asked(story, asked)
        return asked

    def _named(self, adult_id: int) -> dict[str, object]:
        with self.scene.people() as people:
            adult = people.adult(adult_id, self.scene.on)
        lines = (*adult.address.lines, adult.address.postcode) if adult.address else ("not known",)
        return {"adult_id": adult_id, "name": adult.name, "address": ", ".join(lines)}

    def _give_evidence(self, story: Story, asked: Asked, absence: Absence) -> None:
        for item, document in self._evidence(story, asked, absence):
            if item not in asked.episode.forgets:
                self.scene.desk.do(
                    "request.give_evidence",
                    self.scene.school(asked.school_urn),
                    {
                        "reference": asked.reference,
                        "item": item,
                        "document": document,
                        "made_on": self.scene.on,
                    },
                )

    def _evidence(self, story: Story, asked: Asked, absence: Absence) -> Iterator[tuple[str, str]]:
        declined = story.declined.get(absence.first)
        warning = self._warning(story, asked, asked_for_leave=declined is not None)
        if declined is None:
            yield "unauthorised_letter", warning
        else:
            applied = papers.application(story.forename, absence.first, absence.last, absence.first)
            yield "leave_application", self._given(asked, applied, papers.TEXT, "application.txt")
            yield "leave_declined_letter", declined
        yield "penalty_notice_letter", warning
        shown = [mark for mark in absence.marks if absence.first <= mark.day <= absence.last]
        printed = papers.printout(asked.school_urn, shown, self.scene.on)
        yield "registration_printout", self._given(asked, printed, papers.TABLE, "register.csv")

    def _given(self, asked: Asked, content: bytes, media_type: str, name: str) -> str:
        return self.scene.desk.receive(self.scene.school(asked.school_urn), content, media_type, name)

    def _warning(self, story: Story, asked: Asked, *, asked_for_leave: bool) -> str:
        done = self.scene.desk.do(
            "letter.warn_of_notice",
            self.scene.school(asked.school_urn),
            {
                "pupil_id": story.pupil_id,
                "school_urn": asked.school_urn,
                "adult_id": asked.adults[0],
                "first_day": asked.absent_from,
                "last_day": asked.absent_until,
                "considered": (EXCEPTIONAL,),
                "asked_for_leave": asked_for_leave,
            },
        )
        return self.scene.desk.row(LetterRow, done.letters[0]).pdf_sha256
