"""What the school's answer, or its silence, comes to; and what follows from withdrawal and correction."""

from datetime import date

import pytest

from rules.law import rule_book
from rules.steps.correction import CorrectionFacts, review_correction
from rules.steps.facts import AbsenceKind, AuthorityPart, IssuingPerson, SessionMark, Span, Threshold
from rules.steps.unpaid import SchoolAnswerFacts, school_answer
from rules.steps.withdrawal import WithdrawalFacts, may_withdraw

BOOK = rule_book("coventry")
LAST = date(2025, 3, 24)
LEAVE, IRREGULAR = AbsenceKind.LEAVE_OF_ABSENCE, AbsenceKind.IRREGULAR


@pytest.mark.parametrize(
    ("kind", "supports", "answered_on", "on", "outcome", "binds"),
    [
        (LEAVE, True, LAST, LAST, "supported", False),
        (LEAVE, False, LAST, LAST, "not_supported", True),
        (IRREGULAR, False, LAST, LAST, "not_supported", True),
        (LEAVE, None, None, LAST, "waiting", False),
        (LEAVE, None, None, date(2025, 3, 25), "silent", True),
        (IRREGULAR, None, None, date(2025, 3, 25), "silent", False),
    ],
)
def test_the_answer_and_whether_it_binds(kind, supports, answered_on, on, outcome, binds):
    found = school_answer(SchoolAnswerFacts(kind, LAST, supports, answered_on), BOOK, on)
    assert (found.outcome, found.facts["binds"]) == (outcome, binds)


@pytest.mark.parametrize(("ground", "again"), [("material_errors", True), ("wrong_person", False)])
def test_only_a_notice_with_material_errors_may_be_issued_again(ground, again):
    officer = IssuingPerson("An officer", (AuthorityPart("authorised_officer", Span(date(2024, 9, 2))),))
    found = may_withdraw(WithdrawalFacts(ground, "Because.", officer, 8000), BOOK, LAST)
    assert found.facts["may_be_issued_again"] is again
    assert found.facts["refund_due_pence"] == 8000


def mark(code):
    return SessionMark(date(2024, 11, 11), "AM", code)


@pytest.mark.parametrize(
    ("now", "met_on", "effect"),
    [
        ((mark("O"),), LAST, "none"),
        ((mark("U"),), LAST, "still_unauthorised"),
        ((mark("I"),), None, "no_session_left"),
    ],
)
def test_a_correction_says_what_it_does_with_before_and_after(now, met_on, effect):
    facts = CorrectionFacts((mark("O"),), now, threshold_was_met=True, threshold_now=Threshold(met_on, ()))
    found = review_correction(facts, BOOK, LAST)
    assert found.outcome == effect
    assert found.facts["sessions_before"] == 1
