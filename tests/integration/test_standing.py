"""Every pupil staged from the store stands where the pupil's own register says."""

from datetime import date

from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.record.entry import Subject
from attendance.domain.registers import Session
from attendance.services import register_facts
from attendance.services.reading.asking import reading
from attendance.services.reading.standings import standings_of
from attendance.services.standing import standing
from attendance.services.work import Work
from attendance.store.calendars import Calendars
from attendance.store.queries.registers import counted_from
from tests.support.world import START, URN, absent, at, build, present, school_days

ON = date(2024, 12, 20)


def stood(store, absences):
    world = build(store)
    world.write_marks(present(date(2024, 9, 2), ON, but=absences), on=ON)
    table = standing(world.office, ON)
    return world, table.row(0, named=True)


def test_the_table_says_what_the_pupil_s_own_register_says(store):
    world, row = stood(store, absent(school_days(date(2024, 10, 22), 6)))
    with store.act(world.officer, at(ON, 18)) as opened:
        work = Work(world.office, opened, world.officer, at(ON, 18), "test")
        counted = register_facts.tally(work, world.pupil, URN, START, ON)
        met = register_facts.threshold(work, world.pupil, URN, world.mother).met_on
        opened.record("account.closed", subject=Subject(), payload={"account": 1})
    assert row["school_urn"] == URN
    assert row["pupil_id"] == world.pupil
    assert (row["possible"], row["attended"]) == (counted.possible, counted.attended)
    assert row["unauthorised"] == counted.unauthorised == 12
    assert row["threshold_met_on"] == met == date(2024, 11, 4)


def test_the_window_follows_the_school_s_calendar_over_half_term(store):
    days = school_days(date(2024, 9, 2), 75)
    _, row = stood(store, absent(days[::8]))
    assert row["threshold_met_on"] == days[32]


def test_marks_after_the_day_are_left_out(store):
    world, _ = stood(store, absent(school_days(date(2024, 12, 9), 5), sessions=(Session.AM,)))
    row = standing(world.office, date(2024, 12, 6)).row(0, named=True)
    assert row["unauthorised"] == 0
    assert row["stage"] == "prevention"


def test_without_marks_there_is_nobody_in_the_table(store):
    assert standing(build(store).office, ON).is_empty()


def read(world):
    """Return what a school's page says of the only pupil."""
    with reading(world.office, world.officer, at(ON, 18)) as work:
        (one,) = standings_of(work, URN)
    return one.unauthorised, one.threshold_met_on


def test_what_a_school_s_page_keeps_follows_its_corrections_and_its_calendar(store):
    days = school_days(date(2024, 10, 21), 5)
    world, _ = stood(store, absent(days))
    assert read(world) == read(world) == (10, days[-1])
    world.correct({(days[0], Session.AM): "/"}, on=ON)
    assert read(world) == (9, None)
    with store.read() as session:
        before = counted_from(session, URN)
    with store.act(world.officer, at(ON, 17)) as act:
        closed = CalendarPeriod(URN, PeriodKind.CLOSED, ON, ON)
        Calendars(act.session).add([closed], act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    with store.read() as session:
        added = counted_from(session, URN)
    with store.act(world.officer, at(ON, 18)) as act:
        Calendars(act.session).withdraw([closed], act.moment.at_utc)
        act.record("account.closed", subject=Subject(), payload={"account": 1})
    with store.read() as session:
        assert len({before, added, counted_from(session, URN)}) == 3
