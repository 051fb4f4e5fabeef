"""Where every error becomes an HTTP answer: problem details (RFC 9457), mapped here and nowhere else.

- Malformed input names its fields and never repeats a value that was sent.
- A refusal lists every unmet condition with its sources and who may lift it.
- A fault of this software shows a reference; the log has that reference, the kind of error and where it was
  raised, and no data.
"""

import logging
import secrets
import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.problems import KINDS, PAGE, family_of
from api.schemas.files import shown
from api.schemas.problem import MEDIA_TYPE, Bug, FieldProblem, NotTaken, Problem, Refused
from api.security.errors import NotSignedIn, TooManyAttempts
from attendance.domain.errors import (
    AttendanceError,
    BadInput,
    BrokenIntegrity,
    RulesSilent,
    StepNotAvailable,
    StepRefused,
)
from attendance.intake.problems import FilesRefused
from attendance.services.reading.findings import UnmetCondition
from letters.errors import LetterHeld, LettersError
from rules.errors import (
    BankHolidaysNotKnown,
    NoLongerInForce,
    NotEnforced,
    NotReceived,
    NotYetInForce,
    RulesError,
    TermDatesNotKnown,
)

_LOG = logging.getLogger(__name__)
_CHALLENGE = 'Bearer realm="attendance", Basic realm="attendance", charset="UTF-8"'
_KNOWN_GAPS = (
    BankHolidaysNotKnown,
    NoLongerInForce,
    NotEnforced,
    NotReceived,
    NotYetInForce,
    TermDatesNotKnown,
)
_OF_PATHS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this path.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This path does not take that method.",
}
_LONGEST_FIELD = 200
_REFERENCE_BYTES = 6
_HERE = f"{Path(__file__).resolve().parents[1]}/"
_OURS = tuple(f"{_HERE}{package}/" for package in ("api", "attendance", "letters", "rules"))


def answer(error: Exception) -> Response:
    """Return the answer to a request that ended with this error."""
    cause = error.__cause__
    if isinstance(error, HTTPException) and isinstance(cause, AttendanceError):
        error = cause  # raised while the body was read
    match error:
        case RequestValidationError() | ValidationError():
            return _response(_malformed(error.errors()))
        case StepRefused() | StepNotAvailable():
            return _response(_refused(error))
        case FilesRefused():
            return _response(_not_taken(error))
        case AttendanceError():
            return _of_casework(error)
        case RulesError() | LettersError():
            return _of_rules_or_letters(error)
        case HTTPException():
            return _of_http(error)
        case _:
            return _response(bug(error))


def bug(error: Exception) -> Bug:
    """Return the problem of an unforeseen error, and log it under the same reference, without data."""
    reference = secrets.token_hex(_REFERENCE_BYTES)
    frames = [
        f"{frame.filename.removeprefix(_HERE)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(_OURS)
    ]
    _LOG.error("%s: %s at %s", reference, type(error).__qualname__, " < ".join(reversed(frames)))
    detail = f"Nothing was written. Tell whoever looks after the software, and quote {reference}."
    return Bug(**_said("bug", "bug", detail).model_dump(), reference=reference)


def _of_casework(error: AttendanceError) -> Response:
    if isinstance(error, BrokenIntegrity):
        _LOG.error("integrity: %s", error.code)
    headers: dict[str, str] = {}
    if isinstance(error, NotSignedIn):
        headers["www-authenticate"] = _CHALLENGE
    if isinstance(error, TooManyAttempts):
        headers["retry-after"] = str(error.seconds)
    said = _said(family_of(error), error.code, str(error))
    if isinstance(error, BadInput) and error.field:
        fields = (FieldProblem(field=f"body.{error.field}", message=str(error)),)
        said = said.model_copy(update={"fields": fields})
    refused = said.status == HTTPStatus.CONFLICT
    return _response(Refused(**said.model_dump()) if refused else said, headers)


def _of_rules_or_letters(error: RulesError | LettersError) -> Response:
    if isinstance(error, LetterHeld):
        family = "letter_in_the_way"
    elif isinstance(error, _KNOWN_GAPS):
        family = RulesSilent.code
    else:
        return _response(bug(error))
    return _response(Refused(**_said(family, error.code, str(error)).model_dump()))


def _of_http(error: HTTPException) -> Response:
    status = HTTPStatus(error.status_code)
    problem = Problem(
        type="about:blank",
        title=status.phrase,
        status=status.value,
        code=status.phrase.lower().replace(" ", "_").replace("-", "_").replace("'", ""),
        detail=_OF_PATHS.get(status, "The body cannot be read as what its content type says."),
    )
    return _response(problem, error.headers)


def _malformed(errors: Sequence[Mapping[str, object]]) -> Problem:
    fields = tuple(FieldProblem(field=_path(item.get("loc")), message=_message(item)) for item in errors)
    said = _said("malformed", "malformed", "Nothing was written. Put right the fields that are named.")
    return said.model_copy(update={"fields": fields})


def _path(loc: object) -> str:
    parts = loc if isinstance(loc, tuple) else ()
    return ".".join(str(part) for part in parts)[:_LONGEST_FIELD]


def _message(item: Mapping[str, object]) -> str:
    ours = item.get("type") in {"value_error", "assertion_error"}  # may quote what was sent
    return "Not valid." if ours else str(item.get("msg", ""))


def _refused(error: StepRefused | StepNotAvailable) -> Refused:
    said = _said(error.code, error.code, str(error)).model_dump()
    if isinstance(error, StepRefused):
        unmet = tuple(UnmetCondition.of(item) for item in error.unmet)
        return Refused(**said, step=error.step, unmet=unmet)
    return Refused(**said, step=error.step, state=error.state, available=error.available)


def _not_taken(error: FilesRefused) -> NotTaken:
    said = _said(
        BadInput.code, error.code, "Nothing was written. Put right what is listed and send it again."
    )
    return NotTaken(**said.model_dump(), problems=shown(error.problems), problems_in_all=error.problems.total)


def _said(family: str, code: str, detail: str) -> Problem:
    kind = KINDS[family]
    return Problem(
        type=f"{PAGE}#{family}", title=kind.title, status=kind.status.value, code=code, detail=detail
    )


def _response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        problem.model_dump_json(), status_code=problem.status, headers=headers, media_type=MEDIA_TYPE
    )
