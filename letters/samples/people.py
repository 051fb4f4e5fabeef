"""The made-up people, places and days of the samples, and what the samples share."""

from datetime import date, timedelta
from itertools import product
from typing import TypedDict

from letters import contexts as c
from letters.quoting import Quoted, quote
from rules.law import RuleBook

ISSUED = date(2024, 11, 4)
RECEIVED = date(2024, 11, 6)

SENDER = c.Sender(
    organisation="Ardenfield City Council",
    team="Attendance and Children Missing Education Team",
    address_lines=("Council House", "Market Square", "Ardenfield"),
    postcode="ZZ1 1AA",
    telephone="01632 960 001",
    email="attendance@ardenfield.example",
    website="www.ardenfield.example/attendance",
    opening_hours="Monday to Friday, 9am to 5pm",
)
SCHOOL_SENDER = c.Sender(
    organisation="Willow Bank School",
    team="Attendance Team",
    address_lines=("Willow Lane", "Ardenfield"),
    postcode="ZZ3 4CD",
    telephone="01632 960 200",
    email="office@willowbank.example",
)
PARENT = c.Recipient(
    name="Ms Marta Łukaszewska", address_lines=("Flat 2", "17 Canal Row", "Ardenfield"), postcode="ZZ2 3BC"
)
SCHOOL = c.Recipient(
    name="The Head Teacher",
    address_lines=("Willow Bank School", "Willow Lane", "Ardenfield"),
    postcode="ZZ3 4CD",
)
CHILD = c.Child(name="Adam Łukaszewski", first_name="Adam", school_name="Willow Bank School")
OFFICER = c.Signatory(name="Ines Nguyễn", job_title="Attendance Officer")
HEAD = c.Signatory(name="Rowan O'Néill", job_title="Head Teacher")
COUNCIL = c.Council(name=SENDER.organisation, team=SENDER.team)
WAYS = c.WaysToPay(
    reference="PN-2024-000012",
    online="www.ardenfield.example/pay",
    ways=(
        "by phone, all day and night, on 01632 960 002",
        "in person at the Council House in Market Square, with this letter",
    ),
)
MEANINGS = {
    "G": "Holiday without leave",
    "O": "Absent without permission",
    "U": "Arrived after the register closed",
}
HOLIDAY = (date(2024, 10, 14), date(2024, 10, 18))


class Common(TypedDict):
    """What every context holds."""

    sender: c.Sender
    recipient: c.Recipient
    child: c.Child
    letter_date: date
    reference: str
    signatory: c.Signatory
    printed_under: c.PrintedUnder


class Offence(TypedDict):
    """What letters about a notice say of it."""

    notice_date: date
    offence_first_day: date
    offence_last_day: date


OFFENCE: Offence = {
    "notice_date": ISSUED,
    "offence_first_day": HOLIDAY[0],
    "offence_last_day": HOLIDAY[1],
}


def absences(code: str, first: date, last: date) -> tuple[c.AbsenceDay, ...]:
    """Return whole days of absence from day to day, weekends left out."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return c.days_of(
        c.MarkLine(on=day, session=session, code=code, meaning=MEANINGS[code])
        for day, session in product(days, c.SESSIONS)
        if day.weekday() < 5
    )


def scattered_absences() -> tuple[c.AbsenceDay, ...]:
    """Return absences of an irregular kind: whole days, mornings, late arrivals."""
    marks = [c.MarkLine(on=date(2024, 10, 8), session="AM", code="U", meaning=MEANINGS["U"])]
    for day in (date(2024, 9, 17), date(2024, 9, 23), date(2024, 9, 30), date(2024, 10, 14)):
        marks += [c.MarkLine(on=day, session=s, code="O", meaning=MEANINGS["O"]) for s in c.SESSIONS]
    marks += [c.MarkLine(on=date(2024, 10, 21), session="PM", code="O", meaning=MEANINGS["O"])]
    return c.days_of(marks)


def amounts(book: RuleBook, on: date) -> c.PenaltyAmounts:
    """Return what a penalty notice would cost on that day, out of the rule book."""
    return c.PenaltyAmounts(
        first_pence=quote(book.law("penalty_notice.first_amount_pence", on)),
        first_days=quote(book.law("penalty_notice.payment_days", on)),
        lower_pence=quote(book.law("penalty_notice.first_reduced_pence", on)),
        lower_days=quote(book.law("penalty_notice.reduced_days", on)),
        second_pence=quote(book.law("penalty_notice.second_amount_pence", on)),
        look_back_years=quote(book.law("penalty_notice.limit_years", on)),
    )


def penalty(book: RuleBook, *, second: bool) -> c.PenaltySum:
    """Return a first or second notice's sum, counted from the sample's day of receipt."""
    costs = amounts(book, ISSUED)
    lower = c.LowerSum(
        pence=costs.lower_pence, days=costs.lower_days, last_day=_last_day(RECEIVED, costs.lower_days)
    )
    return c.PenaltySum(
        pence=costs.second_pence if second else costs.first_pence,
        days=costs.first_days,
        last_day=_last_day(RECEIVED, costs.first_days),
        lower=None if second else lower,
    )


def _last_day(first: date, days: Quoted) -> date:
    return first + timedelta(days=days - 1)


def common(book: RuleBook, reference: str, on: date = ISSUED, *, school: bool = False) -> Common:
    """Return what every letter holds: from the council, or from the school where `school` says so."""
    return {
        "sender": SCHOOL_SENDER if school else SENDER,
        "recipient": PARENT,
        "child": CHILD,
        "letter_date": on,
        "reference": reference,
        "signatory": HEAD if school else OFFICER,
        "printed_under": c.PrintedUnder.of(book, on),
    }


def attendance(
    since: date, until: date, attended: int, unauthorised: int, authorised: int = 4
) -> c.AttendanceRecord:
    """Return an attendance record whose sessions add up."""
    return c.AttendanceRecord(
        since=since,
        until=until,
        possible=attended + authorised + unauthorised,
        attended=attended,
        authorised=authorised,
        unauthorised=unauthorised,
    )
