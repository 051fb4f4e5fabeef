"""The machine that every legal step runs on."""

import pytest

from attendance.domain.errors import StepNotAvailable, StepRefused
from attendance.domain.steps import TABLES
from attendance.domain.steps.machine import Step, StepTable, check_table, take
from attendance.domain.steps.penalty_notice import TABLE, PenaltyNoticeState
from rules.findings import Aspect, Finding, Force, ReasonGiven, Unmet
from rules.roles import Role

S = PenaltyNoticeState


def finding(*unmet):
    return Finding(outcome="asked", sentences=(), unmet=unmet)


def condition(code, force):
    return Unmet(
        code, Aspect.PERMITTED, force, f"{code} is so.", "Do this.", reason_from=frozenset({Role.OFFICER})
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_no_table_has_an_unreachable_state_a_trap_or_a_doubled_step(table):
    assert check_table(table) == ()


def test_a_table_with_an_unreachable_state_a_trap_and_a_doubled_step_is_found_out():
    loose = Step("cancel", frozenset({S.DECIDED}), S.HELD, cites="x")
    table = StepTable("k", "K", S, S.DECIDED, frozenset(), (loose, loose))
    problems = check_table(table)
    assert "paid is never reached" in problems
    assert "held is a trap" in problems
    assert "cancel stands twice from decided" in problems


def test_a_step_that_does_not_exist_from_here_says_what_does():
    with pytest.raises(
        StepNotAvailable, match=r"hand over cannot be done while this is decided.*prepare, cancel"
    ):
        take(TABLE, S.DECIDED, "hand_over")


def test_no_step_passes_by_the_library_s_own_triggers():
    with pytest.raises(StepNotAvailable):
        take(TABLE, S.DECIDED, "to_paid")


def test_a_refused_step_lists_everything_unmet_at_once():
    asked = finding(condition("one", Force.BAR), condition("two", Force.REASON_REQUIRED))
    with pytest.raises(StepRefused) as refused:
        take(TABLE, S.PREPARED, "release", finding=asked)
    assert [unmet.code for unmet in refused.value.unmet] == ["one", "two"]


def test_a_reason_lifts_guidance_and_never_a_bar():
    asked = finding(condition("one", Force.BAR), condition("two", Force.REASON_REQUIRED))
    reasons = tuple(ReasonGiven(code, "said", Role.OFFICER) for code in ("one", "two"))
    with pytest.raises(StepRefused) as refused:
        take(TABLE, S.PREPARED, "release", finding=asked, reasons=reasons)
    assert [unmet.code for unmet in refused.value.unmet] == ["one"]


def test_a_reason_from_a_role_that_may_not_give_it_lifts_nothing():
    asked = finding(condition("two", Force.REASON_REQUIRED))
    with pytest.raises(StepRefused):
        take(TABLE, S.PREPARED, "release", finding=asked, reasons=(ReasonGiven("two", "said", Role.SCHOOL),))


def test_an_empty_reason_lifts_nothing():
    asked = finding(condition("two", Force.REASON_REQUIRED))
    with pytest.raises(StepRefused):
        take(TABLE, S.PREPARED, "release", finding=asked, reasons=(ReasonGiven("two", "  ", Role.OFFICER),))


def test_a_met_guard_moves_the_state():
    assert take(TABLE, S.PREPARED, "release", finding=finding()) is S.ISSUED


def test_a_guarded_step_is_not_taken_without_its_finding():
    with pytest.raises(ValueError, match="guarded"):
        take(TABLE, S.PREPARED, "release")


def test_a_step_from_a_state_read_as_text_is_the_same():
    assert take(TABLE, PenaltyNoticeState("decided"), "prepare") is S.PREPARED
