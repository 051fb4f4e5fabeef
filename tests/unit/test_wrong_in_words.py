"""What a form says of what was typed wrongly: what to type instead, and never a riddle."""

import pytest
from pydantic import ValidationError

from api.pages.forms.shown import problems_of
from api.pages.forms.typed import given
from attendance.services.reading.choices import Choice
from attendance.services.registry import act_named


def said(name, field, typed, **choices):
    """Return what the form of an act says of one field."""
    act = act_named(name)
    with pytest.raises(ValidationError) as refused:
        act.input.model_validate(given(act.input, {key: (value,) for key, value in typed.items()}))
    return problems_of(act, refused.value, choices)[field]


@pytest.mark.parametrize(
    ("act", "field", "typed", "words"),
    [
        ("payment.receive", "pence", "", "Fill this in"),
        ("payment.receive", "pence", "abc", "This must be an amount in pounds, such as 160 or 80.00"),
        ("payment.receive", "pence", "0", "This must be £0.01 or more"),
        ("payment.receive", "transaction", "x" * 300, "This is too long. Use 200 characters or fewer"),
        ("payment.match", "notice", "", "Fill this in"),
        ("payment.match", "notice", "the first one", "This must be a reference, such as PN-2025-000012"),
        ("notice_to_improve.decide", "target_sessions", "", "Fill this in"),
        ("notice_to_improve.decide", "target_sessions", "few", "This must be a whole number"),
        ("notice_to_improve.decide", "target_sessions", "-1", "This must be 0 or more"),
        ("case.close", "why", "\x01", "This holds a sign that cannot be shown. Type it anew"),
    ],
)
def test_what_was_typed_wrongly_is_told_what_it_must_be(act, field, typed, words):
    assert said(act, field, {field: typed}).startswith(f"{words}: ")


@pytest.mark.parametrize(
    ("year", "month", "words"),
    [
        ("2025", "2", "This must be a real day, such as 27 3 2025"),
        ("9999", "1", "Give a day from 1 January 1900 to 31 December 2199"),
    ],
)
def test_a_day_is_real_and_within_reach(year, month, words):
    typed = {"received_on-day": "31", "received_on-month": month, "received_on-year": year}
    assert said("payment.receive", "received_on", typed) == f"{words}: Day on which it was received"


def test_what_is_chosen_is_not_to_be_filled_in():
    assert said("request.make", "kind", {}) == "Choose an answer: What is the notice asked for"
    kinds = (Choice("home_visit", "Home visit"),)
    assert said("support.record", "kind", {"kind": ""}, kind=kinds) == "Choose an answer: Which support"


def test_a_parent_without_an_address_is_to_be_filled_in_whole():
    typed = {"parents": "7", "parents-7-name": "Sam Marsh", "parents-7-address": ""}
    parents = (Choice("7", "Sam Marsh"),)
    assert said("request.make", "parents", typed, parents=parents).startswith("Fill in every part: ")
