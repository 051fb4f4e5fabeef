"""Instants are written in one way."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from attendance.domain.moment import Actor, Moment, from_utc_text, utc_text
from rules.roles import Role


def test_an_instant_is_written_in_utc_to_the_microsecond_and_read_back():
    summer = datetime(2025, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert utc_text(summer) == "2025-06-30T23:30:00.000000Z"
    assert from_utc_text("2025-06-30T23:30:00.000000Z") == summer


@pytest.mark.parametrize(
    "text", ["2025-06-30", "2025-06-30T23:30:00Z", "2025-06-30T23:30:00.000000+00:00", "x"]
)
def test_an_instant_written_in_any_other_way_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - Python's own message or ours
        from_utc_text(text)


def test_an_instant_without_a_time_zone_is_refused():
    naive = datetime(2025, 7, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        utc_text(naive)
    with pytest.raises(ValueError, match="aware"):
        Moment(naive, date(2025, 7, 1))


def test_an_act_needs_a_named_actor_and_a_school_sees_its_own_alone():
    with pytest.raises(ValueError, match="named"):
        Actor("", Role.OFFICER)
    school = Actor("school.one", Role.SCHOOL, frozenset({"100001"}))
    assert school.may_see("100001")
    assert not school.may_see("100002")
    assert Actor("officer.one", Role.OFFICER).may_see("100002")
    assert Moment(datetime(2025, 7, 1, tzinfo=UTC), date(2025, 7, 1)).on == date(2025, 7, 1)
