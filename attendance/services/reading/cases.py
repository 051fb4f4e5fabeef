"""Reading cases: lists, and one case with everything in it."""

from dataclasses import dataclass

from attendance.domain.errors import NotFound
from attendance.domain.steps.case import TABLE
from attendance.services.reading.asking import is_authority, seen_by
from attendance.services.reading.steps import StepNow, steps_now
from attendance.services.work import Work
from attendance.store.queries import aftermath, cases, duties, letters, notices, record, requests
from attendance.store.queries.aftermath import DecisionLine
from attendance.store.queries.cases import CaseFilter, CaseFound, CaseLine, EarlyHelpLine, SupportLine
from attendance.store.queries.duties import DutyLine
from attendance.store.queries.letters import LetterFilter, LetterLine
from attendance.store.queries.made import WHOLE, Page, Part
from attendance.store.queries.notices import (
    EarlierNoticeLine,
    NoticeCheckLine,
    NoticeFilter,
    NoticeToImproveLine,
    PenaltyNoticeLine,
)
from attendance.store.queries.record import EntryLine
from attendance.store.queries.requests import RequestFilter, RequestLine
from attendance.store.tables.cases import CaseRow


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case with everything in it. Support counts whether it came before the case or in it.

    What was asked of others about earlier notices, and what was decided, is for the authority alone. Of a
    long record it has the latest entries.
    """

    case: CaseLine
    support: tuple[SupportLine, ...]
    early_help: tuple[EarlyHelpLine, ...]
    requests: tuple[RequestLine, ...]
    notices_to_improve: tuple[NoticeToImproveLine, ...]
    penalty_notices: tuple[PenaltyNoticeLine, ...]
    earlier_notices: tuple[EarlierNoticeLine, ...]
    notice_checks: tuple[NoticeCheckLine, ...]
    letters: tuple[LetterLine, ...]
    duties: tuple[DutyLine, ...]
    steps: tuple[StepNow, ...]
    decisions: tuple[DecisionLine, ...]
    record: tuple[EntryLine, ...]


def case_lines(work: Work, wanted: CaseFilter, part: Part) -> Page[CaseLine]:
    """Return the cases that the actor may see, the newest first."""
    return cases.cases(work.opened.session, wanted, seen_by(work.actor), part)


def whole_case(work: Work, reference: str, *, decisions: bool = True) -> WholeCase:
    """Return a case with everything in it that the actor may see; raises `NotFound`.

    What its decisions rest on is asked for apart, since a page about the case shows it elsewhere.
    """
    session, schools = work.opened.session, seen_by(work.actor)
    found = case_found(work, reference)
    pupil_id = found.line.pupil_id
    school = frozenset({found.line.school_urn})
    wanted = NoticeFilter(case_id=found.id)
    authority = is_authority(work.actor)
    return WholeCase(
        case=found.line,
        support=cases.support(session, pupil_id, school),
        early_help=cases.early_help(session, pupil_id, school),
        requests=requests.requests(session, RequestFilter(case_id=found.id), schools, WHOLE).items,
        notices_to_improve=notices.notices_to_improve(session, wanted, schools, WHOLE).items,
        penalty_notices=notices.penalty_notices(session, wanted, schools, WHOLE).items,
        earlier_notices=notices.earlier_notices(session, pupil_id) if authority else (),
        notice_checks=notices.notice_checks(session, pupil_id) if authority else (),
        letters=letters.letters(session, LetterFilter(case_id=found.id), schools, WHOLE).items,
        duties=duties.duties_of_case(session, found.id, schools, work.on),
        steps=steps_now(work, TABLE, work.matters.get(CaseRow, found.id)),
        decisions=aftermath.decisions_in(session, found.id) if authority and decisions else (),
        record=record.latest_of_case(session, found.id, WHOLE) if authority else (),
    )


@dataclass(frozen=True, slots=True)
class RecordOfCase:
    """A case's part of the record: its entries, each checked, and what its decisions rest on."""

    case: CaseLine
    entries: Page[EntryLine]
    decisions: tuple[DecisionLine, ...]


def record_of_case(work: Work, reference: str, part: Part) -> RecordOfCase:
    """Return a case's part of the record; raises `NotFound`."""
    session, found = work.opened.session, case_found(work, reference)
    return RecordOfCase(
        case=found.line,
        entries=record.entries_of_case(session, found.id, part),
        decisions=aftermath.decisions_in(session, found.id),
    )


def case_found(work: Work, reference: str) -> CaseFound:
    """Return a case that the actor may see with its key; raises `NotFound`."""
    found = cases.case(work.opened.session, reference, seen_by(work.actor))
    if found is None:
        raise NotFound("case", reference)
    return found
