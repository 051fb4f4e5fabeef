"""A small invented world in a real store: two schools, a child with two parents, staff, a register to fill.

- Everything is performed through the real acts; only people, calendars, and marks are written straight in.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from attendance.domain.arrivals import EnrolmentArrival, FlagArrival, PupilArrival
from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.moment import Actor, Moment
from attendance.domain.people import Flag
from attendance.domain.record.entry import Subject
from attendance.domain.registers import BatchKind, MarkChange
from attendance.services.accounts import COMMAND_LINE, Opening, open_account
from attendance.services.acts import perform
from attendance.services.documents import receive_document
from attendance.services.imports.month_counts import count_months
from attendance.services.office import Office, working_days
from attendance.services.registry import act_named
from attendance.services.reviews import open_reviews
from attendance.services.work import Done, Work
from attendance.settings import AuthoritySettings
from attendance.store.calendars import Calendars
from attendance.store.matters import Matters
from attendance.store.people import People
from attendance.store.people_writing import PeopleWriting
from attendance.store.register_writing import NewImport, NewMarks, RegisterWriting
from attendance.store.tables.cases import DutyRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.unit_of_work import OpenAct, Store
from rules.codes import register_codes
from rules.law import rule_book
from rules.roles import Role
from tests.support import world_people as people
from tests.support.casework import CONSIDERED, earlier_notices_asked, support
from tests.support.world_marks import CLOSED, TERMS, Marks, absent, cells, present, school_days
from tests.support.world_people import BORN, HOME, LA, OTHER_URN, URN, upn

START = date(2024, 9, 1)

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


@dataclass
class World:
    """The world, with the ids that acts need and the references that a story left."""

    office: Office
    staff: dict[str, int] = field(default_factory=dict)
    pupil: int = 0
    mother: int = 0
    father: int = 0
    authority_as_parent: int = 0
    stranger: int = 0
    notice: str = ""
    improvement: str = ""
    request: str = ""
    marks: dict[tuple[str, int], Marks] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        """The store."""
        return self.office.store

    @property
    def officer_person(self) -> int:
        """The officer whom the authority authorised, as one of its staff."""
        return self.staff["officer"]

    @property
    def officer(self) -> Actor:
        """An officer whom the authority authorised."""
        return Actor("officer.one", Role.OFFICER, person=self.staff.get("officer"))

    @property
    def senior(self) -> Actor:
        """The senior officer."""
        return Actor("senior.one", Role.SENIOR_OFFICER, person=self.staff.get("officer"))

    @property
    def school(self) -> Actor:
        """The school's account."""
        return Actor("school.one", Role.SCHOOL, frozenset({URN}))

    @property
    def other_school(self) -> Actor:
        """The account of the other school."""
        return Actor("school.two", Role.SCHOOL, frozenset({OTHER_URN}))

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

    def last_entry(self) -> tuple[str, dict[str, object]]:
        """Return the event and the payload of the latest entry in the record."""
        with self.store.read() as session:
            row = max(Matters(session).find(RecordEntryRow), key=lambda entry: entry.seq)
            return row.event, json.loads(row.payload)

    def due(self) -> dict[str, set[str]]:
        """Return the codes of what is due now, by the reference of the matter."""
        found: dict[str, set[str]] = {}
        for duty in self.rows(DutyRow, cleared_on=None):
            found.setdefault(duty.subject_reference, set()).add(duty.code)
        return found

    def document(self, text: str, on: date) -> str:
        """Put the school's document in and return its SHA-256."""
        return receive_document(
            self.store,
            text.encode(),
            media_type="text/plain",
            file_name="document.txt",
            actor=self.school,
            moment=at(on, 7),
        )

    def account(self, name: str, role: Role = Role.OFFICER, *, on: date = START) -> str:
        """Open an account of that name and role, and return the name."""
        open_account(self.store, Opening(name=name, role=role), COMMAND_LINE, at(on, 6))
        return name

    def enrol(self, urn: str, since: date, until: date | None, *, child: int = 1, main: bool = True) -> None:
        """Write a further enrolment of the child."""
        with self.store.act(self.officer, at(since, 6)) as act:
            arrival = EnrolmentArrival(upn(child), urn, since, until, "7", main=main)
            PeopleWriting(act.session, write=True).merge_enrolments([arrival])
            act.record("account.closed", subject=Subject(), payload={"account": 1})

    def write_marks(self, marks: Marks, *, on: date, urn: str = URN) -> None:
        """Write marks as first taken, known from that day on."""
        with self.store.act(self.officer, at(on, 8)) as act:
            writing = RegisterWriting(act.session)
            import_id = writing.add_import(self._import(act.moment, len(marks), 0))
            taken = NewMarks(urn, BatchKind.FIRST, cells(self.pupil, marks))
            writing.add_marks(import_id, act.moment.at_utc, [taken])
            self._count(act, urn, marks)
            act.record("account.closed", subject=Subject(), payload={"account": 1})
        self._know(urn, marks)

    def correct(self, marks: Marks, *, on: date, urn: str = URN) -> tuple[str, ...]:
        """Correct marks, and open the reviews that follow; return the reviews' references."""
        moment = at(on, 9)
        changes = list(self._changes(marks, moment, urn))
        with self.store.act(self.officer, moment) as act:
            writing = RegisterWriting(act.session)
            import_id = writing.add_import(self._import(moment, 0, len(marks)))
            corrected = NewMarks(urn, BatchKind.CORRECTION, cells(self.pupil, marks))
            writing.add_marks(import_id, moment.at_utc, [corrected])
            writing.add_changes(import_id, changes)
            self._count(act, urn, marks)
            opened = open_reviews(Work(self.office, act, self.officer, moment, "register.import"), changes)
            act.record("account.closed", subject=Subject(), payload={"account": 1})
        self._know(urn, marks)
        return opened

    def _count(self, act: OpenAct, urn: str, marks: Marks) -> None:
        touched = [day for day, _ in marks]
        count_months(act, (urn,), min(touched), max(touched), register_codes(self.office.book))

    def _changes(self, marks: Marks, moment: Moment, urn: str) -> Iterator[MarkChange]:
        known, why = self.marks[urn, self.pupil], "Evidence came later"
        for (day, session), code in marks.items():
            old = known[day, session]
            yield MarkChange(self.pupil, urn, day, session, old, code, moment.at_utc, "school.one", why)

    def _know(self, urn: str, marks: Marks) -> None:
        self.marks = {
            **self.marks,
            (urn, self.pupil): {**self.marks.get((urn, self.pupil), {}), **marks},
        }

    def _import(self, moment: Moment, added: int, corrected: int) -> NewImport:
        salt = hash((moment.at_utc, self.pupil, added, corrected, len(self.marks))) % 2**64
        rows = added + corrected
        return NewImport(
            "by_hand", f"{salt:064x}", moment.at_utc, "school.one", "", rows, added, corrected, 0
        )


def build(
    store: Store,
    *,
    school_type: str = "Community school",
    home_la: str = LA,
    born: date = BORN,
    on_roll: tuple[date, date | None] = (date(2023, 9, 1), None),
) -> World:
    """Write the world's people and calendars into an empty store."""
    return build_children(store, range(1, 2), school_type, home_la, born, on_roll)[0]


def build_children(
    store: Store,
    children: range,
    school_type: str = "Community school",
    home_la: str = LA,
    born: date = BORN,
    on_roll: tuple[date, date | None] = (date(2023, 9, 1), None),
) -> tuple[World, ...]:
    """Write a world with several children; return it as seen from each of them."""
    office = Office(store, rule_book("coventry"), AUTHORITY, working_days())
    with store.act(Actor("setup", Role.OFFICER), at(START)) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_schools(people.schools(school_type))
        writing.merge_pupils(
            [PupilArrival(upn(child), "Ada", "Marsh", born, HOME, home_la, "") for child in children]
        )
        writing.merge_adults(people.adults(children), START)
        writing.merge_links(people.links(children))
        writing.merge_enrolments(
            [EnrolmentArrival(upn(child), URN, *on_roll, "7", main=True) for child in children]
        )
        writing.merge_staff(people.staff())
        Calendars(act.session).add(_periods(), act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})
        adults, pupils = writing.adult_ids(), writing.pupil_ids()
    world = World(
        office,
        _staff(store),
        authority_as_parent=adults[people.COUNCIL],
        stranger=adults[people.STRANGER],
    )
    return tuple(
        replace(
            world,
            pupil=pupils[upn(child)],
            mother=adults[people.mother_of(child)],
            father=adults[people.father_of(child)],
        )
        for child in children
    )


def _periods() -> list[CalendarPeriod]:
    terms = [CalendarPeriod(urn, PeriodKind.TERM, *term) for urn in (URN, OTHER_URN) for term in TERMS]
    closed = [CalendarPeriod(urn, PeriodKind.CLOSED, day, day) for urn in (URN, OTHER_URN) for day in CLOSED]
    return [*terms, *closed]


def _staff(store: Store) -> dict[str, int]:
    with store.read() as session:
        found = People(session)
        return {
            word: next(m.id for m in found.staff(urn, role) if m.name == name)
            for word, (name, role, urn, _, _) in people.STAFF.items()
        }


def flag(world: World, flag_: Flag, since: date) -> None:
    """Give the child a flag."""
    with world.store.act(world.officer, at(since)) as act:
        PeopleWriting(act.session, write=True).merge_flags([FlagArrival(upn(1), flag_, since, None)])
        act.record("account.closed", subject=Subject(), payload={"account": 1})


__all__ = [
    "CONSIDERED",
    "HOME",
    "LA",
    "OTHER_URN",
    "START",
    "URN",
    "World",
    "absent",
    "at",
    "build",
    "build_children",
    "earlier_notices_asked",
    "flag",
    "present",
    "school_days",
    "support",
    "upn",
]
