"""After 28 days without the full sum: the school is told, asks the parent, and answers or is silent.

The local code: the school has 14 calendar days, the day of receipt not counted, and asks the parent for
information (7 days) inside them. Silence counts as no and makes a duty for an authorised officer: withdraw
(SI 2007/1867 reg. 9), or record why the authority prosecutes all the same. The software does neither by
itself.
"""

from datetime import date

import pytest

from attendance.domain.errors import BadInput, NotAllowed, NotFound, StepNotAvailable
from attendance.domain.moment import Actor
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.notices import ExhibitRow, PenaltyNoticeRow
from rules.roles import Role
from tests.support import casework as c
from tests.support import stories
from tests.support.refusals import refused, turned_away

TOLD, DAY_14, DAY_15 = date(2025, 1, 13), date(2025, 1, 27), date(2025, 1, 28)


def row(world):
    return world.row(PenaltyNoticeRow, world.notice)


def test_nothing_is_done_about_non_payment_before_the_days_have_ended(tell):
    world = tell(stories.issued)
    with refused(world, "payment_time_not_over"):
        c.say(world, "end_unpaid", c.DAY_28)
    with turned_away(world, StepNotAvailable):
        c.say(world, "message_school", c.DAY_29)


def test_the_school_is_told_and_has_fourteen_days_after_the_day_of_receipt(tell):
    world = tell(stories.asked)
    assert (row(world).school_messaged_on, row(world).school_answer_due_on) == (TOLD, DAY_14)
    assert row(world).parent_reply_due_on == date(2025, 1, 21)
    assert world.due()[world.notice] == {"answer_non_payment", "record_silence", "time_limit"}
    assert "non_payment_to_school" in {letter.name for letter in world.rows(LetterRow)}


def test_a_yes_on_day_14_is_in_time(tell):
    world = tell(stories.asked)
    c.say(world, "school_supports", DAY_14, by=world.school)
    assert (row(world).state, row(world).school_answered_on) == ("prosecution_supported", DAY_14)


def test_a_yes_on_day_15_is_late_and_taken_only_on_an_officer_s_reason(tell):
    world = tell(stories.asked)
    with refused(world, "answer_late"):
        c.say(world, "school_supports", DAY_15, by=world.school)
    with refused(world, "answer_late"):
        c.say(world, "school_supports", DAY_15, by=world.school, reasons=c.reason("answer_late"))
    c.say(world, "school_supports", DAY_15, reasons=c.reason("answer_late"))
    assert row(world).state == "prosecution_supported"


def test_silence_is_recorded_on_day_15_and_not_on_day_14(tell):
    world = tell(stories.asked)
    with refused(world, "school_may_still_answer"):
        c.say(world, "record_silence", DAY_14)
    c.say(world, "record_silence", DAY_15)
    assert (row(world).state, row(world).school_answer) == ("school_silent", "silent")
    assert world.due()[world.notice] == {"decide_unpaid", "time_limit"}


def test_the_school_asks_the_parent_first_and_waits_for_the_seven_days(tell):
    world = tell(stories.unpaid)
    c.say(world, "message_school", TOLD)
    with refused(world, "parent_not_asked"):
        c.say(world, "school_supports", TOLD, by=world.school)
    prepared = c.say(world, "prepare_parent_message", TOLD, by=world.school)
    assert prepared.letters
    c.say(world, "record_parent_message", date(2025, 1, 15), by=world.school, asked_on=date(2025, 1, 15))
    with refused(world, "parent_may_still_reply"):
        c.say(world, "school_supports", date(2025, 1, 22), by=world.school)
    c.say(world, "school_supports", date(2025, 1, 23), by=world.school)


def test_what_the_school_sent_and_the_parent_replied_become_exhibits(tell):
    world = tell(stories.unpaid)
    c.say(world, "message_school", TOLD)
    sent, reply = world.document("the message", TOLD), world.document("the reply", TOLD)
    c.say(world, "record_parent_message", TOLD, by=world.school, asked_on=TOLD, document=sent)
    c.say(world, "record_parent_reply", TOLD, by=world.school, replied_on=TOLD, document=reply, said="Sorry.")
    assert {(e.what, e.document_sha256) for e in world.rows(ExhibitRow)} == {
        ("message_to_parent", sent),
        ("reply_of_parent", reply),
    }
    with turned_away(world, NotFound):
        c.say(world, "record_parent_reply", TOLD, by=world.school, replied_on=TOLD, document="0" * 64)


def test_the_parent_is_asked_after_the_school_was_told_and_a_reply_is_recorded_when_it_has_come(tell):
    world = tell(stories.asked)
    with turned_away(world, BadInput, "after the school was told"):
        c.say(world, "record_parent_message", TOLD, by=world.school, asked_on=date(2025, 1, 12))
    with turned_away(world, BadInput, "once it has come"):
        c.say(world, "record_parent_reply", TOLD, by=world.school, replied_on=DAY_14)


def test_in_a_holiday_it_warns_and_an_officer_may_extend_with_a_reason(tell):
    world = tell(stories.unpaid)
    done = c.say(world, "message_school", c.DAY_29)
    assert "Only 1 of the 10 weekdays of this time are days of the school." in done.sentences
    until = date(2025, 1, 17)
    with refused(world, "extension_for_a_holiday"):
        c.say(world, "extend_answer", c.DAY_29, extend_to=until)
    with refused(world, "extension_not_later"):
        c.say(world, "extend_answer", c.DAY_29, extend_to=date(2025, 1, 2))
    c.say(world, "extend_answer", c.DAY_29, extend_to=until, reasons=c.reason("extension_for_a_holiday"))
    assert row(world).school_answer_due_on == until
    with refused(world, "school_may_still_answer"):
        c.say(world, "record_silence", until)


def test_without_a_holiday_only_the_senior_officer_extends(tell):
    world = tell(stories.asked)
    longer = {"extend_to": date(2025, 2, 3), "reasons": c.reason("extension_without_a_holiday")}
    with refused(world, "extension_without_a_holiday"):
        c.say(world, "extend_answer", DAY_14, **longer)
    c.say(world, "extend_answer", DAY_14, by=world.senior, **longer)
    c.say(world, "school_declines", date(2025, 2, 3), by=world.school)
    assert row(world).state == "school_declined"


def silent(world):
    c.say(world, "record_silence", DAY_15)


def declined(world):
    c.say(world, "school_declines", DAY_14, by=world.school)


@pytest.mark.parametrize(("answer", "code"), [(silent, "school_was_silent"), (declined, "school_said_no")])
def test_without_the_school_an_officer_records_why_the_authority_prosecutes_all_the_same(tell, answer, code):
    world = tell(stories.asked)
    answer(world)
    with refused(world, code):
        c.say(world, "proceed_all_the_same", DAY_15)
    c.say(world, "proceed_all_the_same", DAY_15, reasons=c.reason(code))
    assert row(world).state == "for_prosecution"


@pytest.mark.parametrize("answer", [silent, declined])
def test_or_withdraws_the_notice_in_writing(tell, answer):
    world = tell(stories.asked)
    answer(world)
    ground = {"ground": "unpaid_and_not_prosecuted", "why": "The school does not support prosecution."}
    assert c.say(world, "withdraw", DAY_15, **ground).letters
    assert (row(world).state, world.due()) == ("withdrawn", {})


def test_an_account_whose_person_is_no_authorised_officer_neither_withdraws_nor_proceeds(tell):
    world = tell(stories.asked)
    silent(world)
    clerk = Actor("clerk.one", Role.OFFICER)
    former = Actor("former.one", Role.OFFICER, person=world.staff["former_officer"])
    reasons = c.reason("school_was_silent")
    with refused(world, "not_an_authorised_officer"):
        c.say(world, "proceed_all_the_same", DAY_15, by=clerk, reasons=reasons)
    with refused(world, "not_an_authorised_officer"):
        ground = {"ground": "unpaid_and_not_prosecuted", "why": "Not prosecuted."}
        c.say(world, "withdraw", date(2025, 2, 3), by=former, **ground)


def test_the_school_neither_ends_a_notice_nor_records_its_own_silence(tell):
    world = tell(stories.asked)
    for verb in ("record_silence", "proceed_all_the_same", "hand_over", "end_unpaid"):
        with turned_away(world, NotAllowed):
            c.say(world, verb, DAY_15, by=world.school)
