"""What the API's description says of errors."""

from http import HTTPStatus
from typing import Any

from api.schemas.problem import MEDIA_TYPE, Bug, NotTaken, Problem, Refused

Responses = dict[int | str, dict[str, Any]]


def _said(model: type[Problem], description: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


MODELS = (Problem, Refused, NotTaken, Bug)

PUBLIC_RESPONSES: Responses = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value: _said(Problem, "The body is larger than this route takes."),
    HTTPStatus.INTERNAL_SERVER_ERROR.value: _said(
        Bug, "A fault of this software, with a reference; nothing was written."
    ),
}
READ_RESPONSES: Responses = {
    HTTPStatus.UNAUTHORIZED.value: _said(Problem, "Not signed in."),
    HTTPStatus.FORBIDDEN.value: _said(Problem, "Not open to this role."),
    HTTPStatus.TOO_MANY_REQUESTS.value: _said(Problem, "Too many wrong passwords; wait."),
    **PUBLIC_RESPONSES,
    HTTPStatus.UNPROCESSABLE_ENTITY.value: _said(
        Problem, "Malformed: each field is named, no value is repeated."
    ),
}
MATTER_RESPONSES: Responses = {
    HTTPStatus.NOT_FOUND.value: _said(Problem, "It does not exist, or it is not yours to see."),
    **READ_RESPONSES,
}
ACT_RESPONSES: Responses = {
    **MATTER_RESPONSES,
    HTTPStatus.BAD_REQUEST.value: _said(Problem, "The body cannot be read."),
    HTTPStatus.CONFLICT.value: _said(
        Refused, "Refused: everything unmet at once, with sources; nothing was written."
    ),
}
UPLOAD_RESPONSES: Responses = {
    **ACT_RESPONSES,
    HTTPStatus.UNPROCESSABLE_ENTITY.value: _said(NotTaken, "Not taken: every problem, no value repeated."),
}


def bytes_of(media_type: str, description: str) -> Responses:
    """Return what is said of an answer that is a file."""
    schema = {"type": "string", "format": "binary"}
    return {HTTPStatus.OK.value: {"description": description, "content": {media_type: {"schema": schema}}}}
