"""Whom the demo's people have in mind: each family's plan, and what schools have asked for so far.

- A story holds intentions and memory; the facts are in the store.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from attendance.demo.authority import SyntheticAuthority
from attendance.demo.year.chance import Chance
from attendance.demo.year.desk import Desk
from attendance.demo.year.plans import Episode, plans, usual_episode
from attendance.domain.people import AdultKind, ParentBasis
from attendance.store.people import Parent, People
from rules.steps.facts import AbsenceKind


@dataclass(slots=True)
class Asked:
    """One request of a school: for what, about which days, for which adults."""

    episode: Episode
    kind: AbsenceKind
    school_urn: str
    absent_from: date
    absent_until: date
    adults: tuple[int, ...]
    reference: str = ""

    def place_of(self, adult_id: int) -> int:
        """Return the adult's place among those asked for."""
        return self.adults.index(adult_id)


@dataclass(slots=True)
class Story:
    """One pupil, the adults in the order of the plan, and what was asked so far.

    `declined` holds, by the first day of a leave, the letter that declined it. `concerned` says that the
    letter of first concern was written.
    """

    pupil_id: int
    forename: str
    school_urns: tuple[str, ...]
    adults: tuple[int, ...]
    episodes: tuple[Episode, ...]
    scripted: bool
    upn: str
    asked: list[Asked] = field(default_factory=list)
    declined: dict[date, str] = field(default_factory=dict)
    concerned: bool = False
    supported: bool = False

    @property
    def next(self) -> Episode | None:
        """The episode that comes next, or None where the plan ends."""
        place = len(self.asked)
        return self.episodes[place] if place < len(self.episodes) else None

    def adults_of(self, episode: Episode) -> tuple[int, ...]:
        """Return for whom the school asks."""
        return tuple(self.adults[place] for place in episode.asks_for) or self.adults


@dataclass(slots=True)
class Stories:
    """Every story, by pupil."""

    by_pupil: dict[int, Story] = field(default_factory=dict)
    by_request: dict[str, tuple[Story, Asked]] = field(default_factory=dict)

    def add(self, story: Story) -> Story:
        """Begin a story."""
        self.by_pupil[story.pupil_id] = story
        return story

    def asked(self, story: Story, asked: Asked) -> None:
        """Remember what a school has asked for."""
        story.asked.append(asked)
        self.by_request[asked.reference] = (story, asked)


def scripted_stories(desk: Desk, authority: SyntheticAuthority) -> Stories:
    """Return the stories of the scripted families."""
    stories = Stories()
    with desk.office.store.read() as session:
        people = People(session)
        for character in authority.characters:
            pupil = people.pupil_by_upn(character.upn)
            enrolments = people.enrolments_of(pupil.id)
            others = tuple(e.school_urn for e in enrolments if e.school_urn != character.school_urn)
            story = Story(
                pupil_id=pupil.id,
                forename=pupil.forename,
                school_urns=(character.school_urn, *others),
                adults=tuple(people.adult_by_ref(ref).id for ref in character.adult_refs),
                episodes=plans()[character.key],
                scripted=True,
                upn=pupil.upn,
            )
            stories.add(story)
    return stories


def ordinary_story(desk: Desk, chance: Chance, pupil_id: int, school_urn: str) -> Story | None:
    """Return the story of an ordinary pupil, or None where no parent is known who could be written to."""
    with desk.office.store.read() as session:
        people = People(session)
        pupil = people.pupil(pupil_id)
        adults = _may_be_asked_for(people.parents_of(pupil_id, desk.on))
    if not adults:
        return None
    chosen = adults if chance.happens(0.4, pupil.upn, "both parents") else adults[:1]
    return Story(
        pupil_id=pupil_id,
        forename=pupil.forename,
        school_urns=(school_urn,),
        adults=chosen,
        episodes=(usual_episode(chance, pupil.upn),),
        scripted=False,
        upn=pupil.upn,
    )


def _may_be_asked_for(parents: Iterable[Parent]) -> tuple[int, ...]:
    return tuple(
        parent.adult.id
        for parent in parents
        if parent.adult.kind is AdultKind.PERSON
        and parent.adult.address is not None
        and parent.link.basis in {ParentBasis.NATURAL_PARENT, ParentBasis.PARENTAL_RESPONSIBILITY}
    )
