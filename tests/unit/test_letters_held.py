"""A letter that cannot be printed or posted is held by itself, and says what to put right."""

import dataclasses
from datetime import date

import pytest

from letters import contexts as c
from letters.catalogue import LETTERS
from letters.compose import data_sha256, unprintable_characters
from letters.contexts.absence import sessions_in
from letters.errors import (
    CannotPost,
    CannotPrint,
    Incomplete,
    LetterHeld,
    NotQuotable,
    TooLong,
    UnknownLetter,
    WrongContext,
)
from letters.glyphs import OTHER_SCRIPT, printable, quoted, unprintable
from letters.postal import problems
from letters.quoting import quote, quote_text, quote_texts, rule_set
from letters.render import render
from letters.samples import sample_context, samples_of
from letters.samples.people import ISSUED, OFFICER, absences
from rules.law import Confidence
from tests.support.letters import BOOK, text_of_pdf, words

LETTER = "payment_received"
OF_ANOTHER = ("other", "father", "partner", "second_parent", "address")


def _to(**changes):
    context = sample_context(LETTER, BOOK)
    return dataclasses.replace(context, recipient=dataclasses.replace(context.recipient, **changes))


def _about(name):
    context = sample_context(LETTER, BOOK)
    return dataclasses.replace(context, child=dataclasses.replace(context.child, name=name, first_name=name))


NAMES = (
    "Łukasz",
    "Nguyễn Thị Ánh",
    "O'Néill",
    "O\u2019Néill",
    "Siân Ó Súilleabháin",
    "Ğülçe Şen",
    "Đặng",
    "Ελένη",
    "Олена",
    "Zoe\u0308",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_alphabets_print_and_are_read_back(name):
    letter = render(LETTER, _about(name), BOOK)
    assert words(name) in words(text_of_pdf(letter.pdf))
    assert name.replace("'", "&#x27;") in letter.html


@pytest.mark.parametrize("name", ["عائشة", "محمد", "فاطمة الزهراء"])
def test_arabic_names_print_and_are_read_back_in_their_own_letters(name):
    letter = render(LETTER, _about(name), BOOK)
    assert f"<bdi>{name}</bdi>" in letter.html
    read = text_of_pdf(letter.pdf)
    for word in name.split():
        assert word in read or word[::-1] in read


def test_a_character_that_no_font_holds_holds_the_letter_and_is_named():
    context = _about("張 Wei 😀")
    assert unprintable_characters(context) == (
        "CJK UNIFIED IDEOGRAPH-5F35 (U+5F35)",
        "GRINNING FACE (U+1F600)",
    )
    with pytest.raises(CannotPrint, match=r"U\+5F35.*U\+1F600"):
        render(LETTER, context, BOOK)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ue000", "\ud800", "\u202e", "\u2066", "\uffff"])
def test_characters_without_meaning_and_forced_directions_are_refused(character):
    with pytest.raises(CannotPrint):
        render(LETTER, _about(f"Anna{character}"), BOOK)


def test_a_mark_that_no_one_font_can_set_holds_the_letter():
    name = "A\u064b"
    assert unprintable_characters(_about(name)) == ()
    try:
        letter = render(LETTER, _about(name), BOOK)
    except LetterHeld:
        return
    assert "A" in text_of_pdf(letter.pdf)


def test_the_fonts_hold_what_english_letters_need():
    assert all(
        ord(character) in printable() for character in "abcXYZ0189£·•łŁễé\u2013\u2018\u2019\u201c\u201d "
    )


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"postcode": "CV1"}, "not a full UK postcode"),
        ({"postcode": "cv1 5rr"}, "not a full UK postcode"),
        ({"postcode": "75001"}, "not a full UK postcode"),
        ({"address_lines": ("1", "2", "3", "4", "5", "6")}, "holds 7"),
        ({"address_lines": ("No Fixed Abode", "Ardenfield")}, "no fixed abode"),
    ],
)
def test_an_address_that_would_not_arrive_holds_the_letter(changes, problem):
    with pytest.raises(CannotPost, match=problem):
        render(LETTER, _to(**changes), BOOK)


def test_everything_wrong_with_an_address_is_said_at_once():
    assert len(problems(c.Recipient(name="", address_lines=(), postcode="X"))) == 3


def test_a_long_address_is_set_smaller_and_still_read_back():
    lines = (
        "Flat 14, The Old Maltings Building",
        "Warehouse Quarter",
        "2 Long Canal Basin Row",
        "Near Arden",
        "Ardenfield",
    )
    letter = render(LETTER, _to(address_lines=lines), BOOK)
    assert words("".join(lines)) in words(text_of_pdf(letter.pdf))


def test_an_address_too_large_for_the_window_holds_the_letter():
    with pytest.raises(TooLong, match="window"):
        render(LETTER, _to(address_lines=("very long line " * 30,) * 4), BOOK)


def test_a_letter_of_more_than_ten_pages_is_held():
    context = samples_of("penalty_notice", BOOK)["penalty_notice-irregular-first"]
    listed = absences("O", date(2023, 1, 2), date(2024, 9, 1))
    endless = dataclasses.replace(context, absences=listed, sessions=sessions_in(listed))
    with pytest.raises(TooLong, match="10 pages"):
        render("penalty_notice", endless, BOOK)


def test_a_line_break_in_a_name_is_a_space():
    letter = render(LETTER, _about("Anna\nMaria\u2028Bede"), BOOK)
    assert "Anna Maria Bede" in letter.html


def test_a_letter_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UnknownLetter, match="penalty_notice"):
        render("love_letter", sample_context(LETTER, BOOK), BOOK)


def test_another_letters_context_is_refused():
    with pytest.raises(WrongContext, match="takes LatePayment, not PaymentReceived"):
        render("late_payment", sample_context(LETTER, BOOK), BOOK)


def test_the_hash_of_the_data_changes_with_every_field():
    context = sample_context(LETTER, BOOK)
    changed = [
        dataclasses.replace(context, reference="PN-2024-000013"),
        dataclasses.replace(context, paid_pence=context.paid_pence + 1),
        dataclasses.replace(context, signatory=dataclasses.replace(OFFICER, name="Another")),
    ]
    hashes = {data_sha256(each) for each in (context, *changed)}
    assert len(hashes) == len(changed) + 1


def test_an_unverified_value_of_the_law_is_never_quoted():
    value = BOOK.law("prosecution.offences", ISSUED)
    with pytest.raises(NotQuotable, match=r"prosecution\.offences"):
        quote_texts(value)
    sure = BOOK.law("penalty_notice.first_amount_pence", ISSUED)
    with pytest.raises(NotQuotable):
        quote(dataclasses.replace(sure, confidence=Confidence.UNVERIFIED))


def test_what_is_quoted_is_the_value_itself():
    assert quote(BOOK.law("penalty_notice.first_amount_pence", ISSUED)) == 16000
    assert quote_text(BOOK.policy("team.name", ISSUED)) == "Attendance and Children Missing Education Team"


def test_the_rule_set_changes_when_a_value_does():
    assert rule_set(BOOK, ISSUED) == rule_set(BOOK, ISSUED)
    assert rule_set(BOOK, ISSUED) != rule_set(BOOK, ISSUED.replace(year=2023))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda context: {"letter_date": context.letter_date.replace(day=5)},
        lambda context: {"is_second": True},
        lambda context: {"penalty": dataclasses.replace(context.penalty, lower=None)},
    ],
)
def test_a_penalty_notice_that_contradicts_itself_cannot_be_told(wrong):
    context = samples_of("penalty_notice", BOOK)["penalty_notice-leave-first"]
    with pytest.raises(ValueError, match="notice"):
        dataclasses.replace(context, **wrong(context))


def test_days_of_joins_the_two_sessions_of_a_day_with_one_mark():
    on = date(2024, 10, 14)
    marks = [
        c.MarkLine(on=on, session="PM", code="O", meaning="away"),
        c.MarkLine(on=on, session="AM", code="O", meaning="away"),
        c.MarkLine(on=on.replace(day=15), session="AM", code="U", meaning="late"),
        c.MarkLine(on=on.replace(day=15), session="PM", code="O", meaning="away"),
    ]
    assert [(line.on.day, line.part, line.code) for line in c.days_of(marks)] == [
        (14, "Whole day", "O"),
        (15, "Morning", "U"),
        (15, "Afternoon", "O"),
    ]


def test_no_context_has_a_place_for_another_parent():
    for letter in LETTERS.values():
        names = {field.name for field in dataclasses.fields(letter.context)}
        assert not {name for name in names if any(word in name for word in OF_ANOTHER)}, letter.name


def test_blanks_where_the_letter_says_something_are_named():
    context = sample_context("first_concern", BOOK)
    blank = dataclasses.replace(
        context,
        talk_to=dataclasses.replace(context.talk_to, telephone=" "),
        help_offered=("a visit", ""),
        sender=dataclasses.replace(context.sender, email=""),
    )
    with pytest.raises(Incomplete, match=r"sender\.email, talk_to\.telephone, help_offered 2"):
        render("first_concern", blank, BOOK)


def test_a_notice_to_improve_without_support_or_target_is_held():
    context = dataclasses.replace(sample_context("notice_to_improve", BOOK), support_so_far=(), target=())
    with pytest.raises(Incomplete, match="support_so_far, target"):
        render("notice_to_improve", context, BOOK)


def test_a_notice_without_a_way_to_pay_cannot_be_told():
    with pytest.raises(ValueError, match="no way to pay"):
        c.WaysToPay(reference="PN-2024-000012")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("ok \N{THUMBS UP SIGN}", "ok [thumbs up sign]"),
        ("\N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}!", "[thumbs up sign]!"),
        ("\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}", "[heavy black heart]"),
        ("She is ill. \u5979\u75c5\u4e86 \u5979", f"She is ill. {OTHER_SCRIPT}"),
        ("\u0928\u092e\u0938\u094d\u0924\u0947", OTHER_SCRIPT),
        ("Anna\u202e was ill\ue000", "Anna was ill"),
        ("\u202e\ue000", "[signs that we cannot print]"),
        ("Fatima: فاطمة – “ill”", "Fatima: فاطمة – “ill”"),
    ],
)
def test_what_somebody_wrote_is_quoted_with_a_stand_in_for_what_no_font_holds(written, printed):
    assert quoted(written) == printed
    assert unprintable(printed) == ()
    render(LETTER, _about(quoted(written)), BOOK)
