"""What every letter says in the same way: who writes, to whom, about which child, under which code."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from attendance.domain.errors import BadInput
from attendance.domain.people import (
    Address,
    Adult,
    Flag,
    Pupil,
    School,
    StaffMember,
    StaffRole,
    holds_on,
)
from attendance.services import register_facts
from attendance.services.work import Work
from letters.contexts import (
    AttendanceRecord,
    Child,
    Council,
    MarkLine,
    PenaltyAmounts,
    PrintedUnder,
    Recipient,
    Sender,
    Signatory,
    WaysToPay,
    days_of,
)
from letters.contexts.absence import AbsenceDay
from letters.quoting import quote
from rules.steps.facts import SessionMark

NO_ADDRESS = Address((), "")


class Usual(TypedDict):
    """What every letter from the authority holds."""

    sender: Sender
    recipient: Recipient
    child: Child
    letter_date: date
    reference: str
    signatory: Signatory
    printed_under: PrintedUnder


@dataclass(frozen=True, slots=True)
class Parties:
    """Who a letter is to and about."""

    adult: Adult
    pupil: Pupil
    school: School


def sender(work: Work) -> Sender:
    """Return the authority as sender."""
    authority = work.office.authority
    return Sender(
        organisation=authority.organisation,
        team=authority.team,
        address_lines=authority.address_lines,
        postcode=authority.postcode,
        telephone=authority.telephone,
        email=authority.email,
        website=authority.website,
        opening_hours=authority.opening_hours,
    )


def parties(work: Work, adult_id: int, pupil_id: int, school_urn: str) -> Parties:
    """Return the people a letter is to and about, as known on the day."""
    return Parties(
        work.people.adult(adult_id, work.on), work.people.pupil(pupil_id), work.people.school(school_urn)
    )


def usual(work: Work, parties: Parties, reference: str, letter_date: date) -> Usual:
    """Return what every letter from the authority to a parent holds."""
    return Usual(
        sender=sender(work),
        recipient=recipient(parties.adult),
        child=child(parties.pupil, parties.school),
        letter_date=letter_date,
        reference=reference,
        signatory=signatory(work),
        printed_under=printed_under(work, letter_date),
    )


def council(work: Work) -> Council:
    """Return the authority and its team, where a school writes about them."""
    return Council(name=work.office.authority.organisation, team=work.office.authority.team)


def signatory(work: Work) -> Signatory:
    """Return who signs the authority's letters."""
    signs = work.office.authority.signatory
    return Signatory(name=signs.name, job_title=signs.job_title)


def recipient(adult: Adult) -> Recipient:
    """Return a parent as recipient, at the address known on the day."""
    address = adult.address or NO_ADDRESS
    return Recipient(name=adult.name, address_lines=address.lines, postcode=address.postcode)


def school_sender(work: Work, school: School) -> Sender:
    """Return the school as sender, with its own telephone where that is known, not the authority's.

    Where nobody of the school has an e-mail address on record, that of the authority's team stands in.
    """
    usual = sender(work)
    lead = _attendance_lead(work, school)
    return Sender(
        organisation=school.name,
        team="Attendance Team",
        address_lines=school.address.lines,
        postcode=school.address.postcode,
        telephone=school.telephone,
        email=lead.email if lead and lead.email else usual.email,
    )


def school_signatory(work: Work, school: School) -> Signatory:
    """Return who signs for the school: its attendance lead, else its head."""
    lead = _attendance_lead(work, school)
    if lead is None:
        raise BadInput(
            f"{school.name} has neither an attendance lead nor a head on record. Record one first."
        )
    return Signatory(name=lead.name, job_title=lead.role.value.replace("_", " ").capitalize())


def _attendance_lead(work: Work, school: School) -> StaffMember | None:
    for role in (StaffRole.ATTENDANCE_LEAD, StaffRole.HEAD):
        named = work.people.staff(school.urn, role, work.on)
        if named:
            return named[0]
    return None


def school_recipient(school: School) -> Recipient:
    """Return the school as recipient."""
    return Recipient(name=school.name, address_lines=school.address.lines, postcode=school.address.postcode)


def child(pupil: Pupil, school: School) -> Child:
    """Return the child as a letter names it."""
    return Child(
        name=pupil.name,
        first_name=pupil.forename,
        school_name=school.name,
        date_of_birth=pupil.date_of_birth,
    )


def printed_under(work: Work, on: date) -> PrintedUnder:
    """Return the code of conduct and the rule set for the footer."""
    return PrintedUnder.of(work.book, on)


def ways_to_pay(work: Work, reference: str) -> WaysToPay:
    """Return how to pay, with the reference to give."""
    payment = work.office.authority.payment
    return WaysToPay(reference=reference, ways=payment.ways, online=payment.online)


def amounts(work: Work, on: date) -> PenaltyAmounts:
    """Return what a penalty notice would cost on that day, as a letter warns of it."""
    names = ("first_amount", "first_reduced", "second_amount")
    first, reduced, second = (quote(work.book.law(f"penalty_notice.{name}_pence", on)) for name in names)
    return PenaltyAmounts(
        first_pence=first,
        first_days=quote(work.book.law("penalty_notice.payment_days", on)),
        lower_pence=reduced,
        lower_days=quote(work.book.law("penalty_notice.reduced_days", on)),
        second_pence=second,
        look_back_years=quote(work.book.law("penalty_notice.limit_years", on)),
    )


def absences(work: Work, marks: tuple[SessionMark, ...]) -> tuple[AbsenceDay, ...]:
    """Return the sessions as a letter lists them, day by day, with what each code means."""
    codes = register_facts.codes_of(work.book)
    return days_of(
        MarkLine(
            on=mark.day,
            session="AM" if mark.session == "AM" else "PM",
            code=mark.code,
            meaning=codes.code(mark.code, mark.day).meaning,
        )
        for mark in marks
    )


def child_lives_with(work: Work, parties: Parties, on: date) -> bool:
    """Say whether the child's address may be printed as the recipient's own.

    It may not where the child lives elsewhere, nor where the address is protected.
    """
    flags = work.people.flags_of(parties.pupil.id, on)
    if Flag.PROTECTED_ADDRESS in flags:
        return False
    links = work.people.links_between(parties.pupil.id, parties.adult.id)
    return any(link.lives_with and holds_on(link, on) for link in links)


def attendance_record(
    work: Work, parties: Parties, since: date, until: date, known_at: datetime | None = None
) -> AttendanceRecord:
    """Return the pupil's attendance at the school from day to day, both included.

    As known at an instant, now without one.
    """
    counted = register_facts.tally(work, parties.pupil.id, parties.school.urn, since, until, known_at)
    if not counted.possible:
        raise BadInput(
            f"No session was possible from {since.isoformat()} to {until.isoformat()}: "
            "the letter has no attendance to tell of. Import the register first."
        )
    return AttendanceRecord(
        since=since,
        until=until,
        possible=counted.possible,
        attended=counted.attended,
        authorised=counted.authorised,
        unauthorised=counted.unauthorised,
    )
