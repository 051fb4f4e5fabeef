"""Matters of a case in words: requests, notices, letters, money, and the decisions behind them."""

import json
from datetime import date

from api.pages import paths
from api.pages.parts import Cell, Event, Fact, Link, Table, Tag
from api.pages.words import count, day, instant, money, plain
from attendance.domain.registers import Session
from attendance.services.reading.findings import FindingShown
from attendance.services.reading.requests import WholeRequest
from attendance.store.queries.aftermath import DecisionLine, PaymentLine, RepresentationLine, ReviewLine
from attendance.store.queries.letters import LetterLine
from attendance.store.queries.notices import (
    ConsiderationLine,
    NoticeToImproveLine,
    PenaltyNoticeLine,
    SessionLine,
)
from attendance.store.queries.record import EntryLine
from attendance.store.queries.requests import RequestLine

LEAVE = "leave_of_absence"
_COLOURS = {
    "paid": "green",
    "improved": "green",
    "accepted": "green",
    "held": "orange",
    "returned": "orange",
    "unpaid": "red",
    "not_improved": "red",
    "refused": "red",
    "not_met": "red",
    "withdrawn": "grey",
    "cancelled": "grey",
    "closed": "grey",
    "unmatched": "orange",
}


def state_tag(state: str) -> Tag:
    """Return where a matter stands, as a tag."""
    return Tag(plain(state), _COLOURS.get(state, "blue"))


def requests_table(found: tuple[RequestLine, ...], more: Link | None = None) -> Table:
    """Return schools' requests as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(one.pupil, href=paths.pupil(one.pupil_id), below=one.school),
            Cell(plain(one.kind)),
            Cell(_span(one.absent_from, one.absent_until)),
            Cell(tag=state_tag(one.state), below=f"since {day(one.state_since)}"),
        )
        for one in found
    )
    columns = ("Request", "Pupil", "For", "Absence", "State")
    return Table("Requests", columns, rows, "There is no request here.", more=more)


def improvements_table(found: tuple[NoticeToImproveLine, ...], more: Link | None = None) -> Table:
    """Return notices to improve as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(one.pupil, href=paths.pupil(one.pupil_id), below=one.school),
            Cell(one.adult),
            Cell(_span(one.period_from, one.period_until) or "Not begun"),
            Cell(tag=state_tag(one.state), below=f"since {day(one.state_since)}"),
        )
        for one in found
    )
    columns = ("Notice", "Pupil", "Parent", "Period", "State")
    return Table("Notices to Improve", columns, rows, "There is no notice to improve here.", more=more)


def penalties_table(found: tuple[PenaltyNoticeLine, ...], more: Link | None = None) -> Table:
    """Return penalty notices as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(one.pupil, href=paths.pupil(one.pupil_id), below=one.school),
            Cell(one.adult),
            Cell(plain(one.absence_kind), below=_span(one.offence_from, one.offence_until)),
            Cell(day(one.issued_on, "Not issued")),
            Cell(tag=state_tag(one.state), below=f"since {day(one.state_since)}"),
        )
        for one in found
    )
    columns = ("Notice", "Pupil", "Parent", "Absence", "Issued", "State")
    return Table("Penalty Notices", columns, rows, "There is no penalty notice here.", more=more)


def letters_table(found: tuple[LetterLine, ...], more: Link | None = None) -> Table:
    """Return letters as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(plain(one.name)),
            Cell(one.addressee),
            Cell(day(one.for_posting_on), below=one.batch or ""),
            Cell(tag=state_tag(one.state), below=f"since {day(one.state_since)}"),
        )
        for one in found
    )
    columns = ("Letter", "What", "To", "To be posted", "State")
    return Table("Letters", columns, rows, "There is no letter here.", more=more)


def payments_table(found: tuple[PaymentLine, ...], more: Link | None = None) -> Table:
    """Return money received as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(day(one.received_on)),
            Cell(money(one.pence), numeric=True),
            Cell(one.penalty_notice or "No notice", href=paths.matter(one.penalty_notice or "")),
            Cell(tag=state_tag(one.state), below=plain(one.judged)),
        )
        for one in found
    )
    columns = ("Payment", "Received", "Amount", "Notice", "State")
    return Table("Payments", columns, rows, "No money is recorded here.", more=more)


def request_facts(one: RequestLine) -> tuple[Fact, ...]:
    """Return what a request says."""
    facts = [
        Fact("State", f"since {day(one.state_since)}", tag=state_tag(one.state)),
        Fact("Asked for", plain(one.kind)),
        Fact("Absence", _span(one.absent_from, one.absent_until)),
        Fact("Child came back", day(one.child_returned_on, "Not said")),
        *(_leave_facts(one) if one.kind == LEAVE else ()),
        Fact("Made", f"{day(one.made_on)} by {one.made_by}"),
        Fact("Sent", day(one.sent_on, "Not sent yet")),
        Fact("Case", one.case, href=paths.matter(one.case)),
    ]
    if one.note:
        facts.append(Fact("The school says", one.note))
    if one.answer:
        facts.append(Fact("Answer", one.answer, lines=(f"{day(one.decided_on)}, {one.decided_by}",)))
    return tuple(facts)


def _leave_facts(one: RequestLine) -> tuple[Fact, ...]:
    return (
        Fact("Leave was applied for", "Yes" if one.leave_applied_for else "No"),
        Fact("Exceptional circumstances considered", "Yes" if one.exceptional_considered else "No"),
    )


def criteria_shown(finding: FindingShown) -> tuple[str, ...]:
    """Return in sentences which criteria a request meets and which it does not."""
    messages = {one.message for one in finding.unmet}
    met = tuple(sentence for sentence in finding.sentences if sentence not in messages)
    return (*met, *(f"{one.message} {one.remedy}" for one in finding.unmet))


def named_parents(found: WholeRequest) -> Table:
    """Return the parents whom a request names."""
    rows = tuple(
        (Cell(one.name_given), Cell(", ".join(one.address_given.splitlines()))) for one in found.parents
    )
    return Table("Parents named", ("Parent", "Address as given"), rows, "No parent is named.")


def penalty_facts(one: PenaltyNoticeLine) -> tuple[Fact, ...]:
    """Return what a penalty notice says and where it stands."""
    early = (
        f"{money(one.reduced_pence)} by {day(one.reduced_until, 'a day set at issue')}, then "
        if one.reduced_pence
        else ""
    )
    return (
        Fact("State", f"since {day(one.state_since)}", tag=state_tag(one.state)),
        Fact("Parent", one.adult),
        Fact("Absence", plain(one.absence_kind), lines=(_span(one.offence_from, one.offence_until),)),
        Fact("Decided", f"{day(one.decided_on)} by {one.decided_by}"),
        Fact("Issued by", one.issuer, lines=(plain(one.issuer_capacity),)),
        Fact("Issued", day(one.issued_on, "Not yet")),
        Fact("To pay", f"{early}{money(one.full_pence)} by {day(one.payable_until, 'a day set at issue')}"),
        Fact("Proceedings must begin by", day(one.first_limit_on), lines=(_last_limit(one),)),
        Fact("Code of conduct", one.code_of_conduct),
        Fact("Case", one.case, href=paths.matter(one.case)),
        *_followed(one),
    )


def improvement_facts(one: NoticeToImproveLine) -> tuple[Fact, ...]:
    """Return what a notice to improve says and where it stands."""
    target = count(one.target_sessions, "unauthorised session")
    return (
        Fact("State", f"since {day(one.state_since)}", tag=state_tag(one.state)),
        Fact("Parent", one.adult),
        Fact("Rests on absence", _span(one.offence_from, one.offence_until)),
        Fact("Target", f"At most {target} in {count(one.period_days, 'school day')}"),
        Fact("Support offered", "", lines=tuple(one.further_support.splitlines())),
        Fact("Decided", f"{day(one.decided_on)} by {one.decided_by}"),
        Fact("Issued", day(one.issued_on, "Not yet")),
        Fact("Period", _span(one.period_from, one.period_until) or "Begins when the notice is received"),
        Fact("Review", day(one.review_on, "Set at release")),
        Fact("Case", one.case, href=paths.matter(one.case)),
    )


def sessions_table(found: tuple[SessionLine, ...]) -> Table:
    """Return the marks that a notice rests on."""
    codes = {(one.day, one.session): one.code for one in found}
    rows = tuple(
        (Cell(day(on)), *(Cell(codes.get((on, half.value), "–")) for half in Session))
        for on in dict.fromkeys(one.day for one in found)
    )
    title = f"The {count(len(found), 'session')} that the notice rests on"
    return Table(title, ("Day", "Morning", "Afternoon"), rows, "None.")


def considerations_table(found: tuple[ConsiderationLine, ...]) -> Table:
    """Return the questions asked before a penalty notice, with their answers."""
    rows = tuple(
        (Cell(plain(one.question)), Cell("Yes" if one.answer else "No"), Cell(one.why), Cell(one.answered_by))
        for one in found
    )
    return Table("What was considered", ("Question", "Answer", "Why", "By"), rows, "Nothing is answered yet.")


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
            sentences=(
                f"Unauthorised sessions before {one.sessions_before}, after {one.sessions_after}.",
                "The threshold is still met." if one.threshold_stands else "The threshold is no longer met.",
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


def entry_rows(found: tuple[EntryLine, ...], more: Link | None = None) -> Table:
    """Return entries of the record, each with whether it is as it was written."""
    rows = tuple(
        (
            Cell(f"{one.seq:,}"),
            Cell(one.at_utc.replace("T", " ")[:16], below="UTC"),
            Cell(plain(one.event.replace(".", ": ")), below=one.actor),
            Cell(tag=Tag("Intact", "green") if one.intact else Tag("Altered", "red")),
            Cell(one.hash[:16], folded=json.dumps(one.payload, ensure_ascii=False)),
        )
        for one in found
    )
    columns = ("Entry", "When", "What, and by whom", "Checked", "Hash and contents")
    return Table("Entries of the record", columns, rows, "There is no entry yet.", more=more)


def case_events(found: tuple[EntryLine, ...]) -> tuple[Event, ...]:
    """Return what happened in a case as a timeline, the latest first."""
    return tuple(
        Event(
            title=plain(one.event.replace(".", ": ").replace("_", " ")),
            when=day(date.fromisoformat(one.on_day)),
            machine_when=one.on_day,
            who=f"{one.actor}, {plain(one.role).lower()}",
            sentences=_referred(one),
        )
        for one in reversed(found)
    )


def _referred(one: EntryLine) -> tuple[str, ...]:
    payload = one.payload if isinstance(one.payload, dict) else {}
    reference = payload.get("reference")
    return (str(reference),) if reference else ()


def _found(finding: object) -> tuple[str, ...]:
    if not isinstance(finding, dict):
        return ()
    values = finding.get("values", [])
    named = [f"{value['name']} (since {value['since']}, {value['confidence']})" for value in values]
    sources = (f"Values in force: {'; '.join(named)}.",) if named else ()
    return (*[str(sentence) for sentence in finding.get("sentences", [])], *sources)


def _followed(one: PenaltyNoticeLine) -> tuple[Fact, ...]:
    said = (
        ("Paid", day(one.paid_on)),
        ("School told that it is unpaid", day(one.school_messaged_on)),
        ("School answers by", day(one.school_answer_due_on)),
        ("School’s answer", plain(one.school_answer) if one.school_answer else ""),
        ("Parent asked", day(one.parent_messaged_on)),
        ("Parent answers by", day(one.parent_reply_due_on)),
        ("Statement signed", day(one.statement_signed_on)),
        ("Certificate signed", day(one.certificate_signed_on)),
        ("Exhibits complete", day(one.exhibits_complete_on)),
        ("Withdrawn on the ground", plain(one.withdrawal_ground) if one.withdrawal_ground else ""),
        ("Ended", f"{day(one.ended_on)} {one.ended_reason}".strip()),
    )
    return tuple(Fact(key, value) for key, value in said if value)


def _last_limit(one: PenaltyNoticeLine) -> str:
    return f"for the first session; {day(one.last_limit_on)} for the last"


def _span(first: date | None, last: date | None) -> str:
    return f"{day(first)} to {day(last)}" if first and last else ""
