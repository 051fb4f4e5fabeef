"""The letters that were written, as files to open: PDF and HTML by kind, and a page that lists them."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from attendance.demo.year.desk import Desk
from attendance.domain.steps.machine import plain
from attendance.store.documents import Documents
from attendance.store.tables.letters import LetterRow
from letters.catalogue import LETTERS
from letters.formats import day
from letters.texts import text

AT_MOST_OF_A_KIND = 60
INDEX = "index.html"
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Letters of the demo authority</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #b1b4b6; padding: .3rem .6rem .3rem 0; text-align: left; }}
caption {{ text-align: left; }}
</style>
</head>
<body>
<main>
<h1>Letters of the demo authority</h1>
<p>Written by {day}. Every person and place in them is made up.</p>
{kinds}
</main>
</body>
</html>
"""
_KIND = """<h2 id="{name}">{title}</h2>
<table>
<caption>{purpose}</caption>
<thead><tr><th scope="col">Letter</th><th scope="col">Prepared</th><th scope="col">To</th>
<th scope="col">State</th><th scope="col">Open</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
"""
_ROW = (
    '<tr><th scope="row">{reference}</th><td>{prepared}</td><td>{to}</td><td>{state}</td>'
    '<td><a href="{file}.pdf">PDF of {reference}</a>, <a href="{file}.html">page of {reference}</a></td></tr>'
)


def write_letters(desk: Desk, folder: Path) -> int:
    """Write letters of every kind into the folder, and the page that lists them; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {name: desk.rows(LetterRow, name=name)[:AT_MOST_OF_A_KIND] for name in LETTERS}
    for name, letters in chosen.items():
        _write(desk, folder / name, letters)
    kinds = "\n".join(_kind(name, letters) for name, letters in chosen.items() if letters)
    (folder / INDEX).write_text(_PAGE.format(day=day(desk.on), kinds=kinds), encoding="utf-8")
    return sum(len(letters) for letters in chosen.values())


def _write(desk: Desk, folder: Path, letters: Sequence[LetterRow]) -> None:
    folder.mkdir(exist_ok=True)
    with desk.office.store.read() as session:
        documents = Documents(session)
        for letter in letters:
            (folder / f"{letter.reference}.pdf").write_bytes(documents.get(letter.pdf_sha256).content)
            (folder / f"{letter.reference}.html").write_bytes(documents.get(letter.html_sha256).content)


def _kind(name: str, letters: Sequence[LetterRow]) -> str:
    purpose = " ".join(text(name).meta.purpose.split())
    title = plain(name).capitalize()
    return _KIND.format(name=name, title=title, purpose=escape(purpose), rows="\n".join(_rows(name, letters)))


def _rows(name: str, letters: Sequence[LetterRow]) -> Iterator[str]:
    for letter in letters:
        yield _ROW.format(
            reference=letter.reference,
            prepared=day(letter.prepared_on),
            to=escape(letter.addressee),
            state=letter.state,
            file=f"{name}/{letter.reference}",
        )
