"""The days of a penalty notice on pages: what has ended shows nothing to come; both limits are shown."""

from dataclasses import fields
from datetime import date

import pytest

from api.pages.presenters.clocks import payment_clock
from api.pages.presenters.homes import handed_over
from api.pages.presenters.matters import penalty_facts
from attendance.services.reading.notices import Counted, PaymentClockShown
from attendance.store.queries.notices import PenaltyNoticeLine

FIRST, LAST = date(2025, 5, 4), date(2025, 5, 8)
CLOCK = PaymentClockShown(
    received_on=date(2024, 11, 21),
    reduced_until=date(2024, 12, 11),
    reduced_pence=8000,
    payable_until=date(2024, 12, 18),
    full_pence=16000,
    proceedings_from=date(2024, 12, 19),
    counted=Counted((), ()),
)
MAY_BEGIN = "First day on which proceedings may begin"
EARLY, FULL = "Last day to pay £80", "Last day to pay £160"
FIRST_LIMIT = "Proceedings must have begun, if the first absence counts"
LAST_LIMIT = "Proceedings must have begun, if the last absence counts"
RECEIVED = ["Issued", "Counts as received"]


def line(**given):
    """Return a notice posted on 19 November 2024, issued unless something else is given."""
    usual = {
        "reference": "PN-2024-000001",
        "state": "issued",
        "state_since": date(2024, 11, 19),
        "pupil_id": 1,
        "pupil": "Ada Marsh",
        "school": "Mill Lane School",
        "adult": "Ms Eve Marsh",
        "issued_on": date(2024, 11, 19),
        "first_limit_on": FIRST,
        "last_limit_on": LAST,
    }
    blank = dict.fromkeys((field.name for field in fields(PenaltyNoticeLine)), None)
    return PenaltyNoticeLine(**{**blank, **usual, **given})


def shown(on, clock=CLOCK, **given):
    return [point.what for point in payment_clock(line(**given), clock, on).points]


def test_an_open_notice_shows_both_limits_since_which_absence_counts_is_contested():
    assert shown(date(2024, 12, 1)) == [*RECEIVED, EARLY, FULL, MAY_BEGIN, FIRST_LIMIT, LAST_LIMIT]


def test_a_notice_about_one_day_shows_the_one_limit():
    assert shown(date(2024, 12, 1), first_limit_on=LAST)[-2:] == [MAY_BEGIN, "Proceedings must have begun"]


def test_a_paid_notice_ends_with_its_payment_and_shows_nothing_to_come():
    paid = {"state": "paid", "paid_on": date(2024, 12, 5), "ended_on": date(2024, 12, 5)}
    assert shown(date(2024, 12, 12), **paid) == [*RECEIVED, "Paid in full: nothing more is to pay"]


@pytest.mark.parametrize(
    ("state", "end"), [("withdrawn", "Withdrawn: it counts no more"), ("cancelled", "Cancelled")]
)
def test_a_notice_that_has_ended_otherwise_ends_with_that(state, end):
    ended = {"state": state, "ended_on": date(2024, 12, 12), "state_since": date(2024, 12, 12)}
    line_shown = payment_clock(line(**ended), CLOCK, date(2024, 12, 12))
    assert [point.what for point in line_shown.points] == [*RECEIVED, EARLY, end]
    assert [point.off for point in line_shown.points] == ["", "", "", "today"]


def test_a_paid_notice_that_was_withdrawn_ends_with_its_withdrawal():
    ended = {"state": "withdrawn", "paid_on": date(2024, 12, 5), "ended_on": date(2024, 12, 12)}
    assert shown(date(2024, 12, 13), **ended)[-1] == "Withdrawn: it counts no more"
    assert EARLY in shown(date(2024, 12, 13), **ended)


def test_a_notice_handed_over_shows_when_and_the_limits_that_still_run():
    handed = {"state": "handed_over", "ended_on": date(2025, 3, 3), "state_since": date(2025, 3, 3)}
    assert shown(date(2025, 3, 4), **handed)[-3:] == [
        "Handed over to legal services",
        FIRST_LIMIT,
        LAST_LIMIT,
    ]


@pytest.mark.parametrize(("on", "said"), [(LAST, True), (date(2025, 5, 9), False)])
def test_nothing_may_begin_once_the_last_limit_has_passed(on, said):
    assert (MAY_BEGIN in shown(on, state="unpaid")) is said


def test_proceedings_that_could_begin_only_after_the_last_limit_are_not_said_to():
    assert MAY_BEGIN not in shown(date(2024, 12, 1), last_limit_on=date(2024, 12, 18))


def test_a_notice_that_no_clock_runs_for_shows_no_line():
    assert payment_clock(line(), None, LAST) is None


def over(first, last, reference):
    return line(reference=reference, state="handed_over", first_limit_on=first, last_limit_on=last)


def test_legal_services_see_the_nearest_limit_that_can_still_be_met_first_and_what_is_over_last():
    on = date(2025, 5, 9)
    both_over = over(FIRST, LAST, "PN-2024-000001")
    second_runs = over(date(2025, 5, 8), date(2025, 5, 12), "PN-2024-000002")
    first_runs = over(date(2025, 5, 11), date(2025, 6, 30), "PN-2024-000003")
    later = over(date(2025, 5, 30), date(2025, 6, 2), "PN-2024-000004")
    table = handed_over((both_over, later, second_runs, first_runs), on)
    cells = {row[0].text[-1]: row[-1] for row in table.rows}
    assert list(cells) == ["3", "2", "4", "1"]
    assert (cells["3"].text, cells["3"].tag) == ("11 May 2025", None)
    assert cells["3"].below == "for the first session, in 2 days; 30 June 2025 for the last"
    assert (cells["2"].text, cells["2"].tag.text) == ("12 May 2025", "First passed")
    assert cells["2"].below == "for the last session, in 3 days; for the first it passed on 8 May 2025"
    assert (cells["1"].text, cells["1"].tag.text, cells["1"].tag.colour) == ("8 May 2025", "Passed", "red")
    assert "Tell the officer" in cells["1"].below


def test_on_the_last_day_a_limit_can_still_be_met():
    table = handed_over((over(FIRST, LAST, "PN-2024-000001"),), LAST)
    assert "today" in table.rows[0][-1].below


@pytest.mark.parametrize(
    ("state", "to_pay", "limit"),
    [("issued", "To pay", True), ("paid", "Was to pay", False), ("withdrawn", "Was to pay", False)],
)
def test_what_has_ended_is_not_said_to_be_paid_or_taken_to_court_by_a_day(state, to_pay, limit):
    notice = line(
        state=state,
        absence_kind="irregular",
        decided_on=date(2024, 11, 18),
        decided_by="officer.one",
        issuer_capacity="authorised_officer",
        issuer_decided="by_own_account",
        consulted=(),
        full_pence=16000,
        offence_from=date(2024, 11, 4),
        offence_until=date(2024, 11, 8),
        code_of_conduct="Coventry 2024",
        case="C-2024-000001",
    )
    keys = [fact.key for fact in penalty_facts(notice)]
    assert to_pay in keys
    assert ("Proceedings must begin by" in keys) is limit
