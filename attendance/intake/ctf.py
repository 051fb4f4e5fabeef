"""Common transfer files (CTF): the yearly totals of attendance they carry, and nothing else.

- A total stands in a `YearData` of a `Pupil`, with the authority and establishment number of its school.
- The XML is read by defusedxml; a document type, an entity or an outside reference is refused.
- Totals that do not add up are pointed out, and kept as the file states them.

Source: DfE, Common transfer file: the names of the elements; how they nest is read leniently.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from attendance.intake.limits import DEFAULT_LIMITS, Limits
from attendance.intake.problems import Problem
from attendance.intake.rows import Located, Reading
from attendance.intake.sheets import whole
from attendance.intake.upn import is_upn

_COUNTS = ("SessionsPossible", "SessionsAttended", "SessionsAuthorised", "SessionsUnauthorised")
_MOST_SESSIONS = 1000


@dataclass(frozen=True, slots=True)
class CtfTotal:
    """A pupil's totals of one year at one school, which the file names by authority and number."""

    upn: str
    la_code: str
    establishment_number: str
    year: int
    possible: int
    attended: int
    authorised: int
    unauthorised: int


def read_totals(file: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading[CtfTotal]:
    """Read the yearly totals of a common transfer file; `line` is the number of the pupil in the file.

    Raises:
        FilesRefused: it is not such a file, too large, or not safe to read.
    """
    if len(data) > limits.xml_bytes:
        raise whole(file, f"The file has {len(data)} bytes; at most {limits.xml_bytes} are read. Split it.")
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise whole(file, "It declares a document type or entity, which no transfer file needs.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise whole(file, "This is not XML, or it is cut off. Export the transfer file again.") from error
    if root.tag != "CTfile":
        raise whole(file, "This is not a common transfer file: it does not begin with CTfile.")
    return _totals(file, root)


def _totals(file: str, root: Element) -> Reading[CtfTotal]:
    values: list[Located[CtfTotal]] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for number, pupil in enumerate(root.iter("Pupil"), 1):
        if pupil.find(".//Pupil") is not None:  # each would be read with everything that is in it
            raise whole(file, "A pupil stands within another. Export the transfer file again.")
        for year in pupil.iter("YearData"):
            if year.find("SessionsPossible") is None:
                continue
            wrong = [Problem(file, 1, f"pupil {number}", message) for message in _wrong(pupil, year)]
            problems += wrong
            if not wrong:
                total = _total(pupil, year)
                values.append(Located(number, total))
                if total.attended + total.authorised + total.unauthorised != total.possible:
                    warnings.append(Problem(file, 1, f"pupil {number}", _DO_NOT_ADD_UP))
    if not values and not problems:
        raise whole(file, "There are no totals of attendance in it.")
    return Reading(file, tuple(values), tuple(problems), tuple(warnings))


def _wrong(pupil: Element, year: Element) -> Iterator[str]:
    if not is_upn(_text(pupil, "UPN")):
        yield "Not a UPN, or its check letter does not fit. Correct it at the school."
    for name, digits in (("Year", 4), ("LEA", 3), ("Estab", 4)):
        text = _text(year, name)
        if not (text.isascii() and text.isdigit() and len(text) == digits):
            yield f"{name} must have {digits} digits."
    for name in _COUNTS:
        text = _text(year, name)
        if not (text.isascii() and text.isdigit() and int(text[:9]) <= _MOST_SESSIONS):
            yield f"{name} must be a number of sessions."


def _total(pupil: Element, year: Element) -> CtfTotal:
    possible, attended, authorised, unauthorised = (int(_text(year, name)) for name in _COUNTS)
    return CtfTotal(
        upn=_text(pupil, "UPN"),
        la_code=_text(year, "LEA"),
        establishment_number=_text(year, "Estab"),
        year=int(_text(year, "Year")),
        possible=possible,
        attended=attended,
        authorised=authorised,
        unauthorised=unauthorised,
    )


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


_DO_NOT_ADD_UP = "Attended, authorised and unauthorised do not add up to the sessions possible."
