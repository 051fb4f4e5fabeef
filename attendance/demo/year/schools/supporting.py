"""Support first: what schools record of it, and the first letter of concern."""

from collections.abc import Mapping
from dataclasses import dataclass

from attendance.demo.year.plans import Episode
from attendance.demo.year.scene import Scene
from attendance.demo.year.stories import Story
from attendance.demo.year.texts import HELP_OFFERED
from attendance.domain.people import StaffMember, StaffRole

KINDS = ("parent_meeting", "home_visit", "mentoring", "pastoral_support", "letters_home")


@dataclass(frozen=True, slots=True)
class Supporting:
    """Records support and writes the first letter. `telephones` are the schools' numbers by URN."""

    scene: Scene
    telephones: Mapping[str, str]

    def support(self, story: Story, episode: Episode, urn: str) -> None:
        """Record what was offered, how it was met, and the offer of an Early Help Assessment."""
        declined = episode.support == "declined"
        first = self.scene.chance.whole(0, len(KINDS) - 1, story.upn, "support")
        for kind in (KINDS[first], KINDS[first - 1]):
            self._record(story, urn, kind, "declined" if declined else "taken_up")
        self._early_help(story, episode, urn)
        story.supported = True

    def _record(self, story: Story, urn: str, kind: str, response: str) -> None:
        self.scene.desk.do(
            "support.record",
            self.scene.school(urn),
            {
                "pupil_id": story.pupil_id,
                "school_urn": urn,
                "kind": kind,
                "on": self.scene.on,
                "response": response,
                "offered_by": self.lead(urn).name,
                "adult_id": story.adults[0],
                "pupil_voice": f"{story.forename} says that mornings are hard.",
            },
        )

    def _early_help(self, story: Story, episode: Episode, urn: str) -> None:
        answered = episode.early_help != "offered"
        self.scene.desk.do(
            "early_help.record",
            self.scene.school(urn),
            {
                "pupil_id": story.pupil_id,
                "school_urn": urn,
                "offered_on": self.scene.on,
                "answer": episode.early_help,
                "answered_on": self.scene.on if answered else None,
                "lead_practitioner": "school" if episode.early_help == "accepted" else "",
            },
        )

    def first_concern(self, story: Story, urn: str) -> None:
        """Prepare the first letter of concern to the parent whom the school speaks with."""
        lead = self.lead(urn)
        self.scene.desk.do(
            "letter.first_concern",
            self.scene.school(urn),
            {
                "pupil_id": story.pupil_id,
                "school_urn": urn,
                "adult_id": story.adults[0],
                "contact_name": lead.name,
                "contact_job_title": "Attendance lead",
                "contact_telephone": self.telephones[urn],
                "contact_email": lead.email,
                "help_offered": HELP_OFFERED,
            },
        )

    def lead(self, urn: str) -> StaffMember:
        """Return the school's attendance lead."""
        with self.scene.people() as people:
            return people.staff(urn, StaffRole.ATTENDANCE_LEAD, self.scene.on)[0]
