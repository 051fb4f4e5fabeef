"""Import registers: marks of any schools and days, whole or not at all.

- New marks are added; a mark that differs from the one that stands is a correction and keeps the old one,
  with who changed it, when it became known and why. Marks that stand already change nothing.
- The very same files a second time change nothing, also after later corrections; `again` has them read anew.
- The reason of a correction is the row's comment, or the reason given for the whole import.
- A school gives no marks of a child who was not on its roll that day; in an officer's file they are
  pointed out.
- What changes is known from the instant of the import; imports come in the order of their instants.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import file_digest, sha256

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attendance.domain.errors import BadInput
from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.domain.registers import MarkChange
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import FilesRefused, Problem, UnreadableFile, listed
from attendance.intake.register_csv import Register
from attendance.intake.register_files import Form, read_registers
from attendance.intake.register_layout import RegisterFile
from attendance.intake.wide_layout import WideLayout
from attendance.services.imports.allowed import must_return_registers, not_its_own
from attendance.services.imports.known import (
    NO_REASON,
    NOT_ON_YOUR_ROLL,
    NOT_YOURS,
    OUTSIDE,
    UNKNOWN_PUPIL,
    UNKNOWN_SCHOOL,
)
from attendance.services.imports.month_counts import count_months
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.register_plan import (
    Difference,
    Incoming,
    Reasons,
    add_difference,
    incoming,
    outside_enrolment,
    parts,
)
from attendance.services.imports.tables import Undone, must_change, said
from attendance.store.people import People
from attendance.store.register_codec import Cells, code_number, day_of
from attendance.store.register_digest import KIND, digest_of
from attendance.store.register_writing import NewImport, RegisterWriting
from attendance.store.registers import Registers, cells_in
from attendance.store.unit_of_work import OpenAct, Store
from rules.codes import RegisterCodes, Statistics
from rules.roles import Role

Follow = Callable[[OpenAct, Sequence[MarkChange]], tuple[str, ...]]
"""What the casework does about corrected marks within the same act: it returns the reviews it opened."""


def nothing_follows(_act: OpenAct, _corrections: Sequence[MarkChange]) -> tuple[str, ...]:
    """Open no review: there is no casework yet."""
    return ()


class ClockWentBack(BadInput):
    """The import's instant lies before that of an earlier import."""

    code = "clock_went_back"

    def __init__(self, at: datetime, latest: datetime) -> None:
        super().__init__(
            f"The clock says {at.isoformat()}, but a register was imported at {latest.isoformat()}. "
            "Set the clock right and import again."
        )


@dataclass(frozen=True, slots=True)
class Request:
    """Who imports which files, when and why."""

    actor: Actor
    moment: Moment
    files: tuple[RegisterFile, ...]
    digests: tuple[str, ...]
    codes: RegisterCodes
    reason: str
    follow: Follow

    @property
    def identity(self) -> str:
        """One SHA-256 for all the files together."""
        if len(self.digests) == 1:
            return self.digests[0]
        return sha256("\n".join(sorted(self.digests)).encode()).hexdigest()


def import_registers(  # noqa: PLR0913 - who, when, what and how
    store: Store,
    actor: Actor,
    moment: Moment,
    files: Sequence[RegisterFile],
    codes: RegisterCodes,
    *,
    reason: str = "",
    layout: WideLayout | None = None,
    again: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    dry_run: bool = False,
    follow: Follow = nothing_follows,
) -> ImportOutcome:
    """Import register files as one act.

    Args:
        store: the case store.
        actor: the attendance office, or a school for its own registers.
        moment: the instant from which the marks are known; later days are refused.
        files: CSV files or workbooks in the long form, or of one wide layout; a mark stands in one only.
        codes: the register codes of every era.
        reason: why marks are corrected, where a row has no comment that says so.
        layout: what the mapping file says, for wide registers.
        again: whether files that were imported before are read anew.
        limits: how large files may be.
        dry_run: say what would change, and change nothing.
        follow: what the casework does about corrected marks (`attendance.services.reviews.follow`).

    Raises:
        NotAllowed: the actor returns no registers.
        UnreadableFile: a file cannot be read.
        ClockWentBack: the moment lies before the latest import.
    """
    must_return_registers(actor)
    request = Request(actor, moment, tuple(files), tuple(map(_digest, files)), codes, reason, follow)
    outcome = ImportOutcome(KIND, request.digests, dry_run=dry_run)
    if not again:
        with store.read() as session:
            before = Registers(session).received(KIND, request.identity)
        if before is not None:
            at = before.received_at_utc
            return replace(outcome, rows=before.rows, unchanged=before.rows, received_before_at_utc=at)
    try:
        register = read_registers(request.files, Form(codes, moment.on, layout, limits))
    except FilesRefused as refused:
        return replace(outcome, problems=refused.problems)
    if dry_run:
        with store.read() as session:
            return _planned(outcome, request, register, People(session), Registers(session))[0]
    try:
        with store.act(actor, moment) as act:
            people, registers = People(act.session), Registers(act.session)
            done, difference = _planned(outcome, request, register, people, registers)
            must_change(done)
            entry, reviews = _written(act, request, done, difference)
    except Undone as undone:
        return undone.outcome
    return replace(done, entry=entry, reviews=reviews)


def _digest(file: RegisterFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(file.name, error.strerror or type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each row stands."""

    files: tuple[RegisterFile, ...]
    marks: pl.DataFrame

    def problem(self, row: int, column: str, message: str) -> Problem:
        file = self.files[self.marks["file"][row]]
        return Problem(file.name, self.marks["line"][row], column, message)


def _planned(
    outcome: ImportOutcome, request: Request, register: Register, people: People, registers: Registers
) -> tuple[ImportOutcome, Difference]:
    marks = incoming(register.marks)
    places = _Places(request.files, register.marks)
    difference = Difference()
    first, last = _span(marks)
    read = replace(
        outcome,
        rows=register.marks.height,
        warnings=register.warnings,
        schools=tuple(sorted(marks.urns)),
        first_day=first,
        last_day=last,
    )
    ids = people.pupil_ids(marks.upns)
    unknown = tuple(_not_known(request.actor, marks, places, people, ids))
    if unknown:
        return replace(read, problems=listed(unknown)), difference
    _refuse_earlier(request.moment, registers)
    pupil_ids = np.array([ids[upn] for upn in marks.upns], dtype=np.int32)
    odd: list[Problem] = list(register.warnings)
    barred: list[Problem] = []
    from_school = request.actor.role is Role.SCHOOL
    why = Reasons(request.actor.account, request.moment.at_utc, request.reason)
    spells, not_expected = people.spells(marks.urns), _not_expected(request.codes)
    there = registers.batches_by_school(marks.urns, first, last)
    for part in parts(marks, pupil_ids):
        before = cells_in(there.get(part.urn, ()), *_span(part.cells))
        add_difference(difference, part, before, marks.details, why)
        outside = outside_enrolment(part, spells[part.urn], not_expected)
        said_of = NOT_ON_YOUR_ROLL if from_school else OUTSIDE
        (barred if from_school else odd).extend(
            places.problem(row, "date", said_of.format(count=count)) for row, count in outside
        )
    return (
        replace(
            read,
            added=difference.added,
            changed=len(difference.corrections),
            unchanged=difference.unchanged,
            corrections=tuple(difference.corrections),
            warnings=listed(odd, register.warnings.unlisted),
            problems=listed(
                (
                    *barred,
                    *(places.problem(row, "code", NO_REASON) for row in difference.rows_without_reason),
                )
            ),
        ),
        difference,
    )


def _span(marks: Incoming | Cells) -> tuple[date, date]:
    return day_of(int(marks.day.min())), day_of(int(marks.day.max()))


def _not_known(
    actor: Actor, marks: Incoming, places: _Places, people: People, ids: dict[str, int]
) -> Iterator[Problem]:
    schools = {school.urn for school in people.schools()}
    closed = set(not_its_own(actor, marks.urns))
    for place, urn in enumerate(marks.urns):
        if urn not in schools or urn in closed:
            row = int(np.argmax(marks.school == place))
            yield places.problem(row, "school_urn", UNKNOWN_SCHOOL if urn not in closed else NOT_YOURS)
    for place, upn in enumerate(marks.upns):
        if upn not in ids:
            yield places.problem(int(np.argmax(marks.pupil == place)), "upn", UNKNOWN_PUPIL)


def _not_expected(codes: RegisterCodes) -> NDArray[np.uint16]:
    not_counted = {code for era in codes.eras for code in era.of(Statistics.NOT_COUNTED)}
    return np.array([code_number(code) for code in sorted(not_counted)], dtype=np.uint16)


def _refuse_earlier(moment: Moment, registers: Registers) -> None:
    latest = registers.latest_known_at()
    if latest is not None and moment.at_utc < latest:
        raise ClockWentBack(moment.at_utc, latest)


def _written(
    act: OpenAct, request: Request, done: ImportOutcome, difference: Difference
) -> tuple[int, tuple[str, ...]]:
    assert done.first_day is not None
    assert done.last_day is not None
    writing = RegisterWriting(act.session)
    known_at = request.moment.at_utc
    import_id = writing.add_import(
        NewImport(
            kind=KIND,
            sha256=request.identity,
            received_at_utc=known_at,
            received_by=request.actor.account,
            reason=request.reason,
            rows=done.rows,
            added=done.added,
            corrected=done.changed,
            unchanged=done.unchanged,
        )
    )
    writing.add_marks(import_id, known_at, difference.marks)
    writing.add_changes(import_id, difference.corrections)
    count_months(act, done.schools, done.first_day, done.last_day, request.codes)
    reviews = request.follow(act, difference.corrections) if difference.corrections else ()
    payload: dict[str, PayloadValue] = {
        **said(done),
        "import": import_id,
        "marks": digest_of(act.session, import_id),
        "schools": done.schools,
        "first_day": done.first_day,
        "last_day": done.last_day,
    }
    if request.reason and done.changed:
        payload["reason"] = act.reasons.keep("mark_corrected", request.reason)
    if reviews:
        payload["reviews"] = reviews
    return act.record("register.imported", subject=Subject(), payload=payload), reviews
