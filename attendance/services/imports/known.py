"""Whether what a file names is known: schools, pupils, adults."""

from collections.abc import Callable, Container, Iterator

from attendance.intake.problems import Problem
from attendance.intake.rows import Reading, Value

UNKNOWN_PUPIL = "No pupil with this UPN is known. Import the pupil first, or correct the UPN."
UNKNOWN_SCHOOL = "No school with this URN is known. Import the school first, or correct the URN."
NOT_YOURS = "No school with this URN is yours. Return your own school's register only."
NO_REASON = "This mark replaces another. Say why: in the row's comment, or once for the whole import."
OUTSIDE = (
    "{count} mark(s) of this pupil lie outside the enrolment at this school, this one first. "
    "Check the enrolment's dates."
)
NOT_ON_YOUR_ROLL = (
    "{count} mark(s) of this pupil lie outside the enrolment at this school, this one first. "
    "Leave them out, or ask the attendance office to correct the enrolment."
)
UNKNOWN_ADULT = "No adult with this reference is known. Import the adult first, or correct the reference."


def unknown(
    reading: Reading[Value],
    column: str,
    of: Callable[[Value], str | None],
    known: Container[str],
    message: str,
) -> Iterator[Problem]:
    """Yield a problem for each row that names something unknown in a column; empty is not unknown."""
    for located in reading.values:
        named = of(located.value)
        if named is not None and named not in known:
            yield Problem(reading.file, located.line, column, message)


def unknown_pupils(
    reading: Reading[Value], of: Callable[[Value], str], known: Container[str]
) -> Iterator[Problem]:
    """Yield a problem for each row of a pupil who is not known."""
    return unknown(reading, "upn", of, known, UNKNOWN_PUPIL)


def unknown_schools(
    reading: Reading[Value], of: Callable[[Value], str | None], known: Container[str]
) -> Iterator[Problem]:
    """Yield a problem for each row of a school that is not known."""
    return unknown(reading, "school_urn", of, known, UNKNOWN_SCHOOL)
