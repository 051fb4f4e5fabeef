"""Reading what is on file about a pupil: letters, documents, and what happened, from the record.

- A school reads the letters and documents that it could read before, each on its own; never the record.
"""

from dataclasses import dataclass

from attendance.domain.errors import NotFound
from attendance.services.reading.asking import is_authority, seen_by
from attendance.services.reading.pupils import PupilSeen, pupil_seen
from attendance.services.requests import criteria
from attendance.services.work import Work
from attendance.store.queries import letters, papers, record
from attendance.store.queries.letters import LetterFilter, LetterLine, LetterNamed
from attendance.store.queries.made import Page, Part
from attendance.store.queries.papers import PaperLine
from attendance.store.queries.record import EntryLine
from attendance.store.tables.letters import LetterRow


@dataclass(frozen=True, slots=True)
class PapersOfPupil:
    """A pupil's letters, the newest first, and documents; `items` has the words of a request's items."""

    pupil: PupilSeen
    letters: Page[LetterLine]
    documents: tuple[PaperLine, ...]
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TimelineOfPupil:
    """A pupil, a part of the record's entries about the pupil, the newest first, and the letters in them."""

    pupil: PupilSeen
    entries: Page[EntryLine]
    letters: tuple[LetterNamed, ...]


def papers_of_pupil(work: Work, pupil_id: int, part: Part) -> PapersOfPupil:
    """Return the letters and documents about a pupil that the actor may read; raises `NotFound`."""
    session, schools = work.opened.session, seen_by(work.actor)
    pupil = pupil_seen(work, pupil_id)
    return PapersOfPupil(
        pupil=pupil,
        letters=letters.letters(session, LetterFilter(pupil_id=pupil_id), schools, part),
        documents=papers.papers(session, pupil_id, schools),
        items=criteria.evidence_texts(work),
    )


def timeline_of_pupil(work: Work, pupil_id: int, part: Part) -> TimelineOfPupil:
    """Return what the record says of a pupil, for the authority alone; raises `NotFound`."""
    if not is_authority(work.actor):
        raise NotFound("record of pupil", str(pupil_id))
    session, pupil = work.opened.session, pupil_seen(work, pupil_id)
    entries = record.entries_of_pupil(session, pupil_id, part)
    ids = [one.step_id for one in entries.items if one.step == LetterRow.__tablename__ and one.step_id]
    return TimelineOfPupil(pupil, entries, letters.names_of(session, ids))
