"""Sample letters rendered once, and their PDFs read back."""

import re
from functools import cache
from io import BytesIO

from pypdf import PdfReader

from letters.render import RenderedLetter, render
from letters.samples import letter_of, samples_of
from rules.law import rule_book

BOOK = rule_book("coventry")
POINTS_PER_MM = 72 / 25.4


@cache
def rendered(sample: str) -> RenderedLetter:
    name = letter_of(sample)
    return render(name, samples_of(name, BOOK)[sample], BOOK)


def pdf_of(sample: str) -> PdfReader:
    return PdfReader(BytesIO(rendered(sample).pdf))


def text_of_pdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def words(text: str) -> str:
    """Text without any white space, bullets or direction marks: what the words are, not where they stand."""
    return re.sub(r"[\s•\u200e\u200f]+", "", text)
