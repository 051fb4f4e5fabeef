"""The tables of first pages: what became of requests, where pupils stand, what was handed over."""

from collections.abc import Iterable
from datetime import date

from api.pages import paths
from api.pages.parts import Cell, Link, Table, Tag
from api.pages.presenters.matters import state_tag
from api.pages.presenters.standings import COLOURS
from api.pages.words import day, plain, share, until
from attendance.services.reading.figures import Pupils
from attendance.store.queries.notices import NoticeToImproveLine, PenaltyNoticeLine
from attendance.store.queries.requests import RequestLine
from letters.formats import counted
from rules.stages import Stage

_WITH_THE_SCHOOL = frozenset({"draft", "more_information_needed"})

Notice = PenaltyNoticeLine | NoticeToImproveLine


def followed_requests(found: tuple[RequestLine, ...], notices: Iterable[Notice], more: Link | None) -> Table:
    """Return a school's requests, the newest first, each with the latest notice that came of it."""
    followed: dict[str | None, Notice] = {}
    for notice in notices:
        followed.setdefault(notice.request, notice)
    rows = tuple(_request(one, followed.get(one.reference)) for one in found)
    columns = ("Request", "Pupil", "Asked for", "State", "What came of it")
    empty = "You have asked for no notice yet. Find the pupil first, then ask on the pupil’s page."
    return Table("Your requests", columns, rows, empty, more=more)


def stages_table(pupils: Pupils, urn: str) -> Table:
    """Return how many pupils stand at each stage, leading to them where it is one school."""
    rows = tuple(
        (
            Cell(tag=Tag(plain(stage.value), COLOURS[stage])),
            Cell(
                counted(pupils.by_stage.get(stage.value, 0), "pupil"),
                href=paths.with_query(f"/schools/{urn}", stage=stage.value) if urn else "",
            ),
            Cell(share(pupils.by_stage.get(stage.value, 0), pupils.counted)),
        )
        for stage in reversed(Stage)
    )
    return Table("Pupils by stage", ("Stage", "Pupils", "Share"), rows, "")


def handed_over(found: tuple[PenaltyNoticeLine, ...], on: date) -> Table:
    """Return the notices whose papers went to legal services, the nearest limit that can be met first.

    Those whose limits are both over come last.
    """
    ordered = sorted(found, key=lambda one: (one.last_limit_on < on, _next_limit(one, on)))
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(one.pupil, href=paths.pupil(one.pupil_id), below=one.school),
            Cell(one.adult),
            Cell(day(one.state_since)),
            _limits(one, on),
        )
        for one in ordered
    )
    columns = ("Notice", "Pupil", "Parent", "Handed over", "Proceedings must begin by")
    return Table("Handed over to you", columns, rows, "No papers have been handed over.")


def _next_limit(one: PenaltyNoticeLine, on: date) -> date:
    """Return the earlier limit of proceedings, or the later once the earlier has passed."""
    return one.first_limit_on if one.first_limit_on >= on else one.last_limit_on


def _limits(one: PenaltyNoticeLine, on: date) -> Cell:
    """Return until when proceedings can begin; which session counts, the first or the last, is contested."""
    first, last = one.first_limit_on, one.last_limit_on
    if last < on:
        what = "Both limits are over: nothing can begin. Tell the officer, who decides about the notice."
        return Cell(day(last), tag=Tag("Passed", "red"), below=f"for the last session. {what}")
    if first < on:
        passed = f"for the last session, {until(last, on)}; for the first it passed on {day(first)}"
        return Cell(day(last), tag=Tag("First passed", "yellow"), below=passed)
    return Cell(day(first), below=f"for the first session, {until(first, on)}; {day(last)} for the last")


def _request(one: RequestLine, notice: Notice | None) -> tuple[Cell, ...]:
    return (
        Cell(one.reference, href=paths.matter(one.reference)),
        Cell(one.pupil, href=paths.pupil(one.pupil_id)),
        Cell(plain(one.kind), below=day(one.made_on)),
        Cell(tag=state_tag(one.state), below=f"since {day(one.state_since)}"),
        Cell(
            notice.reference,
            href=paths.matter(notice.reference),
            below=f"{plain(notice.state)} since {day(notice.state_since)}",
        )
        if notice
        else _waits(one),
    )


def _waits(one: RequestLine) -> Cell:
    if one.state in _WITH_THE_SCHOOL:
        return Cell("Complete it and send it", href=paths.matter(one.reference))
    return Cell("Waits for an officer" if one.state == "requested" else "No notice")
