"""How a letter says days, money, counts, shares and links."""

from datetime import date
from fractions import Fraction

import pytest

from letters import formats


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (formats.day(date(2024, 9, 10)), "10 September 2024"),
        (formats.day(date(2024, 2, 29)), "29 February 2024"),
        (formats.weekday(date(2024, 12, 3)), "Tuesday 3 December 2024"),
        (formats.money(16000), "£160"),
        (formats.money(1250), "£12.50"),
        (formats.money(123456700), "£1,234,567"),
        (formats.money(5), "£0.05"),
        (formats.counted(1, "session"), "1 session"),
        (formats.counted(10, "session"), "10 sessions"),
        (formats.counted(0, "session"), "0 sessions"),
        (formats.counted(2, "child", "children"), "2 children"),
        (formats.percent(Fraction(58, 72)), "80.6%"),
        (formats.percent(Fraction(4, 5)), "80%"),
        (formats.percent(Fraction(1, 1)), "100%"),
        (formats.percent(Fraction(0, 1)), "0%"),
        (formats.percent(Fraction(1, 2000)), "0.1%"),
        (formats.listed(()), ""),
        (formats.listed(("a",)), "a"),
        (formats.listed(("a", "b")), "a and b"),
        (formats.listed(("a", "b", "c")), "a, b and c"),
        (formats.joined(("a", "b")), "a, b"),
        (formats.ordinal(2), "second"),
        (formats.ordinal(11), "11th"),
        (formats.ordinal(21), "21st"),
        (formats.sentence("it is so"), "It is so."),
        (formats.sentence("Is it so?"), "Is it so?"),
        (formats.one_line(" a\r\n\tb  c "), "a b c"),
    ],
)
def test_values_are_written_as_a_letter_says_them(written, wanted):
    assert written == wanted


def test_a_letter_has_no_negative_sum():
    with pytest.raises(ValueError, match="negative"):
        formats.money(-1)


@pytest.mark.parametrize(
    ("written", "href"),
    [
        (formats.email("a.b@c.example"), "mailto:a.b@c.example"),
        (formats.web("www.c.example/pay"), "https://www.c.example/pay"),
        (formats.web("https://c.example"), "https://c.example"),
    ],
)
def test_an_address_leads_somewhere(written, href):
    assert written.href == href


@pytest.mark.parametrize(
    "address",
    [
        formats.email("a@b.example?cc=x@y.example"),
        formats.email("a@b.example\nBcc: x@y.example"),
        formats.web("javascript:alert(1)"),
        formats.web("http://c.example"),
        formats.web('c.example/" onclick="x'),
    ],
)
def test_what_is_no_plain_address_stays_plain_text(address):
    assert isinstance(address, str)
