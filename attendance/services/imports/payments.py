"""Import payments: a file is checked whole, and then each transaction is recorded as an act of its own.

- A problem anywhere refuses the whole file, and nothing of it is recorded.
- A transaction that was recorded before is recognised by its number and recorded no second time; where its
  sum or its day differs, the file is refused.
- Each payment is its own act, so each has its entry in the record, its letter and its duties. A file that was
  broken off is sent again: what is there is recognised.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from attendance.domain.errors import NotAllowed
from attendance.domain.moment import Actor, Moment
from attendance.domain.record.entry import Subject
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.payment_files import PaymentArrival, read_payments
from attendance.intake.problems import FilesRefused, Problem, listed
from attendance.intake.received import ReceivedFile
from attendance.intake.rows import Located, Reading
from attendance.services.acts import perform
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.tables import said
from attendance.services.office import Office
from attendance.services.payments import ReceivePayment
from attendance.services.registry import act_named
from attendance.store.queries import aftermath
from attendance.store.queries.aftermath import PaymentLine

KIND = "payments"
NO_REFERENCE = "No reference given"
_RECEIVE = act_named("payment.receive")


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """One line of the file: what it says, and the payment that it became or was already.

    `payment` is None where nothing is recorded yet; `notice` is the notice that the money belongs to, None
    where it is matched to none.
    """

    line: int
    arrival: PaymentArrival
    payment: PaymentLine | None
    notice: str | None
    there_before: bool


@dataclass(frozen=True, slots=True)
class PaymentsOutcome:
    """What came of a file of payments, line by line."""

    outcome: ImportOutcome
    lines: tuple[PaymentTaken, ...] = ()

    @property
    def unmatched(self) -> tuple[PaymentTaken, ...]:
        """The lines whose money belongs to no notice that is known."""
        return tuple(line for line in self.lines if line.notice is None)


def import_payments(
    office: Office,
    actor: Actor,
    moment: Moment,
    file: ReceivedFile,
    *,
    limits: Limits = DEFAULT_LIMITS,
    dry_run: bool = False,
) -> PaymentsOutcome:
    """Import a file of payments; raises `NotAllowed`."""
    if actor.role not in _RECEIVE.by:
        raise NotAllowed("Payments are imported by the attendance office.")
    outcome = ImportOutcome(KIND, (file.sha256,), dry_run=dry_run)
    try:
        reading = read_payments(file.name, file.data, limits)
    except FilesRefused as refused:
        return PaymentsOutcome(replace(outcome, problems=refused.problems))
    before = _there(office, reading)
    checked = _checked(outcome, reading, before, moment)
    if checked.refused:
        return PaymentsOutcome(checked)
    if dry_run:
        return PaymentsOutcome(checked, tuple(_foreseen(office, reading, before)))
    for located in reading.values:
        if located.value.transaction not in before:
            perform(office, _RECEIVE, _given(located.value), actor, moment)
    after = _there(office, reading)
    lines = tuple(_taken(located, after[located.value.transaction], before) for located in reading.values)
    return PaymentsOutcome(_noted(office, actor, moment, checked), lines)


def _checked(
    outcome: ImportOutcome,
    reading: Reading[PaymentArrival],
    before: Mapping[str, PaymentLine],
    moment: Moment,
) -> ImportOutcome:
    there = sum(located.value.transaction in before for located in reading.values)
    days = [located.value.received_on for located in reading.values]
    return replace(
        outcome,
        rows=len(reading.values),
        added=len(reading.values) - there,
        unchanged=there,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        problems=listed((*reading.problems, *_problems(reading, before, moment))),
        warnings=listed(reading.warnings),
    )


def _problems(
    reading: Reading[PaymentArrival], before: Mapping[str, PaymentLine], moment: Moment
) -> Iterator[Problem]:
    for located in reading.values:
        arrival, known = located.value, before.get(located.value.transaction)
        if arrival.received_on > moment.on:
            said = f"After {moment.on}. Money is recorded once it has arrived. Check the day."
            yield Problem(reading.file, located.line, "received_on", said)
        if known is not None and (known.pence, known.received_on) != (arrival.pence, arrival.received_on):
            said = f"{known.reference} has this transaction with another sum or day. Check which is right."
            yield Problem(reading.file, located.line, "transaction", said)


def _there(office: Office, reading: Reading[PaymentArrival]) -> dict[str, PaymentLine]:
    wanted = [located.value.transaction for located in reading.values]
    with office.store.read() as session:
        return aftermath.payments_by_transaction(session, wanted)


def _foreseen(
    office: Office, reading: Reading[PaymentArrival], before: Mapping[str, PaymentLine]
) -> Iterator[PaymentTaken]:
    wanted = [_notice_named(located.value) for located in reading.values]
    with office.store.read() as session:
        issued = aftermath.issued_among(session, wanted)
    for located in reading.values:
        known = before.get(located.value.transaction)
        named = _notice_named(located.value)
        notice = known.penalty_notice if known else named if named in issued else None
        yield PaymentTaken(located.line, located.value, known, notice, known is not None)


def _taken(located: Located[PaymentArrival], payment: PaymentLine, before: Iterable[str]) -> PaymentTaken:
    there = located.value.transaction in before
    return PaymentTaken(located.line, located.value, payment, payment.penalty_notice, there)


def _notice_named(arrival: PaymentArrival) -> str:
    return arrival.reference.upper()


def _given(arrival: PaymentArrival) -> ReceivePayment:
    return ReceivePayment(
        pence=arrival.pence,
        received_on=arrival.received_on,
        paid_with_reference=arrival.reference or NO_REFERENCE,
        transaction=arrival.transaction,
    )


def _noted(office: Office, actor: Actor, moment: Moment, outcome: ImportOutcome) -> ImportOutcome:
    """Note in the record which file the payments came in."""
    if not outcome.added:
        return outcome
    with office.store.act(actor, moment) as act:
        entry = act.record("payments.imported", subject=Subject(), payload=said(outcome))
    return replace(outcome, entry=entry)
