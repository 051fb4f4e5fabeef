"""A lookup answers with a value and its source, or raises."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from rules.errors import (
    NoLongerInForce,
    NotEnforced,
    NotInPolicy,
    NotYetInForce,
    UnknownParameter,
    UnknownPolicy,
)
from rules.law import (
    Announced,
    Citation,
    Confidence,
    Parameter,
    RuleBook,
    Standing,
    Value,
    known_policies,
    rule_book,
)
from rules.time_limits import anniversary

CITE = Citation("act", "An Act", "s.1", "https://example.org/act")
FIRST, CEASED, AGAIN = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
EVERY_POLICY = known_policies()


def _value(value=1, unit="days", since=FIRST, until=None, **more):
    return Value(
        name="nation.thing",
        title="A thing",
        unit=unit,
        value=value,
        since=since,
        until=until,
        cites=(CITE,),
        confidence=more.pop("confidence", Confidence.VERIFIED),
        checked_on=FIRST,
        checked_by="someone",
        **more,
    )


def _interrupted():
    values = (_value(1, until=CEASED), _value(2, since=AGAIN))
    return Parameter("nation.thing", "A thing", "days", values, gaps=(CEASED,))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(FIRST, 1), (date(2021, 12, 31), 1), (AGAIN, 2), (date(2030, 1, 1), 2)],
)
def test_the_latest_value_that_has_begun_is_in_force(day, expected):
    assert _interrupted().on(day).whole == expected
    assert _interrupted().standing(day) is Standing.IN_FORCE


def test_before_the_first_value_the_parameter_is_not_yet_in_force():
    with pytest.raises(NotYetInForce, match="in force from 2020-01-01") as refusal:
        _interrupted().on(date(2019, 12, 31))
    assert refusal.value.first == FIRST
    assert _interrupted().standing(date(2019, 12, 31)) is Standing.NOT_YET_IN_FORCE


@pytest.mark.parametrize("day", [CEASED, date(2023, 12, 31)])
def test_from_the_day_it_ceased_the_parameter_is_no_longer_in_force(day):
    with pytest.raises(NoLongerInForce, match="ceased on 2022-01-01"):
        _interrupted().on(day)
    assert _interrupted().standing(day) is Standing.NO_LONGER_IN_FORCE


def test_what_is_only_announced_is_never_in_force():
    parameter = Parameter("nation.thing", "A thing", "days", (), announced=(Announced(FIRST, 1, (CITE,)),))
    assert parameter.since is None
    with pytest.raises(NotYetInForce, match="announced and not in force"):
        parameter.on(date(2090, 1, 1))


def test_a_value_that_is_not_enforced_is_listed_and_never_looked_up():
    parameter = Parameter("nation.thing", "A thing", "days", (_value(not_enforced="It conflicts."),))
    book = RuleBook({parameter.name: parameter}, "nation")
    assert parameter.standing(FIRST) is Standing.NEVER_ENFORCED
    with pytest.raises(NotEnforced, match=r"It conflicts\."):
        book.policy("thing", FIRST)


def test_an_unknown_name_is_answered_with_the_names_near_it():
    with pytest.raises(UnknownParameter) as refusal:
        rule_book("coventry").law("penalty_notices.threshold_sessions", AGAIN)
    assert refusal.value.near[0] == "england.penalty_notice.threshold_sessions"
    assert "england.penalty_notice.threshold_sessions" in str(refusal.value)


def test_a_name_near_nothing_points_to_the_list():
    with pytest.raises(UnknownParameter, match="lists them all"):
        rule_book("coventry").value("xyzzy", AGAIN)


def test_a_policy_that_is_silent_says_so():
    with pytest.raises(NotInPolicy, match=r"manchester says nothing of stages\.prevention_above"):
        rule_book("manchester").policy("stages.prevention_above", AGAIN)


def test_an_unknown_policy_names_the_known_ones():
    with pytest.raises(UnknownPolicy, match="coventry, manchester, stockton"):
        rule_book("atlantis")


def test_names_are_found_by_their_beginning():
    book = rule_book("coventry")
    assert [found.name for found in book.named("england.penalty_notice.limit_count")] == [
        "england.penalty_notice.limit_count"
    ]
    assert len(book.named("england.penalty_notice.limit_")) > 1
    assert book.named("nothing") == ()


@pytest.mark.parametrize(
    ("value", "unit", "read", "expected"),
    [
        (10, "days", "whole", 10),
        ("9/10", "share", "share", Fraction(9, 10)),
        ("words", "text", "text", "words"),
        ("2024-08-19", "day", "day", date(2024, 8, 19)),
        (True, "yes or no", "flag", True),
        (("a",), "list", "items", ("a",)),
        ({"a": 1}, "table", "table", {"a": 1}),
    ],
)
def test_a_value_is_read_as_what_it_is_and_as_nothing_else(value, unit, read, expected):
    assert getattr(_value(value, unit), read) == expected
    wrong = _value(1 if read != "whole" else "text", "nothing")
    with pytest.raises(TypeError, match=r"nation\.thing is not"):
        getattr(wrong, read)


def test_yes_is_not_a_whole_number():
    with pytest.raises(TypeError):
        assert _value(value=True).whole


def test_the_source_says_how_far_it_can_be_relied_on():
    assert _value().source == "An Act, s.1"
    assert _value(confidence=Confidence.UNVERIFIED).source == "An Act, s.1 (unverified)"
    assert str(Citation("act", "An Act", "", "")) == "An Act"


@pytest.mark.parametrize("policy", EVERY_POLICY)
def test_every_value_cites_an_instrument_and_an_address(policy):
    for parameter in rule_book(policy):
        for value in parameter.values:
            assert value.cites, value.name
            for cite in value.cites:
                assert cite.instrument, value.name
                assert cite.kind == "house" or cite.url.startswith("https://"), value.name


@pytest.mark.parametrize("policy", EVERY_POLICY)
def test_no_value_was_checked_in_the_future(policy):
    today = datetime.now(tz=UTC).date()
    assert not [value.name for p in rule_book(policy) for value in p.values if value.checked_on > today]


@pytest.mark.parametrize("policy", EVERY_POLICY)
def test_a_value_of_our_own_is_never_more_than_unverified_and_says_why(policy):
    for parameter in rule_book(policy):
        for value in parameter.values:
            if any(cite.kind == "house" for cite in value.cites):
                assert value.confidence is Confidence.UNVERIFIED, value.name
            if value.confidence is Confidence.UNVERIFIED:
                assert value.reading or value.note, f"{value.name} does not say why it is unverified"


@pytest.mark.parametrize("policy", EVERY_POLICY)
def test_every_value_can_be_hashed_and_ends_where_the_next_begins(policy):
    for parameter in rule_book(policy):
        assert len(set(parameter.values)) == len(parameter.values)
        for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
            assert earlier.until is not None
            assert earlier.until <= later.since


def test_iterating_the_book_goes_by_name():
    names = [parameter.name for parameter in rule_book("coventry")]
    assert names == sorted(names)


def test_the_anniversary_of_29_february_is_counted_as_the_law_file_reads_it():
    day = rule_book("coventry").law("penalty_notice.limit_anniversary_of_29_february", date(2025, 1, 1))
    assert anniversary(date(2024, 2, 29), 3).isoformat() == f"2027-{day.text}"
