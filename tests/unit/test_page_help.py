"""Help in place says what the law's own data say, on any day, and leads to it."""

from datetime import date

import pytest

from api.pages.help import NOTHING, anchor, terms, terms_of, value_of, words_of, written
from attendance.services.registry import ACTS
from rules.law import known_policies, rule_book

ON = date(2025, 3, 3)


@pytest.mark.parametrize("authority", known_policies())
def test_every_term_can_be_said_whole_with_todays_values(authority):
    for key, term in terms(authority, ON).items():
        assert all("{" not in sentence for sentence in term.sentences), key
        assert term.sources or not written()[key].law, key
    coventry = terms("coventry", ON)
    assert all(len(term.sentences) == len(written()[key].says) for key, term in coventry.items())


def test_every_value_named_is_a_value_of_the_law_or_the_code():
    book = rule_book("coventry")
    for one in written().values():
        for kind, names in (("law", one.law), ("policy", one.policy)):
            for name in names:
                assert value_of(book, kind, name, ON)


def test_every_act_named_is_an_act():
    known = {act.name for act in ACTS}
    assert {act for one in written().values() for act in one.acts} <= known
    assert terms_of("penalty_notice.withdraw") == ("withdrawal",)


def test_numbers_come_from_the_law_of_the_day():
    said = " ".join(terms("coventry", ON)["penalty_notice"].sentences)
    assert "£160, or £80 when it is paid within 21 days" in said
    before = terms("coventry", date(2024, 8, 1))
    assert before["threshold"].sentences != terms("coventry", ON)["threshold"].sentences


def test_where_nothing_is_in_force_it_says_so():
    assert terms("coventry", date(2001, 1, 1))["persistent_absence"].sentences == (NOTHING,)


def test_a_link_leads_to_the_value_on_the_page_of_the_law():
    (first, *_) = terms("coventry", ON)["threshold"].sources
    assert first.href == f"/law#{anchor('england.penalty_notice.threshold_sessions')}"


def test_a_table_cannot_be_said_in_a_sentence():
    with pytest.raises(TypeError):
        words_of(value_of(rule_book("coventry"), "law", "penalty_notice.considerations", ON))
