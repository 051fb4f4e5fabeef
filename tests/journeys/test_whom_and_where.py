"""Which child, which school, which parent: the law is asked on each session's own day.

EA 1996 s.8: compulsory school age begins on the prescribed day (31 March, 31 August, 31 December) on or after
the fifth birthday and ends on the last Friday in June of the school year in which the child turns sixteen.
s.444A: a notice is for schools to which the section applies, not independent schools. s.576: a parent is a
natural parent, or one with parental responsibility or care; an authority with care is not one to be fined.
"""

from datetime import date, timedelta

import pytest

from attendance.domain.people import Flag
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused


@pytest.fixture
def build(sqlite_store):
    """Build a world that has support, and a mother asked about earlier notices."""

    def build_world(days, **built):
        world = w.build(sqlite_store, **built)
        c.register(world, *days)
        c.support(world, c.SUPPORTED)
        c.earlier_notices_asked(world, max(c.DECIDED, *days), world.mother)
        return world

    return build_world


def test_five_only_after_the_prescribed_day_the_child_is_not_yet_of_school_age(build):
    """Five on 1 September 2024: of compulsory school age from 31 December."""
    world = build(c.ABSENT, born=date(2019, 9, 1))
    with refused(world, "session_outside_school_age"):
        c.decide(world)
    with refused(world, "session_outside_school_age"):
        c.decide_improvement(world)


def test_five_by_the_prescribed_day_the_child_is_of_school_age(build):
    """Five on 31 August 2024, which is a prescribed day."""
    c.decide(build(c.ABSENT, born=date(2019, 8, 31)))


LEAVING = w.school_days(date(2025, 6, 23), 6)


def test_sessions_up_to_the_last_friday_in_june_count(build):
    """Sixteen on 6 May 2025: of compulsory school age through Friday 27 June 2025."""
    world = build(LEAVING[:5], born=date(2009, 5, 6))
    assert LEAVING[4] == date(2025, 6, 27)
    c.decide(world, date(2025, 7, 1), posting_on=date(2025, 7, 2))


def test_a_session_after_the_last_friday_in_june_bars_until_it_is_left_out(build):
    world = build(LEAVING, born=date(2009, 5, 6))
    on = {"on": date(2025, 7, 1), "posting_on": date(2025, 7, 2)}
    whole = {"offence_from": LEAVING[0], "offence_until": LEAVING[5]}
    with refused(world, "session_outside_school_age"):
        c.decide(world, **on, **whole)
    with refused(world, "session_outside_school_age"):
        c.decide(world, **on, **whole, by=world.senior, reasons=c.reason("session_outside_school_age"))
    c.decide(world, **on, **{**whole, "offence_until": LEAVING[4]})


def test_sixteen_in_september_the_child_stays_of_school_age_for_the_whole_year(build):
    world = build(LEAVING, born=date(2009, 9, 1))
    c.decide(world, date(2025, 7, 1), posting_on=date(2025, 7, 2))


@pytest.mark.parametrize(
    "on_roll",
    [
        pytest.param((c.ABSENT[1], None), id="the first day lies before enrolment"),
        pytest.param((date(2023, 9, 1), c.ABSENT[3]), id="the last day lies after the child left"),
    ],
)
def test_a_session_outside_enrolment_bars(build, on_roll):
    world = build(c.ABSENT, on_roll=on_roll)
    with refused(world, "session_outside_enrolment"):
        c.decide(world)


def test_no_notice_is_for_an_independent_school(build):
    world = build(c.ABSENT, school_type="Other independent school")
    with refused(world, "school_outside_the_law"):
        c.decide(world)
    with refused(world, "school_outside_the_law"):
        c.decide_improvement(world, by=world.senior, reasons=c.reason("school_outside_the_law"))


def test_an_adult_with_no_basis_as_a_parent_gets_no_notice(tell):
    world = tell(stories.ready)
    c.earlier_notices_asked(world, c.DECIDED, world.stranger)
    with refused(world, "recipient_without_basis"):
        c.decide(world, adult_id=world.stranger)
    with refused(world, "recipient_without_basis"):
        c.decide_improvement(world, adult_id=world.stranger)


def test_of_a_child_in_care_the_authority_gets_no_notice(tell):
    """The Virtual School and the social worker are consulted first about a child who is looked after."""
    world = tell(stories.ready)
    w.flag(world, Flag.LOOKED_AFTER, w.START)
    c.earlier_notices_asked(world, c.DECIDED, world.authority_as_parent)
    careful = ("social_worker_not_consulted", "virtual_school_not_consulted")
    with refused(world, "recipient_is_an_authority", *careful):
        c.decide(world, adult_id=world.authority_as_parent)
    consulted = ["social_worker", "virtual_school"]
    with refused(world, "recipient_is_an_authority"):
        c.decide(world, adult_id=world.authority_as_parent, consulted=consulted)
    c.decide(world, consulted=consulted)


def test_with_a_home_in_another_authority_that_authority_is_asked_first(build):
    world = build(c.ABSENT, home_la="398")
    with refused(world, "cross_border_check_missing"):
        c.decide(world)
    with refused(world, "home_authority_not_contacted"):
        c.decide_improvement(world)
    c.decide_improvement(world, home_authority_contacted_on=c.SUPPORTED)
    asked = {"of_authority": True, "asked_of": "Lowfield Council"}
    who = {"pupil_id": world.pupil, "adult_id": world.mother}
    question = world.do("notice_check.ask", c.DECIDED, **who, **asked).reference
    with refused(world, "cross_border_check_missing", "notice_to_improve_running"):
        c.decide(world)
    world.do("notice_check.answer", c.DECIDED, reference=question, answer="None issued.")
    with refused(world, "notice_to_improve_running"):
        c.decide(world)


@pytest.mark.parametrize(
    ("asked_on", "refusals"),
    [
        pytest.param(date(2024, 11, 7), ("earlier_notices_not_asked",), id="before the last absence"),
        pytest.param(date(2024, 11, 8), (), id="on the day of the last absence"),
    ],
)
def test_a_question_about_earlier_notices_is_asked_about_this_absence(sqlite_store, asked_on, refusals):
    """An answer from before does not know of what was issued meanwhile."""
    world = w.build(sqlite_store)
    c.register(world, *c.ABSENT)
    c.support(world, c.SUPPORTED)
    c.earlier_notices_asked(world, asked_on, world.mother)
    if refusals:
        with refused(world, *refusals) as caught:
            c.decide(world)
        assert "Thursday 7 November 2024" in caught.value.unmet[0].message
        c.earlier_notices_asked(world, c.DECIDED, world.mother)
    c.decide(world)


def test_a_question_to_another_authority_is_asked_about_this_absence(sqlite_store):
    world = w.build(sqlite_store, home_la="398")
    c.register(world, *c.ABSENT)
    c.support(world, c.SUPPORTED)
    c.earlier_notices_asked(world, c.DECIDED, world.mother)
    c.earlier_notices_asked(world, date(2024, 11, 7), world.mother, of_authority=True)
    with refused(world, "cross_border_check_missing"):
        c.decide(world)
    c.earlier_notices_asked(world, c.DECIDED, world.mother, of_authority=True)
    c.decide(world)


def test_everything_unmet_is_said_at_once(build):
    """The refusal lists law, policy and evidence together, so that nobody meets them one by one."""
    world = build(
        c.ABSENT[:2], school_type="Other independent school", home_la="398", on_roll=(c.ABSENT[1], None)
    )
    wrong = {"considerations": (), "skip_ground": "", "issuer_staff_id": world.staff["former_officer"]}
    with refused(
        world,
        "school_outside_the_law",
        "session_outside_enrolment",
        "recipient_without_basis",
        "best_tool_unanswered",
        "equality_act_unanswered",
        "public_interest_unanswered",
        "sufficient_support_unanswered",
        "authority_not_held",
        "issuer_has_not_decided",
        "below_threshold",
        "notice_to_improve_missing",
        "earlier_notices_not_asked",
        "cross_border_check_missing",
        "time_limit_too_near",
    ):
        c.decide(
            world,
            date(2025, 3, 10),
            posting_on=date(2025, 3, 10) + timedelta(days=1),
            adult_id=world.stranger,
            offence_from=c.ABSENT[0],
            **wrong,
        )
