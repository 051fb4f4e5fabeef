"""What follows from an accepted request."""

from dataclasses import dataclass

from attendance.domain.errors import BadInput
from attendance.domain.steps.machine import plain
from attendance.domain.steps.request import RequestState
from attendance.services.work import Work
from attendance.store.tables.requests import RequestParentRow, RequestRow
from rules.steps.facts import AbsenceKind


@dataclass(frozen=True, slots=True)
class For:
    """Whom and what a notice is for: the pupil, the school, the parent and the kind of absence."""

    pupil_id: int
    school_urn: str
    adult_id: int
    kind: AbsenceKind


def accepted_request(work: Work, reference: str | None, notice: For) -> RequestRow | None:
    """Return the accepted request of that reference that asks for this notice, None where none is named.

    Raises `BadInput` where it is another pupil's or school's, names other parents, is about another kind of
    absence, or is not accepted.
    """
    if reference is None:
        return None
    row = work.matter(RequestRow, reference)
    if (row.pupil_id, row.school_urn) != (notice.pupil_id, notice.school_urn):
        raise BadInput(f"Request {reference} is about another pupil or school.", field="request")
    if row.kind != notice.kind.value:
        raise BadInput(
            f"Request {reference} is about another kind of absence ({plain(row.kind)}).", field="request"
        )
    if work.matters.one(RequestParentRow, request_id=row.id, adult_id=notice.adult_id) is None:
        raise BadInput(
            f"Request {reference} does not name this parent. The school names whom it asks for.",
            field="request",
        )
    if RequestState(row.state) is not RequestState.ACCEPTED:
        raise BadInput(f"Request {reference} is not accepted. Decide on it first.", field="request")
    return row
