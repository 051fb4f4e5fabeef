"""The entries that acts on the casework make: one line each.

- Every one says the matter's reference and its state after the act, the rule values used, the reasons
  given and the hashes of what was sent or received; a few say days, sums and counts besides.
"""

from collections.abc import Mapping

from attendance.domain.record.payload import Event, FieldKind, Kind, Many

_ALWAYS: Mapping[str, FieldKind] = {"reference": Kind.REFERENCE, "state": Kind.CODE}
_OFTEN: Mapping[str, FieldKind] = {
    "rules": Many(Kind.RULE),
    "reasons": Many(Kind.REASON),
    "decision": Kind.HASH,
    "documents": Many(Kind.HASH),
    "letters": Many(Kind.REFERENCE),
}


def _event(name: str, **further: FieldKind) -> Event:
    return Event(name, _ALWAYS, {**_OFTEN, **further})


_DAYS: Mapping[str, FieldKind] = {"from": Kind.DAY, "until": Kind.DAY}

CASES = (
    _event("case.opened"),
    _event("case.assigned"),
    _event("case.closed"),
    _event("case.reopened"),
    _event("support.recorded", kind=Kind.CODE, day=Kind.DAY),
    _event("early_help.recorded", day=Kind.DAY),
    _event("earlier_notice.recorded", issued_on=Kind.DAY),
    _event("earlier_notice.withdrawn", issued_on=Kind.DAY),
    _event("notice_check.asked", asked_on=Kind.DAY),
    _event("notice_check.answered", asked_on=Kind.DAY),
)

REQUESTS = (
    _event("request.made", kind=Kind.CODE, **_DAYS),
    _event("request.evidence_given", item=Kind.CODE),
    _event("request.sent", kind=Kind.CODE, **_DAYS),
    _event("request.withdrawn", kind=Kind.CODE, **_DAYS),
    _event("request.returned_for_information"),
    _event("request.accepted"),
    _event("request.refused"),
    _event("request.closed_as_not_met", missing=Many(Kind.CODE)),
)

_LETTER: Mapping[str, FieldKind] = {
    "posting_on": Kind.DAY,
    "received_on": Kind.DAY,
    "method": Kind.CODE,
    **_DAYS,
}

_DECIDED: Mapping[str, FieldKind] = {"request": Kind.REFERENCE, "consulted": Many(Kind.CODE)}

NOTICES_TO_IMPROVE = (
    _event(
        "notice_to_improve.decided",
        sessions=Kind.COUNT,
        target=Kind.COUNT,
        days=Kind.COUNT,
        **_DECIDED,
        **_DAYS,
    ),
    _event("notice_to_improve.prepared", **_LETTER),
    _event("notice_to_improve.held"),
    _event("notice_to_improve.issued", consulted=Many(Kind.CODE), **_LETTER),
    _event("notice_to_improve.mail_returned", returned_on=Kind.DAY),
    _event("notice_to_improve.early_end_told", ground=Kind.CODE),
    _event("notice_to_improve.ended_early", ground=Kind.CODE),
    _event("notice_to_improve.found_improved", sessions=Kind.COUNT, target=Kind.COUNT),
    _event("notice_to_improve.found_not_improved", sessions=Kind.COUNT, target=Kind.COUNT),
    _event("notice_to_improve.cancelled"),
    _event("notice_to_improve.withdrawn"),
)

_ISSUER: Mapping[str, FieldKind] = {
    "issuer": Kind.ID,
    "capacity": Kind.CODE,
    "issuer_decided": Kind.CODE,
    "issuer_decision": Kind.HASH,
}

PENALTY_NOTICES = (
    _event(
        "penalty_notice.decided",
        kind=Kind.CODE,
        rung=Kind.CODE,
        sessions=Kind.COUNT,
        considered=Many(Kind.CODE),
        skip_ground=Kind.CODE,
        **_ISSUER,
        notice_to_improve=Kind.REFERENCE,
        **_DECIDED,
        first_limit_on=Kind.DAY,
        last_limit_on=Kind.DAY,
        **_DAYS,
    ),
    _event("penalty_notice.prepared", **_LETTER),
    _event("penalty_notice.held"),
    _event(
        "penalty_notice.issued",
        reduced_until=Kind.DAY,
        payable_until=Kind.DAY,
        reduced=Kind.PENCE,
        full=Kind.PENCE,
        rung=Kind.CODE,
        consulted=Many(Kind.CODE),
        **_ISSUER,
        **_LETTER,
    ),
    _event("penalty_notice.mail_returned", returned_on=Kind.DAY),
    _event("penalty_notice.ended_unpaid", payable_until=Kind.DAY),
    _event("penalty_notice.school_messaged", answer_by=Kind.DAY),
    _event("penalty_notice.parent_message_prepared", reply_by=Kind.DAY),
    _event("penalty_notice.parent_messaged", reply_by=Kind.DAY),
    _event("penalty_notice.parent_replied", replied_on=Kind.DAY),
    _event("penalty_notice.answer_extended", answer_by=Kind.DAY),
    _event("penalty_notice.school_supported", answered_on=Kind.DAY),
    _event("penalty_notice.school_declined", answered_on=Kind.DAY),
    _event("penalty_notice.school_silent", answer_by=Kind.DAY),
    _event("penalty_notice.proceeded"),
    _event("penalty_notice.statement_signed", signed_on=Kind.DAY),
    _event("penalty_notice.certificate_signed", signed_on=Kind.DAY),
    _event("penalty_notice.exhibits_completed"),
    _event("penalty_notice.handed_over", first_limit_on=Kind.DAY, last_limit_on=Kind.DAY),
    _event(
        "penalty_notice.withdrawn",
        ground=Kind.CODE,
        refund=Kind.PENCE,
        letters_cancelled=Many(Kind.REFERENCE),
    ),
    _event("penalty_notice.cancelled"),
)

_SUM: Mapping[str, FieldKind] = {
    "pence": Kind.PENCE,
    "received_on": Kind.DAY,
    "judged": Kind.CODE,
    "to_decide": Kind.PENCE,
}
_NOTICE: Mapping[str, FieldKind] = {"notice": Kind.REFERENCE, "notice_state": Kind.CODE}


def _money(name: str, needs: Mapping[str, FieldKind], **further: FieldKind) -> Event:
    """Return an event about money: its sum, day and judgement, and what the payer and the bank gave with it.

    What came with it may name somebody: it is kept as a reason is, by the salted hash of its text.
    """
    stopped = Many(Kind.REFERENCE)
    may = {**_OFTEN, **_NOTICE, "owing": Kind.PENCE, "letters_cancelled": stopped, **further}
    return Event(name, {**_ALWAYS, **_SUM, **needs}, may)


MONEY = (
    _money("payment.received", {"given": Kind.REASON, "transaction": Kind.REASON}),
    _money("payment.matched", _NOTICE),
    _money(
        "payment.rematched",
        {**_NOTICE, "notice_before": Kind.REFERENCE, "notice_before_state": Kind.CODE},
        letters_gone=Many(Kind.REFERENCE),
    ),
    _money("payment.settled", {"refund": Kind.PENCE}),
    _money("payment.refunded", {"refund": Kind.PENCE, "refunded_on": Kind.DAY}),
)

_MADE_BY: Mapping[str, FieldKind] = {"adult": Kind.ID, "for_them": Kind.FLAG}

CORRESPONDENCE = (
    _event("representation.received", received_on=Kind.DAY, **_MADE_BY),
    _event("representation.answered", withdrawal_considered=Kind.FLAG, **_MADE_BY),
    _event("review.opened", before=Kind.COUNT, after=Kind.COUNT),
    _event("review.kept", before=Kind.COUNT, after=Kind.COUNT),
    _event("letter.prepared", instead_of=Kind.REFERENCE, **_LETTER),
    _event("letter.held"),
    _event("letter.resumed"),
    _event("letter.released", **_LETTER),
    _event(
        "letter.delivered",
        delivered_on=Kind.DAY,
        notice=Kind.REFERENCE,
        reduced_until=Kind.DAY,
        payable_until=Kind.DAY,
        **_LETTER,
    ),
    _event("letter.mail_returned", returned_on=Kind.DAY),
    _event("letter.cancelled"),
    _event("letter_batch.prepared", posting_on=Kind.DAY),
    _event("letter_batch.sampled"),
)

ISSUERS = (
    Event(
        "issuer.authorised",
        {"person": Kind.ID, "capacity": Kind.CODE, "since": Kind.DAY, "head": Kind.ID},
        {"until": Kind.DAY, "documents": Many(Kind.HASH)},
    ),
    Event("issuer.ended", {"person": Kind.ID, "until": Kind.DAY}, {"reasons": Many(Kind.REASON)}),
)

CASEWORK_EVENTS: tuple[Event, ...] = (
    *CASES,
    *REQUESTS,
    *NOTICES_TO_IMPROVE,
    *PENALTY_NOTICES,
    *MONEY,
    *CORRESPONDENCE,
    *ISSUERS,
)
