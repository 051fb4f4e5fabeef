"""Reading pupils: search, and one pupil with everything that is known, counted and in hand.

- A school finds pupils who are or were on its roll, and sees of them what is its own.
- An adult's address is shown to the authority alone, so that a protected one cannot slip out.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from attendance.domain.people import ParentBasis
from attendance.services import register_facts
from attendance.services.reading.asking import enrolments_seen, is_authority, seen_by
from attendance.services.reading.findings import FindingShown, Source
from attendance.services.reading.register import MonthCounted, months_counted
from attendance.services.work import Work
from attendance.store.people import Parent
from attendance.store.queries import cases, people
from attendance.store.queries.cases import CaseFilter, CaseLine, EarlyHelpLine, SupportLine
from attendance.store.queries.made import WHOLE
from attendance.store.queries.people import PupilLine, SchoolLine
from rules.calendar import academic_year
from rules.errors import RulesError
from rules.stages import Counts, StageRule, absence_of, percent_text, stage_of, suggestions_of
from rules.steps.facts import SessionMark
from rules.threshold import ThresholdRule
from rules.wording import said_count, said_day


@dataclass(frozen=True, slots=True)
class FlagShown:
    """What changes the right way to deal with a pupil, between two days."""

    flag: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class EnrolmentShown:
    """A pupil's days on the roll of a school."""

    school_urn: str
    since: date
    until: date | None
    year_group: str
    main: bool


@dataclass(frozen=True, slots=True)
class ParentShown:
    """An adult and what makes the adult a parent of the pupil today. The address is for the authority."""

    adult_id: int
    ref: str
    name: str
    kind: str
    bases: tuple[ParentBasis, ...]
    lives_with: bool
    day_to_day: bool
    language: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkShown:
    """One mark of the register."""

    day: date
    session: str
    code: str


@dataclass(frozen=True, slots=True)
class ThresholdShown:
    """Whether the threshold is met with marks that no standing notice to this parent has used."""

    adult_id: int
    met_on: date | None
    sentence: str
    marks: tuple[MarkShown, ...]


@dataclass(frozen=True, slots=True)
class StandingShown:
    """Where the pupil stands at one school: counts from `since` to today, stage, absence and threshold.

    `attendance_percent` is rounded to one decimal, for reading only; empty where nothing was possible.
    `silent` says why the rules have no answer, where they have none.
    """

    school_urn: str
    since: date
    on: date
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    attendance_percent: str
    stage: FindingShown | None
    absence: FindingShown | None
    suggestions: tuple[FindingShown, ...]
    thresholds: tuple[ThresholdShown, ...]
    threshold_sources: tuple[Source, ...]
    silent: str


@dataclass(frozen=True, slots=True)
class WholePupil:
    """A pupil with everything that the actor may see."""

    id: int
    upn: str
    forename: str
    surname: str
    date_of_birth: date
    language: str
    home_la_code: str | None
    flags: tuple[FlagShown, ...]
    enrolments: tuple[EnrolmentShown, ...]
    parents: tuple[ParentShown, ...]
    standing: tuple[StandingShown, ...]
    support: tuple[SupportLine, ...]
    early_help: tuple[EarlyHelpLine, ...]
    cases: tuple[CaseLine, ...]


def find_pupils(work: Work, text: str, limit: int) -> tuple[PupilLine, ...]:
    """Return pupils by the beginning of a UPN, a name, forename or surname first, or by a reference."""
    return people.search_pupils(work.opened.session, text, seen_by(work.actor), work.on, limit)


def school_lines(work: Work) -> tuple[SchoolLine, ...]:
    """Return the schools that the actor may see, in order of name."""
    return people.schools_seen(work.opened.session, seen_by(work.actor))


@dataclass(frozen=True, slots=True)
class PupilSeen:
    """Who a pupil is: what every page about the pupil shows on top."""

    id: int
    upn: str
    forename: str
    surname: str
    date_of_birth: date
    flags: tuple[FlagShown, ...]
    enrolments: tuple[EnrolmentShown, ...]


def pupil_seen(work: Work, pupil_id: int) -> PupilSeen:
    """Return who a pupil is, without counting anything; raises `NotFound`."""
    pupil, enrolments = work.people.pupil(pupil_id), _enrolments(work, pupil_id)
    return PupilSeen(
        id=pupil.id,
        upn=pupil.upn,
        forename=pupil.forename,
        surname=pupil.surname,
        date_of_birth=pupil.date_of_birth,
        flags=_flags(work, pupil_id),
        enrolments=enrolments,
    )


def school_names(work: Work, enrolments: tuple[EnrolmentShown, ...]) -> dict[str, str]:
    """Return the names of the schools on whose rolls a pupil is or was, by URN."""
    urns = dict.fromkeys(one.school_urn for one in enrolments)
    work.people.read_ahead(urns)
    return {urn: work.people.school(urn).name for urn in urns}


def whole_pupil(work: Work, pupil_id: int) -> WholePupil:
    """Return a pupil with everything that the actor may see; raises `NotFound`."""
    session, schools = work.opened.session, seen_by(work.actor)
    pupil, enrolments = work.people.pupil(pupil_id), _enrolments(work, pupil_id)
    parents = work.people.parents_of(pupil_id, work.on)
    urns = dict.fromkeys(enrolment.school_urn for enrolment in enrolments)
    return WholePupil(
        id=pupil.id,
        upn=pupil.upn,
        forename=pupil.forename,
        surname=pupil.surname,
        date_of_birth=pupil.date_of_birth,
        language=pupil.language,
        home_la_code=pupil.home_la_code,
        flags=_flags(work, pupil_id),
        enrolments=enrolments,
        parents=tuple(_parent(parent, authority=is_authority(work.actor)) for parent in parents),
        standing=_standings(work, pupil_id, tuple(urns), parents),
        support=cases.support(session, pupil_id, schools),
        early_help=cases.early_help(session, pupil_id, schools),
        cases=cases.cases(session, CaseFilter(pupil_id=pupil_id), schools, WHOLE).items,
    )


def _flags(work: Work, pupil_id: int) -> tuple[FlagShown, ...]:
    return tuple(
        FlagShown(one.flag.value, one.since, one.until) for one in work.people.flag_history(pupil_id)
    )


def _enrolments(work: Work, pupil_id: int) -> tuple[EnrolmentShown, ...]:
    return tuple(
        EnrolmentShown(one.school_urn, one.since, one.until, one.year_group, one.main)
        for one in enrolments_seen(work, pupil_id)
    )


def _parent(parent: Parent, *, authority: bool) -> ParentShown:
    adult = parent.adult
    shown = adult.address if authority else None
    return ParentShown(
        adult_id=adult.id,
        ref=adult.ref,
        name=adult.name,
        kind=adult.kind.value,
        bases=tuple(link.basis for link in parent.links),
        lives_with=any(link.lives_with for link in parent.links),
        day_to_day=any(link.day_to_day for link in parent.links),
        language=adult.language,
        address=(*shown.lines, shown.postcode) if shown else (),
    )


def _standings(
    work: Work, pupil_id: int, urns: tuple[str, ...], parents: tuple[Parent, ...]
) -> tuple[StandingShown, ...]:
    with suppress(RulesError):  # each standing says itself why the rules have no answer
        register_facts.read_ahead(work, pupil_id, urns, tuple(parent.adult.id for parent in parents))
    return tuple(_standing(work, pupil_id, urn, parents) for urn in urns)


def _standing(work: Work, pupil_id: int, urn: str, parents: tuple[Parent, ...]) -> StandingShown:
    counts, since, silent = Counts(0, 0, 0), work.on, ""
    stage = absence = None
    suggestions: tuple[FindingShown, ...] = ()
    thresholds: tuple[ThresholdShown, ...] = ()
    sources: tuple[Source, ...] = ()
    try:
        since = academic_year(work.book, work.on).first
        counts = _of_the_year(months_counted(work, pupil_id, urn))
        rule = StageRule.of(work.book, work.on)
        stage, absence = FindingShown.of(stage_of(counts, rule)), FindingShown.of(absence_of(counts, rule))
        suggestions = tuple(FindingShown.of(finding) for finding in suggestions_of(counts, rule))
        thresholds = tuple(_threshold(work, pupil_id, urn, parent) for parent in parents)
        threshold = ThresholdRule.of(work.book, work.on)
        sources = (Source.of(threshold.sessions), Source.of(threshold.window))
    except RulesError as error:
        silent = str(error)
    return StandingShown(
        school_urn=urn,
        since=since,
        on=work.on,
        possible=counts.possible,
        attended=counts.attended,
        authorised=counts.authorised,
        unauthorised=counts.unauthorised,
        attendance_percent=percent_text(counts.attended, counts.possible) if counts.possible else "",
        stage=stage,
        absence=absence,
        suggestions=suggestions,
        thresholds=thresholds,
        threshold_sources=sources,
        silent=silent,
    )


def _of_the_year(months: tuple[MonthCounted, ...]) -> Counts:
    """Return what the months come to; the page shows each of them too, and they are counted once."""
    counts = [month.counts for month in months]
    return Counts(
        sum(one.attended for one in counts),
        sum(one.authorised for one in counts),
        sum(one.unauthorised for one in counts),
    )


def _threshold(work: Work, pupil_id: int, urn: str, parent: Parent) -> ThresholdShown:
    found = register_facts.threshold(work, pupil_id, urn, parent.adult.id)
    marks = said_count(len(found.marks), "unauthorised session")
    sentence = (
        f"Not met: {marks} in the window that ends with the latest school week."
        if found.met_on is None
        else f"First met on {said_day(found.met_on)}, with {marks} that no standing notice has used."
    )
    return ThresholdShown(parent.adult.id, found.met_on, sentence, tuple(map(_mark, found.marks)))


def _mark(mark: SessionMark) -> MarkShown:
    return MarkShown(mark.day, mark.session, mark.code)
