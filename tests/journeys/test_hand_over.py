"""Handing the papers over for prosecution, and withdrawing a notice.

CJA 1967 s.9: a signed witness statement. EA 1996 s.566: the head signs the certificate of attendance. MCA
1980 s.127: six months from the offence; whether its first or its last day counts is contested, so the
earlier warns and the later bars. SI 2007/1867 regs 8 and 9: a notice is withdrawn on a listed ground, in
writing, what was paid goes back, and proceedings for the offence are barred.
"""

from datetime import date, timedelta

import pytest

from attendance.domain.errors import BadInput, NotFound, StepNotAvailable
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories
from tests.support.refusals import refused, turned_away

SIGNED = date(2025, 1, 31)
ALL = {"sign_statement", "sign_certificate", "complete_exhibits", "hand_over", "time_limit"}
ERROR = {"ground": "material_errors", "why": "The days of the absence were wrong."}


def row(world):
    return world.row(PenaltyNoticeRow, world.notice)


def sign(world, verb, on=SIGNED, **fields):
    paper = {"document": world.document(verb, on), "signed_on": on, **fields}
    return c.say(world, verb, on, by=world.school, **paper)


def papers(world):
    return {
        "statement_not_signed": lambda: sign(world, "sign_statement"),
        "certificate_not_signed": lambda: sign(
            world, "sign_certificate", signed_by_staff_id=world.staff["head"]
        ),
        "exhibits_incomplete": lambda: c.say(world, "complete_exhibits", SIGNED, by=world.school),
    }


def test_without_any_paper_all_that_is_missing_is_said_at_once(tell):
    world = tell(stories.supported)
    assert world.due()[world.notice] == ALL
    with refused(world, "statement_not_signed", "certificate_not_signed", "exhibits_incomplete"):
        c.say(world, "hand_over", SIGNED)


@pytest.mark.parametrize("missing", ["statement_not_signed", "certificate_not_signed", "exhibits_incomplete"])
def test_with_one_paper_missing_nothing_is_handed_over(tell, missing):
    world = tell(stories.supported)
    for code, give in papers(world).items():
        if code != missing:
            give()
    with refused(world, missing):
        c.say(world, "hand_over", SIGNED, by=world.senior, reasons=c.reason(missing))


@pytest.mark.parametrize(
    ("on", "warns"),
    [
        pytest.param(SIGNED, False, id="in time"),
        pytest.param(c.EARLIER_LIMIT, False, id="on the last day for the first absence"),
        pytest.param(c.EARLIER_LIMIT + timedelta(days=1), True, id="the day after"),
        pytest.param(c.LATER_LIMIT, True, id="on the last day for the last absence"),
    ],
)
def test_complete_papers_are_handed_over_within_the_six_months(tell, on, warns):
    world = tell(stories.papered)
    done = c.say(world, "hand_over", on)
    assert any(sentence.startswith("Warning") for sentence in done.sentences) == warns
    assert (row(world).state, row(world).ended_on, world.due()) == ("handed_over", on, {})


def test_after_the_six_months_of_the_last_absence_they_are_not(tell):
    world = tell(stories.papered)
    with refused(world, "time_limit_passed"):
        c.say(world, "hand_over", c.LATER_LIMIT + timedelta(days=1))


def test_near_the_limit_the_decision_on_a_notice_asks_for_a_reason(tell):
    """28 days to pay, 14 for the school and 28 to prepare no longer fit before 4 May 2025."""
    world = tell(stories.ready)
    fits, late = date(2025, 2, 19), date(2025, 2, 20)
    c.decide(world, fits, posting_on=fits)
    with refused(world, "time_limit_too_near"):
        c.decide(world, late, posting_on=late)
    c.decide(world, late, posting_on=late, reasons=c.reason("time_limit_too_near"))


def test_after_the_six_months_of_the_last_absence_no_notice_is_decided_on(tell):
    """A letter that says that the parent may be taken to court would be untrue."""
    world = tell(stories.ready)
    last, after = c.LATER_LIMIT, c.LATER_LIMIT + timedelta(days=1)
    reasons = c.reason("time_limit_too_near")
    with refused(world, "time_limit_passed"):
        c.decide(world, last, posting_on=after, reasons=reasons)
    with refused(world, "time_limit_passed"):
        c.decide(world, after, posting_on=after, reasons=reasons)
    c.decide(world, last, posting_on=last, reasons=reasons)


def test_after_the_six_months_of_the_last_absence_no_notice_goes_out(tell):
    world = tell(stories.ready)
    last, after = c.LATER_LIMIT, c.LATER_LIMIT + timedelta(days=1)
    reasons = c.reason("time_limit_too_near")
    notice = c.decide(world, last, posting_on=last, reasons=reasons)
    c.prepare(world, notice, last, posting_on=after)
    with refused(world, "time_limit_passed"):
        c.release(world, notice, after, reasons=reasons)


def test_only_the_head_of_that_day_signs_the_certificate(tell):
    world = tell(stories.supported)
    for person in ("unwritten", "other_head", "officer"):
        paper = {"document": world.document("c", SIGNED), "signed_on": SIGNED}
        with turned_away(world, BadInput, "Only the head"):
            c.say(world, "sign_certificate", SIGNED, **paper, signed_by_staff_id=world.staff[person])


def test_a_paper_is_recorded_when_it_is_there_and_signed(tell):
    world = tell(stories.supported)
    with turned_away(world, NotFound):
        c.say(world, "sign_statement", SIGNED, document="0" * 64, signed_on=SIGNED)
    tomorrow = {"document": world.document("s", SIGNED), "signed_on": SIGNED + timedelta(days=1)}
    with turned_away(world, BadInput, "not in the future"):
        c.say(world, "sign_statement", SIGNED, **tomorrow)


@pytest.mark.parametrize("verb", ["sign_statement", "complete_exhibits"])
def test_papers_are_prepared_only_for_a_prosecution(tell, verb):
    world = tell(stories.asked)
    paper = {"document": world.document("s", SIGNED), "signed_on": SIGNED} if "sign" in verb else {}
    with turned_away(world, StepNotAvailable):
        c.say(world, verb, SIGNED, **paper)


def test_a_notice_is_not_withdrawn_on_a_ground_that_the_regulations_do_not_list(tell):
    world = tell(stories.issued)
    with refused(world, "withdrawal_ground_not_listed"):
        c.say(world, "withdraw", c.DAY_21, ground="compassion", why="The family had a hard year.")


def test_a_notice_still_to_be_paid_is_not_withdrawn_as_unpaid(tell):
    world = tell(stories.issued)
    unpaid = {"ground": "unpaid_and_not_prosecuted", "why": "Not prosecuted."}
    with refused(world, "payment_time_not_over"):
        c.say(world, "withdraw", c.DAY_28, **unpaid)
    c.say(world, "withdraw", c.DAY_29, **unpaid)


def test_a_paid_notice_is_not_withdrawn_as_unpaid_but_on_another_ground_with_the_money_back(tell):
    world = tell(stories.issued)
    payment = c.pay(world, 8000, c.DAY_21).reference
    with refused(world, "notice_is_paid"):
        c.say(world, "withdraw", c.DAY_29, ground="unpaid_and_not_prosecuted", why="Not prosecuted.")
    done = c.say(world, "withdraw", c.DAY_29, **ERROR)
    assert "£80 was paid and is refunded." in done.sentences
    assert (row(world).state, world.row(PaymentRow, payment).refund_due_pence) == ("withdrawn", 8000)
    assert world.due() == {payment: {"pay_refund"}}
    world.do("payment.refund", c.DAY_29, reference=payment, pence=8000, paid_on=c.DAY_29)
    assert world.due() == {}


@pytest.mark.parametrize(
    "story", [stories.issued, stories.unpaid, stories.asked, stories.supported, stories.handed_over]
)
def test_a_standing_notice_is_withdrawn_from_wherever_it_stands_and_the_parent_is_told(tell, story):
    world = tell(story)
    done = c.say(world, "withdraw", date(2025, 2, 3), **ERROR)
    assert world.rows(LetterRow, reference=done.letters[0])[0].name == "withdrawal"
    assert "No proceedings may be brought for the offence afterwards." in done.sentences
    assert (row(world).state, world.due()) == ("withdrawn", {})


def test_after_the_withdrawal_nothing_leads_on(tell):
    world = tell(stories.papered)
    c.say(world, "withdraw", SIGNED, **ERROR)
    for verb in ("hand_over", "end_unpaid", "message_school"):
        with turned_away(world, StepNotAvailable):
            c.say(world, verb, SIGNED)
