"""Every sample letter, rendered and read back as the parent's reader and a printer would."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from letters.blocks import lines_of
from letters.catalogue import LETTERS
from letters.formats import money
from letters.quoting import quote
from letters.render import draft, render
from letters.samples import letter_of, sample_names, samples_of
from tests.support.letters import BOOK, POINTS_PER_MM, pdf_of, rendered, text_of_pdf, words

EVERY = pytest.mark.parametrize("sample", sample_names())


def test_every_letter_has_a_sample():
    assert {letter_of(sample) for sample in sample_names()} == set(LETTERS)


@EVERY
def test_the_same_letter_is_the_same_bytes(sample):
    again = render(letter_of(sample), samples_of(letter_of(sample), BOOK)[sample], BOOK)
    assert again.pdf == rendered(sample).pdf
    assert again.html == rendered(sample).html


def test_the_same_letter_is_the_same_bytes_in_another_process():
    code = (
        "from tests.support.letters import rendered\n"
        "for sample in ('penalty_notice-leave-first', 'notice_to_improve'):\n"
        "    print(rendered(sample).pdf_sha256, rendered(sample).html_sha256)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    here = [rendered(sample) for sample in ("penalty_notice-leave-first", "notice_to_improve")]
    assert run.stdout.split() == [
        digest for letter in here for digest in (letter.pdf_sha256, letter.html_sha256)
    ]


@EVERY
def test_the_pdf_is_tagged_titled_and_in_english_and_claims_both_standards(sample):
    reader = pdf_of(sample)
    root = reader.trailer["/Root"]
    metadata = reader.xmp_metadata.stream.get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == rendered(sample).title
    assert re.search(r"<pdfuaid:part>1<", metadata)
    assert re.search(r"<pdfaid:part>2<", metadata)
    assert re.search(r"<pdfaid:conformance>A<", metadata)


@EVERY
def test_the_tags_hold_one_title_heading_and_column_headers(sample):
    tags = _tags(pdf_of(sample).trailer["/Root"]["/StructTreeRoot"])
    kinds = [tag["/S"] for tag in tags]
    assert kinds.count("/H1") == 1
    assert kinds.index("/H1") < min([kinds.index("/H2")] if "/H2" in kinds else [len(kinds)])
    assert kinds.count("/TH") > 0 or "/Table" not in kinds
    assert all("/Column" in str(tag["/A"]) for tag in tags if tag["/S"] == "/TH")


@EVERY
def test_every_page_is_a4_and_the_file_small_enough_to_post(sample):
    reader = pdf_of(sample)
    assert len(reader.pages) <= 10
    assert len(rendered(sample).pdf) < 2_000_000
    for page in reader.pages:
        assert float(page.mediabox.width) == pytest.approx(210 * POINTS_PER_MM, abs=1)
        assert float(page.mediabox.height) == pytest.approx(297 * POINTS_PER_MM, abs=1)


@EVERY
def test_the_address_stands_in_the_window_and_nothing_else_does(sample):
    letter = draft(letter_of(sample), samples_of(letter_of(sample), BOOK)[sample], BOOK)
    in_window = [
        text
        for left, top, text in _placed(pdf_of(sample).pages[0])
        if 24.6 <= left <= 120.0 and 39.5 <= top <= 66.3
    ]
    assert words("".join(in_window)) == words("".join(letter.recipient))


@EVERY
def test_the_text_keeps_to_the_printable_area_and_begins_at_95_millimetres(sample):
    reader = pdf_of(sample)
    for number, page in enumerate(reader.pages):
        for left, top, text in _placed(page):
            assert 15 <= left <= 195, text
            assert 5 <= top <= 292, text
            head = (left >= 125 and top < 95) or (top <= 30) or (39.5 <= top <= 66.3 and left < 120)
            assert number or head or top >= 95, text


@EVERY
def test_the_pdf_says_what_the_page_says(sample):
    letter = draft(letter_of(sample), samples_of(letter_of(sample), BOOK)[sample], BOOK)
    page = _Page.of(rendered(sample).html)
    printed = words(re.sub(r"Page \d+ of \d+", "", text_of_pdf(rendered(sample).pdf)))
    for line in lines_of(letter.blocks):
        assert words(line) in words(page.text)
        for part in re.split(r"\s+", line):
            assert words(part) in printed


@EVERY
def test_the_page_has_language_title_and_headings_in_order(sample):
    page = _Page.of(rendered(sample).html)
    assert page.language == "en-GB"
    assert page.title == rendered(sample).title
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(below - above <= 1 for above, below in zip(page.headings, page.headings[1:], strict=False))
    assert page.opened == page.closed
    assert "<script" not in rendered(sample).html


@EVERY
def test_the_footer_ties_the_sheet_to_its_record(sample):
    letter = rendered(sample)
    printed = words(text_of_pdf(letter.pdf))
    assert words(f"template {letter.name} {letter.version}, layout") in printed
    assert f"data{letter.data_sha256[:12]}" in printed
    assert words("School Attendance Matters, September 2024 · rules coventry") in printed
    assert "Page1of" in printed


@EVERY
def test_every_letter_says_whom_to_ask_and_how_to_have_it_otherwise(sample):
    context = samples_of(letter_of(sample), BOOK)[sample]
    text = _Page.of(rendered(sample).html).text
    for wanted in (context.sender.telephone, context.sender.email, "another language", "large print"):
        assert wanted in text


@pytest.mark.parametrize(
    ("sample", "parameter"),
    [
        (name, LETTERS[letter_of(name)].contents)
        for name in sample_names()
        if LETTERS[letter_of(name)].contents
    ],
)
def test_each_statutory_content_is_read_back_from_the_pdf(sample, parameter):
    context = samples_of(letter_of(sample), BOOK)[sample]
    letter = draft(letter_of(sample), context, BOOK)
    printed = words(text_of_pdf(rendered(sample).pdf))
    required = BOOK.law(parameter, context.letter_date).table
    assert set(required) <= set(letter.contents)
    for key in required:
        assert all(words(part) in printed for part in letter.contents[key].split()), key


def test_a_first_notice_prints_both_sums_with_their_days_and_a_second_one_sum():
    first = words(text_of_pdf(rendered("penalty_notice-leave-first").pdf))
    second = words(text_of_pdf(rendered("penalty_notice-leave-second").pdf))
    on = samples_of("penalty_notice", BOOK)["penalty_notice-leave-first"].letter_date
    lower = money(quote(BOOK.law("penalty_notice.first_reduced_pence", on)))
    assert words(f"by Tuesday 26 November 2024 {lower}") in first
    assert words("by Tuesday 3 December 2024 £160") in first
    assert lower not in second
    assert words("Please pay £160 by Tuesday 3 December 2024") in second


def test_a_child_who_lives_elsewhere_has_no_address_in_the_notice():
    text = _Page.of(rendered("penalty_notice-leave-second").html).text
    assert "We do not print it here" in text


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.title, self.language = "", "", ""
        self.headings, self.opened, self.closed = [], [], []
        self.within = ""

    @classmethod
    def of(cls, html):
        page = cls()
        page.feed(html)
        page.opened.sort()
        page.closed.sort()
        return page

    def handle_starttag(self, tag, attrs):
        self.within = tag
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in {"meta", "br"}:
            self.opened.append(tag)

    def handle_endtag(self, tag):
        self.within = ""
        self.closed.append(tag)

    def handle_data(self, data):
        if self.within == "title":
            self.title += data
        elif self.within != "style":
            self.text += data


def _tags(node):
    tags = []
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        found = child.get_object()
        if not isinstance(found, int) and "/S" in found:
            tags += [found, *_tags(found)]
    return tags


def _placed(page):
    """Every piece of text with its place in millimetres from the left and from the top of the page."""
    pieces = []

    def see(text, matrix, text_matrix, _font, _size):
        if text.strip():
            x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
            pieces.append((x / POINTS_PER_MM, 297 - y / POINTS_PER_MM, text))

    page.extract_text(visitor_text=see)
    return pieces
