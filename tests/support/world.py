"""A small invented world in a real store: one school, one child, two parents, staff, and a register to fill.

- Everything is performed through the real acts; only people, calendars and marks are written straight in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import numpy as np

from attendance.domain.arrivals import (
    AdultArrival,
    EnrolmentArrival,
    FlagArrival,
    LinkArrival,
    PupilArrival,
    StaffArrival,
)
from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.moment import Actor, Moment
from attendance.domain.people import Address, AdultKind, Flag, ParentBasis, School, StaffRole
from attendance.domain.record.entry import Subject
from attendance.domain.registers import BatchKind, MarkChange, Session
from attendance.intake.upn import check_letter
from attendance.services.acts import perform
from attendance.services.office import Office, working_days
from attendance.services.registry import act_named
from attendance.services.work import Done, Work
from attendance.settings import AuthoritySettings
from attendance.store.calendars import Calendars
from attendance.store.matters import Matters
from attendance.store.people import People
from attendance.store.people_writing import PeopleWriting
from attendance.store.register_codec import Cells, code_number, days
from attendance.store.register_writing import NewImport, NewMarks, RegisterWriting
from attendance.store.tables.people import StaffMemberRow
from attendance.store.unit_of_work import Store
from rules.law import rule_book
from rules.roles import Role

URN, OTHER_URN, LA = "900001", "900002", "399"
HOME = Address(("1 Mill Lane", "Aldermere"), "AM1 1AA")
AWAY = Address(("Flat 2", "9 Quarry Road", "Aldermere"), "AM2 2BB")
BORN = date(2012, 5, 6)
START = date(2024, 9, 1)
CONSIDERED = tuple(
    {"question": question, "yes": True, "why": "Considered at the case meeting."}
    for question in ("best_tool", "equality_act", "public_interest", "sufficient_support")
)
TERMS = (
    (date(2024, 9, 2), date(2024, 10, 25)),
    (date(2024, 11, 4), date(2024, 12, 20)),
    (date(2025, 1, 6), date(2025, 2, 14)),
    (date(2025, 2, 24), date(2025, 4, 11)),
    (date(2025, 4, 28), date(2025, 5, 23)),
    (date(2025, 6, 2), date(2025, 7, 18)),
    (date(2025, 9, 1), date(2025, 10, 24)),
    (date(2025, 11, 3), date(2025, 12, 19)),
    (date(2026, 1, 5), date(2026, 7, 17)),
    (date(2026, 9, 1), date(2027, 7, 16)),
    (date(2027, 9, 1), date(2028, 7, 21)),
)

AUTHORITY = AuthoritySettings.model_validate(
    {
        "organisation": "Aldermere City Council",
        "la_code": LA,
        "team": "Attendance and Children Missing Education Team",
        "address_lines": ["The Guildhall", "Aldermere"],
        "postcode": "AM1 9ZZ",
        "telephone": "01632 960100",
        "email": "attendance@aldermere.example",
        "website": "www.aldermere.example",
        "opening_hours": "Monday to Friday, 9am to 5pm",
        "payment": {"ways": ["By card, by telephone on 01632 960101."], "online": "pay.aldermere.example"},
        "signatory": {"name": "Imogen Hart", "job_title": "Senior Attendance Officer"},
    }
)


def at(day: date, hour: int = 10) -> Moment:
    """Return an hour (UTC) of a day."""
    return Moment(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), day)


def upn(number: int) -> str:
    """Return a valid UPN that is not in use."""
    rest = f"{LA}{number:09}"
    return check_letter(rest) + rest


@dataclass
class World:
    """The world, with the ids that acts need."""

    office: Office
    pupil: int = 0
    mother: int = 0
    father: int = 0
    authority_as_parent: int = 0
    stranger: int = 0
    head: int = 0
    deputy: int = 0
    officer_person: int = 0
    marks: dict[tuple[str, int, date, Session], str] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The store."""
        return self.office.store

    @property
    def officer(self) -> Actor:
        """An officer whom the authority authorised."""
        return Actor("officer.one", Role.OFFICER, person=self.officer_person)

    @property
    def senior(self) -> Actor:
        """The senior officer."""
        return Actor("senior.one", Role.SENIOR_OFFICER, person=self.officer_person)

    @property
    def school(self) -> Actor:
        """The school's account."""
        return Actor("school.one", Role.SCHOOL, frozenset({URN}))

    def do(
        self, name: str, day: date, /, *, by: Actor | None = None, hour: int = 10, **fields: object
    ) -> Done:
        """Perform an act on a day; by the officer unless another is named."""
        act = act_named(name)
        given = act.input.model_validate(fields)
        return perform(self.office, act, given, by or self.officer, at(day, hour))

    def row(self, kind, reference: str):
        """Return a row as it now stands."""
        with self.store.read() as session:
            found = Matters(session).by_reference(kind, reference)
            assert found is not None
            session.expunge(found)
            return found

    def rows(self, kind, **equals):
        """Return rows as they now stand."""
        with self.store.read() as session:
            found = Matters(session).find(kind, **equals)
            for row in found:
                session.expunge(row)
            return found

    def write_marks(
        self, marks: Mapping[tuple[date, Session], str], *, on: date, pupil: int = 0, urn: str = URN
    ):
        """Write marks as first taken, known from that day on."""
        number = pupil or self.pupil
        cells = _cells(number, marks)
        with self.store.act(self.officer, at(on, 8)) as act:
            writing = RegisterWriting(act.session)
            import_id = writing.add_import(_import(act.moment, len(marks), 0, len(self.marks)))
            writing.add_marks(import_id, act.moment.at_utc, [NewMarks(urn, BatchKind.FIRST, cells)])
            act.record("account.closed", subject=Subject(), payload={"account": 1})
        self.marks |= {(urn, number, day, session): code for (day, session), code in marks.items()}

    def correct(
        self, marks: Mapping[tuple[date, Session], str], *, on: date, pupil: int = 0, urn: str = URN
    ) -> tuple[str, ...]:
        """Correct marks, and open the reviews that follow; return the reviews' references."""
        from attendance.services.reviews import open_reviews

        number = pupil or self.pupil
        moment = at(on, 9)
        changes = [
            MarkChange(
                number,
                urn,
                day,
                session,
                self.marks[urn, number, day, session],
                code,
                moment.at_utc,
                "school.one",
                "Evidence came later",
            )
            for (day, session), code in marks.items()
        ]
        with self.store.act(self.officer, moment) as act:
            writing = RegisterWriting(act.session)
            import_id = writing.add_import(_import(moment, 0, len(marks), len(self.marks) + on.toordinal()))
            cells = _cells(number, marks)
            writing.add_marks(import_id, moment.at_utc, [NewMarks(urn, BatchKind.CORRECTION, cells)])
            writing.add_changes(import_id, changes)
            work = Work(self.office, act, self.officer, moment, "register.import")
            opened = open_reviews(work, changes)
            act.record("account.closed", subject=Subject(), payload={"account": 1})
        self.marks |= {(urn, number, day, session): code for (day, session), code in marks.items()}
        return opened


def build(
    store: Store, *, school_type: str = "Community school", home_la: str = LA, born: date = BORN
) -> World:
    """Write the world's people and calendars into an empty store."""
    office = Office(store, rule_book("coventry"), AUTHORITY, working_days())
    world = World(office)
    with store.act(Actor("setup", Role.OFFICER), at(START)) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_schools(
            [
                _school(URN, "Mill Lane School", school_type),
                _school(OTHER_URN, "Quarry School", "Community school"),
            ]
        )
        writing.merge_pupils([PupilArrival(upn(1), "Ada", "Marsh", born, HOME, home_la, "")])
        writing.merge_adults(_adults(), START)
        writing.merge_links(_links())
        writing.merge_enrolments([EnrolmentArrival(upn(1), URN, date(2023, 9, 1), None, "7", main=True)])
        writing.merge_staff(_staff())
        Calendars(act.session).add(
            [
                CalendarPeriod(urn, PeriodKind.TERM, first, last)
                for urn in (URN, OTHER_URN)
                for first, last in TERMS
            ],
            act.moment.at_utc,
        )
        act.record("account.closed", subject=Subject(), payload={"account": 1})
        adults = writing.adult_ids()
        world.pupil = writing.pupil_ids()[upn(1)]
    world.mother, world.father = adults["A-1"], adults["A-2"]
    world.authority_as_parent, world.stranger = adults["LA-399"], adults["A-3"]
    with store.read() as session:
        people = People(session)
        world.head = people.staff(URN, StaffRole.HEAD)[0].id
        world.deputy = people.staff(URN, StaffRole.AUTHORISED_DEPUTY)[0].id
        world.officer_person = people.staff(None, StaffRole.AUTHORISED_OFFICER)[0].id
    return world


def flag(world: World, flag_: Flag, since: date) -> None:
    """Give the child a flag."""
    with world.store.act(world.officer, at(since)) as act:
        PeopleWriting(act.session, write=True).merge_flags([FlagArrival(upn(1), flag_, since, None)])
        act.record("account.closed", subject=Subject(), payload={"account": 1})


def school_days(first: date, count: int) -> tuple[date, ...]:
    """Return so many weekdays of term from a day on."""
    found: list[date] = []
    day = first
    while len(found) < count:
        if day.weekday() < 5 and any(a <= day <= b for a, b in TERMS):
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)


def absent(days_: Iterable[date], code: str = "O", sessions: Iterable[Session] = tuple(Session)):
    """Return marks of absence for whole days."""
    return {(day, session): code for day in days_ for session in sessions}


def present(first: date, last: date, *, but: Mapping[tuple[date, Session], str]):
    """Return marks for every school day from first to last: present, except those given."""
    day, marks = first, {}
    while day <= last:
        if day.weekday() < 5 and any(a <= day <= b for a, b in TERMS):
            marks |= {(day, Session.AM): "/", (day, Session.PM): "\\"}
        day += timedelta(days=1)
    return {**marks, **{key: code for key, code in but.items() if first <= key[0] <= last}}


def support(world: World, on: date) -> None:
    """Record support and an offer of early help."""
    world.do(
        "support.record",
        on,
        by=world.school,
        pupil_id=world.pupil,
        school_urn=URN,
        kind="home_visit",
        on=on,
        response="taken_up",
        offered_by="Pastoral lead",
    )
    world.do(
        "early_help.record",
        on,
        by=world.school,
        pupil_id=world.pupil,
        school_urn=URN,
        offered_on=on,
        answer="declined",
        answered_on=on,
    )


def earlier_notices_asked(world: World, on: date, adult: int) -> None:
    """Record that school or parent was asked about earlier notices, and the answer."""
    done = world.do(
        "notice_check.ask", on, pupil_id=world.pupil, adult_id=adult, asked_of="The school and the parent"
    )
    world.do("notice_check.answer", on, reference=done.reference, answer="None known.")


def _school(urn: str, name: str, kind: str) -> School:
    return School(urn, name, kind, LA, HOME, establishment_number=urn[2:])


def _adults() -> list[AdultArrival]:
    def person(ref: str, title: str, forename: str, address: Address) -> AdultArrival:
        return AdultArrival(
            ref, AdultKind.PERSON, title, forename, "Marsh", address, None, "", "", email_agreed=False
        )

    council = AdultArrival(
        "LA-399",
        AdultKind.LOCAL_AUTHORITY,
        "",
        "",
        "Aldermere City Council",
        HOME,
        None,
        "",
        "",
        email_agreed=False,
    )
    return [
        person("A-1", "Ms", "Jo", HOME),
        person("A-2", "Mr", "Sam", AWAY),
        person("A-3", "Mr", "Kit", AWAY),
        council,
    ]


def _links() -> list[LinkArrival]:
    def link(ref: str, basis: ParentBasis, *, lives_with: bool) -> LinkArrival:
        return LinkArrival(upn(1), ref, basis, BORN, None, lives_with=lives_with, day_to_day=lives_with)

    return [
        link("A-1", ParentBasis.NATURAL_PARENT, lives_with=True),
        link("A-2", ParentBasis.NATURAL_PARENT, lives_with=False),
        link("LA-399", ParentBasis.PARENTAL_RESPONSIBILITY, lives_with=False),
        link("A-3", ParentBasis.NONE, lives_with=False),
    ]


def _staff() -> list[StaffArrival]:
    since, ended = date(2023, 9, 1), date(2025, 1, 31)
    return [
        StaffArrival(URN, "Ruth Lane", StaffRole.HEAD, since, None, "head@mill.example", ""),
        StaffArrival(URN, "Ben Hale", StaffRole.AUTHORISED_DEPUTY, since, ended, "", "AUTH-900001-1"),
        StaffArrival(URN, "Omar Reed", StaffRole.LAAO, since, None, "", ""),
        StaffArrival(None, "Omar Reed", StaffRole.AUTHORISED_OFFICER, since, None, "", ""),
    ]


def _cells(pupil: int, marks: Mapping[tuple[date, Session], str]) -> Cells:
    keys = sorted(marks)
    return Cells(
        np.array([pupil] * len(keys), dtype=np.int32),
        np.array([days(day) for day, _ in keys], dtype=np.uint16),
        np.array([0 if session is Session.AM else 1 for _, session in keys], dtype=np.uint8),
        np.array([code_number(marks[key]) for key in keys], dtype=np.uint16),
    ).sorted()


def _import(moment: Moment, added: int, corrected: int, salt: int) -> NewImport:
    sha = f"{salt:064x}"
    return NewImport("by_hand", sha, moment.at_utc, "school.one", "", added + corrected, added, corrected, 0)


__all__ = ["StaffMemberRow", "World", "build"]
