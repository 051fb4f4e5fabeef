"""People and calendars come back from the store as they were on a day."""

from datetime import date, timedelta

import pytest

from attendance.domain.arrivals import AdultArrival, FlagArrival, StaffArrival
from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.errors import NotFound
from attendance.domain.people import Address, AdultKind, Flag, ParentBasis, StaffRole
from attendance.domain.record.entry import Subject
from attendance.store.calendars import Calendars
from attendance.store.people import People
from attendance.store.people_writing import Merged, PeopleWriting
from attendance.store.queries.people import on_roll
from tests.support.people import ADDRESS, OFFICER, URN, adult, at, enrolment, link, pupil, school, seed, upn

DAY = date(2025, 1, 15)
CLOSED = {"subject": Subject(), "payload": {"account": 1}}


def test_a_pupil_is_found_by_number_upn_and_the_start_of_a_name(store):
    ids = seed(store, pupils=(1, 2))
    with store.read() as session:
        people = People(session)
        ada = people.pupil(ids[1])
        assert (ada.name, ada.upn, ada.address) == ("Ada Marsh", upn(1), ADDRESS)
        assert people.pupil_by_upn(upn(1)) == ada
        assert {one.id for one in people.search("mar")} == set(ids.values())
        assert {one.id for one in people.search("Ada M")} == set(ids.values())
        assert people.search(upn(2)[:13].lower()) == (people.pupil(ids[2]),)
        assert people.search("%") == people.search("") == ()


def test_what_does_not_exist_is_said_so(store):
    with store.read() as session:
        people = People(session)
        for ask in (
            lambda: people.pupil(1),
            lambda: people.pupil_by_upn("A"),
            lambda: people.adult(1),
            lambda: people.adult_by_ref("A"),
            lambda: people.school(URN),
            lambda: people.staff_member(1),
        ):
            with pytest.raises(NotFound):
                ask()
        assert people.address(1) is None
        assert people.schools() == ()


def test_a_parent_stands_once_however_many_links_there_are_and_only_on_their_days(store):
    ids = seed(store)
    with store.act(OFFICER, at(DAY)) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_links([link(1, "A-1", ParentBasis.PARENTAL_RESPONSIBILITY)])
        act.record("account.closed", **CLOSED)
    with store.read() as session:
        people = People(session)
        (parent,) = people.parents_of(ids[1], DAY)
        assert parent.adult.ref == "A-1"
        assert [one.basis for one in parent.links] == ["natural_parent", "parental_responsibility"]
        assert parent.link.basis is ParentBasis.NATURAL_PARENT
        assert people.parents_of(ids[1], date(2012, 5, 5)) == ()
        assert len(people.links_between(ids[1], parent.adult.id)) == 2
        assert {one.pupil_id for one in people.children_of(parent.adult.id, DAY)} == {ids[1]}


def test_an_address_holds_from_its_day_on_and_the_earlier_one_stays(store):
    seed(store, on=date(2024, 9, 1))
    there = Address(("2 New Street",), "AM2 2BB")
    moved = AdultArrival("A-1", AdultKind.PERSON, "Ms", "Jo", "Marsh", there, DAY, "", "", email_agreed=False)
    with store.act(OFFICER, at(DAY)) as act:
        assert PeopleWriting(act.session, write=True).merge_adults([moved], DAY) == Merged(0, 1, 0)
        assert PeopleWriting(act.session, write=True).merge_adults([moved], DAY) == Merged(0, 0, 1)
        act.record("account.closed", **CLOSED)
    with store.read() as session:
        people = People(session)
        jo = people.adult_by_ref("A-1")
        assert jo.address == there
        assert people.adult(jo.id, DAY - timedelta(days=1)).address == ADDRESS
        assert people.adult(jo.id, DAY).address == there
        assert people.adult_by_ref("A-1", date(2024, 8, 31)).address is None


def test_flags_staff_and_rolls_are_those_of_the_day(store):
    ids = seed(store)
    last = DAY - timedelta(days=1)
    with store.act(OFFICER, at(DAY)) as act:
        writing = PeopleWriting(act.session, write=True)
        writing.merge_flags(
            [
                FlagArrival(upn(1), Flag.SEND, DAY, None),
                FlagArrival(upn(1), Flag.HEALTH, date(2024, 9, 1), last),
            ]
        )
        writing.merge_staff(
            [
                StaffArrival(URN, "Pat Field", StaffRole.HEAD, date(2020, 9, 1), last, "", ""),
                StaffArrival(URN, "Lee Moor", StaffRole.HEAD, DAY, None, "", ""),
                StaffArrival(None, "Kit Brook", StaffRole.AUTHORISED_OFFICER, DAY, None, "", ""),
            ]
        )
        writing.merge_enrolments([enrolment(1, until=last)])
        act.record("account.closed", **CLOSED)
    with store.read() as session:
        people = People(session)
        assert people.flags_of(ids[1], DAY) == {Flag.SEND}
        assert people.flags_of(ids[1], last) == {Flag.HEALTH}
        assert [one.flag for one in people.flag_history(ids[1])] == [Flag.HEALTH, Flag.SEND]
        assert [one.name for one in people.staff(URN, StaffRole.HEAD, DAY)] == ["Lee Moor"]
        assert [one.name for one in people.staff(URN)] == ["Pat Field", "Lee Moor"]
        (officer,) = people.staff(None, on=DAY)
        assert people.staff_member(officer.id) == officer
        assert [one.pupil_id for one in on_roll(session, URN, last)] == [ids[1]]
        assert on_roll(session, URN, DAY) == ()
        assert [one.until for one in people.enrolments_of(ids[1])] == [last]


def test_merging_says_what_would_change_and_writes_only_when_asked(store):
    seed(store)
    changed = [pupil(1, surname="Marsh-Hall"), pupil(2)]
    with store.act(OFFICER, at(DAY)) as act:
        dry = PeopleWriting(act.session, write=False)
        assert dry.merge_pupils(changed) == Merged(1, 1, 0)
        assert dry.merge_adults([adult("A-1"), adult("A-2")], DAY) == Merged(1, 0, 1)
        assert dry.merge_schools([school(name="Other")]) == Merged(0, 1, 0)
        assert PeopleWriting(act.session, write=True).merge_pupils([]) == Merged()
        act.record("account.closed", **CLOSED)
    with store.read() as session:
        assert [one.surname for one in People(session).search("m")] == ["Marsh"]
    with store.act(OFFICER, at(DAY)) as act:
        wet = PeopleWriting(act.session, write=True)
        assert wet.merge_pupils(changed).changes
        assert not wet.merge_pupils(changed).changes
        assert wet.merge_schools([school(name="Other")]) == Merged(0, 1, 0)
        act.record("account.closed", **CLOSED)
    with store.read() as session:
        assert [one.surname for one in People(session).search("m")] == ["Marsh", "Marsh-Hall"]
        assert People(session).school(URN).name == "Other"


def test_a_calendar_is_that_of_now_or_of_any_earlier_instant(store):
    seed(store)
    closed = CalendarPeriod(URN, PeriodKind.CLOSED, DAY, DAY, "Snow")
    with store.act(OFFICER, at(DAY)) as act:
        Calendars(act.session).add([closed], act.moment.at_utc)
        act.record("account.closed", **CLOSED)
    with store.act(OFFICER, at(DAY, 14)) as act:
        Calendars(act.session).withdraw([closed], act.moment.at_utc)
        act.record("account.closed", **CLOSED)
    with store.read() as session:
        calendars = Calendars(session)
        assert calendars.calendar(URN).is_school_day(DAY)
        assert not calendars.calendar(URN, at(DAY, 13).at_utc).is_school_day(DAY)
        assert calendars.calendar(URN, at(DAY, 11).at_utc).is_school_day(DAY)
        assert calendars.calendars().keys() == {URN}
        assert calendars.calendar("999999").known_from is None
