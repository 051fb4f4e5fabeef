"""Import term dates, INSET days and closures of schools.

- Periods are added; one that is there from the same day is replaced where its end or name differs.
- With `whole` the file is the whole calendar of each school in it: what it does not name is withdrawn.
- What is withdrawn stays in the calendar as it was known before.
- Terms of a school may not overlap, also not with those that are there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import FilesRefused, Problem, listed
from attendance.intake.received import ReceivedFile
from attendance.intake.rows import Reading
from attendance.intake.school_files import read_calendars
from attendance.services.imports.allowed import must_be_office
from attendance.services.imports.known import unknown_schools
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.tables import Undone, must_change, said
from attendance.store.calendars import Calendars, calendar_of
from attendance.store.people import People
from attendance.store.unit_of_work import Store


def import_calendars(  # noqa: PLR0913 - who, when, what and how
    store: Store,
    actor: Actor,
    moment: Moment,
    file: ReceivedFile,
    *,
    whole: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    dry_run: bool = False,
) -> ImportOutcome:
    """Import one file of term dates and closures; raises `NotAllowed`."""
    must_be_office(actor)
    outcome = ImportOutcome("calendars", (file.sha256,), dry_run=dry_run)
    try:
        reading = read_calendars(file.name, file.data, limits)
    except FilesRefused as refused:
        return replace(outcome, problems=refused.problems)
    if dry_run:
        with store.read() as session:
            known = frozenset(school.urn for school in People(session).schools())
            return _planned(outcome, reading, known, Calendars(session).periods(), whole=whole)[0]
    try:
        with store.act(actor, moment) as act:
            calendars = Calendars(act.session)
            known = frozenset(school.urn for school in People(act.session).schools())
            done, plan = _planned(outcome, reading, known, calendars.periods(), whole=whole)
            must_change(done)
            calendars.withdraw(plan.withdrawn, moment.at_utc)
            calendars.add(plan.added, moment.at_utc)
            entry = act.record(
                "calendars.imported",
                subject=Subject(),
                payload={**said(done), "withdrawn": done.withdrawn},
            )
    except Undone as undone:
        return undone.outcome
    return replace(done, entry=entry)


@dataclass(frozen=True, slots=True)
class _Plan:
    added: tuple[CalendarPeriod, ...] = ()
    withdrawn: tuple[CalendarPeriod, ...] = ()


def _planned(
    outcome: ImportOutcome,
    reading: Reading[CalendarPeriod],
    known: frozenset[str],
    there: tuple[CalendarPeriod, ...],
    *,
    whole: bool,
) -> tuple[ImportOutcome, _Plan]:
    before = {_key(period): period for period in there}
    given = {_key(located.value): located.value for located in reading.values}
    schools = {period.school_urn for period in given.values()}
    new = [period for key, period in given.items() if key not in before]
    differing = [key for key, period in given.items() if key in before and before[key] != period]
    gone = [key for key in before if whole and key[0] in schools and key not in given]
    after = {key: period for key, period in {**before, **given}.items() if key not in gone}
    planned = replace(
        outcome,
        rows=len(reading.values),
        added=len(new),
        changed=len(differing),
        unchanged=len(given) - len(new) - len(differing),
        withdrawn=len(gone),
        schools=tuple(sorted(schools)),
        warnings=listed(reading.warnings),
        problems=listed(
            (
                *reading.problems,
                *unknown_schools(reading, lambda period: period.school_urn, known),
                *_overlaps(reading, after.values()),
            )
        ),
    )
    plan = _Plan(
        added=(*new, *(given[key] for key in differing)),
        withdrawn=tuple(before[key] for key in (*differing, *gone)),
    )
    return planned, plan


def _key(period: CalendarPeriod) -> tuple[str, str, str]:
    return period.school_urn, period.kind.value, period.first_day.isoformat()


def _overlaps(reading: Reading[CalendarPeriod], after: Iterable[CalendarPeriod]) -> Iterator[Problem]:
    terms: dict[str, list[CalendarPeriod]] = {}
    for period in after:
        if period.kind is PeriodKind.TERM:
            terms.setdefault(period.school_urn, []).append(period)
    lines = {
        located.value.school_urn: located.line
        for located in reversed(reading.values)
        if located.value.kind is PeriodKind.TERM
    }
    for urn, line in lines.items():
        try:
            calendar_of(terms[urn])
        except ValueError as error:
            message = f"The terms of school {urn} do not fit together: {error}. Correct the dates."
            yield Problem(reading.file, line, "from", message)
