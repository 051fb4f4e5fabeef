"""What every letter is held to on the day on which it goes: its posting day, its batch, a safe way.

The marks and authority of a notice are asked by its own guard; these are asked of every letter besides.
"""

from datetime import date

import pytest

from attendance.domain.errors import BadInput
from attendance.domain.people import Flag
from attendance.store.documents import Documents
from attendance.store.tables.cases import DecisionRow
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from tests.support import casework as c
from tests.support import stories
from tests.support import world as w
from tests.support.refusals import refused, turned_away

NEXT = date(2024, 11, 20)
SAFE = "safe_contact_not_confirmed"


def batched(world, *letters, posting_on=c.POSTED, on=c.DECIDED):
    return world.do("letter_batch.make", on, letters=list(letters), posting_on=posting_on).reference


def letters(world, name):
    return [row for row in world.rows(LetterRow) if row.name == name]


def one(world, name):
    return letters(world, name)[-1]


def html(world, row):
    with world.store.read() as session:
        return Documents(session).get(row.html_sha256).content.decode()


def first_concern(world, on):
    lead = {"contact_name": "Pat Lowe", "contact_job_title": "Attendance Lead"}
    reach = {"contact_telephone": "01632 960111", "contact_email": "lead@school.example"}
    about = {"pupil_id": world.pupil, "school_urn": w.URN, "adult_id": world.mother}
    return world.do("letter.first_concern", on, **about, **lead, **reach, help_offered=["A mentor"]).reference


# A batch is looked at before anything in it goes.


def test_a_penalty_notice_in_a_batch_that_nobody_looked_at_is_not_issued(tell):
    world = tell(stories.prepared)
    batch = batched(world, one(world, "penalty_notice").reference)
    with refused(world, "batch_not_sampled"):
        c.release(world, world.notice)
    world.do("letter_batch.sample", c.POSTED, reference=batch)
    assert c.release(world, world.notice).state == "issued"


def test_a_notice_to_improve_in_a_batch_that_nobody_looked_at_does_not_go(tell):
    world = tell(stories.ready)
    notice = c.decide_improvement(world)
    world.do("notice_to_improve.prepare", c.DECIDED, reference=notice, posting_on=c.POSTED)
    batch = batched(world, one(world, "notice_to_improve").reference)
    with refused(world, "batch_not_sampled"):
        world.do("notice_to_improve.release", c.POSTED, reference=notice)
    world.do("letter_batch.sample", c.POSTED, reference=batch)
    world.do("notice_to_improve.release", c.POSTED, reference=notice)


def test_any_other_letter_in_a_batch_that_nobody_looked_at_does_not_go(tell):
    world = tell(stories.ready)
    letter = first_concern(world, c.POSTED)
    batch = batched(world, letter, on=c.POSTED)
    with refused(world, "batch_not_sampled"):
        world.do("letter.release", c.POSTED, reference=letter)
    world.do("letter_batch.sample", c.POSTED, reference=batch)
    world.do("letter.release", c.POSTED, reference=letter)


def test_what_is_wrong_with_the_letter_is_listed_with_what_is_wrong_with_the_notice(tell):
    world = tell(stories.prepared)
    w.flag(world, Flag.SAFE_CONTACT, c.SUPPORTED)
    batched(world, one(world, "penalty_notice").reference)
    with refused(world, "batch_not_sampled", "posting_day_differs", SAFE):
        c.release(world, world.notice, NEXT)


# A letter that names days goes on the day that they assume.


def part_paid(world, on=date(2024, 12, 10)):
    c.pay(world, 4000, on)
    return one(world, "part_payment").reference


def asked_parent(world):
    on = date(2025, 1, 14)
    c.say(world, "prepare_parent_message", on)
    return one(world, "seven_day_message").reference


def not_improved(world):
    world.correct(w.absent(w.school_days(date(2024, 12, 2), 5), "O"), on=date(2024, 12, 9))
    world.do("notice_to_improve.review", date(2024, 12, 20), reference=world.improvement)
    return one(world, "notice_to_improve_not_improved").reference


def ending_early(world):
    ground = {"ground": "improvement_clearly_not_happening", "ends_on": date(2024, 12, 13)}
    on = date(2024, 12, 9)
    world.do("notice_to_improve.tell_of_early_end", on, reference=world.improvement, why="Again.", **ground)
    return one(world, "notice_to_improve_ended_early").reference


def answered(world):
    on = date(2024, 12, 2)
    said = {"received_on": on, "said": "Ada was ill.", "adult_id": world.mother}
    parent = world.do("representation.receive", on, reference=world.notice, **said).reference
    world.do("representation.answer", on, reference=parent, answer="No.", withdrawal_considered=True)
    return one(world, "representations_answered").reference


DATED = pytest.mark.parametrize(
    ("story", "write"),
    [
        pytest.param(stories.issued, part_paid, id="part payment"),
        pytest.param(stories.issued, answered, id="representations answered"),
        pytest.param(stories.asked, asked_parent, id="seven-day message"),
        pytest.param(stories.improving, not_improved, id="not improved"),
        pytest.param(stories.improving, ending_early, id="ended early"),
    ],
)


@DATED
def test_a_letter_that_names_days_goes_on_the_day_it_was_written_for_and_on_no_other(tell, story, write):
    world = tell(story)
    letter = write(world)
    on = world.row(LetterRow, letter).for_posting_on
    with refused(world, "posting_day_differs"):
        world.do("letter.release", date(on.year, on.month, on.day + 1), reference=letter)
    world.do("letter.release", on, reference=letter)


def test_a_letter_that_names_no_days_may_go_the_day_after(tell):
    world = tell(stories.ready)
    letter = first_concern(world, c.POSTED)
    world.do("letter.release", NEXT, reference=letter)


@pytest.mark.parametrize(
    ("story", "write", "days"),
    [
        pytest.param(stories.issued, part_paid, ("18 December 2024",), id="part payment"),
        pytest.param(stories.issued, answered, ("18 December 2024",), id="representations answered"),
        pytest.param(stories.improving, not_improved, ("2 January 2025",), id="not improved"),
    ],
)
def test_a_letter_whose_day_went_by_is_prepared_anew_for_another(tell, story, write, days):
    world = tell(story)
    letter = write(world)
    first = world.row(LetterRow, letter)
    anew = date(2024, 12, 23) if write is not_improved else c.DAY_22
    done = world.do("letter.prepare_anew", first.prepared_on, reference=letter, posting_on=anew)
    (second,) = done.letters
    row = world.row(LetterRow, second)
    assert (world.row(LetterRow, letter).state, row.state) == ("cancelled", "prepared")
    assert (row.name, row.for_posting_on) == (first.name, anew)
    assert f"{anew.day} December 2024" in html(world, row)
    assert all(day in html(world, row) for day in days)
    world.do("letter.release", anew, reference=second)


def test_a_letter_that_asks_for_money_is_not_prepared_for_a_day_after_the_time_to_pay(tell):
    world = tell(stories.issued)
    letter = part_paid(world)
    with turned_away(world, BadInput, "nothing is left"):
        world.do("letter.prepare_anew", c.DAY_22, reference=letter, posting_on=c.DAY_29)


def test_a_letter_of_its_own_act_is_prepared_anew_by_that_act(tell):
    world = tell(stories.asked)
    letter = asked_parent(world)
    again = {"reference": letter, "posting_on": date(2025, 1, 15)}
    with turned_away(world, BadInput, "penalty_notice.prepare_parent_message"):
        world.do("letter.prepare_anew", date(2025, 1, 15), **again)
    with turned_away(world, BadInput, "today or later"):
        world.do("letter.prepare_anew", date(2025, 1, 16), **again)


def withdrawn(world, why):
    c.pay(world, 8000, c.DAY_21)
    c.say(world, "withdraw", c.DAY_22, ground="material_errors", why=why)
    return one(world, "withdrawal").reference


def test_a_withdrawal_that_came_back_is_written_anew_with_its_ground_and_why(tell):
    world = tell(stories.issued)
    first = withdrawn(world, "The notice named the wrong school.")
    world.do("letter.release", c.DAY_22, reference=first)
    back = {"returned_on": c.DAY_28, "why": "Gone away"}
    world.do("letter.record_returned_mail", c.DAY_28, reference=first, **back)
    done = world.do("letter.prepare_anew", c.DAY_28, reference=first, posting_on=c.DAY_29)
    before, anew = (html(world, world.row(LetterRow, letter)) for letter in (first, done.reference))
    assert "The notice named the wrong school." in anew
    assert "£80" in anew
    said = [letter.partition("Dear")[2].partition("<footer")[0] for letter in (before, anew)]
    assert said[0] == said[1]


def test_a_withdrawal_is_not_written_anew_once_the_money_went_back(tell):
    """It says that the money will go back."""
    world = tell(stories.issued)
    letter = withdrawn(world, "The notice named the wrong school.")
    (payment,) = world.rows(PaymentRow)
    world.do("payment.refund", c.DAY_28, reference=payment.reference, pence=8000, paid_on=c.DAY_28)
    with turned_away(world, BadInput, "nothing is left"):
        world.do("letter.prepare_anew", c.DAY_28, reference=letter, posting_on=c.DAY_29)


# Safe contact.


def test_a_letter_to_a_parent_whose_child_needs_safe_contact_waits_for_an_officer_who_says_it_is_safe(tell):
    world = tell(stories.ready)
    w.flag(world, Flag.SAFE_CONTACT, c.SUPPORTED)
    letter = first_concern(world, c.POSTED)
    with refused(world, SAFE):
        world.do("letter.release", c.POSTED, reference=letter)
    world.do("letter.release", c.POSTED, reference=letter, reasons=c.reason(SAFE))
    assert world.rows(DecisionRow)[-1].act == "letter.release"


def test_a_notice_to_a_parent_whose_child_needs_safe_contact_waits_too(tell):
    world = tell(stories.prepared)
    w.flag(world, Flag.SAFE_CONTACT, c.SUPPORTED)
    with refused(world, SAFE):
        c.release(world, world.notice)
    c.release(world, world.notice, reasons=c.reason(SAFE))


def test_a_flag_that_holds_only_later_asks_for_nothing_yet(tell):
    world = tell(stories.prepared)
    w.flag(world, Flag.SAFE_CONTACT, NEXT)
    c.release(world, world.notice)


def test_the_message_to_the_school_is_no_letter_to_a_parent(tell):
    world = tell(stories.unpaid)
    w.flag(world, Flag.SAFE_CONTACT, c.SUPPORTED)
    c.say(world, "message_school", date(2025, 1, 13))
