"""Payments by file: checked whole, then recorded one by one, every unmatched line shown."""

from http import HTTPStatus

from starlette.datastructures import UploadFile
from starlette.responses import Response

from api.pages.forms.shown import Problem
from api.pages.guard import Visit, Visiting, page_router
from api.pages.parts import Cell, Table
from api.pages.presenters.money import outcome_said, taken_table, unmatched_table
from api.pages.rendering import show
from attendance.intake.limits import Limits
from attendance.intake.problems import Problems
from attendance.intake.received import ReceivedFile, plain_name
from attendance.services.imports.payments import PaymentsOutcome, import_payments
from letters.formats import counted

router = page_router()


@router.get("/payments/file", name="page.payments.file")
def ask(visit: Visiting) -> Response:
    """Ask for a file of payments."""
    return _asked(visit)


@router.post("/payments/file", name="page.payments.file.do")
def receive(visit: Visiting) -> Response:
    """Check a file of payments, or record what is new in it."""
    upload = visit.form.get("payments")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return _asked(visit, wrong="Choose the file of payments")
    found = _imported(visit, upload, only_check=visit.typed("do") != "import")
    if found.outcome.refused:
        return _refused(visit, found.outcome.problems)
    only_check = found.outcome.dry_run
    return show(
        visit,
        "payments_file.html",
        "The payments can be recorded" if only_check else "The payments are recorded",
        outcome=outcome_said(found),
        warnings=tuple(str(one) for one in found.outcome.warnings),
        tables=(unmatched_table(found), taken_table(found)),
        problems=[],
    )


def _imported(visit: Visit, upload: UploadFile, *, only_check: bool) -> PaymentsOutcome:
    shown = plain_name(upload.filename, "payments")
    return import_payments(
        visit.office,
        visit.actor,
        visit.moment,
        ReceivedFile(shown, upload.file.read()),
        limits=Limits(file_bytes=visit.desk.upload_limit_bytes),
        dry_run=only_check,
    )


def _asked(visit: Visit, wrong: str = "") -> Response:
    return show(
        visit,
        "payments_file.html",
        "Record payments from a file",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        problems=[Problem(wrong, "#payments")] if wrong else [],
        outcome=(),
        tables=(),
    )


def _refused(visit: Visit, problems: Problems) -> Response:
    rows = tuple(
        (Cell(f"{one.line:,}", numeric=True), Cell(one.column), Cell(one.message)) for one in problems
    )
    more = f", the first {len(rows)} of them listed" if problems.unlisted else ""
    columns = ("Line", "Column", "What to do")
    table = Table(f"{counted(problems.total, 'problem')}{more}", columns, rows, "", id="listed")
    return show(
        visit,
        "payments_file.html",
        "The file is refused",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        problems=[Problem("Nothing of the file was recorded. Put right what is listed.", "#listed")],
        outcome=(),
        tables=(table,),
    )
