"""The published extract of the register of schools (GIAS), and the files of term dates and closures.

- The extract keeps its own column names, days as DD-MM-YYYY and, often, Windows-1252; columns that are not
  needed are left out.
- A calendar's period is a term, an INSET day or a closed day, both ends included.
"""

import re
from datetime import date
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from attendance.domain.calendars import CalendarPeriod, PeriodKind
from attendance.domain.people import Address, School
from attendance.intake.cells import Day, LaCode, OrNone, Text, Urn
from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.rows import FileRow, Reading, read_rows
from attendance.intake.sheets import UTF_8_OR_WINDOWS, read_sheet

_GIAS_DAY = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4})")


def _gias_day(text: str) -> date:
    found = _GIAS_DAY.fullmatch(text)
    try:
        return date.fromisoformat("-".join(reversed(found.groups())) if found else text)
    except ValueError as error:
        raise ValueError("There is no such day. The register of schools writes DD-MM-YYYY.") from error


def _published(text: str) -> str:
    return " ".join(text.split())  # the published extract is not the sender's to correct


_Published = Annotated[str, BeforeValidator(_published)]
_OptionalGiasDay = Annotated[Annotated[date, BeforeValidator(_gias_day)] | None, OrNone]


class _SchoolRow(FileRow):
    urn: Urn = Field(alias="URN")
    la_code: LaCode = Field(alias="LA (code)")
    name: _Published = Field(alias="EstablishmentName", min_length=1)
    establishment_type: _Published = Field(alias="TypeOfEstablishment (name)")
    establishment_number: _Published = Field(alias="EstablishmentNumber", default="")
    telephone: _Published = Field(alias="TelephoneNum", default="")
    status: _Published = Field(alias="EstablishmentStatus (name)")
    postcode: _Published = Field(alias="Postcode")
    opened_on: _OptionalGiasDay = Field(alias="OpenDate", default=None)
    closed_on: _OptionalGiasDay = Field(alias="CloseDate", default=None)
    street: _Published = Field(alias="Street", default="")
    locality: _Published = Field(alias="Locality", default="")
    address_3: _Published = Field(alias="Address3", default="")
    town: _Published = Field(alias="Town", default="")


class _PeriodRow(FileRow):
    school_urn: Urn
    kind: PeriodKind
    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")
    name: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError("The last day (to) lies before the first (from).")
        return self


def read_schools(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[School]:
    """Read an extract of the register of schools; raises `FilesRefused`."""
    sheet = read_sheet(file, data, encodings=UTF_8_OR_WINDOWS, limits=limits)
    return read_rows(sheet, _SchoolRow, _school, lambda school: school.urn, ignore_unknown=True)


def read_calendars(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[CalendarPeriod]:
    """Read a file of terms, INSET days and closures; raises `FilesRefused`."""
    sheet = read_sheet(file, data, limits=limits)
    return read_rows(sheet, _PeriodRow, _period, lambda one: (one.school_urn, one.kind, one.first_day))


def _school(row: _SchoolRow) -> School:
    lines = (row.street, row.locality, row.address_3, row.town)
    return School(
        urn=row.urn,
        name=row.name,
        establishment_type=row.establishment_type,
        la_code=row.la_code,
        address=Address(tuple(line for line in lines if line), row.postcode),
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        establishment_number=row.establishment_number,
        telephone=row.telephone,
    )


def _period(row: _PeriodRow) -> CalendarPeriod:
    return CalendarPeriod(row.school_urn, row.kind, row.first_day, row.last_day, row.name)
