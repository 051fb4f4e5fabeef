"""Money that was mis-keyed, that came before the issue, and that goes back only once it is decided about."""

from datetime import date

import pytest

from attendance.domain.errors import BadInput
from attendance.domain.record.events import event_named
from attendance.store.documents import Documents
from attendance.store.reasons import Reasons
from attendance.store.tables.letters import LetterRow
from attendance.store.tables.money import PaymentRow
from attendance.store.tables.notices import PenaltyNoticeRow
from tests.support import casework as c
from tests.support import stories


@pytest.fixture
def world(sqlite_store):
    world = stories.issued(sqlite_store)
    world.other = c.issue(world, adult_id=world.father)
    return world


def state(world, notice=None):
    return world.row(PenaltyNoticeRow, notice or world.notice).state


def rematch(world, payment, on=date(2024, 12, 13)):
    return world.do(
        "payment.rematch", on, reference=payment, notice=world.other, why="The number was mis-keyed."
    )


def letters(world):
    return [(row.name, row.state) for row in world.rows(LetterRow) if row.name != "penalty_notice"]


def test_money_keyed_to_the_wrong_parent_moves_and_the_discharge_is_taken_back(world):
    payment = c.pay(world, 8000, c.DAY_21).reference
    assert (state(world), state(world, world.other)) == ("paid", "issued")

    rematch(world, payment)

    assert (state(world), state(world, world.other)) == ("issued", "paid")
    assert world.row(PenaltyNoticeRow, world.notice).paid_on is None
    assert world.row(PenaltyNoticeRow, world.other).paid_on == c.DAY_21
    assert letters(world) == [("payment_received", "cancelled"), ("payment_received", "prepared")]
    assert world.due() == {world.notice: {"record_end_of_payment"}}
    c.say(world, "end_unpaid", c.DAY_29)
    assert state(world) == "unpaid"


def test_the_right_parents_own_money_goes_on_discharging(world):
    wrong = c.pay(world, 8000, date(2024, 12, 9)).reference
    c.pay(world, 8000, c.DAY_21)

    rematch(world, wrong)

    assert (state(world), state(world, world.other)) == ("paid", "paid")
    assert world.row(PenaltyNoticeRow, world.notice).paid_on == c.DAY_21
    assert [row.judged for row in world.rows(PaymentRow)] == ["full", "full"]
    assert world.due() == {}


def test_money_that_went_back_or_is_unmatched_is_not_moved(world):
    payment = c.pay(world, 10000, c.DAY_21).reference
    with pytest.raises(BadInput, match="another one"):
        world.do("payment.rematch", c.DAY_22, reference=payment, notice=world.notice, why="No.")
    settle(world, payment, 2000)
    world.do("payment.refund", c.DAY_22, reference=payment, pence=2000, paid_on=c.DAY_22)
    with pytest.raises(BadInput, match="gone back"):
        rematch(world, payment)
    unmatched = c.pay(world, 500, c.DAY_21, reference="unknown").reference
    with pytest.raises(BadInput, match="matched to"):
        rematch(world, unmatched)


def settle(world, payment, pence):
    world.do("payment.settle", c.DAY_22, reference=payment, refund_pence=pence, how="Back to the card.")


def test_money_from_before_the_issue_never_discharges_and_is_for_an_officer(world):
    early = c.pay(world, 8000, date(2024, 11, 18), reference="unknown").reference
    done = world.do("payment.match", c.DAY_21, reference=early, notice=world.notice)

    assert state(world) == "issued"
    (row,) = world.rows(PaymentRow)
    assert (row.judged, row.refund_due_pence) == ("before_issue", 8000)
    assert world.due()[early] == {"settle_money"}
    assert any("No letter is prepared" in sentence for sentence in done.sentences)
    assert letters(world) == []
    c.pay(world, 8000, c.DAY_21)
    assert state(world) == "paid"
    assert [row.refund_due_pence for row in world.rows(PaymentRow)] == [8000, 0]


def test_money_goes_back_only_once_somebody_has_decided_about_it(world):
    payment = c.pay(world, 10000, c.DAY_21).reference
    with pytest.raises(BadInput, match="Settle it first"):
        world.do("payment.refund", c.DAY_22, reference=payment, pence=2000, paid_on=c.DAY_22)
    settle(world, payment, 2000)
    world.do("payment.refund", c.DAY_22, reference=payment, pence=2000, paid_on=c.DAY_22)
    assert payment not in world.due()


def test_a_duplicate_gets_no_letter_that_says_it_came_late(world):
    c.pay(world, 8000, c.DAY_21)
    done = c.pay(world, 8000, c.DAY_21, transaction="again")
    assert letters(world) == [("payment_received", "prepared")]
    assert done.letters == ()
    assert any("No letter is prepared" in sentence for sentence in done.sentences)


def test_a_part_recorded_after_the_time_to_pay_asks_nobody_to_pay_by_a_day_gone_by(world):
    done = c.pay(world, 5000, c.DAY_28, recorded_on=date(2024, 12, 23))
    assert letters(world) == []
    assert not any("Still owing" in sentence for sentence in done.sentences)


def kept(world, reason):
    """Return the text behind a salted hash of the record."""
    with world.store.read() as session:
        return Reasons(session).text(reason["hash"])


def test_the_record_says_of_money_how_much_when_what_it_was_judged_and_for_which_notice(world):
    payment = c.pay(world, 4000, c.DAY_21, reference=world.notice).reference
    event, said = world.last_entry()
    assert event == "payment.received"
    assert (said["reference"], said["notice"], said["notice_state"]) == (payment, world.notice, "issued")
    assert (said["pence"], said["received_on"], said["judged"]) == (4000, str(c.DAY_21), "part")
    assert (said["owing"], said["to_decide"]) == (4000, 0)
    assert kept(world, said["given"]) == world.notice
    assert kept(world, said["transaction"]) == "T-2024-12-11-4000"


def test_the_record_says_of_unmatched_money_what_reference_came_with_it_and_of_no_notice(world):
    c.pay(world, 4000, c.DAY_21, reference="MARSH FINE")
    _, said = world.last_entry()
    assert "notice" not in said
    assert kept(world, said["given"]) == "MARSH FINE"
    assert "MARSH" not in str(said)
    assert (said["judged"], said["to_decide"]) == ("unmatched", 4000)


def test_the_record_says_what_goes_back_when_it_was_decided_and_on_which_day_it_went(world):
    payment = c.pay(world, 10000, c.DAY_21).reference
    settle(world, payment, 2000)
    _, decided = world.last_entry()
    paid_on = date(2024, 12, 16)
    world.do("payment.refund", date(2024, 12, 17), reference=payment, pence=2000, paid_on=paid_on)
    _, went = world.last_entry()
    assert (decided["refund"], decided["pence"], decided["notice"]) == (2000, 10000, world.notice)
    assert (went["refund"], went["refunded_on"]) == (2000, str(paid_on))


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        *(("payment.received", field) for field in ("given", "transaction", "pence", "judged")),
        *(("payment.matched", field) for field in ("received_on", "notice", "notice_state")),
        *(("payment.rematched", field) for field in ("notice", "notice_before")),
        ("payment.settled", "refund"),
        *(("payment.refunded", field) for field in ("refund", "refunded_on")),
    ],
)
def test_no_entry_about_money_can_leave_out_what_belongs_to_it(name, left_out):
    assert left_out in event_named(name).needs


def thanked(world, pence=8000):
    """The mother is thanked for money, and the letter goes."""
    payment = c.pay(world, pence, c.DAY_21).reference
    letter = world.rows(LetterRow)[-1].reference
    world.do("letter.release", c.DAY_21, reference=letter)
    return payment, letter


def corrections(world):
    with world.store.read() as session:
        return [
            Documents(session).get(row.html_sha256).content.decode()
            for row in world.rows(LetterRow, name="payment_corrected")
        ]


def test_money_that_moves_away_after_its_letter_went_says_so_and_writes_to_the_first_parent(world):
    payment, thanks = thanked(world)

    done = rematch(world, payment)

    said = " ".join(done.sentences)
    assert f"{thanks} has gone to the first parent and is wrong now" in said
    assert world.row(LetterRow, thanks).state == "released"
    correction = world.row(LetterRow, done.letters[0])
    assert (correction.name, correction.adult_id) == ("payment_corrected", world.mother)
    (text,) = corrections(world)
    assert "£160" in text
    assert "18 December 2024" in text
    assert world.other not in text
    event, entry = world.last_entry()
    assert (event, entry["letters_gone"]) == ("payment.rematched", [thanks])
    assert entry["letters"] == list(done.letters)


def test_the_correction_says_that_an_officer_looks_at_it_where_the_time_to_pay_has_ended(world):
    payment, _ = thanked(world)
    rematch(world, payment, date(2024, 12, 20))
    (text,) = corrections(world)
    assert "the time to pay has ended" in text
    assert "Please pay <strong>" not in text


def test_the_correction_says_that_the_notice_stays_settled_where_other_money_settles_it(world):
    payment, _ = thanked(world)
    c.pay(world, 8000, c.DAY_21, transaction="her own")
    rematch(world, payment)
    (text,) = corrections(world)
    assert "stays paid in full" in text


def test_a_letter_about_a_part_that_moves_away_is_corrected_as_well(world):
    payment, part = thanked(world, 5000)
    done = rematch(world, payment)
    assert part in " ".join(done.sentences)
    assert len(corrections(world)) == 1


def test_nothing_is_corrected_where_no_letter_went(world):
    done = rematch(world, c.pay(world, 8000, c.DAY_21).reference)
    assert corrections(world) == []
    assert "gone to the first parent" not in " ".join(done.sentences)


def test_of_a_notice_that_was_withdrawn_since_the_officer_writes_by_hand(world):
    payment, thanks = thanked(world)
    c.say(world, "withdraw", c.DAY_22, ground="material_errors", why="A wrong day.")
    done = rematch(world, payment)
    assert f"{thanks} has gone" in " ".join(done.sentences)
    assert "write to that parent" in " ".join(done.sentences)
    assert corrections(world) == []


def test_a_correction_is_prepared_anew_for_another_day(world):
    payment, _ = thanked(world)
    letter = rematch(world, payment).letters[0]
    on = date(2024, 12, 16)
    done = world.do("letter.prepare_anew", on, reference=letter, posting_on=on)
    assert world.row(LetterRow, done.letters[0]).for_posting_on == on


@pytest.mark.parametrize("refund_pence", [3000, 8000])
def test_a_letter_about_money_that_goes_back_is_not_written_anew(sqlite_store, refund_pence):
    """It says that the whole sum was received towards the notice, which is no longer so."""
    world = stories.issued(sqlite_store)
    payment = c.pay(world, 8000, c.DAY_22).reference
    letter = world.rows(LetterRow)[-1]
    said = {"refund_pence": refund_pence, "how": "Back to the card."}
    world.do("payment.settle", c.DAY_22, reference=payment, **said)

    with pytest.raises(BadInput, match="write to the parent yourself"):
        world.do("letter.prepare_anew", c.DAY_22, reference=letter.reference, posting_on=c.DAY_29)

    assert letter.name == "part_payment"


def test_thanks_are_written_anew_once_what_came_beyond_the_sum_goes_back(sqlite_store):
    world = stories.issued(sqlite_store)
    payment = c.pay(world, 9000, c.DAY_21).reference
    letter = world.rows(LetterRow)[-1]
    world.do("payment.settle", c.DAY_21, reference=payment, refund_pence=1000, how="Back to the card.")

    done = world.do("letter.prepare_anew", c.DAY_21, reference=letter.reference, posting_on=c.DAY_22)

    (anew,) = world.rows(LetterRow, reference=done.reference)
    assert anew.name == "payment_received"
