"""When a notice may be considered: ten unauthorised sessions in a rolling ten school weeks.

National framework for penalty notices: a school week is any week with at least one session, so that holidays
drop out; the codes are G, N, O and U. Below the threshold officers have discretion, which the guards turn
into a recorded reason. Marks that a standing notice rests on are used (SI 2007/1867: payment discharges for
the period).
"""

from datetime import date

import pytest

from attendance.domain.registers import Session
from attendance.services import register_facts
from attendance.services.reading.asking import reading
from attendance.store.tables.notices import NoticeToImproveRow, OffenceSessionRow, PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused


@pytest.fixture
def with_register(sqlite_store):
    """A world with support recorded, whose child was absent as given."""

    def build(marks):
        world = w.build(sqlite_store)
        c.support(world, c.SUPPORTED)
        world.write_marks(w.present(date(2024, 9, 2), date(2025, 7, 18), but=marks), on=w.START)
        c.earlier_notices_asked(world, c.DECIDED, world.mother)
        return world

    return build


def nine_sessions():
    return {**w.absent(c.ABSENT[:4]), (c.ABSENT[4], Session.AM): "O"}


def test_nine_sessions_do_not_reach_the_threshold_and_a_recorded_reason_goes_below_it(with_register):
    world = with_register(nine_sessions())
    with refused(world, "below_threshold"):
        c.decide(world)
    with refused(world, "below_threshold"):
        c.decide_improvement(world)
    notice = c.decide(world, reasons=c.reason("below_threshold"))
    assert len(world.rows(OffenceSessionRow)) == 9
    assert world.row(PenaltyNoticeRow, notice).offence_until == c.ABSENT[4]


def test_the_tenth_session_reaches_it(with_register):
    world = with_register({**nine_sessions(), (c.ABSENT[4], Session.PM): "U"})
    assert world.row(NoticeToImproveRow, c.decide_improvement(world)).offence_from == c.ABSENT[0]


@pytest.mark.parametrize(
    ("last", "reached"),
    [
        pytest.param(date(2024, 11, 15), True, id="in the tenth school week, eleven weeks after the first"),
        pytest.param(date(2024, 11, 18), False, id="in the eleventh school week"),
    ],
)
def test_ten_sessions_across_a_half_term_count_as_far_as_ten_school_weeks_reach(with_register, last, reached):
    first_half = w.school_days(date(2024, 9, 6), 1)
    second_half = w.school_days(date(2024, 11, 4), 3)
    world = with_register(w.absent((*first_half, *second_half, last)))
    on = date(2024, 11, 19)
    if reached:
        c.decide(world, on)
    else:
        with refused(world, "below_threshold"):
            c.decide(world, on)


@pytest.mark.parametrize("code", ["L", "C", "I", "E", "Y1"])
def test_a_code_that_is_no_unauthorised_absence_does_not_count(with_register, code):
    world = with_register({**nine_sessions(), (c.ABSENT[4], Session.PM): code})
    with refused(world, "below_threshold"):
        c.decide(world)


@pytest.mark.parametrize("code", ["G", "N", "U"])
def test_each_unauthorised_code_counts(with_register, code):
    world = with_register({**nine_sessions(), (c.ABSENT[4], Session.PM): code})
    c.decide(world, date(2024, 11, 11))


def test_marks_with_code_n_older_than_five_school_days_ask_for_a_reason(with_register):
    """Register guidance: N is replaced within five school days."""
    world = with_register({**nine_sessions(), (c.ABSENT[4], Session.PM): "N"})
    c.decide(world, date(2024, 11, 15), posting_on=date(2024, 11, 18))
    with refused(world, "stale_n_marks"):
        c.decide(world, date(2024, 11, 18))
    c.decide(world, date(2024, 11, 18), reasons=c.reason("stale_n_marks"))


def test_marks_of_a_standing_notice_are_used_for_its_parent_and_fresh_for_the_other(tell):
    world = tell(stories.issued)
    days = {"offence_from": c.ABSENT[0], "offence_until": c.ABSENT[4]}
    with refused(world, "below_threshold", "marks_used"):
        c.decide(world, **days)
    c.decide(world, adult_id=world.father, **days)


def test_parents_counted_together_stand_where_each_stands_alone(tell):
    world = tell(stories.issued)
    parents = (world.mother, world.father)

    def thresholds(*ahead):
        with reading(world.office, world.officer, w.at(c.RECEIVED)) as work:
            register_facts.read_ahead(work, world.pupil, (w.URN,), ahead)
            return [register_facts.threshold(work, world.pupil, w.URN, adult) for adult in parents]

    mother, father = thresholds(*parents)
    assert [mother, father] == thresholds()
    assert (mother.met_on, mother.marks) == (None, ())
    assert (father.met_on, len(father.marks)) == (c.ABSENT[4], 10)


def test_after_a_withdrawal_for_material_errors_a_corrected_notice_may_follow(tell):
    world = tell(stories.issued)
    c.say(world, "withdraw", c.RECEIVED, ground="material_errors", why="The school was named wrongly.")
    c.decide(world, c.RECEIVED, posting_on=c.RECEIVED)


def test_after_a_withdrawal_on_another_ground_the_senior_officer_says_why_one_follows(tell):
    """SI 2007/1867 reg. 8; that a corrected notice follows only material errors is unverified: no bar."""
    world = tell(stories.issued)
    ground = {"ground": "ought_not_to_have_been_issued", "why": "The family was promised support."}
    c.say(world, "withdraw", c.RECEIVED, **ground)
    again = {"posting_on": c.RECEIVED, "reasons": c.reason("withdrawn_for_these_sessions")}
    with refused(world, "withdrawn_for_these_sessions"):
        c.decide(world, c.RECEIVED, **again)
    c.decide(world, c.RECEIVED, by=world.senior, **again)
