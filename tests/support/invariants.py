"""What must hold of the casework after every act, said again in the simplest way and without the services.

Each check takes the rows of every table as they were and as they are, and returns what is wrong.
"""

from collections import defaultdict
from datetime import date

from attendance.domain.steps import TABLES

NOT_STANDING = {"decided", "prepared", "held", "cancelled", "withdrawn"}
FRAMEWORK = date(2024, 8, 19)
BEFORE_ISSUE = {"decided": "prepare_letter", "prepared": "release_letter", "held": "resolve_hold"}
OF_A_PENALTY_NOTICE = {
    **BEFORE_ISSUE,
    "issued": "record_end_of_payment",
    "returned": "serve_again",
    "unpaid": "message_school time_limit",
    "awaiting_school": "answer_non_payment record_silence time_limit",
    "school_declined": "decide_unpaid time_limit",
    "school_silent": "decide_unpaid time_limit",
    "prosecution_supported": "hand_over time_limit",
    "for_prosecution": "hand_over time_limit",
}
OF_A_NOTICE_TO_IMPROVE = {**BEFORE_ISSUE, "monitoring": "review_period", "returned": "serve_again"}
PAPERS = {
    "sign_statement": "statement_signed_on",
    "sign_certificate": "certificate_signed_on",
    "complete_exhibits": "exhibits_complete_on",
}


def by_id(rows):
    """Return rows by their key."""
    return {row.id: row for row in rows}


def illegal_changes(before, after):
    """Every change of a state is one row of its table of steps; what is new begins where the table begins."""
    for table in TABLES:
        was = by_id(before[table.kind])
        allowed = {(source.value, row.target.value) for row in table.rows for source in row.sources}
        for key, row in by_id(after[table.kind]).items():
            old = was[key].state if key in was else table.initial.value
            if row.state not in {state.value for state in table.states}:
                yield f"{table.kind} {key} is {row.state}"
            elif row.state != old and (old, row.state) not in allowed:
                yield f"{table.kind} {key} went from {old} to {row.state}"
        yield from (f"{table.kind} {key} is gone" for key in was if key not in by_id(after[table.kind]))


def three_years_on(day):
    """Return the third anniversary; of 29 February, 1 March."""
    try:
        return day.replace(year=day.year + 3)
    except ValueError:
        return date(day.year + 3, 3, 1)


def notices_against_the_ladder(before, after):
    """A notice issued now finds fewer than two standing, and carries the sums that follow from how many."""
    was = by_id(before["penalty_notice"])
    for row in after["penalty_notice"]:
        if row.state != "issued" or (row.id in was and was[row.id].state == "issued"):
            continue
        count = sum(row.issued_on < three_years_on(day) for day in _standing(after, row))
        sums = (row.rung, row.reduced_pence, row.full_pence)
        if count > 1 or sums != (("first", 8000, 16000), ("second", None, 16000))[count]:
            yield f"{row.reference} was issued with {count} standing, for {sums}"


def _standing(tables, row):
    for other in tables["penalty_notice"]:
        same = (other.pupil_id, other.adult_id) == (row.pupil_id, row.adult_id)
        if same and other.id != row.id and other.issued_on and other.state not in NOT_STANDING:
            yield other.issued_on
    for other in tables["earlier_notice"]:
        same = (other.pupil_id, other.adult_id) == (row.pupil_id, row.adult_id)
        counts = other.kind == "school_attendance" and other.offence_until >= FRAMEWORK
        if same and counts and other.withdrawn_on is None:
            yield other.issued_on


def duties_against_states(after):
    """What is due follows from where each matter stands, and from nothing else."""
    due = defaultdict(set)
    for duty in after["duty"]:
        if duty.cleared_on is None:
            due[duty.subject_reference].add(duty.code)
    cases = by_id(after["case"])
    for kind, expected in _EXPECTED.items():
        for row in after[kind]:
            case = cases.get(getattr(row, "case_id", None))
            closed = case is not None and case.state == "closed" and kind in _ENDED_BY_CLOSING
            wanted = set() if closed else set(expected(row, after).split())
            if due.pop(row.reference, set()) != wanted:
                yield f"{row.reference} is {row.state}; not due as it should be: {wanted}"
    yield from (f"{reference} has duties and no rule for them" for reference in due)


def _penalty_notice(row, after):
    if row.state == "issued" and row.received_on is None:
        return ""
    wanted = OF_A_PENALTY_NOTICE.get(row.state, "")
    if row.state == "awaiting_school" and row.parent_messaged_on is None:
        wanted += " ask_parent"
    if "hand_over" in wanted:
        wanted += "".join(f" {code}" for code, day in PAPERS.items() if getattr(row, day) is None)
    return wanted


def _notice_to_improve(row, after):
    if row.state in {"not_improved", "ended_early"}:
        followed = [n for n in after["penalty_notice"] if n.notice_to_improve_id == row.id]
        return "" if any(n.state != "cancelled" for n in followed) else "decide_next_step"
    if row.state == "monitoring" and row.received_on is None:
        return ""
    return OF_A_NOTICE_TO_IMPROVE.get(row.state, "")


def _letter(row, after):
    if row.name not in {"notice_to_improve", "penalty_notice"} or row.method == "first_class_post":
        return ""
    notice = by_id(after[row.name])[row.subject_id]
    waits = (
        row.state == "released" and notice.letter_id == row.id and notice.state in {"issued", "monitoring"}
    )
    return "record_delivery" if waits and row.delivered_on is None else ""


def _request(row, after):
    if row.state == "accepted":
        notices = (*after["penalty_notice"], *after["notice_to_improve"])
        decided = {n.adult_id for n in notices if n.request_id == row.id and n.state != "cancelled"}
        named = {p.adult_id for p in after["request_parent"] if p.request_id == row.id}
        return "decide_notice" if named - decided else ""
    return {"requested": "decide_request", "more_information_needed": "give_information"}.get(row.state, "")


def _payment(row, after):
    if row.state == "settled":
        return "pay_refund" if row.refund_due_pence else ""
    return "settle_money" if row.state == "unmatched" or row.refund_due_pence else ""


_EXPECTED = {
    "penalty_notice": _penalty_notice,
    "notice_to_improve": _notice_to_improve,
    "request": _request,
    "representation": lambda row, after: "answer_representations" if row.state == "received" else "",
    "review": lambda row, after: "decide_review" if row.state == "open" else "",
    "payment": _payment,
    "letter": _letter,
}
_ENDED_BY_CLOSING = {"penalty_notice", "notice_to_improve", "request"}


def money_gone_astray(after):
    """No more goes back than came; of a withdrawn notice everything goes back."""
    back = defaultdict(int)
    for refund in after["refund"]:
        back[refund.payment_id] += refund.pence
    notices = by_id(after["penalty_notice"])
    for payment in after["payment"]:
        going = back[payment.id] + payment.refund_due_pence
        if not 0 <= going <= payment.pence:
            yield f"{payment.reference}: {going} of {payment.pence} go back"
        notice = notices.get(payment.penalty_notice_id)
        if notice is not None and notice.state == "withdrawn" and going != payment.pence:
            yield f"{payment.reference}: {notice.reference} is withdrawn and only {going} go back"


def more_than_one_open(after):
    """One open case for a child at a school, one open review of a notice."""
    cases = [(row.pupil_id, row.school_urn) for row in after["case"] if row.state == "open"]
    reviews = [(row.notice_kind, row.notice_id) for row in after["review"] if row.state == "open"]
    for found in (cases, reviews):
        yield from (f"{one} is open twice" for one in set(found) if found.count(one) > 1)


def released_without_document(after):
    """Every letter that went out has both its documents, and the address it went to."""
    held = {row.sha256 for row in after["document"]}
    for row in after["letter"]:
        if row.state in {"released", "returned"} and not (
            {row.pdf_sha256, row.html_sha256} <= held and row.served_on and row.address_as_posted
        ):
            yield f"{row.reference} went out without its document or address"


def wrong(before, after):
    """Return everything that is wrong after one act."""
    return [
        *illegal_changes(before, after),
        *notices_against_the_ladder(before, after),
        *duties_against_states(after),
        *money_gone_astray(after),
        *more_than_one_open(after),
        *released_without_document(after),
    ]
