"""Reading batches: lists, one batch with samples to look at, what waits for one, and what goes by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from attendance.domain.errors import NotFound
from attendance.services.work import Work
from attendance.store.queries import batches, letters
from attendance.store.queries.batches import BatchLine, LetterByHand, LetterWaiting
from attendance.store.queries.letters import LetterFilter, LetterLine
from attendance.store.queries.made import Page, Part

MOST_LETTERS = 400
"""The most letters that one batch is made of on a page."""


@dataclass(frozen=True, slots=True)
class WholeBatch:
    """A batch with its letters.

    `samples` are the references to look at: the first, the middle and the last letter of each kind. `notices`
    has the notice's reference for every letter that is a notice.
    """

    batch: BatchLine
    letters: tuple[LetterLine, ...]
    samples: tuple[str, ...]
    notices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a batch: the posting days with how many letters each, and one day's letters."""

    days: tuple[tuple[date, int], ...]
    day: date | None
    letters: tuple[LetterWaiting, ...]


def batch_lines(work: Work, part: Part) -> Page[BatchLine]:
    """Return the batches, the newest first."""
    return batches.batches(work.opened.session, part)


def whole_batch(work: Work, reference: str) -> WholeBatch:
    """Return a batch with its letters; raises `NotFound`."""
    session = work.opened.session
    line = batches.batch(session, reference)
    if line is None:
        raise NotFound("batch", reference)
    found = letters.letters(session, LetterFilter(batch=reference), None, Part(MOST_LETTERS)).items
    ordered = tuple(sorted(found, key=lambda one: (one.name, one.reference)))
    return WholeBatch(
        line,
        ordered,
        _samples(ordered),
        batches.notices_of(session, [one.reference for one in ordered]),
    )


def waiting(work: Work, day: date | None) -> Waiting:
    """Return what waits for a batch; the letters of the day asked for, else of the first day."""
    session = work.opened.session
    days = batches.days_waiting(session)
    chosen = day if day in {one for one, _ in days} else days[0][0] if days and day is None else None
    found = batches.letters_waiting(session, chosen, MOST_LETTERS) if chosen else ()
    return Waiting(days, chosen, found)


def by_hand(work: Work, school: str | None) -> tuple[LetterByHand, ...]:
    """Return the letters that go by hand and have not arrived, of a school or of all."""
    return batches.letters_by_hand(work.opened.session, school, MOST_LETTERS)


def _samples(found: tuple[LetterLine, ...]) -> tuple[str, ...]:
    kinds: dict[str, list[str]] = {}
    for one in found:
        kinds.setdefault(one.name, []).append(one.reference)
    chosen = (
        reference
        for references in kinds.values()
        for reference in (references[0], references[len(references) // 2], references[-1])
    )
    return tuple(dict.fromkeys(chosen))
