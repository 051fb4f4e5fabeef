"""Who may issue penalty notices at a school besides its head: deputies and assistants, authorised in writing.

- The head authorises; the school's account records it with the head's document. No account gives the right.
- An authorisation has a first day and may have a last. It is ended by giving it a last day, never taken out.
- What was issued while it held stays issued by a person who was entitled.

Source: EA 1996 s.444B(4).
"""

from datetime import date
from enum import StrEnum

from attendance.domain.errors import BadInput, NotFound
from attendance.domain.people import StaffMember, StaffRole
from attendance.domain.record.entry import Subject
from attendance.domain.record.payload import PayloadValue
from attendance.services.acts import SCHOOLS, act
from attendance.services.inputs import ActInput, Key, Line, Sha256, Urn, Words
from attendance.services.work import Done, Work
from attendance.store.tables.people import StaffMemberRow

AUTHORISED = frozenset({StaffRole.AUTHORISED_DEPUTY, StaffRole.AUTHORISED_ASSISTANT})


class Capacity(StrEnum):
    """In which capacity somebody is authorised by the head."""

    AUTHORISED_DEPUTY = "authorised_deputy"
    AUTHORISED_ASSISTANT = "authorised_assistant"


class AuthoriseIssuer(ActInput):
    """Whom the head authorises, in which capacity, between which days, and the head's signed document."""

    school_urn: Urn
    name: Line
    capacity: Capacity
    since: date
    until: date | None = None
    head_staff_id: Key
    document: Sha256


class EndIssuer(ActInput):
    """The school, whose authorisation ends, its last day, and why."""

    school_urn: Urn
    staff_id: Key
    last_day: date
    why: Words


def authorise(work: Work, given: AuthoriseIssuer) -> Done:
    """Record that the head of a school authorised a deputy or an assistant in writing."""
    if not work.actor.may_see(given.school_urn):
        raise NotFound("school", given.school_urn)
    heads = work.people.staff(given.school_urn, StaffRole.HEAD, given.since)
    if given.head_staff_id not in {head.id for head in heads}:
        raise BadInput(
            "The head in office on the first day authorises. Choose the head, or check the day.",
            field="head_staff_id",
        )
    if given.until is not None and given.until < given.since:
        raise BadInput("The last day lies before the first. Check the two days.", field="until")
    role = StaffRole(given.capacity.value)
    there = work.people.staff(given.school_urn, role)
    if any(one.name == given.name and _overlap(one, given) for one in there):
        raise BadInput(f"{given.name} is authorised in this capacity on these days already.", field="name")
    work.must_hold(given.document)
    row = work.matters.add(
        StaffMemberRow(
            name=given.name,
            role=role,
            school_urn=given.school_urn,
            since=given.since,
            until=given.until,
            authorised_by_document=given.document,
        )
    )
    said: dict[str, PayloadValue] = {
        "person": row.id,
        "capacity": role.value,
        "since": given.since,
        "head": given.head_staff_id,
        "documents": (given.document,),
    }
    if given.until is not None:
        said["until"] = given.until
    work.opened.record("issuer.authorised", subject=Subject(school=given.school_urn), payload=said)
    sentence = f"{given.name} may issue penalty notices for the school from {given.since} on."
    return _done(work, given.school_urn, "authorised", sentence)


def end(work: Work, given: EndIssuer) -> Done:
    """Give an authorisation its last day."""
    row = work.matters.one(StaffMemberRow, id=given.staff_id)
    if row is None or row.school_urn != given.school_urn or not work.actor.may_see(given.school_urn):
        raise NotFound("staff member", str(given.staff_id))
    if row.role not in AUTHORISED:
        raise BadInput("Only an authorisation by the head is ended here.")
    if row.until is not None and row.until <= given.last_day:
        raise BadInput(f"The authorisation ends on {row.until} already.", field="last_day")
    if not row.since <= given.last_day:
        raise BadInput(f"The authorisation began on {row.since}; it does not end before.", field="last_day")
    if given.last_day < work.on:
        raise BadInput(
            "The last day is today or later: what was issued until now was issued with authority.",
            field="last_day",
        )
    row.until = given.last_day
    kept = work.opened.reasons.keep("issuer_ended", given.why)
    said: dict[str, PayloadValue] = {"person": row.id, "until": given.last_day, "reasons": (kept,)}
    work.opened.record("issuer.ended", subject=Subject(school=given.school_urn), payload=said)
    return _done(work, given.school_urn, "ended", f"{row.name} may issue notices until {given.last_day}.")


def _overlap(one: StaffMember, given: AuthoriseIssuer) -> bool:
    begins_before = given.until is None or one.since <= given.until
    return begins_before and (one.until is None or one.until >= given.since)


def _done(work: Work, school_urn: str, state: str, sentence: str) -> Done:
    return Done(act=work.act, reference=school_urn, state=state, sentences=(sentence,), on=work.on)


ACTS = (
    act(
        "issuer.authorise",
        "Record whom the head authorised to issue notices",
        SCHOOLS,
        AuthoriseIssuer,
        authorise,
    ),
    act("issuer.end", "End an authorisation to issue notices", SCHOOLS, EndIssuer, end),
)
