"""A school's pupils by stage, and its registers coming in."""

import shutil
import tempfile
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import Response

from api.pages import paths
from api.pages.access import FIGURES
from api.pages.forms.shown import Problem
from api.pages.guard import Visit, Visiting, page_router
from api.pages.lists import more_of, part_of
from api.pages.parts import Cell, Link, Table
from api.pages.presenters.issuers import issuers_tables
from api.pages.presenters.standings import standings_table, tabs_of
from api.pages.presenters.steps import acts_named
from api.pages.rendering import show
from api.pages.words import day, instant
from attendance.intake.limits import Limits
from attendance.intake.problems import FilesRefused, Problems, UnreadableFile
from attendance.intake.received import plain_name
from attendance.intake.register_layout import RegisterFile
from attendance.services.imports.known import NO_REASON
from attendance.services.imports.outcome import ImportOutcome
from attendance.services.imports.register import import_registers
from attendance.services.reading.asking import reading
from attendance.services.reading.issuers import issuers_of
from attendance.services.reading.pupils import school_lines
from attendance.services.reading.standings import PupilStanding, standings_of
from attendance.services.reviews import follow
from attendance.store.queries.made import Page
from letters.formats import counted
from rules.codes import register_codes

router = page_router()


@router.get("/schools", name="page.schools")
def schools(visit: Visiting) -> Response:
    """List the schools that may be seen."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = school_lines(work)
    rows = tuple(
        (
            Cell(one.name, href=f"/schools/{one.urn}"),
            Cell(one.establishment_type),
            Cell(one.urn),
        )
        for one in found
    )
    columns = ("School", "Type", "URN")
    table = Table("Schools", columns, rows, "No school is known. Import the schools first.")
    return show(visit, "list.html", "Schools", tabs=(), table=table)


@router.get("/schools/{urn}", name="page.school")
def school(visit: Visiting, urn: str) -> Response:
    """Show the pupils of a school by stage, the lowest attendance first."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = standings_of(work, urn)
        name = work.people.school(urn).name
    visit.looked(reference=urn)
    shows = visit.actor.role in FIGURES
    return show(
        visit,
        "list.html",
        name,
        beside=(
            Link("Who may issue notices for this school", paths.issuers(urn)),
            *((Link("Figures over the year", paths.with_query("/figures", school=urn)),) if shows else ()),
        ),
        help=("stage", "threshold"),
        tabs=tabs_of(found, urn, visit.asked("stage")),
        table=_part_of(visit, found),
    )


def _part_of(visit: Visit, found: tuple[PupilStanding, ...]) -> Table:
    """Return a part of the pupils of the stage that is asked for."""
    stage, part = visit.asked("stage"), part_of(visit)
    begins = part.after_id or 0
    wanted = [one for one in found if not stage or one.stage == stage]
    shown = tuple(wanted[begins : begins + part.limit])
    ends = begins + len(shown)
    return standings_table(shown, more_of(visit, Page(shown, str(ends) if ends < len(wanted) else None)))


@router.get("/schools/{urn}/issuers", name="page.school.issuers")
def issuers(visit: Visiting, urn: str) -> Response:
    """Show who may issue penalty notices for a school, and until when."""
    with reading(visit.office, visit.actor, visit.moment) as work:
        found = issuers_of(work, urn)
        name = work.people.school(urn).name
    return show(
        visit,
        "issuers.html",
        f"Who may issue notices: {name}",
        back=f"/schools/{urn}",
        tables=issuers_tables(found, visit.actor.role, urn),
        acts=acts_named(("issuer.authorise",), visit.actor.role, school_urn=urn),
    )


@router.get("/registers", name="page.registers")
def registers(visit: Visiting) -> Response:
    """Ask for a register."""
    return _asked(visit)


@router.post("/registers", name="page.registers.do")
def receive(visit: Visiting) -> Response:
    """Check a register, or import it: whole, or not at all."""
    upload = visit.form.get("register")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return _asked(visit, wrong="Choose the register file")
    only_check = visit.typed("do") != "import"
    try:
        outcome = _imported(visit, upload, only_check=only_check)
    except FilesRefused as refused:
        return _refused(visit, refused.problems)
    except UnreadableFile as error:
        return _asked(visit, wrong=str(error))
    if outcome.refused:
        return _refused(visit, outcome.problems)
    return show(
        visit,
        "registers.html",
        "The register can be imported" if only_check else "The register is imported",
        outcome=_said(outcome, only_check=only_check),
        warnings=tuple(str(one) for one in outcome.warnings),
        reviews=outcome.reviews,
        table=None,
        problems=[],
        received_before=outcome.received_before_at_utc is not None,
    )


def _imported(visit: Visit, upload: UploadFile, *, only_check: bool) -> ImportOutcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register"
        with path.open("wb") as target:
            shutil.copyfileobj(upload.file, target)
        shown = plain_name(upload.filename, "register")
        return import_registers(
            visit.office.store,
            visit.actor,
            visit.moment,
            (RegisterFile(shown, path),),
            register_codes(visit.office.book),
            reason=visit.typed("reason").strip(),
            again=visit.typed("again") == "yes",
            limits=Limits(file_bytes=visit.desk.upload_limit_bytes),
            dry_run=only_check,
            follow=follow(visit.office, visit.actor, visit.moment),
        )


def _asked(visit: Visit, wrong: str = "") -> Response:
    return show(
        visit,
        "registers.html",
        "Return a register",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        problems=[Problem(wrong, "#register")] if wrong else [],
        outcome=(),
        table=None,
        reason=visit.typed("reason"),
        received_before=visit.typed("again") == "yes",
    )


def _refused(visit: Visit, problems: Problems) -> Response:
    rows = tuple(
        (Cell(f"{one.line:,}", numeric=True), Cell(one.column), Cell(one.message)) for one in problems
    )
    more = f", the first {len(rows)} of them listed" if problems.unlisted else ""
    table = Table(f"{counted(problems.total, 'problem')}{more}", ("Line", "Column", "What to do"), rows, "")
    found = [Problem("Nothing of the file was imported. Put right what is listed.", "#listed")]
    unsaid = any(one.message == NO_REASON for one in problems)
    if unsaid:
        found.append(Problem("Some marks replace others. Say why", "#reason"))
    return show(
        visit,
        "registers.html",
        "The register is refused",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        problems=found,
        unsaid=unsaid,
        outcome=(),
        table=table,
        reason=visit.typed("reason"),
        received_before=visit.typed("again") == "yes",
    )


def _said(outcome: ImportOutcome, *, only_check: bool) -> tuple[str, ...]:
    if outcome.received_before_at_utc is not None:
        return (
            f"This very file was imported before, {instant(outcome.received_before_at_utc)}.",
            "Nothing changes: what was corrected since stays.",
            "To bring its marks back, choose it again and have it read again.",
        )
    add, correct = ("would add", "correct") if only_check else ("added", "corrected")
    days = (f"The marks are from {day(outcome.first_day)} to {day(outcome.last_day)}.",)
    return (
        f"The import {add} {counted(outcome.added, 'mark')} and {correct} {outcome.changed:,}.",
        f"{counted(outcome.unchanged, 'mark')} in the file stand already.",
        *(days if outcome.first_day else ()),
        *(("Nothing is changed yet. Choose the file again and import it.",) if only_check else ()),
    )
