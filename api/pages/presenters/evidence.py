"""The evidence of a request, item by item: what was given, what is missing, and where it is uploaded."""

from api.pages import paths
from api.pages.parts import Cell, Table, Tag
from api.pages.words import day
from attendance.services.reading.requests import WholeRequest
from attendance.services.requests.criteria import EvidenceAsked
from attendance.store.queries.requests import EvidenceGiven


def evidence_table(found: WholeRequest, open_reference: str) -> Table:
    """Return one line for each item; `open_reference` names the request while a document may be added."""
    rows = tuple(row for asked in found.evidence_asked for row in _rows(asked, found, open_reference))
    columns = ("Item", "Where it stands", "Document")
    return Table("Evidence, item by item", (*columns, "Upload") if open_reference else columns, rows, "")


def _rows(asked: EvidenceAsked, found: WholeRequest, open_reference: str) -> list[tuple[Cell, ...]]:
    given = [one for one in found.evidence if one.item == asked.item]
    if not given:
        missing = Tag("Missing", "red") if asked.needed else Tag("May be added", "grey")
        cells: list[tuple[Cell, ...]] = [(Cell(asked.text), Cell(tag=missing), Cell("None yet"))]
    else:
        there = Cell(tag=Tag("Given", "green"))
        cells = [(Cell(asked.text), there, _document(one, asked.text)) for one in given]
    if not open_reference:
        return cells
    href = paths.act("request.give_evidence", reference=open_reference, item=asked.item)
    upload = Cell("Upload another" if given else "Upload", href=href, after=f": {asked.text}")
    return [(*row, upload if place == 0 else Cell()) for place, row in enumerate(cells)]


def _document(one: EvidenceGiven, item: str) -> Cell:
    dated = f"of {day(one.made_on)}, " if one.made_on else ""
    return Cell(
        "Open the document",
        href=paths.document(one.document_sha256),
        after=f": {item}",
        below=f"{dated}given on {day(one.given_on)} by {one.given_by}",
    )
