"""A pupil in words: who it is, where the pupil stands and why, and what was done."""

from dataclasses import dataclass
from datetime import date

from api.pages import paths
from api.pages.access import TABLE
from api.pages.parts import Cell, Event, Fact, Link, Tab, Table, Tag
from api.pages.presenters.refusals import source_shown
from api.pages.presenters.trend import Trend, trend_shown
from api.pages.words import day, instant, plain, share
from attendance.domain.people import holds_on
from attendance.services.reading.findings import FindingShown
from attendance.services.reading.pupils import ParentShown, PupilSeen, StandingShown, WholePupil
from attendance.services.reading.trend import SchoolTrend
from attendance.store.queries.cases import CaseLine, SupportLine
from letters.formats import counted
from rules.roles import Role

_STAGES = {"prevention": "green", "early_intervention": "yellow", "targeted": "red"}
_GRAVE = frozenset(
    {"looked_after", "child_protection_plan", "child_in_need", "protected_address", "safe_contact"}
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The bar on top of a pupil's pages, and the tabs that lead from one to another."""

    name: str
    details: tuple[str, ...]
    flags: tuple[Tag, ...]
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with the sentences and sources that it opens to."""

    title: str
    tag: Tag | None
    sentences: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a pupil stands at one school."""

    school: str
    percent: str
    period: str
    facts: tuple[Fact, ...]
    stage: Explained | None
    others: tuple[Explained, ...]
    register: Link
    silent: str
    trend: Trend | None


_TABS = (
    ("Overview", "", "page.pupil"),
    ("Register", "register", "page.pupil.register"),
    ("Steps", "steps", "page.pupil.steps"),
    ("Letters and evidence", "papers", "page.pupil.papers"),
    ("Timeline", "timeline", "page.pupil.timeline"),
)


def identity(
    found: WholePupil | PupilSeen, schools: dict[str, str], on: date, *, tab: str, role: Role
) -> Identity:
    """Return who the pupil is, what changes the right way to deal with the pupil, and the tabs.

    `tab` is the end of the address of the page that is open.
    """
    now = [one for one in found.enrolments if holds_on(one, on)]
    where = [f"{schools[one.school_urn]}{_year(one.year_group)}" for one in now] or ["On no roll today"]
    flags = [one for one in found.flags if holds_on(one, on)]
    return Identity(
        name=f"{found.forename} {found.surname}",
        details=(f"Born {day(found.date_of_birth)}", f"UPN {found.upn}", *where),
        flags=tuple(Tag(plain(one.flag), "purple" if one.flag in _GRAVE else "blue") for one in flags),
        tabs=tuple(
            Tab(text, paths.pupil(found.id, page), current=tab == page)
            for text, page, route in _TABS
            if role in TABLE[route]
        ),
    )


def standing_shown(
    one: StandingShown, found: WholePupil, schools: dict[str, str], trends: tuple[SchoolTrend, ...]
) -> Standing:
    """Return where the pupil stands at one school, with what each answer rests on."""
    months = next((each for each in trends if each.school_urn == one.school_urn), None)
    names = {parent.adult_id: parent.name for parent in found.parents}
    sources = tuple(source_shown(source) for source in one.threshold_sources)
    thresholds = tuple(
        Explained(f"Threshold, {names.get(each.adult_id, '')}", _met(each.met_on), (each.sentence,), sources)
        for each in one.thresholds
    )
    others = [_explained("Absence", one.absence)] if one.absence else []
    others += [_explained("Suggested", finding) for finding in one.suggestions]
    return Standing(
        school=schools[one.school_urn],
        percent=share(one.attended, one.possible),
        period=f"from {day(one.since)} to {day(one.on)}",
        facts=(
            Fact("Sessions possible", f"{one.possible:,}"),
            Fact("Attended", f"{one.attended:,}"),
            Fact("Authorised absence", f"{one.authorised:,}"),
            Fact("Unauthorised absence", f"{one.unauthorised:,}"),
        ),
        stage=_explained("Stage", one.stage) if one.stage else None,
        others=(*others, *thresholds),
        register=Link(
            "Open the register", paths.with_query(paths.pupil(found.id, "register"), school=one.school_urn)
        ),
        silent=one.silent,
        trend=trend_shown(months, schools[one.school_urn]) if months else None,
    )


def parents_table(found: WholePupil) -> Table:
    """Return the parents with what makes them parents."""
    rows = tuple(_parent(one) for one in found.parents)
    columns = ("Parent", "Why a parent", "Lives with the child", "Language")
    return Table("Parents", columns, rows, "No parent is recorded. Import the parents first.")


def enrolment_facts(found: WholePupil, schools: dict[str, str]) -> tuple[Fact, ...]:
    """Return on which rolls the pupil is and was."""
    return tuple(
        Fact(schools[one.school_urn], f"{day(one.since)} to {day(one.until, 'today')}{_year(one.year_group)}")
        for one in found.enrolments
    )


def support_events(found: WholePupil) -> tuple[Event, ...]:
    """Return what was done to support the pupil, as a timeline."""
    return tuple(_support(one) for one in found.support)


def early_help_table(found: WholePupil) -> Table:
    """Return the Early Help Assessments."""
    rows = tuple(
        (
            Cell(day(one.offered_on)),
            Cell(tag=Tag(plain(one.state))),
            Cell(day(one.completed_on, "Not completed")),
            Cell(one.lead_practitioner or "Nobody named"),
            Cell(day(one.plan_review_on, "None")),
        )
        for one in found.early_help
    )
    columns = ("Offered", "Answer", "Completed", "Lead practitioner", "Plan review")
    return Table("Early Help Assessments", columns, rows, "None was offered yet.")


def cases_table(cases: tuple[CaseLine, ...], caption: str, more: Link | None = None) -> Table:
    """Return cases as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(one.pupil, href=paths.pupil(one.pupil_id), below=one.school),
            Cell(tag=Tag(plain(one.state), "blue" if one.state == "open" else "grey"), below=one.officer),
            Cell(
                day(one.next_due_on, "Nothing due"),
                below=counted(one.open_duties, "duty", "duties") if one.open_duties else "",
            ),
        )
        for one in cases
    )
    columns = ("Case", "Pupil", "State and officer", "Next due")
    return Table(
        caption, columns, rows, "There is no case. A case opens with the first legal step.", more=more
    )


def _explained(title: str, finding: FindingShown) -> Explained:
    tag = Tag(plain(finding.outcome), _STAGES.get(finding.outcome, "blue"))
    return Explained(title, tag, finding.sentences, tuple(source_shown(one) for one in finding.sources))


def _met(on: date | None) -> Tag:
    return Tag("Not met", "grey") if on is None else Tag("Met", "orange")


def _parent(one: ParentShown) -> tuple[Cell, ...]:
    return (
        Cell(one.name, below=", ".join(one.address)),
        Cell(", ".join(plain(basis.value) for basis in one.bases)),
        Cell("Yes" if one.lives_with else "No"),
        Cell(one.language or "English"),
    )


def _support(one: SupportLine) -> Event:
    said = (
        ("What was done", one.detail),
        ("The pupil said", one.pupil_voice),
        ("The parent said", one.parent_voice),
    )
    sentences = tuple(f"{who}: {what}" for who, what in said if what)
    review = (f"To be reviewed on {day(one.review_on)}.",) if one.review_on else ()
    document = Link(plain(one.kind), paths.document(one.document_sha256)) if one.document_sha256 else None
    return Event(
        title=plain(one.kind),
        when=f"{day(one.on)} – {plain(one.state).lower()}",
        machine_when=one.on.isoformat(),
        who=f"{one.offered_by} (recorded {instant(one.recorded_at_utc)})",
        sentences=(*sentences, *review),
        link=document,
    )


def _year(year_group: str) -> str:
    return f", year {year_group}" if year_group else ""
