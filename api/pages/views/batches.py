"""Letters in batches: put together, looked at, held, released; and the sheet for what goes by hand."""

from datetime import date

from starlette.responses import Response

from api.pages import paths
from api.pages.access import OFFICERS
from api.pages.guard import Visit, Visiting, page_router
from api.pages.parts import Link, Tab
from api.pages.presenters.batches import (
    batch_facts,
    batch_letters,
    batches_table,
    released_tables,
    samples_shown,
    sheets,
)
from api.pages.presenters.steps import acts_named
from api.pages.rendering import show
from api.pages.words import day, plain
from attendance.domain.errors import BadInput
from attendance.services.batches import AT_ONCE, release_batch
from attendance.services.reading.asking import reading
from attendance.services.reading.batches import (
    Waiting,
    WholeBatch,
    batch_lines,
    by_hand,
    waiting,
    whole_batch,
)
from attendance.services.reading.pupils import school_lines
from attendance.store.queries.made import Part
from letters.formats import counted

router = page_router()

_SHOWN = 50


@router.get("/letter-batches", name="page.letter_batches")
def batches(visit: Visiting) -> Response:
    """List the batches, the newest first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = batch_lines(work, Part(_SHOWN, visit.asked("after")))
    more = Link("Show more", paths.with_query("/letter-batches", after=found.next)) if found.next else None
    officer = visit.actor.role in OFFICERS
    return show(
        visit,
        "batches.html",
        "Batches of letters",
        table=batches_table(found.items, more),
        officer=officer,
    )


@router.get("/letter-batches/new", name="page.letter_batch.new")
def new(visit: Visiting) -> Response:
    """Choose prepared letters of one posting day for a batch."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = waiting(work, _day(visit))
    visit.looked()
    chosen = found.day
    return show(
        visit,
        "batch_new.html",
        "Put prepared letters into a batch",
        tabs=_days(found),
        letters=found.letters,
        names={one.name: plain(one.name) for one in found.letters},
        chosen=day(chosen),
        parts=(("day", chosen.day), ("month", chosen.month), ("year", chosen.year)) if chosen else (),
    )


@router.get("/letter-batches/{reference}", name="page.letter_batch")
def batch(visit: Visiting, reference: str) -> Response:
    """Show a batch: samples to look at, its letters, and what can be done now."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = whole_batch(work, reference)
    visit.looked(reference=reference)
    officer = visit.actor.role in OFFICERS
    prepared = found.batch.letters.get("prepared", 0)
    sampled = found.batch.sampled_on is not None
    look = ("letter_batch.sample",) if not sampled else ()
    return show(
        visit,
        "batch.html",
        f"Batch {reference}",
        facts=batch_facts(found.batch),
        samples=samples_shown(found),
        table=batch_letters(found),
        acts=acts_named(look, visit.actor.role, reference=reference),
        release=f"/letter-batches/{reference}/release" if officer and sampled and prepared else "",
        prepared=counted(min(prepared, AT_ONCE), "letter"),
        held=_held(found) if not prepared else "",
        other_day=day(found.batch.for_posting_on) if found.batch.for_posting_on != visit.moment.on else "",
    )


@router.post("/letter-batches/{reference}/release", name="page.letter_batch.release")
def release(visit: Visiting, reference: str) -> Response:
    """Release the batch's letters, each by its own act, and say what went and what stayed."""
    found = release_batch(visit.office, visit.actor, visit.moment, reference)
    visit.looked(reference=reference)
    return show(
        visit,
        "batch_released.html",
        f"Batch {reference}: what went and what stayed",
        back=paths.matter(reference),
        tables=released_tables(found),
        left=counted(found.left, "letter") if found.left else "",
    )


@router.get("/hand-delivery", name="page.hand_delivery")
def hand_delivery(visit: Visiting) -> Response:
    """Show the sheet of letters that go by hand, a page for each school, to be printed and filled in."""
    asked = visit.asked("school")
    with reading(visit.office, visit.actor, visit.moment) as work:
        schools = school_lines(work)
        found = by_hand(work, asked or None)
    visit.looked(reference=asked)
    options = [{"value": one.urn, "text": one.name, "selected": one.urn == asked} for one in schools]
    return show(
        visit,
        "hand_delivery.html",
        "Letters to deliver by hand",
        sheets=sheets(found),
        names={one.name: plain(one.name) for one in found},
        today=day(visit.moment.on),
        schools=[{"value": "", "text": "Every school"}, *options],
    )


def _held(found: WholeBatch) -> str:
    held = found.batch.letters.get("held", 0)
    return f"{counted(held, 'letter')} {'is' if held == 1 else 'are'}" if held else ""


def _days(found: Waiting) -> tuple[Tab, ...]:
    return tuple(
        Tab(
            f"{day(one)} ({number})",
            paths.with_query("/letter-batches/new", posting_on=one.isoformat()),
            current=one == found.day,
        )
        for one, number in found.days
    )


def _day(visit: Visit) -> date | None:
    text = visit.asked("posting_on")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput("That is not a day. Choose one of those listed.") from error
