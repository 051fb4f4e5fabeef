"""Every kind of problem that the API answers with: one row each."""

from dataclasses import dataclass
from http import HTTPStatus

from attendance.domain.errors import (
    AttendanceError,
    BadInput,
    BrokenIntegrity,
    NotAllowed,
    NotFound,
    RulesSilent,
    StepNotAvailable,
    StepRefused,
)

PAGE = "/api/v1/problems"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its HTTP status, its title, and what it means to whoever sent the request."""

    status: HTTPStatus
    title: str
    meaning: str


KINDS = {
    "malformed": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Malformed",
        "The request is not as the API describes it. Each field is named.",
    ),
    BadInput.code: Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Bad input",
        "What was sent contradicts itself or what is known already.",
    ),
    StepNotAvailable.code: Kind(
        HTTPStatus.CONFLICT, "Not available now", "The step does not exist where the matter stands."
    ),
    StepRefused.code: Kind(
        HTTPStatus.CONFLICT, "Refused", "The law, guidance, the local code or the evidence bars the step."
    ),
    RulesSilent.code: Kind(
        HTTPStatus.CONFLICT, "The rules cannot answer", "The rules need something that is not known."
    ),
    "letter_in_the_way": Kind(
        HTTPStatus.CONFLICT, "The letter cannot be made", "The letter cannot be made as it is."
    ),
    NotFound.code: Kind(HTTPStatus.NOT_FOUND, "Not found", "It does not exist, or it is not yours to see."),
    NotAllowed.code: Kind(HTTPStatus.FORBIDDEN, "Not allowed", "The account's role does not open this."),
    "cross_site": Kind(
        HTTPStatus.FORBIDDEN, "Not allowed", "A browser sent the request on behalf of another site."
    ),
    "not_signed_in": Kind(
        HTTPStatus.UNAUTHORIZED, "Not signed in", "No open account is shown, or it does not match."
    ),
    "too_many_attempts": Kind(
        HTTPStatus.TOO_MANY_REQUESTS, "Too many attempts", "Wrong passwords make further attempts wait."
    ),
    "provider_silent": Kind(
        HTTPStatus.BAD_GATEWAY, "No answer from the sign-in provider", "A provider did not vouch for anybody."
    ),
    "body_too_large": Kind(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too large", "The body is larger than this route takes."
    ),
    BrokenIntegrity.code: Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR, "Integrity broken", "The record or the store is not as it was left."
    ),
    "bug": Kind(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "A fault of this software",
        "Something was not foreseen. Nothing was written.",
    ),
}
"""Problems by their code. An error of a narrower kind takes the row of the family it belongs to."""


def family_of(error: AttendanceError) -> str:
    """Return the error's code where it has a row, or else that of the nearest family that has one."""
    codes = (getattr(family, "code", "") for family in type(error).__mro__)
    return next((code for code in codes if code in KINDS), "bug")
