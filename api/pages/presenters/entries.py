"""Entries of the record in plain English: what was done, the days and sums it names, and where it leads.

- A title is read off the event's name, `penalty_notice.issued` as "Penalty Notice issued"; only where that
  would not be English is it said in other words here.
- What an entry says beside its title is shown by the kind of each field. Reasons and hashes are not: their
  texts stand with the matter.
"""

from collections.abc import Callable, Mapping
from datetime import date

from pydantic import JsonValue

from api.pages import paths
from api.pages.parts import Event, Link
from api.pages.words import day, money, plain
from attendance.domain.record.events import EVENTS
from attendance.domain.record.payload import FieldKind, Kind, Many
from attendance.services.reading.about_pupil import TimelineOfPupil
from attendance.store.queries.record import EntryLine

IN_OTHER_WORDS: Mapping[str, str] = {
    "case.assigned": "Case given to another officer",
    "case.reopened": "Case opened again",
    "earlier_notice.recorded": "Notice from somebody else recorded",
    "earlier_notice.withdrawn": "Notice from somebody else withdrawn by its issuer",
    "notice_check.asked": "Others asked about earlier notices",
    "notice_check.answered": "Question about earlier notices answered",
    "request.evidence_given": "Evidence given with a request",
    "request.returned_for_information": "Request returned for more information",
    "request.closed_as_not_met": "Request closed: its criteria are not met",
    "notice_to_improve.mail_returned": "Notice to Improve came back in the post",
    "notice_to_improve.early_end_told": "Parent told that the Notice to Improve ends early",
    "notice_to_improve.found_improved": "Notice to Improve reviewed: improved",
    "notice_to_improve.found_not_improved": "Notice to Improve reviewed: not improved",
    "penalty_notice.mail_returned": "Penalty Notice came back in the post",
    "penalty_notice.ended_unpaid": "Days to pay the Penalty Notice ended unpaid",
    "penalty_notice.school_messaged": "School told that the Penalty Notice is unpaid",
    "penalty_notice.parent_message_prepared": "School’s message to the parent prepared",
    "penalty_notice.parent_messaged": "Parent asked by the school",
    "penalty_notice.parent_replied": "Parent replied to the school",
    "penalty_notice.answer_extended": "School given longer to answer",
    "penalty_notice.school_supported": "School supports prosecution",
    "penalty_notice.school_declined": "School does not support prosecution",
    "penalty_notice.school_silent": "School did not answer",
    "penalty_notice.proceeded": "Authority prosecutes although the school did not ask",
    "penalty_notice.statement_signed": "Witness statement signed",
    "penalty_notice.certificate_signed": "Certificate signed by the head",
    "penalty_notice.exhibits_completed": "Every exhibit is there",
    "penalty_notice.handed_over": "Papers handed over to Legal Services",
    "payment.matched": "Payment matched to a notice",
    "payment.rematched": "Payment moved to another notice",
    "payment.settled": "Decided about a payment that discharges nothing",
    "payment.refunded": "Payment given back",
    "representation.received": "Representations received from a parent",
    "representation.answered": "Representations of a parent answered",
    "review.opened": "Review opened by a corrected mark",
    "review.kept": "Notice kept after a correction",
    "letter.resumed": "Held letter let go on",
    "letter.mail_returned": "Letter came back in the post",
    "letter_batch.prepared": "Letters put into a batch",
    "letter_batch.sampled": "Samples of a batch looked at",
    "issuer.authorised": "Person authorised to issue notices",
    "issuer.ended": "Authorisation to issue notices ended",
}

_LABELS: Mapping[str, str] = {
    "kind": "Kind",
    "item": "Item",
    "ground": "Ground",
    "method": "How",
    "posting_on": "Posting",
    "returned_on": "Came back",
    "delivered_on": "Delivered",
    "issued_on": "Issued",
    "asked_on": "Asked",
    "answered_on": "Answered",
    "replied_on": "Replied",
    "signed_on": "Signed",
    "refunded_on": "Given back",
    "reply_by": "Parent replies by",
    "answer_by": "School answers by",
    "reduced": "Reduced sum",
    "reduced_until": "Reduced sum until",
    "full": "Full sum",
    "payable_until": "To be paid until",
    "pence": "Sum",
    "judged": "Found to be",
    "owing": "Still owed",
    "refund": "To give back",
    "sessions": "Unauthorised sessions",
    "target": "Target, at most",
    "before": "Sessions before",
    "after": "Sessions after",
    "first_limit_on": "Time limit of the first session",
    "last_limit_on": "Time limit of the last session",
}
"""The fields that are shown, in this order; what else an entry holds is in the record itself."""

_PERIODS = ("notice_to_improve.", "letter.")
_DECIDED = "notice_to_improve.decided"


def event_title(name: str) -> str:
    """Return what an event says was done, in plain English."""
    if name in IN_OTHER_WORDS:
        return IN_OTHER_WORDS[name]
    noun, _, done = name.partition(".")
    return f"{plain(noun)} {done.replace('_', ' ')}".strip()


def timeline_events(found: TimelineOfPupil, schools: Mapping[str, str]) -> tuple[Event, ...]:
    """Return a part of a pupil's timeline; `schools` has names where it matters at which school."""
    letters = {one.id: f"{plain(one.name)}, to {one.addressee}" for one in found.letters}
    return tuple(
        entry_event(
            one,
            where=schools.get(one.school_urn or "", ""),
            about=letters.get(one.step_id or 0, "") if one.step == "letter" else "",
        )
        for one in found.entries.items
    )


def entry_event(one: EntryLine, *, where: str = "", about: str = "") -> Event:
    """Return an entry as one thing that happened; `where` and `about` are said where they are given."""
    payload = one.payload if isinstance(one.payload, dict) else {}
    reference = payload.get("reference")
    own = str(reference) if reference else ""
    said = "; ".join(_facts(one, payload))
    altered = () if one.intact else ("This entry is not as it was written. Have the record verified.",)
    without_page = (own,) if own and not paths.matter(own) else ()
    return Event(
        title=event_title(one.event),
        when=day(date.fromisoformat(one.on_day)),
        machine_when=one.on_day,
        who=", ".join(part for part in (one.actor, plain(one.role).lower(), where) if part),
        sentences=(*altered, *without_page, *(f"{part}." for part in (about, said) if part)),
        links=_links(one.event, payload),
    )


def _facts(one: EntryLine, payload: Mapping[str, JsonValue]) -> list[str]:
    kinds = _kinds(one.event)
    shown = [
        name
        for name in _LABELS
        if payload.get(name) is not None
        and kinds.get(name) in _WRITERS
        and (payload[name] != one.on_day or name == "posting_on")  # the entry's own day stands above it
    ]
    said = [f"{_LABELS[name]}: {_WRITERS[kinds[name]](payload[name])}" for name in shown]
    return [*_offered(one, payload), *_days(one, payload), *said]


def _offered(one: EntryLine, payload: Mapping[str, JsonValue]) -> list[str]:
    """Say how an offer of help was met, which is its state."""
    offers = one.event.startswith(("support.", "early_help."))
    return [f"Offer: {plain(str(payload['state'])).lower()}"] if offers and "state" in payload else []


def _days(one: EntryLine, payload: Mapping[str, JsonValue]) -> list[str]:
    """Say the days that an entry is about: of an absence or a period, of support, of what came in."""
    said = []
    first, last = payload.get("from"), payload.get("until")
    if first and last:
        period = one.event.startswith(_PERIODS) and one.event != _DECIDED
        said.append(f"{'Period' if period else 'Absence'}: {_day(first)} to {_day(last)}")
    on = payload.get("day")
    if on and on != one.on_day:
        said.append(f"On: {_day(on)}")
    received = payload.get("received_on")
    if received:
        said.append(f"{'Counts as received' if _is_letter(one) else 'Received'}: {_day(received)}")
    return said


def _is_letter(one: EntryLine) -> bool:
    """Say whether what was received is a letter, and not money or a parent's words."""
    return not one.event.startswith(("payment.", "representation."))


def _links(event: str, payload: Mapping[str, JsonValue]) -> tuple[Link, ...]:
    """Return every matter with a page that an entry names, its own first."""
    named = dict.fromkeys(_references(payload.get("reference")))
    for name, kind in _kinds(event).items():
        if kind in {Kind.REFERENCE, Many(Kind.REFERENCE)}:
            named |= dict.fromkeys(_references(payload.get(name)))
    return tuple(Link(one, href) for one in named if (href := paths.matter(one)))


def _references(value: JsonValue) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []


def _kinds(event: str) -> Mapping[str, FieldKind]:
    known = EVENTS.get(event)
    return {**known.needs, **known.may} if known else {}


def _day(value: JsonValue) -> str:
    return day(date.fromisoformat(str(value)))


def _count(value: JsonValue) -> str:
    return f"{int(str(value)):,}"


_WRITERS: Mapping[FieldKind, Callable[[JsonValue], str]] = {
    Kind.DAY: _day,
    Kind.COUNT: _count,
    Kind.PENCE: lambda value: money(int(str(value))),
    Kind.CODE: lambda value: plain(str(value)),
}
