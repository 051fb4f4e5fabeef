"""Whole lives of matters in the small world, for tests that read what came of them."""

from datetime import date

from tests.support import world as w
from tests.support.world import URN, World

PAID_ON = date(2025, 1, 20)


def registered(store) -> World:
    """Return a world with a register in which a child missed much of a term."""
    world = w.build(store)
    missed = w.school_days(date(2024, 11, 4), 6)
    period = w.school_days(date(2024, 12, 2), 8)
    marks = w.present(date(2024, 9, 2), date(2025, 2, 14), but={**w.absent(missed), **w.absent(period)})
    world.write_marks(marks, on=date(2024, 9, 1))
    return world


def improvement_not_made(world: World) -> str:
    """Take a notice to improve through its life without improvement and return its reference."""
    w.support(world, date(2024, 11, 12))
    reference = world.do(
        "notice_to_improve.decide",
        date(2024, 11, 18),
        pupil_id=world.pupil,
        school_urn=URN,
        adult_id=world.mother,
        target_sessions=2,
        period_school_days=20,
        further_support=["A weekly call from the pastoral lead"],
    ).reference
    world.do(
        "notice_to_improve.prepare", date(2024, 11, 18), reference=reference, posting_on=date(2024, 11, 19)
    )
    world.do("notice_to_improve.release", date(2024, 11, 19), reference=reference)
    world.do("notice_to_improve.review", date(2025, 1, 6), reference=reference)
    return reference


def prepared_penalty(world: World) -> str:
    """Decide and prepare a penalty notice after that and return its reference."""
    w.earlier_notices_asked(world, date(2025, 1, 6), world.mother)
    reference = world.do(
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
    world.do("penalty_notice.prepare", date(2025, 1, 8), reference=reference, posting_on=date(2025, 1, 9))
    return reference


def paid_penalty(world: World) -> str:
    """Issue the penalty notice, have it paid and return its reference."""
    reference = prepared_penalty(world)
    world.do("penalty_notice.release", date(2025, 1, 9), reference=reference)
    world.do(
        "payment.receive",
        PAID_ON,
        pence=8000,
        received_on=PAID_ON,
        paid_with_reference=reference,
        transaction="T1",
    )
    return reference
