"""Who made representations: the parent that the notice is to, or somebody for them; the parent is answered.

One parent's representations are never another's; a notice is each parent's own (SI 2007/1867).
"""

from datetime import date

import pytest

from attendance.domain.errors import BadInput
from attendance.store.documents import Documents
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.record import RecordEntryRow
from attendance.store.tables.reviews import RepresentationRow
from tests.support import stories
from tests.support.refusals import turned_away

ON = date(2024, 12, 2)
SOLICITOR = "Okoro and Lane, solicitors"


def receive(world, **fields):
    given = {"received_on": ON, "said": "Ada was ill.", "adult_id": world.mother, **fields}
    return world.do("representation.receive", ON, reference=world.notice, **given).reference


def answer(world, reference):
    world.do("representation.answer", ON, reference=reference, answer="No.", withdrawal_considered=True)
    return world.rows(LetterRow)[-1]


def html(world, letter):
    with world.store.read() as session:
        return Documents(session).get(letter.html_sha256).content.decode()


def test_representations_name_the_parent_who_made_them_and_the_record_does_too(tell):
    world = tell(stories.issued)
    reference = receive(world)
    row = world.row(RepresentationRow, reference)
    assert (row.adult_id, row.made_for_them_by) == (world.mother, "")
    event, said = world.last_entry()
    assert (event, said["adult"], said["for_them"]) == ("representation.received", world.mother, False)
    assert world.rows(RecordEntryRow)[-1].adult_id == world.mother


@pytest.mark.parametrize("other", ["father", "stranger"])
def test_what_somebody_else_says_is_no_representation_of_the_parent_that_the_notice_is_to(tell, other):
    world = tell(stories.issued)
    with turned_away(world, BadInput, "the parent that the notice is to"):
        receive(world, adult_id=getattr(world, other))


def test_somebody_may_make_them_for_the_parent_and_the_answer_goes_to_the_parent(tell):
    world = tell(stories.issued)
    reference = receive(world, made_for_them_by=SOLICITOR)
    _, said = world.last_entry()
    assert said["for_them"] is True
    assert SOLICITOR not in str(said)
    letter = answer(world, reference)
    assert (letter.adult_id, letter.name) == (world.mother, "representations_answered")
    assert f"{SOLICITOR} wrote to us for you" in html(world, letter)
    _, said = world.last_entry()
    assert (said["adult"], said["for_them"]) == (world.mother, True)


def test_the_answer_to_the_parent_names_nobody_else(tell):
    world = tell(stories.issued)
    letter = answer(world, receive(world))
    assert "wrote to us for you" not in html(world, letter)
