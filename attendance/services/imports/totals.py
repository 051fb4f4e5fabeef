"""Import the yearly totals that a common transfer file carries.

- They are kept apart from marks: they stage nobody and ground no step.
- A total that differs from the one stated last is added, and both stay.
"""

from collections.abc import Iterator
from dataclasses import replace

from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.domain.totals import AttendanceTotal
from attendance.intake.ctf import CtfTotal, read_totals
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import FilesRefused, Problem, listed
from attendance.intake.received import ReceivedFile
from attendance.intake.rows import Reading
from attendance.services.imports.allowed import must_be_office
from attendance.services.imports.known import UNKNOWN_PUPIL
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.tables import Undone, must_change, said
from attendance.store.people import People
from attendance.store.register_writing import NewImport, RegisterWriting
from attendance.store.totals import Totals
from attendance.store.unit_of_work import OpenAct, Store

KIND = "attendance_totals"
Planned = tuple[tuple[int, AttendanceTotal], ...]


def import_totals(
    store: Store,
    actor: Actor,
    moment: Moment,
    file: ReceivedFile,
    *,
    limits: Limits = DEFAULT_LIMITS,
    dry_run: bool = False,
) -> ImportOutcome:
    """Import the totals of one transfer file; raises `NotAllowed`."""
    must_be_office(actor)
    outcome = ImportOutcome(KIND, (file.sha256,), dry_run=dry_run)
    try:
        reading = read_totals(file.name, file.data, limits)
    except FilesRefused as refused:
        return replace(outcome, problems=refused.problems)
    if dry_run:
        with store.read() as session:
            return _planned(outcome, reading, People(session), Totals(session))[0]
    try:
        with store.act(actor, moment) as act:
            done, totals = _planned(outcome, reading, People(act.session), Totals(act.session))
            must_change(done)
            entry = _written(act, done, totals)
    except Undone as undone:
        return undone.outcome
    return replace(done, entry=entry)


def _planned(
    outcome: ImportOutcome, reading: Reading[CtfTotal], people: People, totals: Totals
) -> tuple[ImportOutcome, Planned]:
    schools = {(one.la_code, one.establishment_number): one.urn for one in people.schools()}
    ids = people.pupil_ids(located.value.upn for located in reading.values)
    unknown = tuple(_unknown(reading, schools, ids))
    if unknown or reading.problems:
        return replace(outcome, problems=listed((*reading.problems, *unknown))), ()
    given = {(one.upn, one.school_urn, one.year): one for one in _named(reading, schools)}
    there = {(one.upn, one.school_urn, one.year): one for one in totals.current()}
    new = [key for key in given if key not in there]
    changed = [key for key, one in given.items() if key in there and there[key] != one]
    planned = replace(
        outcome,
        rows=len(reading.values),
        added=len(new),
        changed=len(changed),
        unchanged=len(given) - len(new) - len(changed),
        warnings=listed(reading.warnings),
    )
    return planned, tuple((ids[key[0]], given[key]) for key in (*new, *changed))


def _unknown(
    reading: Reading[CtfTotal], schools: dict[tuple[str, str], str], ids: dict[str, int]
) -> Iterator[Problem]:
    for located in reading.values:
        total, where = located.value, f"pupil {located.line}"
        if total.upn not in ids:
            yield Problem(reading.file, 1, where, UNKNOWN_PUPIL)
        if (total.la_code, total.establishment_number) not in schools:
            yield Problem(reading.file, 1, where, _UNKNOWN_NUMBER)


def _named(reading: Reading[CtfTotal], schools: dict[tuple[str, str], str]) -> Iterator[AttendanceTotal]:
    for located in reading.values:
        total = located.value
        yield AttendanceTotal(
            upn=total.upn,
            school_urn=schools[total.la_code, total.establishment_number],
            year=total.year,
            possible=total.possible,
            attended=total.attended,
            authorised=total.authorised,
            unauthorised=total.unauthorised,
        )


def _written(act: OpenAct, done: ImportOutcome, totals: Planned) -> int:
    import_id = RegisterWriting(act.session).add_import(
        NewImport(
            kind=KIND,
            sha256=done.files[0],
            received_at_utc=act.moment.at_utc,
            received_by=act.actor.account,
            reason="",
            rows=done.rows,
            added=done.added,
            corrected=done.changed,
            unchanged=done.unchanged,
        )
    )
    Totals(act.session).add(import_id, act.moment.at_utc, totals)
    return act.record(
        "attendance_totals.imported", subject=Subject(), payload={**said(done), "import": import_id}
    )


_UNKNOWN_NUMBER = "No school with this authority and establishment number is known. Import the school first."
