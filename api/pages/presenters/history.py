"""What happened in a matter, in words: representations, reviews, decisions, and its entries of the record."""

import json

from api.pages import paths
from api.pages.parts import Cell, Event, Link, Table, Tag
from api.pages.presenters.entries import entry_event, event_title
from api.pages.words import day, instant, plain
from attendance.services.reviews import told_of_review
from attendance.store.queries.aftermath import DecisionLine, RepresentationLine, ReviewLine
from attendance.store.queries.record import EntryLine


def representation_events(found: tuple[RepresentationLine, ...]) -> tuple[Event, ...]:
    """Return what a parent said about a notice, and the answers."""
    return tuple(
        Event(
            title=f"{one.reference}: {plain(one.state).lower()}",
            when=day(one.received_on),
            machine_when=one.received_on.isoformat(),
            who=f"received by {one.received_by}{_written_for(one)}",
            sentences=tuple(
                text
                for text in (one.said, f"Answer: {one.answer}" if one.answer else "No answer yet.")
                if text
            ),
            link=None
            if one.answer
            else Link(f"Answer {one.reference}", paths.act("representation.answer", reference=one.reference)),
        )
        for one in found
    )


def _written_for(one: RepresentationLine) -> str:
    return f", written for the parent by {one.made_for_them_by}" if one.made_for_them_by else ""


def review_events(found: tuple[ReviewLine, ...]) -> tuple[Event, ...]:
    """Return the reviews that corrected marks opened."""
    return tuple(
        Event(
            title=f"{one.reference}: {plain(one.state).lower()}",
            when=day(one.opened_on),
            machine_when=one.opened_on.isoformat(),
            who=one.decided_by,
            sentences=told_of_review(
                one.sessions_before, one.sessions_after, threshold_stands=one.threshold_stands
            ),
            link=None
            if one.decided_on
            else Link(f"Decide on {one.reference}", paths.act("review.keep", reference=one.reference)),
        )
        for one in found
    )


def decision_events(found: tuple[DecisionLine, ...]) -> tuple[Event, ...]:
    """Return the decisions of a matter with what each rests on, the latest first."""
    return tuple(
        Event(
            title=plain(one.act.replace(".", ": ")),
            when=instant(one.at_utc),
            machine_when=one.at_utc.isoformat(),
            who=f"{one.decided_by}, {plain(one.role).lower()}",
            sentences=_found(one.finding),
        )
        for one in reversed(found)
    )


def _found(finding: object) -> tuple[str, ...]:
    if not isinstance(finding, dict):
        return ()
    values = finding.get("values", [])
    named = [f"{value['name']} (since {value['since']}, {value['confidence']})" for value in values]
    sources = (f"Values in force: {'; '.join(named)}.",) if named else ()
    return (*[str(sentence) for sentence in finding.get("sentences", [])], *sources)


def entry_rows(found: tuple[EntryLine, ...], more: Link | None = None) -> Table:
    """Return entries of the record, each with whether it is as it was written."""
    rows = tuple(
        (
            Cell(f"{one.seq:,}"),
            Cell(one.at_utc.replace("T", " ")[:16], below="UTC"),
            Cell(event_title(one.event), below=f"{one.event}, {one.actor}"),
            Cell(tag=Tag("Intact", "green") if one.intact else Tag("Altered", "red")),
            Cell(one.hash[:16], folded=json.dumps(one.payload, ensure_ascii=False)),
        )
        for one in found
    )
    columns = ("Entry", "When", "What, and by whom", "Checked", "Hash and contents")
    return Table("Entries of the record", columns, rows, "There is no entry yet.", more=more)


def case_events(found: tuple[EntryLine, ...]) -> tuple[Event, ...]:
    """Return what happened in a case as a timeline, the latest first."""
    return tuple(entry_event(one) for one in reversed(found))
