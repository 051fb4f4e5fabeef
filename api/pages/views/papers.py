"""Letters, batches, documents and money."""

from urllib.parse import quote

from starlette.responses import Response

from api.pages import paths
from api.pages.access import OFFICERS
from api.pages.guard import Visiting, page_router
from api.pages.lists import more_of, part_of
from api.pages.parts import Fact, Link, Tab
from api.pages.presenters import matters as shown
from api.pages.presenters.steps import acts_named
from api.pages.rendering import show
from api.pages.words import day, money, plain
from api.security.access import AUTHORITY
from attendance.services.reading.asking import reading
from attendance.services.reading.letters import document as document_read
from attendance.services.reading.letters import letter_bytes, letter_lines, whole_letter
from attendance.services.reading.notices import payment_line, payment_lines
from attendance.store.queries.aftermath import PaymentLine
from attendance.store.queries.letters import LetterFilter, LetterLine

router = page_router()

_NOTICES = frozenset({"notice_to_improve", "penalty_notice"})
_OF_LETTER = {
    "prepared": ("letter.release", "letter.hold", "letter.prepare_anew", "letter.cancel"),
    "held": ("letter.resume", "letter.prepare_anew", "letter.cancel"),
    "released": ("letter.record_returned_mail",),
    "returned": ("letter.prepare_anew",),
}
_BATCHES = Link("Letters in batches, and what goes by hand", "/letter-batches")
_BY_FILE = Link("Record payments from a file", "/payments/file")
_PDF_ALONE = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'"
}
_APART = {"content-security-policy": "default-src 'none'; sandbox"}


@router.get("/letters", name="page.letters")
def letters(visit: Visiting) -> Response:
    """List the letters, the newest first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = letter_lines(work, LetterFilter(state=visit.asked("state") or None), part_of(visit))
    states = (("All", ""), ("Prepared", "prepared"), ("Held", "held"), ("Released", "released"))
    tabs = tuple(
        Tab(text, paths.with_query("/letters", state=state), current=visit.asked("state") == state)
        for text, state in (*states, ("Came back", "returned"))
    )
    return show(
        visit,
        "list.html",
        "Letters",
        help=("service",),
        tabs=tabs,
        table=shown.letters_table(found.items, more_of(visit, found)),
        beside=(_BATCHES,) if visit.actor.role in AUTHORITY else (),
    )


@router.get("/letters/{reference}", name="page.letter")
def letter(visit: Visiting, reference: str) -> Response:
    """Show a letter: where it stands, to whom it goes, and its very pages."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_letter(work, reference)
    line = found.letter
    visit.looked(reference=reference)
    acts = () if line.name in _NOTICES else _OF_LETTER.get(line.state, ())
    if found.waits_for_delivery:
        acts = ("letter.deliver", *acts)
    return show(
        visit,
        "letter.html",
        f"Letter {reference}",
        facts=_letter_facts(line, found.address_as_posted or ""),
        acts=acts_named(acts, visit.actor.role, reference=reference),
        own_notice=line.name in _NOTICES,
        pdf=f"/letters/{reference}/pdf",
    )


@router.get("/letters/{reference}/pdf", name="page.letter.pdf")
def letter_pdf(visit: Visiting, reference: str) -> Response:
    """Return the letter's pages as they were looked at and sent."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = letter_bytes(work, reference, html=False)
    visit.looked(reference=reference)
    shown_as = f"inline; filename={reference}.pdf"
    headers = {"content-disposition": shown_as, **_PDF_ALONE}
    return Response(found.content, media_type=found.media_type, headers=headers)


@router.get("/documents/{digest}", name="page.document")
def document(visit: Visiting, digest: str) -> Response:
    """Return a document as it came, to be kept and opened elsewhere: nothing in it runs here."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = document_read(work, digest)
    visit.looked(reference=digest)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(found.file_name)}", **_APART}
    return Response(found.content, media_type=found.media_type, headers=headers)


@router.get("/payments", name="page.payments")
def payments(visit: Visiting) -> Response:
    """List money received, the newest first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = payment_lines(work, part_of(visit), state=visit.asked("state") or None)
    states = (("All", ""), ("Unmatched", "unmatched"), ("Matched", "matched"), ("Settled", "settled"))
    tabs = tuple(
        Tab(text, paths.with_query("/payments", state=state), current=visit.asked("state") == state)
        for text, state in states
    )
    return show(
        visit,
        "list.html",
        "Payments",
        help=("discharge",),
        tabs=tabs,
        table=shown.payments_table(found.items, more_of(visit, found)),
        acts=acts_named(("payment.receive",), visit.actor.role),
        beside=(_BY_FILE,) if visit.actor.role in OFFICERS else (),
    )


@router.get("/payments/{reference}", name="page.payment")
def payment(visit: Visiting, reference: str) -> Response:
    """Show money received, what it was judged to be, and what became of it."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        line = payment_line(work, reference)
    visit.looked(reference=reference)
    return show(
        visit,
        "paper.html",
        f"Payment {reference}",
        facts=_payment_facts(line),
        acts=acts_named(_acts_on(line), visit.actor.role, reference=reference),
    )


def _acts_on(line: PaymentLine) -> tuple[str, ...]:
    """Return what can be done with money as it stands."""
    settle = () if line.state == "settled" else ("payment.settle",)
    refund = ("payment.refund",) if line.state == "settled" and line.refund_due_pence else ()
    return ("payment.rematch" if line.penalty_notice else "payment.match", *settle, *refund)


def _letter_facts(line: LetterLine, address: str) -> tuple[Fact, ...]:
    back = (f"{day(line.returned_on)}: {line.returned_why}",) if line.returned_on else ()
    return (
        Fact("What", plain(line.name)),
        Fact("State", f"since {day(line.state_since)}", tag=shown.state_tag(line.state)),
        Fact("To", line.addressee, lines=tuple(address.splitlines())),
        Fact("To be posted", day(line.for_posting_on)),
        Fact("How", plain(line.method)),
        Fact("Went out", f"{day(line.served_on, 'Not yet')} {line.served_by}".strip(), lines=back),
        *_delivery(line),
        Fact("Counts as received", day(line.deemed_received_on, "Not yet")),
        Fact("Prepared", f"{day(line.prepared_on)} by {line.prepared_by}"),
        Fact("Template", line.template_version),
        Fact("Case", line.case, href=paths.matter(line.case)),
    )


def _delivery(line: LetterLine) -> tuple[Fact, ...]:
    if line.delivered_on is None:
        return ()
    who = (plain(line.delivered_how), line.delivered_by, line.delivered_to)
    return (Fact("Delivered", day(line.delivered_on), lines=who),)


def _payment_facts(line: PaymentLine) -> tuple[Fact, ...]:
    judged = "" if line.judged == line.state else plain(line.judged)
    return (
        Fact("Amount", money(line.pence)),
        Fact("Received", day(line.received_on)),
        Fact("State", judged, tag=shown.state_tag(line.state)),
        Fact("Came with", line.paid_with_reference),
        Fact("Transaction", line.transaction),
        Fact("Notice", line.penalty_notice or "None", href=paths.matter(line.penalty_notice or "")),
        Fact("To pay back", money(line.refund_due_pence)),
        Fact("Paid back", money(line.refunded_pence)),
        Fact("Decided", f"{day(line.settled_on, 'Not yet')} {line.settled_how}".strip()),
        Fact("Recorded", f"{day(line.recorded_on)} by {line.recorded_by}"),
    )
