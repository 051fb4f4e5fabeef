"""What came of a file of payments, in words: every line, the unmatched ones first."""

from api.pages import paths
from api.pages.parts import Cell, Table, Tag
from api.pages.words import day, money, plain
from attendance.services.imports.payments import PaymentsOutcome, PaymentTaken
from letters.formats import counted


def outcome_said(found: PaymentsOutcome) -> tuple[str, ...]:
    """Return in sentences what the file changed, or would."""
    outcome = found.outcome
    new, old = counted(outcome.added, "payment"), counted(outcome.unchanged, "line")
    there = (f"Recorded before and left as it is: {old} of the file.",) if outcome.unchanged else ()
    if outcome.dry_run:
        last = ("Nothing is recorded yet. Choose the file again and record it.",)
        return (f"{new} would be recorded.", *there, *last)
    return (f"{new} recorded now, each with its own entry in the record.", *there)


def unmatched_table(found: PaymentsOutcome) -> Table:
    """Return the lines whose money belongs to no notice, each with the act that matches it."""
    rows = tuple(_unmatched(one) for one in found.unmatched)
    columns = ("Line", "Received", "Amount", "Reference given", "Transaction", "What to do")
    empty = "Every line belongs to a notice that was issued."
    return Table(counted(len(rows), "unmatched line"), columns, rows, empty)


def taken_table(found: PaymentsOutcome) -> Table:
    """Return every line and what became of it."""
    rows = tuple(_taken(one) for one in found.lines)
    columns = ("Line", "Received", "Amount", "Transaction", "Payment", "Notice", "What it is")
    return Table("Every line of the file", columns, rows, "The file has no line.")


def _unmatched(one: PaymentTaken) -> tuple[Cell, ...]:
    payment = one.payment
    settled = payment is not None and payment.state != "unmatched"
    if payment is None:
        act = Cell("Correct the reference, or record it and match it then")
    elif settled:
        act = Cell(f"Settled: {payment.settled_how}")
    else:
        match = paths.act("payment.match", reference=payment.reference)
        act = Cell(f"Match {payment.reference} to its notice", href=match)
    return (
        Cell(f"{one.line:,}"),
        Cell(day(one.arrival.received_on)),
        Cell(money(one.arrival.pence), numeric=True),
        Cell(one.arrival.reference or "None"),
        Cell(one.arrival.transaction),
        act,
    )


def _taken(one: PaymentTaken) -> tuple[Cell, ...]:
    payment = one.payment
    state = Tag("There before", "grey") if one.there_before else Tag("New", "green")
    return (
        Cell(f"{one.line:,}", tag=state),
        Cell(day(one.arrival.received_on)),
        Cell(money(one.arrival.pence), numeric=True),
        Cell(one.arrival.transaction),
        Cell(payment.reference, href=paths.matter(payment.reference)) if payment else Cell("Not yet"),
        Cell(one.notice or "No notice", href=paths.matter(one.notice or "")),
        Cell(plain(payment.judged) if payment else "Judged when it is recorded"),
    )
