"""A few invented people for tests, written straight into a store."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from attendance.domain.arrivals import AdultArrival, EnrolmentArrival, LinkArrival, PupilArrival
from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.moment import Actor, Moment
from attendance.domain.people import Address, AdultKind, ParentBasis, School
from attendance.domain.record.entry import Subject
from attendance.intake.upn import check_letter
from attendance.store.calendars import Calendars
from attendance.store.people_writing import PeopleWriting
from attendance.store.unit_of_work import Store
from rules.roles import Role

OFFICER = Actor("officer.one", Role.OFFICER)
ADDRESS = Address(("1 Mill Lane", "Aldermere"), "AM1 1AA")
URN, OTHER_URN = "900001", "900002"


def at(day: date, hour: int = 12) -> Moment:
    """Return an hour (UTC) of a day."""
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), day)


def upn(number: int) -> str:
    """Return a valid UPN that is not in use."""
    rest = f"399{number:09}"
    return check_letter(rest) + rest


def school(urn: str = URN, name: str = "Mill Lane School") -> School:
    """Return an invented school."""
    return School(urn, name, "Community school", "399", ADDRESS, establishment_number=urn[2:])


def pupil(number: int, forename: str = "Ada", surname: str = "Marsh") -> PupilArrival:
    """Return an invented pupil."""
    return PupilArrival(upn(number), forename, surname, date(2012, 5, 6), ADDRESS, "399", "")


def adult(ref: str, forename: str = "Jo", surname: str = "Marsh") -> AdultArrival:
    """Return an invented adult."""
    return AdultArrival(
        ref, AdultKind.PERSON, "Ms", forename, surname, ADDRESS, None, "", "", email_agreed=False
    )


def link(number: int, ref: str, basis: ParentBasis = ParentBasis.NATURAL_PARENT) -> LinkArrival:
    """Return a parental link of an invented pupil."""
    return LinkArrival(upn(number), ref, basis, date(2012, 5, 6), None, lives_with=True, day_to_day=True)


def enrolment(
    number: int, urn: str = URN, since: date = date(2020, 9, 1), until: date | None = None
) -> EnrolmentArrival:
    """Return an invented pupil's enrolment."""
    return EnrolmentArrival(upn(number), urn, since, until, "7", main=True)


def seed(
    store: Store, *, pupils: Iterable[int] = (1,), urns: Iterable[str] = (URN,), on: date = date(2024, 9, 1)
) -> dict[int, int]:
    """Write schools, pupils with a parent each and enrolments; return the pupils' ids by number."""
    numbers, schools = tuple(pupils), tuple(urns)
    with store.act(OFFICER, at(on)) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_schools([school(urn, f"School {urn}") for urn in schools])
        writing.merge_pupils([pupil(number) for number in numbers])
        writing.merge_adults([adult(f"A-{number}") for number in numbers], on)
        writing.merge_links([link(number, f"A-{number}") for number in numbers])
        writing.merge_enrolments([enrolment(number, urn) for number in numbers for urn in schools])
        Calendars(act.session).add(
            [CalendarPeriod(urn, PeriodKind.TERM, date(2024, 9, 2), date(2025, 7, 18)) for urn in schools],
            act.moment.at_utc,
        )
        act.record("account.closed", subject=Subject(), payload={"account": 1})
        ids = writing.pupil_ids()
    return {number: ids[upn(number)] for number in numbers}
