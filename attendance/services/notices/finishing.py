"""How every act on a notice finishes: its duties derived anew, its one entry written, what it did said."""

from collections.abc import Mapping

from attendance.domain.record.payload import PayloadValue
from attendance.domain.steps.machine import plain
from attendance.services import duties, subjects
from attendance.services.work import Done, Outcome, Work
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow

TITLES = {"notice_to_improve": "Notice to Improve", "penalty_notice": "Penalty Notice"}


def finish(
    work: Work,
    row: NoticeToImproveRow | PenaltyNoticeRow,
    event: str,
    said: Mapping[str, PayloadValue],
    *,
    letters: tuple[LetterRow, ...] = (),
    sentences: tuple[str, ...] = (),
) -> Done:
    """Finish an act on a notice. `event` is what happened to it, `said` what the entry says besides."""
    if isinstance(row, PenaltyNoticeRow):
        duties.refresh_penalty_notice(work, row)
    else:
        duties.refresh_notice_to_improve(work, row)
    duties.refresh_what_led_to(work, row)
    payload = dict(said)
    if letters:
        payload["letters"] = tuple(letter.reference for letter in letters)
        payload["documents"] = tuple(
            digest for letter in letters for digest in (letter.pdf_sha256, letter.html_sha256)
        )
    stands = f"{TITLES[row.__tablename__]} {row.reference} is {plain(row.state)}."
    outcome = Outcome(
        event=f"{row.__tablename__}.{event}",
        subject=subjects.of_notice(row),
        sentences=(stands, *sentences),
        facts=payload,
        letters=tuple(letter.reference for letter in letters),
    )
    return work.finish(row, outcome)
