"""Errors as problem details (RFC 9457), with what this API adds to them."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from rules.findings import Aspect, Force, Unmet
from rules.law import Value
from rules.roles import Role

MEDIA_TYPE = "application/problem+json"


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Said):
    """Where a rule comes from: the parameter by name, since when it holds, and its instrument."""

    parameter: str
    since: date
    confidence: str
    instruments: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: Value) -> "Source":
        """Return the source of a dated value."""
        return cls(
            parameter=value.name,
            since=value.since,
            confidence=value.confidence.value,
            instruments=tuple(str(cite) for cite in value.cites),
        )


class UnmetCondition(_Said):
    """One condition that does not hold: what is wrong, what to do, its sources, and who may lift it."""

    code: str = Field(description="Give this code with a reason to go past a `reason_required` condition.")
    aspect: Aspect
    force: Force = Field(description="A `bar` is never lifted; `reason_required` asks for a reason.")
    message: str
    remedy: str
    sources: tuple[Source, ...] = ()
    reason_from: tuple[Role, ...] = Field(default=(), description="The roles that may give the reason.")

    @classmethod
    def of(cls, unmet: Unmet) -> "UnmetCondition":
        """Return the condition as it is shown."""
        return cls(
            code=unmet.code,
            aspect=unmet.aspect,
            force=unmet.force,
            message=unmet.message,
            remedy=unmet.remedy,
            sources=tuple(Source.of(value) for value in unmet.cites),
            reason_from=tuple(sorted(unmet.reason_from)),
        )


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


class Bug(Problem):
    """A fault of this software."""

    reference: str = Field(description="Quote this to whoever looks after the software.")
