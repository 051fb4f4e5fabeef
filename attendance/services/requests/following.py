"""What follows from an accepted request."""

from attendance.domain.errors import BadInput
from attendance.domain.steps.request import RequestState
from attendance.services.work import Work
from attendance.store.tables.requests import RequestRow


def accepted_request(work: Work, reference: str | None, pupil_id: int, school_urn: str) -> RequestRow | None:
    """Return the accepted request of that reference for that pupil and school, None where none is named.

    Raises `BadInput` where it is another pupil's or school's, or is not accepted.
    """
    if reference is None:
        return None
    row = work.matter(RequestRow, reference)
    if (row.pupil_id, row.school_urn) != (pupil_id, school_urn):
        raise BadInput(f"Request {reference} is about another pupil or school.")
    if RequestState(row.state) is not RequestState.ACCEPTED:
        raise BadInput(f"Request {reference} is not accepted. Decide on it first.")
    return row
