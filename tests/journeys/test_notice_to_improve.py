"""The notice to improve: its period, its early end, its review by the register.

National framework: three to six weeks, read as school weeks, ended early only on a stated ground after the
parent was told. The local code: at most twenty school days, from the first school day after receipt, so
that a half-term does not shorten it. Not used for leave of absence, or where support was not engaged with.
"""

from datetime import date, timedelta

import pytest

from attendance.domain.errors import BadInput, StepNotAvailable
from attendance.domain.registers import Session
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused, turned_away

ENDS = date(2024, 12, 19)
AFTER = date(2024, 12, 20)
GROUND = "improvement_clearly_not_happening"
FIRST_WEEK = date(2024, 11, 29)


def row(world):
    return world.row(NoticeToImproveRow, world.improvement)


def review(world, on=AFTER, **fields):
    return world.do("notice_to_improve.review", on, reference=world.improvement, **fields)


def missed_in_period(world, count, code="O", on=date(2024, 12, 2)):
    """Let the child miss so many sessions of the period, and ask about earlier notices after it."""
    c.earlier_notices_asked(world, AFTER, world.mother)
    days = w.school_days(on, count)
    sessions = [(day, session) for day in days for session in Session][:count]
    world.correct(dict.fromkeys(sessions, code), on=AFTER)


def test_the_period_is_twenty_school_days_from_the_first_after_receipt(tell):
    world = tell(stories.improving)
    assert (row(world).received_on, row(world).period_from) == (c.RECEIVED, date(2024, 11, 22))
    assert (row(world).period_until, row(world).review_on) == (ENDS, AFTER)
    assert world.due()[world.improvement] == {"review_period"}


def test_a_half_term_does_not_shorten_the_period(sqlite_store):
    world = w.build(sqlite_store)
    c.register(world, *w.school_days(date(2025, 1, 13), 5))
    c.support(world, date(2025, 1, 6))
    world.improvement = c.issue_improvement(world, date(2025, 1, 27), date(2025, 1, 28))
    assert (row(world).period_from, row(world).period_until) == (date(2025, 1, 31), date(2025, 3, 6))
    assert len(w.school_days(row(world).period_from, 20)) == 20
    assert w.school_days(row(world).period_from, 20)[-1] == row(world).period_until


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        (14, ["period_outside_local_policy", "period_outside_national_guidance"]),
        (21, ["period_outside_local_policy"]),
        (31, ["period_outside_local_policy", "period_outside_national_guidance"]),
    ],
)
def test_another_length_asks_the_senior_officer_for_a_reason(tell, days, codes):
    world = tell(stories.ready)
    with refused(world, *codes):
        c.decide_improvement(world, period_school_days=days, reasons=c.reason(*codes))
    c.decide_improvement(world, period_school_days=days, reasons=c.reason(*codes), by=world.senior)


@pytest.mark.parametrize("target", [30, 999])
def test_a_target_that_an_empty_seat_would_meet_is_refused_beside_its_field(tell, target):
    """A letter that lets the child miss every session of the period asks for nothing."""
    world = tell(stories.ready)
    with turned_away(world, BadInput, "15 school days has 30 sessions") as caught:
        c.decide_improvement(world, period_school_days=15, target_sessions=target)
    assert caught.value.field == "target_sessions"
    c.decide_improvement(world, period_school_days=15, target_sessions=29)


def test_it_rests_on_no_session_that_a_penalty_notice_to_the_same_parent_has_used(sqlite_store):
    """Ten sessions before the offence period of a notice that stands, and ten inside it."""
    world = w.build(sqlite_store)
    before, inside = w.school_days(date(2024, 11, 4), 5), w.school_days(date(2024, 11, 11), 5)
    c.register(world, *before, *inside)
    c.support(world, c.SUPPORTED)
    c.earlier_notices_asked(world, c.DECIDED, world.mother)
    c.issue(world, offence_from=inside[0], offence_until=inside[-1])
    said = {}
    for adult in (world.mother, world.father):
        world.improvement = c.decide_improvement(world, c.POSTED, adult_id=adult, offence_from=w.START)
        _, payload = world.last_entry()
        said[adult] = payload["sessions"]
    assert said == {world.mother: 10, world.father: 20}


def test_sessions_of_a_withdrawn_penalty_notice_are_fresh_for_it(tell):
    world = tell(stories.issued)
    with refused(world, "below_threshold", "no_offence_sessions"):
        c.decide_improvement(world, c.RECEIVED, offence_from=c.ABSENT[0])
    why = {"ground": "material_errors", "why": "The days of the absence were wrong."}
    c.say(world, "withdraw", c.RECEIVED, **why)
    c.decide_improvement(world, c.RECEIVED, offence_from=c.ABSENT[0])
    _, payload = world.last_entry()
    assert payload["sessions"] == 10


def test_it_is_reviewed_when_the_period_is_over(tell):
    world = tell(stories.improving)
    with refused(world, "period_not_over"):
        review(world, ENDS)
    done = review(world)
    assert done.state == "improved"
    assert world.rows(LetterRow, reference=done.letters[0])[0].name == "notice_to_improve_improved"


@pytest.mark.parametrize(("missed", "state"), [(2, "improved"), (3, "not improved")])
def test_the_register_says_whether_the_target_of_two_sessions_was_met(tell, missed, state):
    world = tell(stories.improving)
    missed_in_period(world, missed)
    assert review(world).state == state
    assert row(world).sessions_in_period == missed


def test_against_the_register_no_failure_is_found_and_an_improvement_asks_for_a_reason(tell):
    world = tell(stories.improving)
    with refused(world, "target_met"):
        review(world, finds="not_improved", reasons=c.reason("target_met"))
    missed_in_period(world, 3)
    with refused(world, "target_not_met"):
        review(world, finds="improved")
    review(world, finds="improved", reasons=c.reason("target_not_met"))


def test_a_register_with_gaps_or_unresolved_reasons_finds_no_failure_without_a_reason(sqlite_store):
    world = w.build(sqlite_store)
    marks = {**w.absent(c.ABSENT), **w.absent(w.school_days(date(2024, 11, 25), 2), "N")}
    world.write_marks(w.present(date(2024, 9, 2), date(2024, 12, 17), but=marks), on=w.START)
    c.support(world, c.SUPPORTED)
    world.improvement = c.issue_improvement(world)
    with refused(world, "register_incomplete", "reasons_not_established"):
        review(world)
    review(world, reasons=c.reason("register_incomplete", "reasons_not_established"))


def tell_of_early_end(world, **fields):
    said = {"why": "Ada missed the first week.", "ends_on": date(2024, 12, 3), "ground": GROUND, **fields}
    return world.do("notice_to_improve.tell_of_early_end", FIRST_WEEK, reference=world.improvement, **said)


def end_early(world, on=date(2024, 12, 3)):
    return world.do("notice_to_improve.end_early", on, reference=world.improvement)


def test_it_does_not_end_early_without_telling_the_parent(tell):
    world = tell(stories.improving)
    with refused(world, "early_end_ground_not_listed", "parent_not_told"):
        end_early(world)
    letter = tell_of_early_end(world).letters[0]
    with refused(world, "parent_not_told"):
        end_early(world)
    world.do("letter.release", FIRST_WEEK, reference=letter)
    assert end_early(world).state == "ended early"
    assert world.due()[world.improvement] == {"decide_next_step"}


def test_it_ends_early_only_on_a_ground_that_the_framework_names(tell):
    world = tell(stories.improving)
    with refused(world, "early_end_ground_not_listed"):
        tell_of_early_end(world, ground="impatience")


def test_only_one_runs_at_a_time_for_a_parent(tell):
    world = tell(stories.improving)
    with refused(world, "notice_to_improve_running"):
        c.decide_improvement(world, c.RECEIVED)
    c.decide_improvement(world, c.RECEIVED, adult_id=world.father)


def test_no_penalty_notice_while_it_runs(tell):
    world = tell(stories.improving)
    for skip_ground in ("", "support_not_engaged_with"):
        with refused(world, "notice_to_improve_running"):
            c.decide(world, c.RECEIVED, posting_on=c.RECEIVED, skip_ground=skip_ground)


def test_after_an_improvement_only_the_senior_officer_goes_on(tell):
    world = tell(stories.improving)
    review(world)
    again = {"posting_on": AFTER, "skip_ground": "", "reasons": c.reason("attendance_had_improved")}
    with refused(world, "attendance_had_improved"):
        c.decide(world, AFTER, **again)
    c.decide(world, AFTER, **again, by=world.senior)


def test_without_improvement_the_penalty_notice_follows_over_the_monitored_time(tell):
    """From the first threshold mark to the last one of the monitored time; ten fresh ones are not needed."""
    world = tell(stories.improving)
    missed_in_period(world, 3)
    review(world)
    assert world.due()[world.improvement] == {"decide_next_step"}
    notice = c.decide(world, AFTER, posting_on=AFTER, skip_ground="")
    found = world.row(PenaltyNoticeRow, notice)
    assert (found.offence_from, found.offence_until) == (c.ABSENT[0], date(2024, 12, 3))
    assert found.notice_to_improve_id == row(world).id
    assert world.improvement not in world.due()


def test_when_that_notice_is_cancelled_the_next_step_is_open_again(tell):
    world = tell(stories.improving)
    missed_in_period(world, 3)
    review(world)
    notice = c.decide(world, AFTER, posting_on=AFTER, skip_ground="")
    c.say(world, "cancel", AFTER, notice=notice, why="Decided by mistake.")
    assert world.due() == {world.improvement: {"decide_next_step"}}
    c.decide(world, AFTER, posting_on=AFTER, skip_ground="")


def test_once_received_it_is_withdrawn_and_not_cancelled(tell):
    world = tell(stories.improving)
    for verb in ("cancel", "hold", "release"):
        given = {} if verb == "release" else {"why": "A mistake."}
        with turned_away(world, StepNotAvailable):
            world.do(f"notice_to_improve.{verb}", FIRST_WEEK, reference=world.improvement, **given)
    world.do("notice_to_improve.withdraw", FIRST_WEEK, reference=world.improvement, why="A mistake.")
    assert (row(world).state, world.due()) == ("withdrawn", {})
    c.decide_improvement(world, FIRST_WEEK + timedelta(days=3))


def not_improved(tell):
    """The period ended without improvement; the next absence is a year later."""
    world = tell(stories.improving)
    missed_in_period(world, 3)
    review(world)
    later = w.school_days(date(2025, 11, 10), 5)
    world.write_marks(
        w.present(date(2025, 9, 1), date(2025, 12, 19), but=w.absent(later)), on=date(2025, 9, 1)
    )
    return world, later


def test_an_old_notice_to_improve_does_not_come_first_for_later_absence(tell):
    """It warned of a notice for absence that does not improve in its period, not of one for ever after."""
    world, later = not_improved(tell)
    on = date(2025, 11, 18)
    c.earlier_notices_asked(world, on, world.mother)
    asked = {"posting_on": on, "skip_ground": "", "offence_from": later[0], "offence_until": later[-1]}
    with refused(world, "notice_to_improve_about_other_absence"):
        c.decide(world, on, **asked)
    reasons = c.reason("notice_to_improve_about_other_absence")
    with refused(world, "notice_to_improve_about_other_absence"):
        c.decide(world, on, **asked, reasons=reasons)
    c.decide(world, on, **{**asked, "skip_ground": "no_effect_expected"})


def test_an_offence_period_stretched_over_a_year_does_not_bring_the_old_one_back(tell):
    world, later = not_improved(tell)
    on = date(2025, 11, 18)
    c.earlier_notices_asked(world, on, world.mother)
    asked = {"posting_on": on, "skip_ground": "", "offence_from": c.ABSENT[0], "offence_until": later[-1]}
    with refused(world, "notice_to_improve_about_other_absence", "time_limit_too_near"):
        c.decide(world, on, **asked)


def test_an_old_improvement_asks_for_nothing_about_later_absence_but_a_ground(tell):
    world = tell(stories.improving)
    review(world)
    later = w.school_days(date(2025, 11, 10), 5)
    world.write_marks(
        w.present(date(2025, 9, 1), date(2025, 12, 19), but=w.absent(later)), on=date(2025, 9, 1)
    )
    on = date(2025, 11, 18)
    c.earlier_notices_asked(world, on, world.mother)
    asked = {"posting_on": on, "offence_from": later[0], "offence_until": later[-1]}
    with refused(world, "notice_to_improve_about_other_absence"):
        c.decide(world, on, **asked, skip_ground="")
    c.decide(world, on, **asked)


@pytest.mark.parametrize(
    ("last", "refusals"),
    [
        pytest.param(date(2025, 3, 10), (), id="in the tenth school week"),
        pytest.param(date(2025, 3, 17), ("notice_to_improve_about_other_absence",), id="in the eleventh"),
    ],
)
def test_absence_that_goes_on_is_what_it_was_about_for_ten_school_weeks(tell, last, refusals):
    """The framework's window: weeks without school do not count. The period ended on 19 December 2024."""
    world = tell(stories.improving)
    missed_in_period(world, 3)
    review(world)
    world.correct(w.absent([last]), on=last)
    on = w.school_days(last, 2)[1]
    c.earlier_notices_asked(world, on, world.mother)
    asked = {"posting_on": on, "skip_ground": "", "offence_from": c.ABSENT[0], "offence_until": last}
    reasons = c.reason("time_limit_too_near")
    if refusals:
        with refused(world, *refusals, "time_limit_too_near"):
            c.decide(world, on, **asked)
    else:
        c.decide(world, on, **asked, reasons=reasons)
