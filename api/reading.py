"""What every reading route takes: who asks, and which part of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Query

from api.desk import Asked, Asking, TheOffice
from attendance.services.inputs import Reference as ReferenceText
from attendance.services.inputs import Urn
from attendance.services.office import Office
from attendance.services.reading.asking import reading
from attendance.services.work import Work
from attendance.store.queries.made import LINES, MOST_LINES, Part

Answer = TypeVar("Answer")

Reference = Annotated[ReferenceText, Path(description="The matter's reference.", examples=["PN-2025-000012"])]
SchoolQuery = Annotated[Urn | None, Query(description="Only this school, by its URN.")]
StateQuery = Annotated[
    str | None, Query(description="Only those in this state.", pattern=r"^[a-z_]*$", max_length=40)
]


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks a question of the store for whoever sent the request."""

    office: Office
    asked: Asked

    def read(self, question: Callable[[Work], Answer]) -> Answer:
        """Return the answer; it holds nothing that is still tied to the store."""
        with reading(self.office, self.asked.actor, self.asked.moment) as work:
            return question(work)


def _reader(office: TheOffice, asking: Asking) -> Reader:
    return Reader(office, asking)


def _part(
    limit: Annotated[int, Query(ge=1, le=MOST_LINES, description="At most so many lines.")] = LINES,
    after: Annotated[str, Query(max_length=40, description="What `next` of the part before said.")] = "",
) -> Part:
    return Part(limit, after)


TheReader = Annotated[Reader, Depends(_reader)]
ThePart = Annotated[Part, Depends(_part)]
