"""A letter that names days to come holds only for one posting, and the catalogue knows which those are."""

import re
from datetime import date

import pytest

from letters.catalogue import LETTERS
from letters.samples import letter_of, samples_of
from rules.wording import MONTHS
from tests.support.letters import BOOK, rendered

A_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")


def days_to_come(sample, context):
    """Return the days that a rendered letter names and that lie after its own date.

    The days of a leave that was asked for are not counted: they stay what they are, whenever it is posted.
    """
    found = A_DAY.findall(rendered(sample).html)
    days = {date(int(year), MONTHS.index(month) + 1, int(day)) for day, month, year in found}
    leave = {getattr(context, "first_day", None), getattr(context, "last_day", None)}
    return {day for day in days - leave if day > context.letter_date}


@pytest.mark.parametrize("name", LETTERS)
def test_the_catalogue_knows_which_letters_name_days_to_come(name):
    samples = samples_of(name, BOOK)
    assert {letter_of(sample) for sample in samples} == {name}
    named = [days_to_come(sample, context) for sample, context in samples.items()]
    assert any(named) is LETTERS[name].names_days
