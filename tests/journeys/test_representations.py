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


def test_a_sign_that_no_font_holds_is_kept_as_sent_and_quoted_by_its_name(tell):
    world = tell(stories.issued)
    reference = receive(world, said="ok \N{THUMBS UP SIGN}, I pay")
    letter = answer(world, reference)
    assert "ok [thumbs up sign], I pay" in html(world, letter)
    assert world.row(RepresentationRow, reference).said == "ok \N{THUMBS UP SIGN}, I pay"
    anew = world.do("letter.prepare_anew", ON, reference=letter.reference, posting_on=ON).reference
    assert "[thumbs up sign]" in html(world, world.row(LetterRow, anew))


def test_what_the_officer_writes_must_print_and_the_field_that_does_not_is_named(tell):
    world = tell(stories.issued)
    given = {"reference": receive(world), "answer": "No \N{THUMBS DOWN SIGN}", "withdrawal_considered": True}
    with turned_away(world, BadInput, "THUMBS DOWN SIGN") as caught:
        world.do("representation.answer", ON, **given)
    assert caught.value.field == "answer"


def test_who_wrote_for_the_parent_is_named_in_the_answer_and_must_print(tell):
    world = tell(stories.issued)
    with turned_away(world, BadInput, "cannot print") as caught:
        receive(world, made_for_them_by="Okoro \N{SCALES}")
    assert caught.value.field == "made_for_them_by"
