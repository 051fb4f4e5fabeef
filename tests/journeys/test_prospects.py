"""What a pupil's page says could be decided is what the decision itself then finds."""

from datetime import date

import pytest

from attendance.domain.errors import BadInput, StepRefused
from attendance.services.reading.asking import reading
from attendance.services.reading.prospects import prospects_of
from tests.support import casework as c
from tests.support import world as small
from tests.support.world import OTHER_URN, URN, at


def told(world, on, adult, urn=URN, by=None):
    """Return what is told of each decision on a parent: its outcome and the codes in its way."""
    with reading(world.office, by or world.officer, at(on)) as work:
        (found,) = [one for one in prospects_of(work, world.pupil, urn) if one.adult_id == adult]
        return {
            one.act: (one.finding.outcome, {unmet.code for unmet in one.finding.unmet})
            for one in found.prospects
        }


def refused(world, name, on, **fields):
    """Return the codes for which a decision is refused; nothing where it was taken."""
    try:
        world.do(name, on, **fields)
    except StepRefused as refusal:
        return {unmet.code for unmet in refusal.unmet}
    return set()


@pytest.mark.parametrize("absent", [5, 4], ids=["ten sessions", "eight sessions"])
@pytest.mark.parametrize("supported", [True, False], ids=["with support", "without support"])
def test_what_is_told_beforehand_is_what_the_decisions_find(sqlite_store, absent, supported):
    world = small.build(sqlite_store)
    c.register(world, *c.ABSENT[:absent])
    if supported:
        c.support(world, c.SUPPORTED)
    found = told(world, c.DECIDED, world.mother)
    penalty = refused(world, "penalty_notice.decide", c.DECIDED, **c.proposed(world, skip_ground=""))
    improvement = refused(
        world,
        "notice_to_improve.decide",
        c.DECIDED,
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        target_sessions=2,
        period_school_days=20,
        further_support=["A weekly check-in"],
    )
    assert found["penalty_notice.decide"][1] == penalty
    assert found["notice_to_improve.decide"][1] == improvement
    assert ("support_not_recorded" in improvement) is not supported


def test_a_notice_that_runs_and_the_next_rung_are_told(sqlite_store):
    world = small.build(sqlite_store)
    c.register(world, *c.ABSENT)
    c.support(world, c.SUPPORTED)
    c.earlier_notices_asked(world, c.DECIDED, world.mother)
    notice = c.issue(world)
    with reading(world.office, world.officer, at(date(2024, 12, 2))) as work:
        (found,) = [one for one in prospects_of(work, world.pupil, URN) if one.adult_id == world.mother]
    assert [(one.reference, one.state) for one in found.matters] == [(notice, "issued")]
    assert "would be a second notice" in " ".join(found.ladder)
    assert found.prospects[1].finding.outcome == "barred"


def test_a_school_and_a_school_that_is_not_the_childs_are_told_nothing(sqlite_store):
    world = small.build(sqlite_store)
    c.register(world, *c.ABSENT)
    for urn, by in ((URN, world.school), (OTHER_URN, world.officer)):
        with pytest.raises(BadInput):
            told(world, c.DECIDED, world.mother, urn, by)
