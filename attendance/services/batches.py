"""Releasing a batch: each letter goes by its own act, so that each is asked what it must be asked.

- A letter that is refused stays, with everything that stands in its way; the others go.
- A notice goes by the notice's own act, which asks its guards; every other letter by the letter's.
"""

from dataclasses import dataclass

from attendance.domain.errors import AttendanceError, BadInput, StepRefused
from attendance.domain.moment import Actor, Moment
from attendance.domain.steps.letter import LetterState
from attendance.services.acts import perform
from attendance.services.office import Office
from attendance.services.reading.asking import reading
from attendance.services.reading.batches import whole_batch
from attendance.services.registry import act_named
from attendance.store.queries.letters import LetterLine

AT_ONCE = 100
"""The most letters that are released in one go."""


@dataclass(frozen=True, slots=True)
class LetterTried:
    """What became of one letter of a batch: it went, or it stayed and why."""

    reference: str
    name: str
    addressee: str
    went: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchReleased:
    """What became of the letters of a batch; `left` were not tried in this go."""

    tried: tuple[LetterTried, ...]
    left: int


def release_batch(office: Office, actor: Actor, moment: Moment, reference: str) -> BatchReleased:
    """Release the prepared letters of a batch today, as many as go at once.

    Raises `NotFound`, `NotAllowed`, and `BadInput` while nobody has looked at samples.
    """
    with reading(office, actor, moment) as work:
        found = whole_batch(work, reference)
    if found.batch.sampled_on is None:
        raise BadInput("Nobody has looked at samples of this batch yet. Look at them and say so first.")
    prepared = [one for one in found.letters if one.state == LetterState.PREPARED.value]
    tried = tuple(
        _tried(office, actor, moment, one, found.notices.get(one.reference)) for one in prepared[:AT_ONCE]
    )
    return BatchReleased(tried, len(prepared[AT_ONCE:]))


def _tried(office: Office, actor: Actor, moment: Moment, one: LetterLine, notice: str | None) -> LetterTried:
    act = act_named(f"{one.name}.release" if notice else "letter.release")
    given = act.input.model_validate({"reference": notice or one.reference})
    try:
        done = perform(office, act, given, actor, moment)
    except StepRefused as refused:
        why = tuple(f"{unmet.message} {unmet.remedy}" for unmet in refused.unmet)
        return LetterTried(one.reference, one.name, one.addressee, went=False, sentences=why)
    except AttendanceError as error:
        return LetterTried(one.reference, one.name, one.addressee, went=False, sentences=(str(error),))
    return LetterTried(one.reference, one.name, one.addressee, went=True, sentences=done.sentences)
