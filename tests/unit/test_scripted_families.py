"""Each scripted family forces the situation that it is there for, counted from its marks one by one."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from attendance.demo.authority import Size, make_authority
from attendance.demo.authority.characters import Run, ScriptedFamily, scripted_families
from attendance.demo.authority.symbols import SYMBOLS
from tests.support.made_up import ABSENT, COUNTED, small, tell
from tests.support.oracle import monday, threshold

YEAR_END = date(2025, 7, 31)
AUTUMN_BREAK = (date(2024, 10, 25), date(2024, 11, 4))


def codes(told, urn):
    return Counter(row.code for row in told.first[urn])


def met_on(told, urn, on=YEAR_END):
    return threshold(told.first[urn], told.weeks[urn], on)[1]


def shares(told, urn):
    marks = [row.code for row in told.first[urn]]
    return sum(code in ABSENT for code in marks), sum(code in COUNTED for code in marks)


def runs_of_leave(told, urn):
    """Lengths of leave without a school session in between."""
    lengths, current = [], 0
    for row in sorted(told.first[urn], key=lambda row: (row.day, row.session)):
        if row.code == "G":
            current += 1
        elif current:
            lengths.append(current)
            current = 0
    return lengths + ([current] if current else [])


def improves(one, told):
    bad = told.unauthorised(one.school_urn)
    met = met_on(told, one.school_urn)
    return met < date(2024, 10, 5) and max(row.day for row in bad) < date(2024, 10, 15)


def goes_on(one, told):
    bad = told.unauthorised(one.school_urn)
    return met_on(told, one.school_urn) < date(2024, 10, 10) and sum(row.day.month == 11 for row in bad) >= 10


def ten_of_leave(one, told):
    bad = told.unauthorised(one.school_urn)
    return {row.code for row in bad} == {"G"} and runs_of_leave(told, one.school_urn) == [10]


def keeps_on(one, told):
    terms = {
        (row.day.month in {9, 10, 11, 12}, row.day.month < 5) for row in told.unauthorised(one.school_urn)
    }
    return len(terms) == 3 and len(told.unauthorised(one.school_urn)) > 150


def irregular_after_autumn(one, told):
    met = met_on(told, one.school_urn)
    return met is not None and met > date(2024, 11, 4) and "G" not in codes(told, one.school_urn)


def never_ten(one, told):
    before = sum(row.day <= AUTUMN_BREAK[0] for row in told.unauthorised(one.school_urn))
    return (before, len(told.unauthorised(one.school_urn))) == (5, 9) and met_on(told, one.school_urn) is None


def ten_across(one, told):
    before = sum(row.day <= AUTUMN_BREAK[0] for row in told.unauthorised(one.school_urn))
    return (before, len(told.unauthorised(one.school_urn))) == (5, 10) and (
        met_on(told, one.school_urn) > AUTUMN_BREAK[1]
    )


def two_schools(one, told):
    counts = [len(told.unauthorised(roll["school_urn"])) for roll in told.enrolments]
    return counts == [6, 6] and all(met_on(told, roll["school_urn"]) is None for roll in told.enrolments)


def in_care(one, told):
    kinds = [told.adults[reference]["kind"] for reference in one.adult_refs]
    return (
        "looked_after" in told.flags
        and kinds == ["local_authority", "person", "person"]
        and met_on(told, one.school_urn) is not None
    )


def corrected(reason, many, before):
    def holds(one, told):
        final = Counter(row.code for row in told.final[one.school_urn])
        return (
            {row["comment"] for row in told.corrections} == {reason}
            and len(told.corrections) == many
            and runs_of_leave(told, one.school_urn) == [10]
            and final["G"] == 10 - many
            and all(row["recorded_at"] < before for row in told.corrections)
        )

    return holds


def young(one, told):
    fifth = told.pupil["date_of_birth"].replace(year=told.pupil["date_of_birth"].year + 5)
    days = [row.day for row in told.unauthorised(one.school_urn)]
    return fifth > date(2024, 12, 31) and len(days) == 10 and max(days) < date(2024, 12, 31)


def too_old(one, told):
    days = [row.day for row in told.unauthorised(one.school_urn)]
    still = [roll["until"] is None for roll in told.enrolments]
    return still == [True] and sum(day > date(2025, 6, 27) for day in days) == 10 and len(days) == 16


def mostly_ill(one, told):
    absent, possible = shares(told, one.school_urn)
    return absent * 2 >= possible and not told.unauthorised(one.school_urn) and "health" in told.flags


def never_seen(one, told):
    absent, possible = shares(told, one.school_urn)
    return absent == possible > 370


def apart(one, told):
    return len({told.adults[reference]["postcode"] for reference in one.adult_refs}) == 2


def leave_then_irregular(one, told):
    return (
        apart(one, told)
        and runs_of_leave(told, one.school_urn) == [10]
        and codes(told, one.school_urn)["O"] > 20
    )


def stale(one, told):
    unknown = [row.day for row in told.first[one.school_urn] if row.code == "N"]
    return len(unknown) == 4 and met_on(told, one.school_urn) > max(unknown) + timedelta(days=5)


def dual(one, told):
    rolls = {roll["school_urn"]: roll["status"] for roll in told.enrolments}
    other = next(urn for urn, status in rolls.items() if status == "subsidiary")
    return (
        rolls[one.school_urn] == "main"
        and {row.day.weekday() for row in told.first[one.school_urn] if row.code == "D"} == {0, 1, 2}
        and {row.day.weekday() for row in told.first[other] if row.code == "D"} == {3, 4}
        and not told.unauthorised(other)
        and met_on(told, one.school_urn) is not None
    )


def late(one, told):
    return codes(told, one.school_urn)["U"] == 10 and met_on(told, one.school_urn) is not None


def no_basis(one, told):
    bases = {link["adult_ref"]: link["basis"] for link in told.links}
    return [bases[reference] for reference in one.adult_refs] == ["natural_parent", "none"]


def arrives(one, told):
    (roll,) = told.enrolments
    return roll["since"] == date(2024, 11, 4) and met_on(told, one.school_urn) is not None


def mixed(one, told):
    return (codes(told, one.school_urn)["G"], codes(told, one.school_urn)["O"]) == (6, 4)


PREMISES = {
    "irregular_improves": improves,
    "irregular_not_improving": goes_on,
    "irregular_keeps_on": keeps_on,
    "support_refused": irregular_after_autumn,
    "ended_early": goes_on,
    "late_after_close": late,
    "holiday_two_parents": ten_of_leave,
    "holiday_school_silent": ten_of_leave,
    "holiday_school_answers": ten_of_leave,
    "holiday_paid_short": ten_of_leave,
    "holiday_paid_twice": ten_of_leave,
    "holiday_siblings_older": ten_of_leave,
    "holiday_siblings_younger": ten_of_leave,
    "holiday_eight_sessions": lambda one, told: runs_of_leave(told, one.school_urn) == [8],
    "holiday_mixed_codes": mixed,
    "third_notice": lambda one, told: runs_of_leave(told, one.school_urn) == [10, 10, 10],
    "nine_sessions": never_ten,
    "ten_across_half_term": ten_across,
    "two_histories": leave_then_irregular,
    "in_care": in_care,
    "independent_school": lambda one, told: codes(told, one.school_urn)["O"] == 10,
    "corrected_before_release": corrected("Hospital letter received", 2, "2024-12-10"),
    "corrected_after_issue": corrected("Hospital letter received", 4, "2025-02-01"),
    "representations": corrected("Bereavement; leave given after the event", 10, "2025-01-01"),
    "home_elsewhere": lambda one, told: told.pupil["home_la_code"] == "398" and ten_of_leave(one, told),
    "moves_school": two_schools,
    "arrives_with_notice": arrives,
    "no_basis": no_basis,
    "protected_address": lambda one, told: apart(one, told) and "protected_address" in told.flags,
    "under_age": young,
    "past_school_age": too_old,
    "mostly_ill": mostly_ill,
    "never_seen": never_seen,
    "special_school": lambda one, told: "ehcp" in told.flags and met_on(told, one.school_urn) is not None,
    "returned_mail": ten_of_leave,
    "wrong_recipient": lambda one, told: apart(one, told) and ten_of_leave(one, told),
    "arabic_script": lambda one, told: told.adults[one.adult_refs[0]]["surname"] > "\u0600",
    "stale_reasons": stale,
    "dual_registered": dual,
    "request_incomplete": ten_of_leave,
    "second_notice": lambda one, told: (
        runs_of_leave(told, one.school_urn) == [10] and met_on(told, one.school_urn) < date(2024, 10, 10)
    ),
}


@pytest.fixture(scope="module")
def told():
    return tell(small())


def test_every_scripted_child_has_a_premise_to_hold():
    keys = [child.key for family in scripted_families() for child in family.children]
    assert len(keys) == len(set(keys))
    assert set(keys) == set(PREMISES)


@pytest.mark.parametrize("key", PREMISES)
def test_the_scripted_childs_premise_holds(told, key):
    one, year = told[key, 0]
    assert PREMISES[key](one, year), one.story


def test_scripted_children_are_looked_up_by_key():
    character = small().character("third_notice")
    assert character.adult_refs
    assert character.school_urn in set(small().schools["URN"])
    with pytest.raises(KeyError, match="no scripted child 'nobody'"):
        small().character("nobody")


def test_siblings_share_their_parents():
    older, younger = (small().character(f"holiday_siblings_{which}") for which in ("older", "younger"))
    assert older.adult_refs == younger.adult_refs
    assert older.upn != younger.upn


def test_the_independent_school_is_independent():
    urn = small().character("independent_school").school_urn
    (kind,) = small().schools.filter(small().schools["URN"] == urn)["EstablishmentTypeGroup (name)"]
    assert kind == "Independent schools"


def test_all_of_them_hold_and_the_figures_too_in_a_whole_city():
    city = make_authority(Size.CITY)
    assert city.people.pupils.height == city.people.pupils["upn"].n_unique() == 58_400
    assert city.schools.height == 116
    year = tell(city)
    broken = [key for key, premise in PREMISES.items() for cast in range(12) if not premise(*year[key, cast])]
    assert Counter(broken) == {}
    in_care = city.people.flags["flag"].eq("looked_after").sum()
    assert 600 <= in_care <= 800
    assert_figures(city)


def assert_figures(city):
    symbols = [symbol in COUNTED for symbol in SYMBOLS], [symbol in ABSENT for symbol in SYMBOLS]
    possible, absent = (np.array(which)[city.final_marks].sum(axis=(1, 2)) for which in symbols)
    counted = possible > 0
    assert 100 - 100 * absent.sum() / possible.sum() == pytest.approx(93.0, abs=0.3)
    assert 100 * (absent * 10 >= possible)[counted].mean() == pytest.approx(20.2, abs=1.5)
    assert 100 * (absent * 2 >= possible)[counted].mean() == pytest.approx(2.0, abs=0.5)


def test_a_day_of_a_script_that_is_no_day_is_refused():
    with pytest.raises(ValueError, match=r"write half-term\.week\.weekday"):
        Run.model_validate({"run": 10, "code": "G", "from": "7.1.mon"})
    with pytest.raises(ValueError, match="Extra inputs"):
        ScriptedFamily.model_validate(
            {"story": "", "community": "english", "adults": (), "children": (), "x": 1}
        )


def test_weeks_of_the_oracle_begin_on_mondays():
    assert monday(date(2024, 9, 4)) == date(2024, 9, 2)
