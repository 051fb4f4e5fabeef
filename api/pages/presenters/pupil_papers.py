"""What is on file about a pupil, in words: every letter, and every document with what it was given with."""

from collections.abc import Mapping

from api.pages import paths
from api.pages.parts import Cell, Link, Table
from api.pages.presenters.matters import state_tag
from api.pages.words import day, plain
from attendance.services.reading.about_pupil import PapersOfPupil
from attendance.store.queries.letters import LetterLine
from attendance.store.queries.papers import GivenWith, PaperLine

_PAPERS = {
    "statement": "Signed witness statement",
    "certificate": "Signed certificate",
    "issuer_decision": "Written decision of the person who issues",
    "message_to_parent": "School’s message to the parent",
    "reply_of_parent": "Reply of the parent",
    "representations": "Representations of a parent",
    "other": "Something else that bears on the request",
}
_GIVEN_WITH = {
    GivenWith.REQUEST: "Request",
    GivenWith.SUPPORT: "Support",
    GivenWith.SIGNED: "Penalty Notice",
    GivenWith.EXHIBIT: "Penalty Notice, exhibit",
    GivenWith.DECISION: "Penalty Notice",
    GivenWith.REPRESENTATION: "Representations",
}
NO_LETTER = (
    "There is no letter that you may read. A letter is prepared with the step that sends it; the letter of "
    "first concern can be prepared at any time."
)
NO_DOCUMENT = (
    "There is no document that you may open. Documents come with a school’s request, item by item, and with "
    "the support that is recorded."
)


def pupil_letters(found: tuple[LetterLine, ...], more: Link | None) -> Table:
    """Return a pupil's letters with how each was delivered."""
    rows = tuple(
        (
            Cell(
                one.reference,
                href=paths.matter(one.reference),
                also=(Link(one.case, paths.matter(one.case)),),
            ),
            Cell(plain(one.name), below=f"to {one.addressee}"),
            Cell(tag=state_tag(one.state), below=f"since {day(one.state_since)}"),
            _posted(one),
            _delivered(one),
        )
        for one in found
    )
    columns = ("Letter and case", "What, and to whom", "State", "Posting", "Delivery")
    return Table("Letters", columns, rows, NO_LETTER, more=more)


def pupil_documents(found: PapersOfPupil) -> Table:
    """Return the documents on file, the latest first."""
    items = dict(found.items)
    rows = tuple(
        (
            Cell(one.reference, href=_given_with(one, found.pupil.id), below=_GIVEN_WITH[one.given_with]),
            Cell(
                _what(one, items),
                href=paths.document(one.document_sha256),
                below=one.file_name,
                after=f", {one.reference}",
            ),
            Cell(day(one.made_on)),
            Cell(day(one.given_on), below=f"by {one.given_by}"),
        )
        for one in found.documents
    )
    columns = ("Given with", "Document", "Dated", "Given")
    return Table("Documents", columns, rows, NO_DOCUMENT)


def _posted(one: LetterLine) -> Cell:
    """Say on which day a letter went or is to go, and how."""
    when = f"Went on {day(one.served_on)}" if one.served_on else f"For {day(one.for_posting_on)}"
    return Cell(when, below=plain(one.method))


def _delivered(one: LetterLine) -> Cell:
    """Say how a letter reached whom it is for, as far as that is known."""
    if one.returned_on:
        return Cell(f"Came back on {day(one.returned_on)}", below=one.returned_why)
    counts = f"Counts as received on {day(one.deemed_received_on)}" if one.deemed_received_on else ""
    if one.delivered_on:
        how = f"{plain(one.delivered_how)}, by {one.delivered_by}"
        return Cell(f"Delivered on {day(one.delivered_on)}", below=f"{how}. {counts}".strip())
    return Cell(counts or "Nothing is known yet")


def _what(one: PaperLine, items: Mapping[str, str]) -> str:
    if one.given_with is GivenWith.REQUEST and one.what in items:
        return items[one.what]
    return _PAPERS.get(one.what) or plain(one.what)


def _given_with(one: PaperLine, pupil_id: int) -> str:
    return paths.pupil(pupil_id) if one.given_with is GivenWith.SUPPORT else paths.matter(one.reference)
