"""Where every error becomes a page: what happened, what to do, and where to go on."""

from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.errors import bug
from api.pages.guard import Visit, visit_of
from api.pages.parts import Link
from api.pages.presenters.refusals import Barrier, barriers_of
from api.pages.rendering import show
from api.problems import KINDS, family_of
from attendance.domain.errors import AttendanceError, NotFound, StepRefused
from letters.errors import LettersError
from rules.errors import RulesError

_HOME = Link("Go to your work", "/")


def error_page(request: Request, error: Exception) -> Response:
    """Return the page for a request that ended with this error."""
    visit = visit_of(request)
    cause = error.__cause__
    if isinstance(error, HTTPException) and isinstance(cause, AttendanceError):
        error = cause  # raised while the form was read
    match error:
        case RequestValidationError():  # of a part of the address: forms are read otherwise
            said = ("There is nothing at this address.",)
            return _page(visit, HTTPStatus.NOT_FOUND, "Page not found", said)
        case NotFound():
            return _page(visit, HTTPStatus.NOT_FOUND, "Page not found", _sentences(error))
        case StepRefused():
            said = ("Nothing was changed.",)
            return _page(
                visit, HTTPStatus.CONFLICT, "This cannot be done now", said, barriers_of(error.unmet)
            )
        case AttendanceError():
            kind = KINDS[family_of(error)]
            return _page(visit, kind.status, kind.title, _sentences(error))
        case RulesError() | LettersError():
            return _page(visit, HTTPStatus.CONFLICT, "The rules have no answer", _sentences(error))
        case HTTPException():
            said = ("What was sent cannot be read. Go back and try again.",)
            return _page(visit, HTTPStatus(error.status_code), "This cannot be read", said)
        case _:
            found = bug(error)
            said = ("Nothing was changed. Try again; if it happens again, quote the reference below.",)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            return _page(visit, status, "Something went wrong here", said, reference=found.reference)


def _page(
    visit: Visit,
    status: HTTPStatus,
    title: str,
    sentences: tuple[str, ...],
    unmet: tuple[Barrier, ...] = (),
    *,
    reference: str = "",
) -> Response:
    return show(
        visit,
        "error.html",
        title,
        status=status,
        sentences=sentences,
        unmet=unmet,
        reference=reference,
        back=_HOME,
    )


def _sentences(error: Exception) -> tuple[str, ...]:
    return tuple(line for line in str(error).splitlines() if line)
