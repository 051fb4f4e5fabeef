"""What acts take: typed fields, nothing unknown.

Nothing trimmed away silently but white space around words.
"""

import re
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from attendance.domain.bounds import FIRST_DAY, LARGEST_NUMBER, LAST_DAY, OUT_OF_REACH

Given = TypeVar("Given")

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # all but tab and the ends of lines

Key = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
NumberOrNone = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Amount = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
AmountOrNone = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LineOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}-\d{4}-\d{6}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Urn = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]


class ActInput(BaseModel):
    """What an act takes; unknown fields are refused, and so are text that nothing could show and far days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _within_reach(cls, value: Given) -> Given:
        each = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and _CONTROL.search(text) for text in each):
            raise PydanticCustomError("control_character", "Holds a control character. Take it out.")
        if any(isinstance(day, date) and not FIRST_DAY <= day <= LAST_DAY for day in each):
            raise PydanticCustomError("day_out_of_reach", OUT_OF_REACH)
        return value


class Reason(ActInput):
    """A reason for going past one condition that guidance or local policy sets, by the condition's code."""

    code: Code
    text: Words


class Guarded(ActInput):
    """What every guarded act may be given: reasons for conditions that a reason can lift."""

    reasons: tuple[Reason, ...] = ()


class OfMatter(Guarded):
    """An act on one matter, named by its reference."""

    reference: Reference
