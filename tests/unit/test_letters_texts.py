"""The texts of the letters: what they may do, what they must hold, and what a version stands for."""

import dataclasses
import re
import shutil
from pathlib import Path

import pytest
import yaml

from letters import texts
from letters.blocks import Table, lines_of
from letters.catalogue import LETTERS, Audience
from letters.compose import compose, values_of
from letters.errors import ContentsMissing, TemplateChanged, TemplateInvalid
from letters.render import draft
from letters.samples import letter_of, sample_context, sample_names, samples_of
from tests.support.letters import BOOK

EVERY = pytest.mark.parametrize("name", LETTERS)
TO_PARENTS = pytest.mark.parametrize(
    "name", [name for name, letter in LETTERS.items() if letter.audience is Audience.PARENT]
)
LONGEST_SENTENCE = 25
LONGEST_MEAN = 14

# An act and its section, or a year of an act, may be named; every other number comes in through the context.
OF_AN_ACT = re.compile(r"\b[Ss]ection [0-9]+[A-Z]*(?:\([0-9]+[A-Z]*\))?|\bAct [0-9]{4}\b")


@pytest.fixture
def drafts(tmp_path, monkeypatch):
    """A folder of texts of one's own, which the letters read instead of the product's."""
    folder = tmp_path / "templates"
    shutil.copytree(texts.FOLDER, folder)
    monkeypatch.setattr(texts, "FOLDER", folder)
    monkeypatch.setattr(texts, "SEALS", folder / "seals.yaml")
    caches = (texts._text, texts._environment, texts._seals)
    for cache in caches:
        cache.cache_clear()
    yield folder
    for cache in caches:
        cache.cache_clear()


def _change(folder, name, old, new):
    path = folder / name / "body.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@EVERY
def test_every_version_stands_for_one_text(name):
    found = texts.text(name)
    assert texts.seals()[name][found.meta.version] == found.sha256, (
        "The text changed: give it the next version in meta.yaml, then run `attendance letters seal`."
    )


def test_the_layout_is_sealed_too():
    assert texts.layout_version() == max(texts.seals()["layout"])


def test_seals_hold_nothing_but_the_letters_and_the_layout():
    assert set(texts.seals()) == {*LETTERS, "layout"}
    assert {path.name for path in texts.FOLDER.iterdir() if path.is_dir()} == {*LETTERS, "parts"}


def test_a_changed_text_under_an_old_version_is_refused(drafts):
    _change(drafts, "payment_received", "Thank you", "Thanks")
    now = max(texts.seals()["payment_received"])
    with pytest.raises(TemplateChanged, match=rf"payment_received.*version {now}"):
        texts.text("payment_received")
    assert texts.text("payment_received", sealed=False).meta.version == now


def test_a_changed_shared_part_changes_every_letter_that_takes_it_in(drafts):
    part = drafts / "parts" / "ask.md"
    part.write_text(part.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    for name in LETTERS:
        with pytest.raises(TemplateChanged):
            texts.text(name)


@EVERY
def test_no_number_of_the_law_stands_in_a_text(name):
    body = (texts.FOLDER / name / "body.md").read_text(encoding="utf-8")
    parts = [
        (texts.FOLDER / part).read_text(encoding="utf-8") for part in re.findall(r'include "(.+?)"', body)
    ]
    for text in (body, *parts):
        said = OF_AN_ACT.sub("", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text))
        said = re.sub(r"^[0-9]\. ", "", said, flags=re.MULTILINE)
        assert not re.search(r"[0-9]", said), re.findall(r".*[0-9].*", said)


@TO_PARENTS
def test_a_letter_to_a_parent_reads_like_speech(name):
    for context in samples_of(name, BOOK).values():
        spoken = [
            line
            for block in draft(name, context, BOOK).blocks
            if not isinstance(block, Table)
            for line in lines_of([block])
        ]
        lengths = [
            len(sentence.split())
            for line in spoken
            for sentence in re.split(r"(?<=[.:?!])\s+", line)
            if sentence
        ]
        assert max(lengths) <= LONGEST_SENTENCE, [
            line
            for line in spoken
            for s in re.split(r"(?<=[.:?!])\s+", line)
            if len(s.split()) > LONGEST_SENTENCE
        ]
        assert sum(lengths) / len(lengths) <= LONGEST_MEAN


@TO_PARENTS
def test_support_is_offered_in_every_letter_to_a_parent_about_absence(name):
    text = " ".join(lines_of(draft(name, sample_context(name, BOOK), BOOK).blocks))
    assert "talk to" in text


def test_a_field_that_is_not_there_is_refused(drafts):
    _change(drafts, "payment_received", "{{ paid_on | day }}", "{{ paid_when | day }}")
    with pytest.raises(TemplateInvalid, match="paid_when"):
        draft("payment_received", sample_context("payment_received", BOOK), BOOK)


@pytest.mark.parametrize("name", [name for name in LETTERS if LETTERS[name].contents])
def test_a_statutory_content_taken_out_is_refused_by_name(name, drafts):
    context = sample_context(name, BOOK)
    required = BOOK.law(LETTERS[name].contents, context.letter_date).table
    path = drafts / name / "body.md"
    whole = path.read_text(encoding="utf-8")
    for key in required:
        opening = f'{{% contents "{key}" %}}'
        assert opening in whole, key
        path.write_text(whole.replace(opening, '{% contents "something_else" %}'), encoding="utf-8")
        texts._text.cache_clear()
        texts._environment.cache_clear()
        with pytest.raises(ContentsMissing, match=re.escape(str(required[key]))):
            draft(name, context, BOOK)


def test_an_empty_statutory_content_counts_as_missing(drafts):
    body = drafts / "penalty_notice" / "body.md"
    text = body.read_text(encoding="utf-8")
    text = re.sub(
        r'(\{% contents "discharge" %\}\n).*?(\n\{% endcontents %\})', r"\1 \2", text, flags=re.DOTALL
    )
    body.write_text(text, encoding="utf-8")
    with pytest.raises(ContentsMissing, match="discharges"):
        draft("penalty_notice", sample_context("penalty_notice", BOOK), BOOK)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ paid_pence + paid_pence }}", "Add"),
        ("{{ paid_pence * paid_pence }}", "Mul"),
        ("{{ child.name.upper() }}", "Call"),
        ("{{ child['name'] }}", "Getitem"),
        ("{{ paid_on.replace(year=paid_on.year) }}", "Call"),
        ("{% set x = 'y' %}", "Assign"),
        ("{% if paid_pence > owing %}x{% endif %}", "Compare"),
        ("{% macro m() %}x{% endmacro %}", "Macro"),
        ("{{ 28 }}", "Const"),
        ("{{ held_values }}", "Name"),
        ("{% include 'penalty_notice/body.md' %}", "shared parts only"),
        ("{% include 'parts/../penalty_notice/body.md' %}", "penalty_notice/body"),
        ("{{ paid_on }}", "needs a filter"),
        ("{{ paid_pence }}", "needs a filter"),
        ("{{ child }}", "needs a filter"),
        ("{{ child.name | upper }}", "upper"),
        ("{{ child.__class__ | day }}", "unsafe|undefined|no attribute"),
        ("{% if %}", "Expected an expression"),
        ("# A second title", "title"),
        ("#### Deep down", "skips a level"),
        ("a \ue0000\ue001 b", "the letters' own"),
    ],
)
def test_a_text_that_does_what_it_may_not_is_refused(text, why, drafts):
    body = drafts / "payment_received" / "body.md"
    body.write_text(body.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
    with pytest.raises(TemplateInvalid, match=why):
        draft("payment_received", sample_context("payment_received", BOOK), BOOK)


def test_raw_html_code_and_images_in_a_text_stay_letters(drafts):
    body = drafts / "payment_received" / "body.md"
    body.write_text(
        body.read_text(encoding="utf-8") + "\n<b>x</b> `y` ![z](http://a.example) [q](http://b.example)\n",
        encoding="utf-8",
    )
    letter = draft("payment_received", sample_context("payment_received", BOOK), BOOK)
    assert "<b>x</b> `y` ![z](http://a.example) [q](http://b.example)" in list(lines_of(letter.blocks))


def test_a_line_of_tags_leaves_no_line_and_a_line_of_text_keeps_its_end(drafts):
    body = drafts / "payment_received" / "body.md"
    body.write_text(
        "# Title\n\nOne{% if child %} two.{% endif %}\n\nThree\n\n{% if child %}\n- a\n{% endif %}\n- b\n",
        encoding="utf-8",
    )
    letter = draft("payment_received", sample_context("payment_received", BOOK), BOOK)
    assert list(lines_of(letter.blocks)) == ["Title", "One two.", "Three", "a", "b"]
    assert len(letter.blocks) == 4


def test_a_text_without_a_version_is_refused(drafts):
    (drafts / "payment_received" / "meta.yaml").write_text("title: x\npurpose: y\n", encoding="utf-8")
    with pytest.raises(TemplateInvalid, match="version"):
        texts.text("payment_received", sealed=False)


@EVERY
def test_every_field_of_a_context_is_used_in_its_text(name):
    used = _names_used(texts.FOLDER / name / "body.md")
    common = {"sender", "recipient", "child", "letter_date", "reference", "signatory", "printed_under"}
    for sample in samples_of(name, BOOK).values():
        own = {field.name for field in dataclasses.fields(sample)} - common
        printed_otherwise = {"child_home"}
        assert own - used - printed_otherwise == set()
        assert used <= set(values_of(sample))


def _names_used(path: Path) -> set[str]:
    from jinja2 import meta

    source = path.read_text(encoding="utf-8")
    names = meta.find_undeclared_variables(texts._environment().parse(source))
    for part in re.findall(r'include "(.+?)"', source):
        names |= _names_used(texts.FOLDER / part)
    return names - {"held_values", "absence"}


def test_every_sample_is_put_together_from_a_sealed_text():
    for sample in sample_names():
        name = letter_of(sample)
        assert compose(LETTERS[name], texts.text(name), samples_of(name, BOOK)[sample], BOOK).blocks


def test_the_seals_file_says_how_it_is_written():
    head = texts.SEALS.read_text(encoding="utf-8").splitlines()[0]
    assert "attendance letters seal" in head
    assert yaml.safe_load(texts.SEALS.read_text(encoding="utf-8")) == texts.seals()
