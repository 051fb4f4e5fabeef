"""Files that come in: documents, and imports of people, schools, calendars and registers.

- A body is read no further than the limit that the settings name; what is over it is refused.
- An import is taken whole or refused whole; a refusal lists every problem with file, line and column.
"""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Query, Request, UploadFile

from api.desk import Asking, TheOffice, desk_of
from api.responses import UPLOAD_RESPONSES
from api.schemas.files import ImportDone, Received
from api.security.guard import UploadRoute, guarded_router
from attendance.intake.limits import Limits
from attendance.intake.media import media_type_of
from attendance.intake.problems import FilesRefused
from attendance.intake.received import ReceivedFile, plain_name
from attendance.intake.register_layout import RegisterFile
from attendance.intake.wide_layout import read_layout
from attendance.services.documents import receive_document
from attendance.services.imports.calendars import import_calendars
from attendance.services.imports.kinds import TABLES
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.register import import_registers
from attendance.services.imports.tables import import_table
from attendance.services.imports.totals import import_totals
from attendance.services.reviews import follow
from rules.codes import register_codes

router = guarded_router("files", UploadRoute)

TableKind = StrEnum("TableKind", {kind: kind for kind in TABLES})  # type: ignore[misc]
OneFile = Annotated[UploadFile, File(description="The file.")]
DryRun = Annotated[bool, Query(description="Say what would change, and change nothing.")]


@router.post("/documents", name="documents.receive", responses=UPLOAD_RESPONSES)
def receive(file: OneFile, office: TheOffice, asking: Asking) -> Received:
    """Receive a document: a PDF, a PNG or JPEG picture, a Word document without macros, or plain text."""
    content = file.file.read()
    media_type = media_type_of(content)
    digest = receive_document(
        office.store,
        content,
        media_type=media_type,
        file_name=_name(file),
        actor=asking.actor,
        moment=asking.moment,
    )
    return Received(sha256=digest, media_type=media_type, size=len(content))


@router.post("/imports/calendars", name="imports.calendars", responses=UPLOAD_RESPONSES)
def receive_calendars(
    request: Request,
    file: OneFile,
    office: TheOffice,
    asking: Asking,
    *,
    whole: Annotated[bool, Query(description="The file is the whole calendar of each school in it.")] = False,
    dry_run: DryRun = False,
) -> ImportDone:
    """Import terms, INSET days and closures of schools."""
    return _done(
        import_calendars(
            office.store,
            asking.actor,
            asking.moment,
            _received(file),
            whole=whole,
            limits=_limits(request),
            dry_run=dry_run,
        )
    )


@router.post("/imports/totals", name="imports.totals", responses=UPLOAD_RESPONSES)
def receive_totals(
    request: Request, file: OneFile, office: TheOffice, asking: Asking, *, dry_run: DryRun = False
) -> ImportDone:
    """Import the yearly totals that a common transfer file (CTF) carries. They are kept apart from marks."""
    return _done(
        import_totals(
            office.store,
            asking.actor,
            asking.moment,
            _received(file),
            limits=_limits(request),
            dry_run=dry_run,
        )
    )


@router.post("/imports/register", name="imports.register", responses=UPLOAD_RESPONSES)
def receive_registers(  # noqa: PLR0913 - one parameter for each option
    request: Request,
    files: Annotated[list[UploadFile], File(description="Register files, in the long form or a wide one.")],
    office: TheOffice,
    asking: Asking,
    *,
    mapping: Annotated[
        UploadFile | None, File(description="A mapping file (YAML) that describes wide registers.")
    ] = None,
    reason: Annotated[
        str, Query(max_length=4000, description="Why marks are corrected, where rows do not say so.")
    ] = "",
    again: Annotated[bool, Query(description="Read files that were imported before anew.")] = False,
    dry_run: DryRun = False,
) -> ImportDone:
    """Import marks of any schools and days; a school returns its own. Corrected marks keep the old ones."""
    limits = _limits(request)
    layout = read_layout(_name(mapping), mapping.file.read()) if mapping else None

    def imported(registers: Sequence[RegisterFile]) -> ImportOutcome:
        return import_registers(
            office.store,
            asking.actor,
            asking.moment,
            registers,
            register_codes(office.book),
            reason=reason,
            layout=layout,
            again=again,
            limits=limits,
            dry_run=dry_run,
            follow=follow(office, asking.actor, asking.moment),
        )

    with _on_disk(files) as registers:
        return _done(imported(registers))


@router.post("/imports/{kind}", name="imports.table", responses=UPLOAD_RESPONSES)
def receive_table(
    request: Request,
    kind: TableKind,
    file: OneFile,
    office: TheOffice,
    asking: Asking,
    *,
    dry_run: DryRun = False,
) -> ImportDone:
    """Import schools, pupils, parents, links, enrolments, flags or staff."""
    table = TABLES[kind.value]
    received, limits = _received(file), _limits(request)
    return _done(
        import_table(
            office.store, asking.actor, asking.moment, table, received, limits=limits, dry_run=dry_run
        )
    )


def _done(outcome: ImportOutcome) -> ImportDone:
    if outcome.refused:
        raise FilesRefused(outcome.problems)
    return ImportDone.of(outcome)


def _received(file: UploadFile) -> ReceivedFile:
    return ReceivedFile(_name(file), file.file.read())


def _limits(request: Request) -> Limits:
    return Limits(file_bytes=desk_of(request).upload_limit_bytes)


def _name(file: UploadFile) -> str:
    return plain_name(file.filename)


@contextmanager
def _on_disk(files: Sequence[UploadFile]) -> Iterator[tuple[RegisterFile, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        kept = []
        for number, file in enumerate(files, start=1):
            path = Path(folder) / str(number)
            with path.open("wb") as target:
                shutil.copyfileobj(file.file, target)
            same = sum(_name(other) == _name(file) for other in files) > 1
            kept.append(RegisterFile(f"{_name(file)} ({number})" if same else _name(file), path))
        yield tuple(kept)


def routers() -> tuple[APIRouter, ...]:
    """Return the routers of this module."""
    return (router,)
