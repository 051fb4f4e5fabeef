"""`attendance letters`: list the letters, look at one, seal a changed text. Needs no database.

- A preview shows made-up people; it is never an issued letter.
- Sealing writes the hash of a text beside its version; a version that stands for another text is refused.
"""

from pathlib import Path
from typing import Annotated

import typer
import yaml

from letters.catalogue import LETTERS
from letters.errors import LettersError
from letters.page import html
from letters.render import draft
from letters.samples import samples_of
from letters.texts import LAYOUT_NAME, SEALS, sealed_now, seals, text
from letters.typeset import pdf, pictures
from rules.errors import RulesError
from rules.law import rule_book

DOTS_PER_INCH = 80
SEALS_HEAD = (
    "# The SHA-256 of each letter's text, by version, written by `attendance letters seal`.\n"
    "# Lines are added, never changed: a version stands for one text for ever.\n"
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="List the letters, look at one, seal a changed text.",
)


@app.command("list")
def list_letters() -> None:
    """List every letter with its version, who reads it and what it is for.

    Example: attendance letters list
    """
    for name, letter in LETTERS.items():
        meta = text(name, sealed=False).meta
        print(f"{name} (version {meta.version}, to a {letter.audience})\n    {meta.purpose.strip()}")


@app.command()
def preview(
    name: Annotated[str, typer.Argument(help="The letter, as `attendance letters list` names it.")],
    out: Annotated[Path, typer.Option(help="The folder that the files are written to.")],
    policy: Annotated[str, typer.Option(help="The authority whose code of conduct is read.")] = "coventry",
    page_pictures: Annotated[
        bool, typer.Option("--pictures", help="Write a picture of each page as well.")
    ] = False,
) -> None:
    """Write a letter to made-up people as PDF and HTML, in each of its variants.

    Example: attendance letters preview penalty_notice --out drafts
    """
    try:
        samples = samples_of(name, rule_book(policy))
        documents = {sample: draft(name, context, rule_book(policy)) for sample, context in samples.items()}
        files = {f"{sample}.pdf": pdf(document) for sample, document in documents.items()}
        files |= {f"{sample}.html": html(document).encode() for sample, document in documents.items()}
        if page_pictures:
            for sample, document in documents.items():
                pages = enumerate(pictures(document, DOTS_PER_INCH), start=1)
                files |= {f"{sample}-{number}.png": page for number, page in pages}
    except (LettersError, RulesError) as error:
        raise typer.BadParameter(str(error)) from error
    out.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        (out / file).write_bytes(content)
        print(out / file)


@app.command()
def seal(
    names: Annotated[
        list[str] | None, typer.Argument(help="The texts to seal; every one if none is named.")
    ] = None,
) -> None:
    """Note the hash of a changed text under its new version.

    Example: attendance letters seal penalty_notice
    """
    kept = {name: dict(versions) for name, versions in seals().items()}
    for name in names or [*LETTERS, LAYOUT_NAME]:
        try:
            version, digest = sealed_now(name)
        except LettersError as error:
            raise typer.BadParameter(str(error)) from error
        if kept.setdefault(name, {}).setdefault(version, digest) != digest:
            raise typer.BadParameter(
                f"Version {version} of {name} stands for another text. Give the text the next version in its "
                "meta.yaml, then seal it."
            )
        print(f"{name} {version} {digest}")
    SEALS.write_text(SEALS_HEAD + yaml.safe_dump(kept, sort_keys=True), encoding="utf-8")


def register(parent: typer.Typer) -> None:
    """Hang the command group on the command line."""
    parent.add_typer(app, name="letters")
