"""A letter about a penalty notice that has ended since it was prepared does not go as if it had not."""

from datetime import date

import pytest
from sqlalchemy import text

from attendance.services import batches
from attendance.store.tables.letters import LetterRow
from tests.support import casework as c
from tests.support import stories
from tests.support.behind import behind, without_triggers
from tests.support.refusals import refused
from tests.support.world import at

ON = date(2024, 12, 2)


def one(world, name):
    return [row for row in world.rows(LetterRow) if row.name == name][-1]


def withdraw(world, on):
    return c.say(world, "withdraw", on, ground="material_errors", why="The notice named the wrong school.")


def answer(world, on=ON):
    said = {"received_on": on, "said": "Ada was ill.", "adult_id": world.mother}
    parent = world.do("representation.receive", on, reference=world.notice, **said).reference
    return world.do("representation.answer", on, reference=parent, answer="No.", withdrawal_considered=True)


def thanked(world):
    return c.pay(world, 8000, c.DAY_21).letters[0]


def part_paid(world):
    return c.pay(world, 4000, c.DAY_21).letters[0]


def answered(world):
    return answer(world, c.DAY_21).letters[0]


def held(world):
    letter = thanked(world)
    world.do("letter.hold", c.DAY_21, reference=letter, why="To be looked at.")
    return letter


@pytest.mark.parametrize("write", [thanked, part_paid, answered, held])
def test_withdrawing_a_notice_cancels_what_was_prepared_about_it_and_says_so(tell, write):
    world = tell(stories.issued)
    letter = write(world)
    done = withdraw(world, c.DAY_21)
    assert world.row(LetterRow, letter).state == "cancelled"
    assert f"Letter {letter} had not gone and is cancelled: the notice is withdrawn." in done.sentences
    event, said = world.last_entry()
    assert (event, said["letters_cancelled"]) == ("penalty_notice.withdrawn", [letter])
    assert one(world, "withdrawal").state == "prepared"


def test_a_letter_that_has_gone_stays_gone_and_the_entry_names_none(tell):
    world = tell(stories.issued)
    letter = thanked(world)
    world.do("letter.release", c.DAY_21, reference=letter)
    withdraw(world, c.DAY_22)
    assert world.row(LetterRow, letter).state == "released"
    assert "letters_cancelled" not in world.last_entry()[1]


def put_back(world, letter):
    """Leave a letter prepared, as in a store whose notice ended before letters were cancelled with it."""
    with behind(world.store) as connection:
        without_triggers(connection)
        connection.execute(
            text("UPDATE letter SET state = 'prepared' WHERE reference = :letter"), {"letter": letter}
        )


def test_a_letter_prepared_before_the_withdrawal_is_not_released_and_the_withdrawal_itself_is(tell):
    world = tell(stories.issued)
    letter = thanked(world)
    withdraw(world, c.DAY_21)
    put_back(world, letter)
    with refused(world, "notice_withdrawn_since") as caught:
        world.do("letter.release", c.DAY_21, reference=letter)
    assert "Cancel the letter" in str(caught.value)
    world.do("letter.release", c.DAY_21, reference=one(world, "withdrawal").reference)


def test_a_batch_leaves_a_letter_about_a_notice_withdrawn_since_with_that_reason(tell):
    world = tell(stories.issued)
    letter = thanked(world)
    withdraw(world, c.DAY_21)
    put_back(world, letter)
    both = [letter, one(world, "withdrawal").reference]
    batch = world.do("letter_batch.make", c.DAY_21, letters=both, posting_on=c.DAY_21).reference
    world.do("letter_batch.sample", c.DAY_21, reference=batch)
    tried = batches.release_batch(world.office, world.officer, at(c.DAY_21), batch).tried
    assert {each.reference: each.went for each in tried} == {both[0]: False, both[1]: True}
    assert (
        "withdrawn since the letter was prepared"
        in next(each for each in tried if not each.went).sentences[0]
    )


def test_an_answer_written_after_the_withdrawal_goes_on_the_same_day(tell):
    world = tell(stories.issued)
    said = {"received_on": ON, "said": "Ada was ill.", "adult_id": world.mother}
    parent = world.do("representation.receive", ON, reference=world.notice, **said).reference
    withdraw(world, ON)
    done = world.do("representation.answer", ON, reference=parent, answer="Yes.", withdrawal_considered=True)
    world.do("letter.release", ON, reference=done.letters[0])


def test_the_full_sum_cancels_a_letter_that_asks_for_the_rest(tell):
    world = tell(stories.issued)
    letter = part_paid(world)
    done = c.pay(world, 4000, c.DAY_21, transaction="T-second")
    assert world.row(LetterRow, letter).state == "cancelled"
    assert f"Letter {letter} had not gone and is cancelled: the notice is paid." in done.sentences
    assert world.last_entry()[1]["letters_cancelled"] == [letter]
    assert one(world, "payment_received").state == "prepared"


def test_a_letter_that_asks_for_money_on_a_paid_notice_is_not_released(tell):
    world = tell(stories.issued)
    letter = part_paid(world)
    c.pay(world, 4000, c.DAY_21, transaction="T-second")
    put_back(world, letter)
    with refused(world, "notice_paid_since"):
        world.do("letter.release", c.DAY_21, reference=letter)


def test_an_answer_that_names_the_sum_to_pay_is_held_when_it_is_paid_and_says_it_no_more_when_written_anew(
    tell,
):
    world = tell(stories.issued)
    letter = answered(world)
    done = c.pay(world, 8000, c.DAY_21)
    assert world.row(LetterRow, letter).state == "held"
    assert any(letter in sentence and "Prepare it anew" in sentence for sentence in done.sentences)
    anew = world.do("letter.prepare_anew", c.DAY_21, reference=letter, posting_on=c.DAY_21).reference
    world.do("letter.release", c.DAY_21, reference=anew)
