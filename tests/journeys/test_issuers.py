"""The head of a school authorises deputies and assistants in writing; the school keeps who they are."""

from datetime import date

import pytest

from attendance.domain.errors import BadInput, NotAllowed, NotFound
from attendance.domain.moment import Actor
from attendance.domain.people import StaffRole
from attendance.store.tables.people import StaffMemberRow
from attendance.store.tables.record import RecordEntryRow
from rules.roles import Role
from tests.support import world as w

DAY, LATER = date(2024, 10, 7), date(2024, 11, 4)


@pytest.fixture
def world(store):
    """The small world."""
    return w.build(store)


def authorise(world, on=DAY, *, by=None, **fields):
    given = {
        "school_urn": w.URN,
        "name": "Kim Vale",
        "capacity": "authorised_deputy",
        "since": DAY,
        "head_staff_id": world.staff["head"],
        "document": world.document("I authorise Kim Vale.", on),
        **fields,
    }
    return world.do("issuer.authorise", on, by=by or world.school, **given)


def person(world):
    (found,) = world.rows(StaffMemberRow, name="Kim Vale")
    return found


def end(world, on, last_day):
    ending = {"school_urn": w.URN, "staff_id": person(world).id, "last_day": last_day, "why": "Left."}
    return world.do("issuer.end", on, by=world.school, **ending)


def test_an_authorisation_is_kept_with_its_days_and_the_heads_document(world):
    authorise(world)
    row = person(world)
    assert (row.role, row.since, row.until) == (StaffRole.AUTHORISED_DEPUTY, DAY, None)
    assert len(row.authorised_by_document) == 64
    with world.store.read() as session:
        entry = session.query(RecordEntryRow).order_by(RecordEntryRow.seq.desc()).first()
    assert entry.event == "issuer.authorised"
    assert "Kim" not in entry.payload


def test_only_the_head_in_office_on_the_first_day_authorises(world):
    for staff in (world.staff["lead"], world.staff["other_head"], world.staff["deputy"]):
        with pytest.raises(BadInput, match="head in office"):
            authorise(world, head_staff_id=staff)
    with pytest.raises(BadInput, match="head in office"):
        authorise(world, since=date(2020, 9, 1))


def test_nobody_is_authorised_twice_for_the_same_days_or_backwards(world):
    authorise(world, until=LATER)
    with pytest.raises(BadInput, match="already"):
        authorise(world, since=LATER)
    with pytest.raises(BadInput, match="before the first"):
        authorise(world, name="Lee Ash", until=date(2024, 10, 4))


def test_no_one_but_the_school_keeps_its_issuers(world):
    with pytest.raises(NotAllowed):
        authorise(world, by=world.officer)
    with pytest.raises(NotFound):
        authorise(world, by=Actor("school.two", Role.SCHOOL, frozenset({w.OTHER_URN})))


def test_an_authorisation_ends_on_a_last_day_and_is_never_shortened_into_the_past(world):
    authorise(world)
    with pytest.raises(BadInput, match="today or later"):
        end(world, LATER, DAY)
    end(world, LATER, LATER)
    assert person(world).until == LATER
    with pytest.raises(BadInput, match="already"):
        end(world, LATER, date(2024, 12, 2))


def test_a_head_is_not_ended_here(world):
    ending = {"school_urn": w.URN, "staff_id": world.staff["head"], "last_day": LATER, "why": "x"}
    with pytest.raises(BadInput, match="Only an authorisation"):
        world.do("issuer.end", LATER, by=world.school, **ending)
