"""Reading for one actor: what the actor may see, and the services' questions asked without an act."""

from collections.abc import Iterator
from contextlib import contextmanager

from attendance.domain.errors import NotFound
from attendance.domain.moment import Actor, Moment
from attendance.domain.people import Enrolment
from attendance.domain.record.chain import START
from attendance.services.office import Office
from attendance.services.work import Work
from attendance.store.asked_once import keep_answers
from attendance.store.queries import aftermath
from attendance.store.queries.aftermath import DecisionLine
from attendance.store.queries.made import Schools
from attendance.store.unit_of_work import OpenAct
from rules.roles import Role

READING = "reading"


def seen_by(actor: Actor) -> Schools:
    """Return the schools whose matters the actor may see; None where it may see all."""
    return actor.schools if actor.role is Role.SCHOOL else None


@contextmanager
def reading(office: Office, actor: Actor, moment: Moment) -> Iterator[Work]:
    """Open a work that reads and cannot write, so that services can be asked what they would find."""
    with office.store.read() as session:
        keep_answers(session)
        yield Work(office, OpenAct(session, actor, moment, START), actor, moment, READING)


def enrolments_seen(work: Work, pupil_id: int) -> tuple[Enrolment, ...]:
    """Return a pupil's enrolments at the schools that the actor may see, oldest first.

    Raises `NotFound` for a school on whose roll the pupil never was.
    """
    found = tuple(one for one in work.people.enrolments_of(pupil_id) if work.actor.may_see(one.school_urn))
    if not found and not is_authority(work.actor):
        raise NotFound("pupil", str(pupil_id))
    return found


def is_authority(actor: Actor) -> bool:
    """Say whether the actor reads for the authority, and not for a school."""
    return actor.role is not Role.SCHOOL


def decisions_about(work: Work, kind: str, key: int) -> tuple[DecisionLine, ...]:
    """Return what was found whenever somebody decided on a matter; nothing for a school."""
    return aftermath.decisions_about(work.opened.session, kind, key) if is_authority(work.actor) else ()
