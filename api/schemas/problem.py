"""Errors as problem details (RFC 9457), with what this API adds to them."""

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.files import InFile
from attendance.services.reading.findings import UnmetCondition

MEDIA_TYPE = "application/problem+json"


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldProblem(_Said):
    """What is wrong with one field; never the value that was sent."""

    field: str = Field(description="The path to the field, such as `body.parents.0.name`.")
    message: str


class Problem(_Said):
    """What went wrong, as RFC 9457 says it, and what to do about it."""

    type: str = Field(description="Where the kind of problem is explained.")
    title: str
    status: int
    code: str = Field(description="The kind of problem in one stable word.")
    detail: str = Field(description="What went wrong here and what to do.")
    fields: tuple[FieldProblem, ...] = ()


class Refused(Problem):
    """The matter, the law or the local code stands in the way; nothing was written."""

    step: str = ""
    state: str = Field(default="", description="Where the matter stands, if the step does not exist there.")
    available: tuple[str, ...] = Field(default=(), description="The steps that exist from that state.")
    unmet: tuple[UnmetCondition, ...] = Field(default=(), description="Everything unmet, at once.")


class NotTaken(Problem):
    """A file that is not as it must be; nothing of it was used. At most a hundred problems are listed."""

    problems: tuple[InFile, ...] = ()
    problems_in_all: int = 0


class Bug(Problem):
    """A fault of this software."""

    reference: str = Field(description="Quote this to whoever looks after the software.")
