"""What a demo came to: pupils by stage, steps by state, letters, duties, and the record verified."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from attendance.domain.steps import TABLES
from attendance.services.office import Office
from attendance.services.pupils_staged import stage_pupils
from attendance.store.keys import read_head
from attendance.store.matters import Matters
from attendance.store.tables.base import Base
from attendance.store.tables.cases import CaseRow, DutyRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from attendance.store.tables.requests import RequestRow
from attendance.store.tables.reviews import RepresentationRow, ReviewRow
from attendance.store.unit_of_work import Store

KINDS: tuple[type[Base], ...] = (
    CaseRow,
    RequestRow,
    NoticeToImproveRow,
    PenaltyNoticeRow,
    RepresentationRow,
    ReviewRow,
    LetterRow,
)
NO_STAGE = "no possible sessions"


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of the real city beside the made-up one, with its source."""

    attendance: str = "93.0%"
    persistent: str = "20.2%"
    severe: str = "about 2%"
    source: str = "Coventry, autumn and spring 2023/24"


@dataclass(frozen=True, slots=True)
class Pupils:
    """Pupils on the rolls of all schools and their sessions in the year to date.

    `stages` counts them by stage. The three shares are of sessions, of pupils and of pupils.
    """

    schools: int
    enrolments: int
    stages: Mapping[str, int]
    attendance: Fraction
    persistent: Fraction
    severe: Fraction


@dataclass(frozen=True, slots=True)
class Steps:
    """One kind of matter: its title, and how many stand in each of its states, in the table's order."""

    title: str
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Due:
    """Open duties by what is to be done: those due later, and those past due."""

    later: Mapping[str, int]
    past: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Record:
    """The record after verification against the head outside the database."""

    entries: int
    head: str
    intact: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a demo came to on its last day."""

    on: date
    pupils: Pupils
    steps: tuple[Steps, ...]
    letters: Mapping[str, int]
    due: Due
    record: Record
    published: Published = Published()


def summary_of(office: Office, on: date) -> Summary:
    """Read what there is on that day, and verify the record."""
    with office.store.read() as session:
        matters = Matters(session)
        steps = tuple(_steps(matters, kind) for kind in KINDS)
        letters = Counter(row.name for row in matters.find(LetterRow))
        duties = matters.find(DutyRow, cleared_on=None)
    return Summary(
        on=on,
        pupils=_pupils(stage_pupils(office.store, office.book, on).table),
        steps=steps,
        letters=dict(sorted(letters.items())),
        due=Due(
            later=dict(sorted(Counter(row.code for row in duties if row.due_on >= on).items())),
            past=dict(sorted(Counter(row.code for row in duties if row.due_on < on).items())),
        ),
        record=_record(office.store),
    )


def _steps(matters: Matters, kind: type[Base]) -> Steps:
    (table,) = (table for table in TABLES if table.kind == kind.__tablename__)
    found = Counter(str(getattr(row, "state")) for row in matters.find(kind))  # noqa: B009 - every kind has it
    return Steps(table.title, {state.value: found[state.value] for state in table.states})


def _pupils(table: pl.DataFrame) -> Pupils:
    stages = Counter(table["stage"].fill_null(NO_STAGE).to_list())
    counted = table.filter(pl.col("possible") > 0)
    return Pupils(
        schools=table["school_urn"].n_unique(),
        enrolments=table.height,
        stages=dict(stages),
        attendance=_share(_sum(counted, "attended"), _sum(counted, "possible")),
        persistent=_share(_sum(counted, "persistently_absent"), counted.height),
        severe=_share(_sum(counted, "severely_absent"), counted.height),
    )


def _sum(table: pl.DataFrame, column: str) -> int:
    return int(table[column].cast(pl.Int64).sum())


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


def _record(store: Store) -> Record:
    head = read_head(store.head)
    examination = store.examine(head)
    return Record(entries=head.seq if head else 0, head=head.hash if head else "", intact=examination.intact)
