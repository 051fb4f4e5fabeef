"""Batches of letters in words: what waits, what was looked at, what went and what stayed."""

from api.pages import paths
from api.pages.parts import Cell, Fact, Link, Table
from api.pages.presenters.matters import state_tag
from api.pages.words import day, plain
from attendance.services.batches import BatchReleased
from attendance.services.reading.batches import WholeBatch
from attendance.store.queries.batches import BatchLine, LetterByHand
from attendance.store.queries.letters import LetterLine
from letters.formats import counted


def batches_table(found: tuple[BatchLine, ...], more: Link | None) -> Table:
    """Return batches as a list."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(day(one.for_posting_on)),
            Cell(_counted(one)),
            Cell(tag=state_tag(one.state), below=_looked_at(one)),
            Cell(f"{day(one.prepared_on)}, {one.prepared_by}"),
        )
        for one in found
    )
    columns = ("Batch", "To be posted", "Letters", "Samples", "Made")
    empty = "There is no batch yet. Put prepared letters into one."
    return Table("Batches", columns, rows, empty, more=more)


def batch_facts(one: BatchLine) -> tuple[Fact, ...]:
    """Return what a batch is and where it stands."""
    return (
        Fact("To be posted", day(one.for_posting_on)),
        Fact("Letters", _counted(one)),
        Fact("Samples", _looked_at(one), tag=state_tag(one.state)),
        Fact("Made", f"{day(one.prepared_on)} by {one.prepared_by}"),
    )


def samples_shown(found: WholeBatch) -> tuple[Link, ...]:
    """Return the letters to look at, each with its pages."""
    kinds = {one.reference: plain(one.name) for one in found.letters}
    return tuple(
        Link(f"{kinds[reference]}, {reference} (PDF)", f"/letters/{reference}/pdf")
        for reference in found.samples
    )


def batch_letters(found: WholeBatch) -> Table:
    """Return the letters of a batch, each with what can be done with it alone."""
    rows = tuple(
        (
            Cell(one.reference, href=paths.matter(one.reference)),
            Cell(plain(one.name), below=found.notices.get(one.reference, "")),
            Cell(one.addressee),
            Cell(tag=state_tag(one.state)),
            _alone(one, found.notices.get(one.reference)),
        )
        for one in found.letters
    )
    columns = ("Letter", "What", "To", "State", "This letter alone")
    return Table("Letters of this batch", columns, rows, "The batch is empty.")


def released_tables(found: BatchReleased) -> tuple[Table, ...]:
    """Return what stayed and why, and what went."""
    stayed = tuple(
        _tried(one.reference, one.name, one.addressee, one.sentences) for one in found.tried if not one.went
    )
    went = tuple(
        _tried(one.reference, one.name, one.addressee, one.sentences) for one in found.tried if one.went
    )
    columns = ("Letter", "What", "To", "Why, and what to do")
    return (
        Table(f"Stayed: {counted(len(stayed), 'letter')}", columns, stayed, "Nothing stayed."),
        Table(f"Went: {counted(len(went), 'letter')}", (*columns[:3], "What follows"), went, "Nothing went."),
    )


def sheets(found: tuple[LetterByHand, ...]) -> tuple[tuple[str, tuple[LetterByHand, ...]], ...]:
    """Return the letters that go by hand, a sheet for each school."""
    schools: dict[str, list[LetterByHand]] = {}
    for one in found:
        schools.setdefault(one.school, []).append(one)
    return tuple((school, tuple(letters)) for school, letters in schools.items())


def _alone(one: LetterLine, notice: str | None) -> Cell:
    if one.state not in {"prepared", "held"}:
        return Cell(f"Went {day(one.served_on)}" if one.served_on else plain(one.state))
    if notice:
        return Cell("Hold or release it by its notice", href=paths.matter(notice))
    if one.state == "held":
        return Cell(f"Let {one.reference} go on", href=paths.act("letter.resume", reference=one.reference))
    return Cell(f"Hold {one.reference}", href=paths.act("letter.hold", reference=one.reference))


def _tried(reference: str, name: str, addressee: str, sentences: tuple[str, ...]) -> tuple[Cell, ...]:
    where = Cell(reference, href=paths.matter(reference))
    return (where, Cell(plain(name)), Cell(addressee), Cell(" ".join(sentences)))


def _counted(one: BatchLine) -> str:
    states = ", ".join(f"{number} {plain(state).lower()}" for state, number in sorted(one.letters.items()))
    return f"{sum(one.letters.values())}: {states}" if states else "0"


def _looked_at(one: BatchLine) -> str:
    if one.sampled_on is None:
        return "nobody has looked at samples yet"
    return f"looked at on {day(one.sampled_on)} by {one.sampled_by}"
