"""A notice to improve ends early only after the letter that tells the parent has gone."""

from datetime import date

import pytest

from attendance.domain.errors import StepRefused
from tests.support import world as w
from tests.support.world import URN


def test_a_letter_that_was_prepared_and_never_went_tells_nobody(sqlite_store):
    world = w.build(sqlite_store)
    missed = {
        **w.absent(w.school_days(date(2024, 11, 4), 6)),
        **w.absent(w.school_days(date(2024, 11, 22), 5)),
    }
    world.write_marks(w.present(date(2024, 9, 2), date(2024, 12, 20), but=missed), on=date(2024, 9, 1))
    w.support(world, date(2024, 11, 12))
    nti = world.do(
        "notice_to_improve.decide",
        date(2024, 11, 18),
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        target_sessions=0,
        period_school_days=15,
        further_support=["A mentor"],
    ).reference
    world.do("notice_to_improve.prepare", date(2024, 11, 18), reference=nti, posting_on=date(2024, 11, 19))
    world.do("notice_to_improve.release", date(2024, 11, 19), reference=nti)
    told = world.do(
        "notice_to_improve.tell_of_early_end",
        date(2024, 11, 29),
        reference=nti,
        ground="improvement_clearly_not_happening",
        why="Ada missed every day of the first week.",
        ends_on=date(2024, 12, 3),
    )

    with pytest.raises(StepRefused) as refused:
        world.do("notice_to_improve.end_early", date(2024, 12, 3), reference=nti)
    assert [unmet.code for unmet in refused.value.unmet] == ["parent_not_told"]

    world.do("letter.release", date(2024, 11, 29), reference=told.letters[0])
    assert world.do("notice_to_improve.end_early", date(2024, 12, 3), reference=nti).state == "ended early"
