"""What an officer puts into a decision on a notice, and whom the officer asks beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from attendance.demo.authority.places import LA_CODE, NEIGHBOUR
from attendance.demo.year.plans import Episode, Trial
from attendance.demo.year.scene import Scene
from attendance.demo.year.stories import Asked, Story
from attendance.demo.year.texts import CONSIDERED, FURTHER_SUPPORT
from attendance.domain.moment import Actor
from attendance.domain.people import Flag, StaffMember, StaffRole
from attendance.store.people import People
from rules.steps.consulting import asked_for
from rules.steps.facts import AbsenceKind
from rules.steps.guard import InForce

Fields = dict[str, object]
EARLIER = (date(2024, 10, 14), date(2024, 9, 23), date(2024, 10, 4))


@dataclass(slots=True)
class Proposing:
    """Puts decisions together."""

    scene: Scene
    _asked: dict[tuple[int, int, str], date] = field(default_factory=dict)

    def improvement(self, story: Story, asked: Asked, adult: int) -> Fields:
        """Return a decision on a notice to improve."""
        most = self.scene.desk.office.book.policy(
            "notice_to_improve.period_school_days_maximum", self.scene.on
        )
        return {
            "pupil_id": story.pupil_id,
            "school_urn": asked.school_urn,
            "adult_id": adult,
            "target_sessions": asked.episode.target,
            "period_school_days": most.whole,
            "further_support": FURTHER_SUPPORT,
            "consulted": self._consulted(story),
            "home_authority_contacted_on": self.scene.on if self._lives_elsewhere(story) else None,
            "request": asked.reference,
        }

    def penalty(self, story: Story, asked: Asked, adult: int, officer: Actor) -> Fields:
        """Return a decision on a penalty notice: on the days asked about, and those of a notice to improve.

        A notice that rests on recent sessions can still be followed by a prosecution.
        """
        leave = asked.kind is AbsenceKind.LEAVE_OF_ABSENCE
        questions = [question for question in CONSIDERED if not (leave and question == "sufficient_support")]
        return {
            "pupil_id": story.pupil_id,
            "school_urn": asked.school_urn,
            "adult_id": adult,
            "kind": asked.kind.value,
            "issuer_staff_id": self.scene.staffing.issuer(officer),
            "posting_on": self.scene.next_working_day(asked.episode.ahead + 1),
            "considerations": tuple(
                {"question": question, "yes": True, "why": CONSIDERED[question]} for question in questions
            ),
            "offence_from": asked.absent_from,
            "offence_until": asked.absent_until if leave or asked.episode.step == "penalty_notice" else None,
            "skip_ground": asked.episode.ground,
            "consulted": self._consulted(story),
            "request": asked.reference,
        }

    def varied(self, fields: Fields, trial: Trial, asked: Asked) -> Fields:
        """Return a decision as a trial varies it."""
        match trial.without:
            case "considerations":
                fields = {**fields, "considerations": ()}
            case "consulted":
                fields = {**fields, "consulted": ()}
            case _:
                pass
        if trial.issuer:
            return {**fields, "issuer_staff_id": self._not_entitled(trial.issuer, asked)}
        return fields

    def _not_entitled(self, who: str, asked: Asked) -> int:
        with self.scene.people() as people:
            if who == "ended_deputy":
                return next(one.id for urn in self._schools(asked) for one in self._ended(people, urn))
            officers = people.staff(None, StaffRole.LAAO)
        return next(one.id for one in officers if one.email not in self.scene.staffing.authorised)

    def _schools(self, asked: Asked) -> tuple[str, ...]:
        """Return every school, the child's own first: whose deputy's authority ended differs by the city."""
        return asked.school_urn, *self.scene.staffing.schools

    def _ended(self, people: People, urn: str) -> Iterator[StaffMember]:
        deputies = people.staff(urn, StaffRole.AUTHORISED_DEPUTY)
        return (one for one in deputies if one.until is not None and one.until < self.scene.on)

    def ask_about_earlier(self, story: Story, adult: int, officer: Actor) -> None:
        """Ask the school and the parent about earlier notices before a decision, and record what they say."""
        if self._asked_before(story, adult, "family") != self.scene.on:
            self._ask(story, adult, officer, "The school and the parent", "None that they know of.")

    def ask_neighbour(self, story: Story, adult: int, episode: Episode, officer: Actor) -> None:
        """Ask the neighbouring authority where the family lives or lived there; record what it issued."""
        if not (episode.earlier_notice or self._lives_elsewhere(story)):
            return
        before = self._asked_before(story, adult, NEIGHBOUR)
        if before == self.scene.on:
            return
        if not episode.earlier_notice:
            self._ask(story, adult, officer, NEIGHBOUR, "No notice issued.", of_authority=True)
            return
        issued, since, until = EARLIER
        self._ask(story, adult, officer, NEIGHBOUR, f"One notice, issued on {issued}.", of_authority=True)
        if before is not None:
            return
        fields = {
            "pupil_id": story.pupil_id,
            "adult_id": adult,
            "kind": "school_attendance",
            "issued_by": NEIGHBOUR,
            "issued_on": issued,
            "offence_from": since,
            "offence_until": until,
            "source": "other_authority",
        }
        self.scene.desk.do("earlier_notice.record", officer, fields)

    def _asked_before(self, story: Story, adult: int, whom: str) -> date | None:
        """Return the day on which they were asked last, and note that they are asked today."""
        key = (story.pupil_id, adult, whom)
        before = self._asked.get(key)
        self._asked[key] = self.scene.on
        return before

    def _ask(
        self, story: Story, adult: int, officer: Actor, whom: str, answer: str, *, of_authority: bool = False
    ) -> None:
        fields = {"pupil_id": story.pupil_id, "adult_id": adult, "asked_of": whom}
        done = self.scene.desk.do("notice_check.ask", officer, {**fields, "of_authority": of_authority})
        self.scene.desk.do("notice_check.answer", officer, {"reference": done.reference, "answer": answer})

    def _consulted(self, story: Story) -> tuple[str, ...]:
        with self.scene.people() as people:
            flags: frozenset[Flag] = people.flags_of(story.pupil_id, self.scene.on)
        rules = InForce(self.scene.desk.office.book, self.scene.on)
        return tuple(one.code for one in asked_for(frozenset(flag.value for flag in flags), rules))

    def _lives_elsewhere(self, story: Story) -> bool:
        with self.scene.people() as people:
            home = people.pupil(story.pupil_id).home_la_code
        return home not in {None, LA_CODE}
