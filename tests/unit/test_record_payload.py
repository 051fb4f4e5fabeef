"""What an entry of the record may say."""

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from attendance.domain.record.entry import Subject
from attendance.domain.record.errors import PayloadInvalid, SubjectInvalid, UnknownEvent
from attendance.domain.record.events import EVENTS, event_named
from attendance.domain.record.payload import Event, Kind, Many, ReasonKept
from rules.law import rule_book

HASH = "a" * 64
RULE = rule_book("coventry").law("penalty_notice.threshold_sessions", date(2025, 1, 1))
HOLDS = [
    (Kind.ID, 7, "7"),
    (Kind.COUNT, 0, "0"),
    (Kind.NUMBER, -3, "-3"),
    (Kind.PENCE, 16000, "16000"),
    (Kind.FLAG, True, "true"),
    (Kind.DAY, date(2025, 3, 1), '"2025-03-01"'),
    (
        Kind.INSTANT,
        datetime(2025, 7, 1, 13, 30, tzinfo=timezone(timedelta(hours=1))),
        '"2025-07-01T12:30:00.000000Z"',
    ),
    (Kind.SHARE, Fraction(9, 10), '"9/10"'),
    (Kind.CODE, "late_answer", '"late_answer"'),
    (Kind.MARK, "\\", '"\\\\"'),
    (Kind.REFERENCE, "PN-2025-000012", '"PN-2025-000012"'),
    (Kind.URN, "100001", '"100001"'),
    (Kind.HASH, HASH, f'"{HASH}"'),
    (Kind.REASON, ReasonKept("late_answer", HASH), f'{{"code":"late_answer","hash":"{HASH}"}}'),
    (
        Kind.RULE,
        RULE,
        f'{{"confidence":"{RULE.confidence.value}","name":"{RULE.name}","since":"2024-08-19","value":10}}',
    ),
]
REFUSED = [
    (Kind.ID, 0),
    (Kind.ID, True),
    (Kind.ID, "7"),
    (Kind.COUNT, -1),
    (Kind.PENCE, Fraction(1, 2)),
    (Kind.FLAG, 1),
    (Kind.DAY, datetime(2025, 3, 1, tzinfo=UTC)),
    (Kind.DAY, "2025-03-01"),
    (Kind.INSTANT, datetime(2025, 3, 1)),  # noqa: DTZ001 - what must be refused
    (Kind.INSTANT, date(2025, 3, 1)),
    (Kind.SHARE, 1),
    (Kind.CODE, "Anna Example"),
    (Kind.CODE, ""),
    (Kind.CODE, 5),
    (Kind.MARK, "unauthorised"),
    (Kind.REFERENCE, "PN-25-12"),
    (Kind.URN, "12345"),
    (Kind.HASH, "A" * 64),
    (Kind.REASON, "because"),
    (Kind.REASON, ReasonKept("late_answer", "The school was closed.")),
    (Kind.REASON, ReasonKept("The school was closed.", HASH)),
    (Kind.RULE, 10),
    (Kind.DAY, (date(2025, 3, 1),)),
]


@pytest.mark.parametrize(("kind", "value", "written"), HOLDS)
def test_a_value_of_the_right_kind_is_written_the_one_way_there_is(kind, value, written):
    assert Event("x.done", {"field": kind}).write({"field": value}) == f'{{"field":{written}}}'
    assert Event("x.done", {"field": Many(kind)}).write({"field": (value, value)}) == (
        f'{{"field":[{written},{written}]}}'
    )


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_a_value_of_another_kind_is_refused(kind, value):
    with pytest.raises(PayloadInvalid, match="field must be"):
        Event("x.done", {"field": kind}).write({"field": value})


def test_several_values_are_given_as_a_tuple():
    with pytest.raises(PayloadInvalid, match="must be a tuple"):
        Event("x.done", {"field": Many(Kind.ID)}).write({"field": 7})


def test_every_kind_of_value_is_tried_here():
    assert {kind for kind, *_ in HOLDS} == set(Kind)
    assert {kind for kind, _ in REFUSED} >= set(Kind) - {Kind.NUMBER}


def test_a_missing_and_an_unknown_field_are_named():
    event = Event("x.done", {"needed": Kind.ID}, {"allowed": Kind.ID})
    assert event.write({"needed": 1, "allowed": 2}) == '{"allowed":2,"needed":1}'
    with pytest.raises(PayloadInvalid, match=r"missing fields \['needed'\], unknown fields \['name'\]"):
        event.write({"name": "Anna"})


def test_a_value_of_the_law_that_is_a_table_or_a_list_is_written_whole():
    book = rule_book("coventry")
    tables = [
        value
        for parameter in book
        for value in parameter.values
        if not isinstance(value.value, str | int | bool)
    ]
    assert tables
    for value in tables:
        assert value.name in Event("x.done", {"rule": Kind.RULE}).write({"rule": value})


def test_an_event_that_is_not_registered_is_unknown():
    with pytest.raises(UnknownEvent, match=r"case\.vanished"):
        event_named("case.vanished")


PAST = frozenset(
    word
    for words in (
        "begun drawn found given held kept left lost made met paid put read seen sent set shown taken told",
        "withdrawn written",
        "silent",  # a school that stayed silent: no verb says it in one word
    )
    for word in words.split()
)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_is_named_after_a_thing_and_what_happened_to_it(name):
    thing, what = name.split(".")
    assert thing.replace("_", "").isalpha()
    assert thing.islower()
    assert any(word.endswith("ed") or word in PAST for word in what.split("_")), (
        f"{what} is not in the past tense"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": "penalty_notice"},
        {"step_id": 3},
        {"step": "Penalty Notice", "step_id": 3},
        {"school": "St Anna"},
    ],
)
def test_a_subject_names_steps_and_schools_by_their_keys(wrong):
    with pytest.raises(SubjectInvalid):
        Subject(**wrong)
