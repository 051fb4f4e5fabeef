"""Reading people and schools."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.reading import TheReader
from api.responses import MATTER_RESPONSES, READ_RESPONSES
from api.security.guard import guarded_router
from attendance.domain.bounds import LARGEST_NUMBER
from attendance.services.reading import pupils
from attendance.services.reading.pupils import WholePupil
from attendance.store.queries.people import MOST_FOUND, PupilLine, SchoolLine

router = guarded_router("people")


@router.get("/pupils", name="pupils.search", responses=READ_RESPONSES)
def search_pupils(
    reader: TheReader,
    q: Annotated[
        str,
        Query(
            min_length=2,
            max_length=80,
            pattern=r"^[^\x00-\x1f]*$",
            description="The beginning of a UPN, a surname or a full name, or a matter's reference.",
        ),
    ],
    limit: Annotated[int, Query(ge=1, le=MOST_FOUND, description="At most so many pupils.")] = MOST_FOUND,
) -> tuple[PupilLine, ...]:
    """Find pupils by name, UPN or reference, in order of name."""
    return reader.read(lambda work: pupils.find_pupils(work, q, limit))


@router.get("/pupils/{pupil_id}", name="pupils.read", responses=MATTER_RESPONSES)
def read_pupil(
    pupil_id: Annotated[int, Path(ge=1, le=LARGEST_NUMBER, description="The pupil's id.")], reader: TheReader
) -> WholePupil:
    """Return a pupil: flags, parents, counts, stage and threshold with their findings, support and cases."""
    return reader.read(lambda work: pupils.whole_pupil(work, pupil_id))


@router.get("/schools", name="schools.list", responses=READ_RESPONSES)
def list_schools(reader: TheReader) -> tuple[SchoolLine, ...]:
    """List the schools that may be seen, in order of name."""
    return reader.read(pupils.school_lines)


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of this module."""
    return (router,)
