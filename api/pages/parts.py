"""The parts that pages are built from: words and where they lead, ready to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `hidden` is read aloud where the words alone would not say what about."""

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that stands out; the colour says nothing that the word does not."""

    text: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, perhaps a link or a tag, more links, a smaller line, and what is folded.

    `after` is read aloud after the words of a link that would not say alone what it is about.
    """

    text: str = ""
    href: str = ""
    tag: Tag | None = None
    below: str = ""
    numeric: bool = False
    also: tuple[Link, ...] = ()
    folded: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `empty` is said where there is no row, `more` leads to the rest.

    `row_ids` are the places to which links lead, one for each row, where there are any.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    more: Link | None = None
    id: str = ""
    hidden_caption: bool = False
    row_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a summary: what, and what it is."""

    key: str
    value: str
    href: str = ""
    tag: Tag | None = None
    lines: tuple[str, ...] = ()
    change: Link | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for a timeline; `link` stands for the title, `links` lead to what it names."""

    title: str
    when: str
    machine_when: str
    who: str
    sentences: tuple[str, ...] = ()
    link: Link | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of several about the same matter."""

    text: str
    href: str
    current: bool = False
