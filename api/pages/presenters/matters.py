"""Matters of a case in words: requests, notices, letters and money."""

from datetime import date

from api.pages import paths
from api.pages.parts import Cell, Fact, Link, Table, Tag
from api.pages.presenters.clocks import ENDED
from api.pages.presenters.refusals import met
from api.pages.words import day, money, plain
from attendance.domain.registers import Session
from attendance.domain.steps.penalty_notice import PenaltyNoticeState
from attendance.services.reading.findings import FindingShown
from attendance.services.reading.notices import Considered
from attendance.services.reading.requests import WholeRequest
from attendance.store.queries.aftermath import PaymentLine
from attendance.store.queries.letters import LetterLine
from attendance.store.queries.notices import (
    NoticeToImproveLine,
    PenaltyNoticeLine,
    SessionLine,
)
from attendance.store.queries.requests import RequestLine
from letters.formats import counted, sentence

LEAVE = "leave_of_absence"
_HOW_DECIDED = {
    "by_own_account": "Decided signed in to an own account",
    "in_writing": "Decided in a signed writing on file",
    "not": "",
}
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


def lacking(found: WholeRequest) -> tuple[str, ...]:
    """Return everything that a request which is not sent yet lacks, documents and the rest, in one list."""
    return tuple(f"{one.message} {one.remedy}" for one in found.criteria.unmet)


def anew(one: RequestLine) -> str:
    """Return where the same request is made anew; who is named is asked again: no link holds an address."""
    known: dict[str, object] = {"pupil_id": one.pupil_id, "school_urn": one.school_urn, "kind": one.kind}
    days = {"absent_from": one.absent_from, "absent_until": one.absent_until}
    for name, day_given in {**days, "child_returned_on": one.child_returned_on}.items():
        if day_given is not None:
            known |= {f"{name}-{part}": getattr(day_given, part) for part in ("day", "month", "year")}
    if one.kind == LEAVE:
        known["leave_applied_for"] = "yes" if one.leave_applied_for else "no"
        known["exceptional_considered"] = "yes" if one.exceptional_considered else "no"
    return paths.act("request.make", **known)


def criteria_shown(finding: FindingShown) -> tuple[str, ...]:
    """Return in sentences which criteria a request meets and which it does not."""
    return (*met(finding), *(f"{one.message} {one.remedy}" for one in finding.unmet))


def named_parents(found: WholeRequest) -> Table:
    """Return the parents whom a request names."""
    rows = tuple(
        (Cell(one.name_given), Cell(", ".join(one.address_given.splitlines()))) for one in found.parents
    )
    return Table("Parents named", ("Parent", "Address as given"), rows, "No parent is named.")


def penalty_facts(one: PenaltyNoticeLine) -> tuple[Fact, ...]:
    """Return what a penalty notice says and where it stands."""
    ended = PenaltyNoticeState(one.state) in ENDED
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
        Fact("Issued by", one.issuer, lines=(plain(one.issuer_capacity), _HOW_DECIDED[one.issuer_decided])),
        *_consulted(one.consulted),
        Fact("Issued", day(one.issued_on, "Not yet")),
        Fact(
            "Was to pay" if ended else "To pay",
            f"{early}{money(one.full_pence)} by {day(one.payable_until, 'a day set at issue')}",
        ),
        *(() if ended else (_limits(one),)),
        Fact("Code of conduct", one.code_of_conduct),
        Fact("Case", one.case, href=paths.matter(one.case)),
        *_followed(one),
    )


def improvement_facts(one: NoticeToImproveLine) -> tuple[Fact, ...]:
    """Return what a notice to improve says and where it stands."""
    target = counted(one.target_sessions, "unauthorised session")
    return (
        Fact("State", f"since {day(one.state_since)}", tag=state_tag(one.state)),
        Fact("Parent", one.adult),
        Fact("Rests on absence", _span(one.offence_from, one.offence_until)),
        Fact("Target", f"At most {target} in {counted(one.period_days, 'school day')}"),
        *_consulted(one.consulted),
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
    title = f"The {counted(len(found), 'session')} that the notice rests on"
    return Table(title, ("Day", "Morning", "Afternoon"), rows, "None.")


def considerations_table(found: tuple[Considered, ...]) -> Table:
    """Return the questions asked before a penalty notice, with their answers."""
    rows = tuple(
        (Cell(sentence(one.text)), Cell("Yes" if one.answer else "No"), Cell(one.why), Cell(one.answered_by))
        for one in found
    )
    return Table("What was considered", ("Question", "Answer", "Why", "By"), rows, "Nothing is answered yet.")


def _consulted(whom: tuple[str, ...]) -> tuple[Fact, ...]:
    return (Fact("Consulted", ", ".join(plain(one) for one in whom)),) if whom else ()


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


def _limits(one: PenaltyNoticeLine) -> Fact:
    last = f"for the first session; {day(one.last_limit_on)} for the last"
    return Fact("Proceedings must begin by", day(one.first_limit_on), lines=(last,))


def _span(first: date | None, last: date | None) -> str:
    return f"{day(first)} to {day(last)}" if first and last else ""
