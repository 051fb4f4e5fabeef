"""First notice, second notice, none: two to one parent for one child in three years.

SI 2007/1867 as amended by SI 2024/210: the first is £160, £80 if paid within 21 days; a second within three
years of the first is £160 flat; a third is not issued until three years after the first was. The limit is per
parent and child, whoever issued. A notice withdrawn never counts, nor one for an excluded pupil in a public
place (Education and Inspections Act 2006 s.105).
"""

from datetime import date

import pytest

from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused
from tests.support.world_marks import school_days_before

FIRST, SECOND, THIRD = date(2024, 9, 10), date(2025, 6, 24), date(2027, 9, 10)
LEAP_DAY = date(2028, 2, 29)


def issued_on(world, day, **fields):
    """Issue a notice for the five days of school that end a day of school before."""
    days = school_days_before(day, 6)[:5]
    return c.issue(world, day, day, offence_from=days[0], offence_until=days[4], **fields)


def often_absent(store, *issue_days, **built):
    world = w.build(store, **built)
    missed = [day for on in issue_days for day in school_days_before(on, 6)[:5]]
    c.register(world, *missed, last=max(issue_days))
    c.support(world, date(2024, 9, 2))
    for adult in (world.mother, world.father):
        for day in issue_days:
            c.earlier_notices_asked(world, day, adult)
    return world


def sums(world, notice):
    row = world.row(PenaltyNoticeRow, notice)
    return row.rung, row.reduced_pence, row.full_pence


@pytest.fixture
def twice_noticed(store):
    world = often_absent(store, FIRST, SECOND, date(2027, 9, 9))
    first, second = issued_on(world, FIRST), issued_on(world, SECOND)
    assert sums(world, first) == ("first", 8000, 16000)
    assert sums(world, second) == ("second", None, 16000)
    return world


def test_a_third_notice_is_refused_the_day_before_three_years_have_passed_and_allowed_on_the_day(
    twice_noticed,
):
    world = twice_noticed
    the_day_before = date(2027, 9, 9)
    with refused(world, "limit_reached"):
        c.decide(world, the_day_before, posting_on=the_day_before)
    notice = c.decide(world, the_day_before, posting_on=THIRD)
    c.prepare(world, notice, the_day_before, posting_on=THIRD)
    with refused(world, "limit_reached", "posting_day_differs", "ladder_changed"):
        c.release(world, notice, the_day_before)
    c.release(world, notice, THIRD)
    row = world.row(PenaltyNoticeRow, notice)
    assert (row.issued_on, row.state) == (THIRD, "issued")
    assert sums(world, notice) == ("second", None, 16000), "one is left in the look-back: flat, not £80"


def test_no_reason_lifts_the_limit(twice_noticed):
    day = date(2027, 9, 9)
    for by in (twice_noticed.officer, twice_noticed.senior):
        with refused(twice_noticed, "limit_reached"):
            c.decide(twice_noticed, day, by=by, posting_on=day, reasons=c.reason("limit_reached"))


def test_two_parents_have_histories_of_their_own(sqlite_store):
    world = often_absent(sqlite_store, FIRST, SECOND, date(2025, 12, 2))
    issued_on(world, FIRST)
    assert sums(world, issued_on(world, SECOND)) == ("second", None, 16000)
    assert sums(world, issued_on(world, SECOND, adult_id=world.father)) == ("first", 8000, 16000)
    day = date(2025, 12, 2)
    with refused(world, "limit_reached"):
        issued_on(world, day)
    assert sums(world, issued_on(world, day, adult_id=world.father)) == ("second", None, 16000)


def test_a_withdrawn_first_notice_does_not_count(sqlite_store):
    world = often_absent(sqlite_store, FIRST, SECOND)
    first = issued_on(world, FIRST)
    why = "The address was wrong."
    c.say(world, "withdraw", date(2024, 9, 12), notice=first, ground="material_errors", why=why)
    assert sums(world, issued_on(world, SECOND)) == ("first", 8000, 16000)


def test_a_notice_withdrawn_between_preparing_and_release_changes_the_sums_and_holds_them_back(sqlite_store):
    world = often_absent(sqlite_store, FIRST, SECOND)
    first = issued_on(world, FIRST)
    second = c.decide(world, SECOND, posting_on=SECOND, offence_from=date(2025, 6, 1))
    c.prepare(world, second, SECOND, posting_on=SECOND)
    why = "It ought not to have been issued."
    c.say(world, "withdraw", SECOND, notice=first, ground="ought_not_to_have_been_issued", why=why)
    with refused(world, "ladder_changed"):
        c.release(world, second, SECOND)
    c.prepare(world, second, SECOND, posting_on=SECOND)
    c.release(world, second, SECOND)
    assert sums(world, second) == ("first", 8000, 16000)


def recorded(world, day, kind="school_attendance", **fields):
    return world.do(
        "earlier_notice.record",
        FIRST,
        pupil_id=world.pupil,
        adult_id=world.mother,
        kind=kind,
        issued_by="Lowfield Council",
        issued_on=day,
        offence_from=date(2024, 3, 4) if day < w.START else date(2024, 9, 2),
        offence_until=date(2024, 3, 8) if day < w.START else date(2024, 9, 2),
        source="other_authority",
        **fields,
    ).reference


def test_notices_of_other_issuers_count_until_their_issuer_withdraws_them(sqlite_store):
    world = often_absent(sqlite_store, SECOND)
    other = [recorded(world, FIRST), recorded(world, date(2024, 9, 9))]
    with refused(world, "limit_reached"):
        issued_on(world, SECOND)
    world.do("earlier_notice.withdrawn", SECOND, reference=other[0], withdrawn_on=SECOND)
    assert sums(world, issued_on(world, SECOND)) == ("second", None, 16000)


def test_a_notice_for_an_excluded_pupil_is_refused_here_and_never_counted(sqlite_store):
    world = often_absent(sqlite_store, SECOND)
    for day in (FIRST, date(2024, 9, 9)):
        recorded(world, day, "excluded_in_public_place")
    with refused(world, "excluded_pupil_notice"):
        issued_on(world, SECOND, kind="excluded_in_public_place")
    assert sums(world, issued_on(world, SECOND)) == ("first", 8000, 16000)


def test_a_notice_for_an_offence_before_the_framework_does_not_count(sqlite_store):
    world = often_absent(sqlite_store, SECOND)
    for day in (date(2024, 4, 1), date(2024, 5, 1)):
        recorded(world, day)
    assert sums(world, issued_on(world, SECOND)) == ("first", 8000, 16000)


def test_three_years_after_a_leap_day_end_with_the_last_day_of_february(sqlite_store):
    """29 February has no third anniversary: the cautious day is 1 March, on which a notice is allowed."""
    barred, free = date(2031, 2, 28), date(2031, 3, 1)
    second = date(2028, 6, 20)
    world = often_absent(sqlite_store, LEAP_DAY, second, barred, born=date(2018, 5, 6))
    issued_on(world, LEAP_DAY)
    issued_on(world, second)
    with refused(world, "limit_reached"):
        c.decide(world, barred, posting_on=barred)
    notice = c.decide(world, barred, posting_on=free)
    c.prepare(world, notice, barred, posting_on=free)
    c.release(world, notice, free)


def test_a_notice_that_came_back_does_not_count_against_itself_when_it_goes_out_again(tell):
    world = tell(stories.issued)
    back = date(2024, 11, 27)
    c.say(world, "record_returned_mail", back, returned_on=back, why="Gone away")
    c.prepare(world, world.notice, back, posting_on=back)
    c.release(world, world.notice, back)
    assert sums(world, world.notice) == ("first", 8000, 16000)
    assert world.row(PenaltyNoticeRow, world.notice).issued_on == back
