"""The law in force, the record's verification, and the statutory record of notices."""

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import IO, Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.desk import CHUNK_BYTES, Asking, TheOffice
from api.responses import MATTER_RESPONSES, READ_RESPONSES, bytes_of
from api.security.guard import guarded_router
from attendance.services.reading import record
from attendance.services.reading.law import ParameterShown, law_on
from attendance.services.reading.record import Verified

router = guarded_router("proof")

ZIP = "application/zip"


@router.get("/law", name="law.list", responses=MATTER_RESPONSES)
def list_law(
    office: TheOffice,
    asking: Asking,
    on: Annotated[date | None, Query(description="The day asked about; today if it is left out.")] = None,
    name: Annotated[str, Query(max_length=120, description="A parameter, or the beginning of several.")] = "",
) -> tuple[ParameterShown, ...]:
    """List the law and the local code as they stand on a day, each value with its source and confidence."""
    return law_on(office.book, on or asking.moment.on, name)


@router.get("/record/verification", name="record.verification", responses=READ_RESPONSES)
def verify_record(office: TheOffice) -> Verified:
    """Examine the whole record, what guards it, and every document. Takes time on a long record."""
    return record.verified(office.store)


@router.get(
    "/record/notices",
    name="record.notices",
    response_class=StreamingResponse,
    responses={**READ_RESPONSES, **bytes_of(ZIP, "The record, with a copy of each notice.")},
)
def export_notices(
    office: TheOffice,
    since: Annotated[date | None, Query(description="Notices issued on this day or later.")] = None,
    until: Annotated[date | None, Query(description="Notices issued on this day or earlier.")] = None,
) -> StreamingResponse:
    """Return the statutory record of notices, with a copy of every notice, as a ZIP."""
    packed = tempfile.SpooledTemporaryFile(max_size=CHUNK_BYTES)  # noqa: SIM115 - closed once it is sent
    record.notice_record_zip(office.store, packed, since=since, until=until)
    headers = {"content-disposition": 'attachment; filename="record-of-notices.zip"'}
    return StreamingResponse(_chunks(packed), media_type=ZIP, headers=headers)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of this module."""
    return (router,)
