"""For those who check: the law in force on a day, the state of the whole record, and who read what."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus

from starlette.responses import Response

from api.pages import paths
from api.pages.forms.shown import Problem
from api.pages.guard import Visiting, page_router
from api.pages.help import anchor
from api.pages.parts import Cell, Fact, Link, Tab, Table, Tag
from api.pages.presenters.oversight import oversight_table
from api.pages.rendering import show
from api.pages.words import day, instant, plain
from attendance.domain.errors import BadInput
from attendance.services.reading.asking import reading
from attendance.services.reading.law import ParameterShown, law_on
from attendance.services.reading.oversight import oversight_lines
from attendance.services.reading.record import verified
from attendance.services.signing_in import attempts_to_sign_in, looks
from attendance.store.queries.made import Part
from attendance.store.queries.oversight import Look

router = page_router()

_SHOWN = 50
_LOOKS = (
    ("All", Look.ALL),
    ("Done with a reason", Look.OVERRIDES),
    ("Late", Look.LATE),
    ("Support skipped", Look.SUPPORT),
)
_NO_UNIT = frozenset({"table", "text", "list", "yes or no", "share"})
_PAGES = {
    "page.act": "Form of an act",
    "page.act.do": "Act, looked over or done",
    "page.home": "Work",
    "page.case.record": "Record of a case",
    "page.pupil.papers": "Letters and evidence of a pupil",
    "page.pupil.register": "Register of a pupil",
    "page.pupil.steps": "Steps for a pupil",
    "page.pupil.timeline": "Timeline of a pupil",
    "page.figures.pupils": "Pupils behind a figure",
    "page.figures.pupils.csv": "Pupils behind a figure, as a file",
    "page.letter.pdf": "Pages of a letter",
    "page.letter_batch.new": "Making a batch",
    "page.letter_batch.release": "Releasing a batch",
    "page.payments.file": "Payments from a file",
    "page.payments.file.do": "Payments from a file, sent",
    "page.registers.do": "Register, sent",
    "page.school.issuers": "Issuers of a school",
}
"""Pages whose route says less than their heading."""
_CONFIDENCE = {"verified": "green", "secondary": "blue", "unverified": "orange"}


@router.get("/law", name="page.law")
def law(visit: Visiting) -> Response:
    """Show every dated value of the law and the local code on a day."""
    today = visit.moment.on
    parts = {name: visit.asked(f"on-{name}").strip() for name in ("day", "month", "year")}
    if not any(parts.values()):
        parts = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    on = _day(parts)
    status = HTTPStatus.OK if on else HTTPStatus.UNPROCESSABLE_ENTITY
    problems = [] if on else [Problem("Which day? Give a real day, such as 27 3 2025", "#on-day")]
    table = _values(law_on(visit.office.book, on), on) if on else None
    title = "The law and the local code on a day"
    return show(visit, "law.html", title, status=status, parts=parts, problems=problems, table=table)


@router.get("/record", name="page.record")
def record(visit: Visiting) -> Response:
    """Examine the whole record where asked to, and say what was found."""
    facts: tuple[Fact, ...] = ()
    if visit.asked("examine") == "yes":
        found = verified(visit.office.store)
        faults = (*found.triggers_at_fault, *found.documents_altered, *found.reasons_altered)
        tag = Tag("Intact", "green") if found.intact else Tag("Broken", "red")
        facts = (
            Fact("The record", found.message, tag=tag),
            Fact("Entries", f"{found.entries:,}"),
            Fact("Last hash", found.head),
            Fact("Compared with the signed head at entry", f"{found.compared_with or 'No head is kept'}"),
            Fact("First bad entry", f"{found.first_bad_entry or 'None'}"),
            Fact("Altered beside it", ", ".join(faults) or "Nothing"),
        )
    return show(visit, "record.html", "The whole record", facts=facts)


@router.get("/oversight", name="page.oversight")
def oversight(visit: Visiting) -> Response:
    """List what was done with a reason, late, or without support first."""
    asked = visit.asked("only")
    if asked not in set(Look):
        raise BadInput("There are overrides, late acts and skipped support only.")
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = oversight_lines(work, Look(asked), Part(_SHOWN, visit.asked("after")))
    visit.looked()
    tabs = tuple(
        Tab(text, paths.with_query("/oversight", only=look.value), current=asked == look.value)
        for text, look in _LOOKS
    )
    rest = paths.with_query("/oversight", only=asked, after=found.next or "")
    more = Link("Show earlier ones", rest) if found.next else None
    title = "Overrides, late acts and skipped support"
    return show(visit, "list.html", title, tabs=tabs, table=oversight_table(found.items, more))


@router.get("/access-log", name="page.access_log")
def access_log(visit: Visiting) -> Response:
    """Show who looked at which pupil's data, and who signed in or tried to."""
    account = visit.asked("account").strip()
    store = visit.office.store
    reads = Table(
        "Who looked at what",
        ("When", "Account", "Page", "Pupil", "Matter"),
        tuple(
            (
                Cell(instant(one.at_utc)),
                Cell(one.account, below=plain(one.role)),
                Cell(_PAGES.get(one.page) or plain(one.page.removeprefix("page.").replace(".", "_"))),
                Cell(f"Pupil {one.pupil_id}", href=paths.pupil(one.pupil_id))
                if one.pupil_id
                else Cell("None"),
                Cell(one.reference, href=paths.matter(one.reference)),
            )
            for one in looks(store, account)
        ),
        "Nothing is known of that account." if account else "Nobody has looked at anything yet.",
    )
    tried = Table(
        "Who signed in, or tried to",
        ("When", "Account", "Way", "Came in", "From"),
        tuple(
            (
                Cell(instant(one.at_utc)),
                Cell(one.account or "No known account"),
                Cell(plain(one.way)),
                Cell(tag=Tag("Yes", "green") if one.came_in else Tag("No", "orange")),
                Cell(one.address),
            )
            for one in attempts_to_sign_in(store, account)
        ),
        "Nothing is known of that account." if account else "Nobody has signed in yet.",
    )
    return show(visit, "access_log.html", "Who read what", account_asked=account, tables=(reads, tried))


def _values(found: Sequence[ParameterShown], on: date) -> Table:
    return Table(
        f"Law and local code on {day(on)}",
        ("What", "Value", "In force since", "How sure", "Source"),
        tuple(_value(one) for one in found),
        "Nothing is known for this day.",
        id="values",
        row_ids=tuple(anchor(one.name) for one in found),
    )


def _value(one: ParameterShown) -> tuple[Cell, ...]:
    sure = one.confidence.value if one.confidence else ""
    known = one.value is not None
    unit = "" if one.unit in _NO_UNIT else one.unit
    return (
        Cell(one.title, below=one.name),
        Cell(_said(one.value) if known else plain(one.standing.value), below=unit),
        Cell(day(one.since)),
        Cell(tag=Tag(plain(sure), _CONFIDENCE[sure])) if sure else Cell("Not in force"),
        Cell("; ".join(str(cite) for cite in one.cites), below=one.not_enforced),
    )


def _said(value: object) -> str:
    match value:
        case dict():
            return "; ".join(f"{plain(str(name))}: {_said(entry)}" for name, entry in value.items())
        case list():
            return ", ".join(_said(entry) for entry in value)
        case bool():
            return "Yes" if value else "No"
        case _:
            return str(value)


def _day(parts: Mapping[str, str]) -> date | None:
    try:
        return date(*(int(parts[name]) for name in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None
