"""A case from the register to a paid notice, on both databases."""

from datetime import date

import pytest

from attendance.domain.errors import StepRefused
from attendance.store.tables.notices import NoticeToImproveRow, PenaltyNoticeRow
from tests.support import world as w
from tests.support.world import URN


@pytest.fixture
def world(store):
    world = w.build(store)
    missed = w.school_days(date(2024, 11, 4), 6)
    period = w.school_days(date(2024, 12, 2), 8)
    marks = w.present(date(2024, 9, 2), date(2025, 2, 14), but={**w.absent(missed), **w.absent(period)})
    world.write_marks(marks, on=date(2025, 2, 14))
    return world


def test_an_irregular_absence_goes_from_support_to_a_paid_notice(world):
    w.support(world, date(2024, 11, 12))
    nti = world.do(
        "notice_to_improve.decide",
        date(2024, 11, 18),
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        target_sessions=2,
        period_school_days=20,
        further_support=["A weekly call from the pastoral lead"],
    ).reference
    world.do("notice_to_improve.prepare", date(2024, 11, 18), reference=nti, posting_on=date(2024, 11, 19))
    world.do("notice_to_improve.release", date(2024, 11, 19), reference=nti)
    row = world.row(NoticeToImproveRow, nti)
    assert (row.received_on, row.period_from) == (date(2024, 11, 21), date(2024, 11, 22))
    assert row.period_until == date(2024, 12, 19)

    with pytest.raises(StepRefused):
        world.do("notice_to_improve.review", date(2024, 12, 19), reference=nti)
    done = world.do("notice_to_improve.review", date(2025, 1, 6), reference=nti)
    assert done.state == "not improved"

    w.earlier_notices_asked(world, date(2025, 1, 6), world.mother)
    pn = world.do(
        "penalty_notice.decide",
        date(2025, 1, 8),
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        kind="irregular",
        issuer_staff_id=world.officer_person,
        posting_on=date(2025, 1, 9),
        considerations=w.CONSIDERED,
    ).reference
    world.do("penalty_notice.prepare", date(2025, 1, 8), reference=pn, posting_on=date(2025, 1, 9))
    world.do("penalty_notice.release", date(2025, 1, 9), reference=pn)
    notice = world.row(PenaltyNoticeRow, pn)
    assert (notice.received_on, notice.reduced_until) == (date(2025, 1, 13), date(2025, 2, 2))
    assert notice.payable_until == date(2025, 2, 9)

    paid = world.do(
        "payment.receive",
        date(2025, 1, 20),
        pence=8000,
        received_on=date(2025, 1, 20),
        paid_with_reference=pn,
        transaction="T1",
    )
    assert paid.letters
    assert world.row(PenaltyNoticeRow, pn).state == "paid"
    assert world.store.examine(None).intact
