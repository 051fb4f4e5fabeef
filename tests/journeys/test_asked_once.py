"""A reading puts no question twice; an act always asks anew."""

from datetime import date

import pytest
from sqlalchemy import Engine, event

from attendance.domain.moment import Actor
from attendance.services.reading.asking import reading
from attendance.store.matters import Matters
from attendance.store.tables.cases import CaseRow
from rules.roles import Role
from tests.support import stories
from tests.support.casework import DECIDED
from tests.support.world import URN, at

SENIOR = Actor("senior.one", Role.SENIOR_OFFICER)


@pytest.fixture
def world(tell):
    return tell(stories.decided)


@pytest.fixture
def asked():
    statements = []

    def count(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    yield lambda table: sum(f"FROM {table}" in statement for statement in statements)
    event.remove(Engine, "before_cursor_execute", count)


def test_a_reading_asks_for_rows_people_and_marks_once(world, asked):
    with reading(world.office, SENIOR, at(DECIDED, 11)) as work:
        for _ in range(3):
            work.matters.find(CaseRow, pupil_id=world.pupil)
            work.people.enrolments_of(world.pupil)
            work.registers.marks_of(world.pupil, URN, date(2024, 9, 2), DECIDED)
    assert (asked('"case"'), asked("enrolment"), asked("register_batch")) == (1, 1, 1)


def test_a_part_of_the_days_read_before_is_not_read_again(world, asked):
    with reading(world.office, SENIOR, at(DECIDED, 11)) as work:
        year = work.registers.marks_of(world.pupil, URN, date(2024, 9, 2), DECIDED)
        part = work.registers.marks_of(world.pupil, URN, date(2024, 11, 4), date(2024, 11, 8))
        assert part == tuple(m for m in year if date(2024, 11, 4) <= m.day <= date(2024, 11, 8))
        assert asked("register_batch") == 1
        earlier = work.registers.marks_of(world.pupil, URN, date(2023, 9, 1), DECIDED)
        assert earlier == year
        assert asked("register_batch") == 2


def test_an_act_sees_what_it_has_just_written(world):
    with world.store.note() as session:
        matters = Matters(session)
        before = matters.find(CaseRow, pupil_id=world.pupil)
        session.expunge_all()
        assert matters.find(CaseRow, pupil_id=world.pupil) is not before
