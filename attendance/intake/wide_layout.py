"""Wide weekly registers: what a mapping file says about how a management system lays them out.

- One row a pupil, one column a session; a heading names the day and the session.
- A heading is described by words in braces: `{date}`, or `{day}` of the week that the sheet names, and
  `{session}`; everything else stands as it is.
- A mapping file is YAML, and anything in it that this form does not know is refused.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from attendance.domain.errors import BadInput
from attendance.domain.registers import Session
from attendance.intake.cells import Urn

ISO = "%Y-%m-%d"
MOST_BYTES = 64 * 1024
_WORD = re.compile(r"\{(day|date|session)\}")


class MappingInvalid(BadInput):
    """The mapping file is not as it must be."""

    code = "mapping_invalid"

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(f"{file}:1: {problem}" for problem in problems))


class Weekday(StrEnum):
    """A day of a school week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"

    @property
    def after_monday(self) -> int:
        """Days from Monday to this one."""
        return tuple(Weekday).index(self)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WeekCell(_Strict):
    """Where the first day of the week stands: line and column from 1, and the text before the date."""

    line: int = Field(ge=1)
    column: int = Field(ge=1)
    after: str = ""


class WideLayout(_Strict):
    """How one management system lays out a week's register."""

    title: str = Field(min_length=1, description="The layout's name, for people.")
    sheet: str = Field(default="", description="The sheet of a workbook; the first where empty.")
    header_line: int = Field(default=1, ge=1, description="The line on which the headings stand.")
    upn_column: str = Field(description="The heading of the pupils' UPNs.")
    school_urn: Urn | None = Field(default=None, description="The school, where no column names it.")
    school_column: str = Field(default="", description="The heading of the schools' URNs.")
    other_columns: tuple[str, ...] = Field(default=(), description="Headings that are left out.")
    heading: str = Field(description="How a session's heading reads, such as `{day} {session}`.")
    days: dict[str, Weekday] = Field(
        default={day.value[:3].capitalize(): day for day in Weekday},
        description="What the system writes for each day.",
    )
    sessions: dict[str, Session] = Field(
        default={"AM": Session.AM, "PM": Session.PM}, description="What it writes for each session."
    )
    date_format: str = Field(default=ISO, description="How it writes dates, as `%d/%m/%Y`.")
    week: WeekCell | None = Field(default=None, description="Where the week's first day stands.")
    codes: dict[str, str] = Field(default={}, description="What it writes for a code, where it differs.")
    nothing: tuple[str, ...] = Field(default=("",), description="What it writes where there is no mark.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        words = _WORD.findall(self.heading)
        if sorted(words) not in (["date", "session"], ["day", "session"]):
            raise ValueError("heading names {session} and either {day} or {date}, each once")
        if ("day" in words) != (self.week is not None):
            raise ValueError("week says where the week's first day stands, if and only if heading has {day}")
        if (self.school_urn is None) == (not self.school_column):
            raise ValueError("either school_urn or school_column says which school it is")
        _check_format(self.date_format)
        return self

    def session_of(self, heading: str, monday: date | None) -> "Slot | None":
        """Return the day and session that a heading names, or None; raises ValueError for a wrong date."""
        found = self._pattern().fullmatch(heading)
        if found is None:
            return None
        parts = found.groupdict()
        half = self.sessions[parts["session"]]
        if "date" in parts:
            return Slot(self.day_of(parts["date"]), half)
        assert monday is not None
        return Slot(monday + timedelta(days=self.days[parts["day"]].after_monday), half)

    def day_of(self, text: str) -> date:
        """Return the day that a text names in the layout's format, or as a workbook's own date."""
        for form in (self.date_format, ISO):
            try:
                return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        raise ValueError(f"not a date written {self.date_format}")

    def monday_of(self, text: str) -> date:
        """Return the Monday that the week's cell names; raises ValueError."""
        assert self.week is not None
        if not text.startswith(self.week.after):
            raise ValueError(f"it does not begin with {self.week.after!r}")
        day = self.day_of(text.removeprefix(self.week.after))
        if day.weekday():
            raise ValueError("it is not a Monday")
        return day

    def _pattern(self) -> re.Pattern[str]:
        choices = {
            "day": "|".join(re.escape(name) for name in self.days),
            "session": "|".join(re.escape(name) for name in self.sessions),
            "date": ".+",
        }
        parts = _WORD.split(self.heading)
        return re.compile(
            "".join(
                f"(?P<{part}>{choices[part]})" if place % 2 else re.escape(part)
                for place, part in enumerate(parts)
            )
        )


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One session of one day."""

    day: date
    session: Session


def _check_format(form: str) -> None:
    """Raise ValueError for a format that no date can be read by."""
    try:
        datetime.strptime("", form)  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return  # nothing is no date; a format that fits none says so where a date is read
    except re.error as error:
        raise ValueError("date_format names one part of a date twice") from error


def read_layout(file: str, data: bytes) -> WideLayout:
    """Read a mapping file; raises `MappingInvalid` saying everything that is wrong with it."""
    if len(data) > MOST_BYTES:
        raise MappingInvalid(file, (f"file: It has {len(data)} bytes; at most {MOST_BYTES} are read.",))
    try:
        return WideLayout.model_validate(yaml.safe_load(data))
    except RecursionError as error:
        raise MappingInvalid(file, ("file: It is nested too deeply.",)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise MappingInvalid(file, (f"file: This is not YAML: {str(error).splitlines()[0]}",)) from error
    except ValidationError as error:
        said = (
            f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg'].removeprefix('Value error, ')}."
            for one in error.errors(include_url=False, include_input=False)
        )
        raise MappingInvalid(file, tuple(said)) from error
