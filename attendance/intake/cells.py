"""The kinds of field in the files of people: each says what is wrong and what to do.

- Fields are exact: space around a text is an error, not trimmed away.
- A name that begins as a formula does is an error; a comment is kept as text and made harmless on export.
"""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from attendance.intake.upn import is_upn

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_URN = re.compile(r"[0-9]{6}")
_LA_CODE = re.compile(r"[0-9]{3}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_YEAR_GROUPS = ("N1", "N2", "R", *(str(year) for year in range(1, 15)))


def _urn(text: str) -> str:
    if not _URN.fullmatch(text):
        raise ValueError("A school's URN has six digits.")
    return text


def _upn(text: str) -> str:
    if not is_upn(text):
        raise ValueError("Not a UPN, or its check letter does not fit. Correct it at the school.")
    return text


def _la_code(text: str) -> str:
    if not _LA_CODE.fullmatch(text):
        raise ValueError("An authority's code has three digits.")
    return text


def _day(text: str) -> date:
    if not _ISO_DAY.fullmatch(text):
        raise ValueError("Write the day as YYYY-MM-DD.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("There is no such day. Write it as YYYY-MM-DD.") from error


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("Write true or false.")
    return text == "true"


def _text(text: str) -> str:
    if text != text.strip():
        raise ValueError("Remove the space at the beginning or end.")
    if _CONTROL.search(text):
        raise ValueError("Remove the line break or control character.")
    return text


def _name(text: str) -> str:
    if _text(text).startswith(FORMULA_STARTS):
        raise ValueError("A name does not begin with = + - or @. Correct it.")
    return text


def _some(text: str) -> str:
    if not text:
        raise ValueError("This must not be empty.")
    return text


def _postcode(text: str) -> str:
    if not _POSTCODE.fullmatch(text):
        raise ValueError("Write the postcode in capitals with one space, like AM1 1AA.")
    return text


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise ValueError(
            "A reference is up to 40 letters, digits and . _ / - and begins with a letter or digit."
        )
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("This is not one e-mail address.")
    return text


def _year_group(text: str) -> str:
    if text not in _YEAR_GROUPS:
        raise ValueError("Write N1, N2, R or 1 to 14.")
    return text


def _nothing(text: object) -> object:
    return None if text == "" else text


Urn = Annotated[str, AfterValidator(_urn)]
Upn = Annotated[str, AfterValidator(_upn)]
LaCode = Annotated[str, AfterValidator(_la_code)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Text = Annotated[str, AfterValidator(_text)]
Name = Annotated[str, AfterValidator(_name)]
FullName = Annotated[str, AfterValidator(_some), AfterValidator(_name)]
Reference = Annotated[str, AfterValidator(_reference)]
OrNone = BeforeValidator(_nothing)
OptionalUrn = Annotated[Urn | None, OrNone]
OptionalLaCode = Annotated[LaCode | None, OrNone]
OptionalDay = Annotated[Day | None, OrNone]
OptionalPostcode = Annotated[Annotated[str, AfterValidator(_postcode)] | None, OrNone]
OptionalEmail = Annotated[Annotated[str, AfterValidator(_email)] | None, OrNone]
OptionalYearGroup = Annotated[Annotated[str, AfterValidator(_year_group)] | None, OrNone]
