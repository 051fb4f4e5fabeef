"""The clocks, the ladder and school age against their tables."""

from datetime import date

import pytest

from rules.clocks import (
    ServedBy,
    Service,
    improvement_period,
    parent_reply_clock,
    payment_clock,
    receipt_of,
    school_answer_clock,
)
from rules.ladder import EarlierNotice, NoticeKind, NoticeOutcome, ladder
from rules.law import rule_book
from rules.school_age import school_age
from rules.time_limits import time_limit
from tests.support.calendars import english_working_days, school_calendar
from tests.support.scenarios import rows

BOOK = rule_book("coventry")


@pytest.mark.parametrize(("given", "expect"), rows("england/penalty_notice/payment_clock.yaml"))
def test_payment_clock(given, expect):
    receipt = receipt_of(Service(ServedBy.FIRST_CLASS_POST, given["posted_on"]), english_working_days(), BOOK)
    second = given["notice"] == "second"
    earlier = (EarlierNotice("PN-1", date(2024, 9, 10)),) if second else ()
    step = ladder(earlier, date(2025, 2, 3), BOOK)
    assert step.full is not None

    clock = payment_clock(
        receipt.on, full=step.full, reduced=step.reduced, book=BOOK, issued_on=given["posted_on"]
    )

    assert receipt.presumed
    assert {
        "received_on": clock.received_on,
        "reduced_until": clock.reduced_until,
        "payable_until": clock.payable_until,
        "unpaid_from": clock.proceedings_from,
    } == expect
    assert clock.reduced_pence == (None if second else 8000)


@pytest.mark.parametrize(("given", "expect"), rows("england/penalty_notice/ladder.yaml"))
def test_ladder(given, expect):
    earlier = tuple(
        EarlierNotice(
            "PN-1" if given.get("alike") else f"PN-{number}",
            **{
                **notice,
                "kind": NoticeKind(notice.get("kind", "school_attendance")),
                "outcome": NoticeOutcome(notice.get("outcome", "open")),
            },
        )
        for number, notice in enumerate(given["earlier"])
    )

    found = ladder(earlier, given["on"], BOOK)

    assert {
        "position": found.position.value,
        "full": found.full.whole if found.full else None,
        "reduced": found.reduced.whole if found.reduced else None,
        "counted": len(found.counted),
        "free_on": found.free_on,
    } == expect
    assert found.barred == (expect["position"] == "barred")
    assert len(found.counted) + len(found.not_counted) == len(earlier)
    assert found.sentences
    assert all(value.cites for value in found.parameters)


@pytest.mark.parametrize(("given", "expect"), rows("england/school_age/school_age.yaml"))
def test_school_age(given, expect):
    age = school_age(given["born"], BOOK, date(2025, 2, 3))

    assert {"first": age.first, "last": age.last} == expect
    assert age.holds_on(age.first)
    assert age.holds_on(age.last)
    assert not age.holds_on(date.fromordinal(age.first.toordinal() - 1))
    assert not age.holds_on(date.fromordinal(age.last.toordinal() + 1))


@pytest.mark.parametrize(("given", "expect"), rows("england/prosecution/time_limit.yaml"))
def test_time_limit(given, expect):
    limit = time_limit(given["first"], given["last"], BOOK)

    assert {"earliest_limit": limit.earliest_limit, "latest_limit": limit.latest_limit} == expect


@pytest.mark.parametrize(("given", "expect"), rows("coventry/notice_to_improve/period.yaml"))
def test_improvement_period(given, expect):
    days = given["school_days"]
    period = improvement_period(
        given["received_on"], days, school_calendar(), BOOK, working_days=english_working_days()
    )

    assert {
        "begins_on": period.begins_on,
        "ends_on": period.ends_on,
        "review_on": period.review_on,
        "calendar_days": period.calendar_days,
        "warned": bool(period.warnings),
    } == expect
    assert len(school_calendar().school_days(period.begins_on, period.ends_on)) == given["school_days"]


@pytest.mark.parametrize(("given", "expect"), rows("coventry/unpaid/school_answer.yaml"))
def test_school_answer_clock(given, expect):
    clock = school_answer_clock(given["received_on"], BOOK, school_calendar(), given["extended_to"])

    assert {"last_day": clock.last_day, "warned": bool(clock.warnings)} == expect
    assert parent_reply_clock(given["received_on"], BOOK).last_day < clock.last_day
