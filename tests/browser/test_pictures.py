"""The pictures of README and docs: taken from the demo's pages, kept small, shown where they are named."""

import re

from tests.support.browser import ROOT
from tests.support.demo import make_year
from tests.support.pictures import KEPT, LARGEST_BYTES, PICTURES, demo_shown, take

_NAMED = re.compile(r"pictures/([\w-]+\.png)")


def shown_in_texts():
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {name for text in texts for name in _NAMED.findall(text.read_text(encoding="utf-8"))}


def test_every_picture_can_be_taken_from_the_demo(browser, tmp_path, tmp_path_factory, worker_id):
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    made = make_year(shared)
    made.store.close()
    with demo_shown(made.folder, tmp_path / "demo") as shown:
        taken = take(browser, shown, tmp_path)
    assert [file.stem for file in taken] == [one.name for one in PICTURES]
    assert max(file.stat().st_size for file in taken) <= LARGEST_BYTES


def test_every_picture_that_readme_and_docs_show_is_kept_and_small():
    names = shown_in_texts()
    assert names == {file.name for file in KEPT.glob("*.png")}
    assert {f"{one.name}.png" for one in PICTURES} <= names
    assert max(file.stat().st_size for file in KEPT.glob("*.png")) <= LARGEST_BYTES
